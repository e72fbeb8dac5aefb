import IndexServer
import TestSupport
import Testing

/// `repin why` as its users run it: a process, what it shows, what it says, its exit code.
@Suite struct WhyTests {
  /// One question: what there is, and the answer.
  struct Case: CustomTestStringConvertible {
    let testDescription: String
    var files: [String: String] = [:]
    let arguments: [String]
    var environment: [String: String] = [:]
    var status: Int32 = 0
    /// Standard output.
    let output: String
    /// Standard error.
    var errors = ""
  }

  /// A site that talks to a cloud through an old client, and fetches pages.
  static let files = [
    "requirements.in": "cloud>=1\nrequests[socks]>=2  # pages\nwidgets; sys_platform == 'win32'\n",
    "requirements.txt": """
    cloud==1.0
    cloud-core==1.0
    pysocks==1.0
    requests[socks]==2.0
    transfer==1.0
    urllib3==1.26
    """,
  ]

  /// What a hinted command has of the options that every case is asked with.
  static let options = " --python-platform=linux --python-version=3.12"

  static func fixture() async throws -> CommandFixture {
    let fixture = try await CommandFixture()
    let server = fixture.server
    for version in ["1.25", "1.26", "2.0", "2.5", "3.0rc1"] { server.serve("urllib3", version) }
    server.serve("urllib3", "2.6", yanked: "broken")
    server.serve("cloud", "1.0", requires: ["cloud-core<2,>=1", "transfer"])
    server.serve("cloud", "2.0", requires: ["cloud-core>=2", "transfer", "signing"])
    server.serve("cloud-core", "1.0", requires: ["urllib3<1.27,>=1.25; python_version >= '3.10'"])
    server.serve("cloud-core", "2.0", requires: ["urllib3<2.1"])
    server.serve("cloud-core", "3.0", requires: ["urllib3<3"])
    server.serve("transfer", "1.0", requires: ["cloud-core", "setuptools"])
    server.serve("signing", "1.0")
    server.serve("setuptools", "69.0")
    server.serve("setuptools", "70.0")
    server.serve("gadget", "1.0", requires: ["distribute"])
    server.serve("distribute", "0.7", requires: ["gizmo"])
    server.serve("gizmo", "1.0")
    server.serve(
      "requests", "2.0", requires: ["urllib3>=1.21", "pysocks; extra == 'socks'", "brotli; extra == 'br'"],
      extras: ["socks", "br"])
    server.serve("pysocks", "1.0")
    server.serve("brotli", "1.0")
    server.serve("widgets", "1.0")
    fixture.write(files)
    return fixture
  }

  static func ask(
    _ given: Case, in fixture: CommandFixture, shown: (String) -> String = { $0 }
  ) async throws {
    var fixture = fixture
    fixture.environment = given.environment
    fixture.write(given.files)
    let before = fixture.directory.text("requirements.txt")
    let outcome = try await fixture.run(
      ["why"] + given.arguments.map(fixture.filled) + CommandFixture.target)
    #expect(shown(outcome.output) == (given.output.isEmpty ? "" : given.output + "\n"))
    #expect(outcome.errors == (given.errors.isEmpty ? "" : given.errors + "\n"))
    #expect(outcome.status == given.status)
    #expect(fixture.directory.text("requirements.txt") == before, "nothing is written")
  }

  static let paths: [Case] = [
    Case(
      testDescription: "every path, each package told once", arguments: ["urllib3"],
      output: """
        urllib3==1.26 (requirements.txt)
          requirements.in:1: cloud>=1
            cloud==1.0 needs cloud-core<2,>=1
              cloud-core==1.0 needs urllib3<1.27,>=1.25; python_version >= "3.10"
            cloud==1.0 needs transfer
              transfer==1.0 needs cloud-core (above)
          requirements.in:2: requests[socks]>=2
            requests==2.0 needs urllib3>=1.21
        """),
    Case(
      testDescription: "by an extra, and a name as anyone writes it", arguments: ["PySocks"],
      output: """
        pysocks==1.0 (requirements.txt)
          requirements.in:2: requests[socks]>=2
            requests[socks]==2.0 needs pysocks
        """),
    Case(
      testDescription: "a project with its extra", arguments: ["requests[socks]"],
      output: """
        requests[socks]==2.0 (requirements.txt)
          requirements.in:2: requests[socks]>=2
        """),
    Case(
      testDescription: "an extra that nothing asks for", arguments: ["requests[br]"], status: 1,
      output: "requests[socks]==2.0 (requirements.txt): nothing asks for it with the extra `br`"),
    Case(
      testDescription: "an extra that there isn't", arguments: ["requests[sock]"], status: 1,
      output: "requests==2.0 has no extra `sock` (requirements.txt)", errors: "hint: did you mean `socks`?"),
    Case(
      testDescription: "an extra that there isn't and that a line asks for",
      files: [
        "requirements.in": "requests[security]\n", "requirements.txt": "requests==2.0\nurllib3==1.26\n",
      ],
      arguments: ["requests[security]"], status: 1,
      output: """
        requests==2.0 has no extra `security` (requirements.txt)
          requirements.in:1: requests[security]
        """, errors: "hint: its extras are `br`, `socks`"),
    Case(
      testDescription: "an extra of what has none", arguments: ["urllib3[x]"], status: 1,
      output: "urllib3==1.26 has no extra `x` (requirements.txt)", errors: "hint: `urllib3` has no extras"),
    Case(
      testDescription: "a constraint bounds it", files: ["limits.txt": "# old\nurllib3<2\n"],
      arguments: ["urllib3", "-c", "limits.txt", "requirements.in"],
      output: """
        urllib3==1.26 (requirements.txt)
          requirements.in:1: cloud>=1
            cloud==1.0 needs cloud-core<2,>=1
              cloud-core==1.0 needs urllib3<1.27,>=1.25; python_version >= "3.10"
            cloud==1.0 needs transfer
              transfer==1.0 needs cloud-core (above)
          requirements.in:2: requests[socks]>=2
            requests==2.0 needs urllib3>=1.21
          limits.txt:2: urllib3<2 (constraint)
        """),
    Case(
      testDescription: "an override stands instead",
      files: [
        "over.txt": "urllib3<2\n", "requirements.in": "requests\nurllib3>=2\n",
        "requirements.txt": "requests==2.0\nurllib3==1.26\n",
      ], arguments: ["urllib3", "--override", "over.txt"],
      output: """
        urllib3==1.26 (requirements.txt)
          requirements.in:1: requests
            requests==2.0 needs urllib3<2 (overridden at over.txt:1)
          requirements.in:2: urllib3>=2 (overridden at over.txt:1)
        """),
    Case(
      testDescription: "not pinned: near names", arguments: ["urlib3"], status: 1,
      output: "requirements.txt doesn't have urlib3: nothing asks for it",
      errors: "hint: did you mean `urllib3`?"),
    Case(
      testDescription: "not pinned: nothing like it", arguments: ["unheard-of"], status: 1,
      output: "requirements.txt doesn't have unheard-of: nothing asks for it"),
    Case(
      testDescription: "not pinned: a marker of the user's own", arguments: ["widgets"], status: 1,
      output: """
        requirements.txt doesn't have widgets: what asks for it doesn't hold
          requirements.in:3: widgets; sys_platform == 'win32'
        """),
    Case(
      testDescription: "not pinned: an extra that nothing asks for", arguments: ["brotli"], status: 1,
      output: """
        requirements.txt doesn't have brotli: what asks for it doesn't hold
          requests==2.0 needs brotli; extra == "br"
        """),
    Case(
      testDescription: "held back as unsafe", arguments: ["setuptools"], status: 1,
      output: """
        setuptools==70.0 is held back from requirements.txt as unsafe
          requirements.in:1: cloud>=1
            cloud==1.0 needs transfer
              transfer==1.0 needs setuptools
        """, errors: "hint: `--allow-unsafe` pins it"),
    Case(
      testDescription: "what is held back asks for it",
      files: ["requirements.in": "gadget\n", "requirements.txt": "gadget==1.0\ngizmo==1.0\n"],
      arguments: ["gizmo"],
      output: """
        gizmo==1.0 (requirements.txt)
          requirements.in:1: gadget
            gadget==1.0 needs distribute
              distribute==0.7 (held back) needs gizmo
        """),
    Case(
      testDescription: "the lockfile is out of date",
      files: [
        "requirements.in": "pysocks\n",
        "requirements.txt": "pysocks==0.9\nurllib3==1.26\nwidgets==1.0\n",
      ], arguments: ["pysocks"],
      output: """
        pysocks==1.0 (requirements.txt)
          requirements.in:1: pysocks
        """,
      errors: """
        warning: requirements.txt is out of date: `repin compile` would change `pysocks`, `urllib3`, `widgets`; the \
        answer is \
        about what it would pin
        """),
    Case(
      testDescription: "in the lockfile, and nothing asks for it",
      files: ["requirements.in": "pysocks\n", "requirements.txt": "pysocks==1.0\nwidgets==1.0\n"],
      arguments: ["widgets", "-q"], status: 1,
      output: "requirements.txt has widgets, and nothing asks for it any more",
      errors: "hint: `repin compile\(options)` takes it out"),
  ]

  @Test(arguments: paths + lockfiles) func shown(_ given: Case) async throws {
    try await Self.ask(given, in: Self.fixture())
  }

  @Test func `nothing that is cached is asked for again`() async throws {
    let fixture = try await Self.fixture()
    _ = try await fixture.compile()
    fixture.server.forgetRequests()
    let outcome = try await fixture.run(["why", "urllib3"] + CommandFixture.target)
    #expect(outcome.status == 0, Comment(rawValue: outcome.errors))
    #expect(fixture.server.requests.isEmpty)
    let offline = try await fixture.run(["why", "urllib3", "--offline"] + CommandFixture.target)
    #expect(offline == outcome)
  }
}
