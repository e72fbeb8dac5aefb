import IndexServer
import TestSupport
import Testing

/// `repin why PKG SPEC`: whether the lockfile could have other releases, and how wrong input and failing sources end.
@Suite struct WhyQuestionTests {
  typealias Case = WhyTests.Case

  static let alone = ["requirements.in": "urllib3\n", "requirements.txt": "urllib3==1.26\n"]

  static let questions: [Case] = [
    Case(
      testDescription: "it has it already", arguments: ["urllib3>=1.26"],
      output: "requirements.txt has urllib3==1.26 already"),
    Case(
      testDescription: "others move", arguments: ["urllib3", ">=2.5"],
      output: """
        requirements.txt can have urllib3==2.5 (now 1.26), and then these pins move:
          ~ cloud==2.0 (was 1.0)
          ~ cloud-core==3.0 (was 1.0)
          + signing==1.0
        """, errors: "hint: `repin compile -P 'urllib3>=2.5'\(WhyTests.options)` does it"),
    Case(
      testDescription: "no other moves", arguments: ["urllib3 == 1.25"],
      output: "requirements.txt can have urllib3==1.25 (now 1.26): no other pin moves",
      errors: "hint: `repin compile -P urllib3==1.25\(WhyTests.options)` does it"),
    Case(
      testDescription: "what isn't pinned", arguments: ["brotli", ">=1"],
      output: "requirements.txt can have brotli==1.0 by a line of yours (not pinned now): no other pin moves",
      errors: """
        hint: nothing asks for `brotli`: write `brotli>=1` into `requirements.in`, and \
        `repin compile\(WhyTests.options)` does it
        """),
    Case(
      testDescription: "with an extra that isn't asked for", arguments: ["requests[br]>=2"],
      output: """
        requirements.txt can have requests==2.0 by a line of yours (now 2.0), and then these pins move:
          + brotli==1.0
        """,
      errors: """
        hint: giving up the pin isn't enough: write `requests[br]>=2` into `requirements.in`, and \
        `repin compile\(WhyTests.options)` does it
        """),
    Case(
      testDescription: "with an extra that there isn't", arguments: ["requests[bro]>=2"], status: 1,
      output: "requests==2.0 has no extra `bro` (requirements.txt)", errors: "hint: did you mean `br`?"),
    Case(
      testDescription: "held back as unsafe", arguments: ["setuptools<70"], status: 1,
      output: """
        setuptools==70.0 is held back from requirements.txt as unsafe
          requirements.in:1: cloud>=1
            cloud==1.0 needs transfer
              transfer==1.0 needs setuptools
        """, errors: "hint: `--allow-unsafe` pins it"),
    Case(
      testDescription: "would be held back", arguments: ["pip>=20"], status: 1,
      output: """
        pip is held back from requirements.txt as unsafe
          nothing asks for it
        """, errors: "hint: `--allow-unsafe` pins it"),
    Case(
      testDescription: "the lockfile is out of date",
      files: [
        "requirements.in": "pysocks\nurllib3>=2,<2.6\n", "requirements.txt": "pysocks==1.0\nurllib3==1.26\n",
      ],
      arguments: ["urllib3>=2.1", "-q"],
      output: "requirements.txt gets urllib3==2.5 once it is compiled (now 1.26): no other pin moves",
      errors: "hint: `repin compile\(WhyTests.options)` does it"),
    Case(
      testDescription: "no lockfile yet", files: ["app.in": "urllib3\n"],
      arguments: ["urllib3<2", "app.in", "-q"],
      output: "app.txt can have urllib3==1.26 (else 2.5): no other pin moves",
      errors: "hint: `repin compile -P 'urllib3<2'\(WhyTests.options) app.in` does it"),
    Case(
      testDescription: "no lockfile yet, and compiling is enough", files: ["app.in": "urllib3\n"],
      arguments: ["urllib3>=2", "app.in", "-q"],
      output: "app.txt gets urllib3==2.5 once it is compiled: no other pin moves",
      errors: "hint: `repin compile\(WhyTests.options) app.in` does it"),
    Case(
      testDescription: "configured to upgrade all", files: ["repin.toml": "upgrade = true\n"],
      arguments: ["urllib3==1.25"],
      output: "requirements.txt can have urllib3==1.25 (now 1.26): no other pin moves",
      errors: "hint: `repin compile -P urllib3==1.25 --no-upgrade\(WhyTests.options)` does it"),
    Case(
      testDescription: "one lockfile of [[compile]] builds on another",
      files: [
        "repin.toml":
          "[[compile]]\nsources = ['base.in']\noutput = 'base.txt'\n"
          + "[[compile]]\nsources = ['dev.in']\noutput = 'dev.txt'\nconstraint = ['base.txt']\n",
        "base.in": "urllib3\n", "base.txt": "urllib3==1.26\n", "dev.in": "requests\n",
        "dev.txt": "requests==2.0\nurllib3==1.26\n",
      ], arguments: ["urllib3>=2,<2.5"],
      output: """
        base.txt can have urllib3==2.0 (now 1.26): no other pin moves

        dev.txt can have urllib3==2.0 (now 1.26): no other pin moves
        """, errors: "hint: `repin compile -P 'urllib3<2.5,>=2'\(WhyTests.options)` does it"),
    Case(
      testDescription: "a yanked release that is named", files: Self.alone,
      arguments: ["urllib3==2.6", "-q"],
      output: "requirements.txt can have urllib3==2.6 by a line of yours (now 1.26): no other pin moves",
      errors: """
        warning: urllib3==2.6 is yanked: broken
        hint: giving up the pin isn't enough: write `urllib3==2.6` into `requirements.in`, and \
        `repin compile\(WhyTests.options)` does it
        """),
    Case(
      testDescription: "only a yanked release", files: ["requirements.in": "urllib3<3\n"],
      arguments: ["urllib3>2.5,<3", "-q"], status: 1,
      output: """
        requirements.txt can't have urllib3<3,>2.5 (now 1.26)
          Because your requirements ask for urllib3<3,>2.5 (your question) and urllib3==2.6 is yanked (broken), your \
        requirements can't be met.
        """,
      errors: """
        hint: write `urllib3==2.6` among your requirements to take a yanked release all the same
        """),
    Case(
      testDescription: "only a pre-release", files: Self.alone,
      arguments: ["urllib3>2.6", "-q"],
      output: "requirements.txt can have urllib3==3.0rc1 (now 1.26): no other pin moves",
      errors: "hint: `repin compile -P 'urllib3>2.6'\(WhyTests.options)` does it"),
    Case(
      testDescription: "no release in range", arguments: ["urllib3", ">=9"], status: 1,
      output: """
        requirements.txt can't have urllib3>=9 (now 1.26)
          Because your requirements ask for urllib3>=9 (your question), which no release matches (the newest is 3.0rc1), \
        your requirements can't be met.
        """),
    Case(
      testDescription: "no newer release of the parent lifts it",
      files: ["requirements.in": "cloud-core\n", "requirements.txt": "cloud-core==3.0\nurllib3==2.5\n"],
      arguments: ["urllib3>=3.0rc1,!=2.6"], status: 1,
      output: """
        requirements.txt can't have urllib3!=2.6,>=3.0rc1 (now 2.5)
          in the way of urllib3!=2.6,>=3.0rc1:
            cloud-core==3.0 needs urllib3<3 (no newer release of cloud-core lifts it)
        """),
  ]

  @Test(arguments: questions) func question(_ given: Case) async throws { try await Self.ask(given) }

  /// What stands in the way is compared whole; the proof behind it is the explanation's to word, but must be there.
  static func ask(_ given: Case) async throws {
    try await WhyTests.ask(given, in: WhyTests.fixture()) { output in
      let parts = output.split(separator: "  the proof:\n", maxSplits: 1)
      guard let proof = parts.last, parts.count == 2 else { return output }
      #expect(proof.contains("your requirements can't be met."))
      return String(parts[0])
    }
  }

  static let usage =
    "hint: write a name, perhaps with a specifier: `repin why urllib3` or `repin why 'urllib3>=2.5'`"

  static let wrong: [Case] = [
    Case(
      testDescription: "no name", arguments: ["!"], status: 2, output: "",
      errors: "error: `!`: expected a package name, found `!`\n\(usage)"),
    Case(
      testDescription: "a specifier that is none", arguments: ["urllib3", ">=x"], status: 2, output: "",
      errors: "error: `urllib3>=x`: expected a digit, found `x`\n\(usage)"),
    Case(
      testDescription: "a URL", arguments: ["urllib3 @ https://index.example/u.whl"], status: 2, output: "",
      errors: """
        error: `urllib3 @ https://index.example/u.whl`: found a URL, expected a name and perhaps a specifier
        \(usage)
        """),
    Case(
      testDescription: "a marker", arguments: ["urllib3; python_version > '3'"], status: 2, output: "",
      errors: """
        error: `urllib3; python_version > '3'`: found a marker, expected a name and perhaps a specifier
        \(usage)
        """),
    Case(
      testDescription: "a version by itself", arguments: ["urllib3", "2.5"], status: 2, output: "",
      errors: """
        error: `2.5` is neither a specifier nor a source
        hint: write `urllib3==2.5`
        """),
    Case(
      testDescription: "a graph of a question", arguments: ["urllib3>=2", "--format", "dot"], status: 2,
      output: "",
      errors: """
        error: `--format dot` draws paths, and a specifier asks for something else
        hint: leave out the specifier, or take `--format json`
        """),
    Case(
      testDescription: "an option that would change something", arguments: ["urllib3", "-U"], status: 2,
      output: "",
      errors: "error: `--upgrade` is for `repin compile`: `repin why` goes by the lockfile and writes nothing"
    ),
    Case(
      testDescription: "no such source", arguments: ["urllib3", "gone.in"], status: 2, output: "",
      errors: "error: gone.in: "),
    Case(
      testDescription: "no such lockfile of [[compile]]",
      files: ["repin.toml": "[[compile]]\nsources = ['requirements.in']\noutput = 'requirements.txt'\n"],
      arguments: ["urllib3", "-o", "other.txt"], status: 2, output: "",
      errors: """
        error: `--output-file other.txt`: no lockfile of `[[compile]]`
        hint: its lockfiles are `requirements.txt`
        """),
    Case(
      testDescription: "requirements that can't be met", files: ["requirements.in": "pysocks>2\n"],
      arguments: ["pysocks"], status: 1, output: "", errors: "error: the requirements can't be met\n"),
    Case(
      testDescription: "nothing cached, nothing may be fetched", arguments: ["urllib3", "--offline"],
      status: 3,
      output: "", errors: "error: the requirements can't be met\n"),
    Case(
      testDescription: "an index that nobody runs", arguments: ["urllib3"],
      environment: ["REPIN_INDEX_URL": "http://127.0.0.1:9/simple/", "PIP_RETRIES": "0"], status: 3,
      output: "", errors: "error: can't fetch the project page of `cloud`: "),
    Case(
      testDescription: "a format that there isn't", arguments: ["urllib3", "--format", "yaml"], status: 2,
      output: "", errors: "error: `--format`: found `yaml`, expected text, json or dot\n"),
    Case(
      testDescription: "no package", arguments: [], status: 2, output: "", errors: "Error: Missing expected"),
  ]

  /// The beginning of what is said: the rest is another's to word.
  @Test(arguments: wrong) func refusal(_ given: Case) async throws {
    var fixture = try await WhyTests.fixture()
    fixture.environment = given.environment
    fixture.write(given.files)
    let outcome = try await fixture.run(["why"] + given.arguments + CommandFixture.target)
    #expect(outcome.errors.hasPrefix(given.errors), Comment(rawValue: outcome.errors))
    #expect(outcome.output == given.output)
    #expect(outcome.status == given.status)
  }
}
