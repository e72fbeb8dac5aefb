import FoundationEssentials
import IndexServer
import TestSupport
import Testing

/// `repin check --image-labels`, run as a process.
@Suite struct ImageCheckTests {
  /// As much of the document as these tests read.
  private struct Report: Decodable {
    struct Image: Decodable {
      struct Lockfile: Decodable {
        var path: String
        var state: String
      }
      struct Reason: Decodable {
        var reason: String
      }
      var name: String?
      var verdict: String
      var labelled: Bool
      var ageSeconds: Int?
      var createdText: String?
      var maxAgeSeconds: Int?
      var lockfiles: [Lockfile]
      var reasons: [Reason]
    }
    var verdict: String
    var image: Image?
  }

  private static func fixture(_ name: String = "requirements.txt") async throws -> CheckFixture {
    let fixture = try await CheckFixture()
    fixture.serve("app", "1.0", daysAgo: 20)
    let parts = name.split(separator: "/")
    if parts.count == 2 { fixture.command.directory.makeDirectory(String(parts[0])) }
    fixture.command.directory.write(name, "app==1.0\n")
    return fixture
  }

  /// Writes what `docker inspect` would of an image that is built now, so many days ago by its own moment.
  private static func inspect(
    _ fixture: CheckFixture, created: String, labels: String? = nil, lockfile: String = "requirements.txt"
  ) async throws {
    let printed = try await fixture.command.run(["labels", "-q", "--format", "json", lockfile])
    try #require(printed.status == 0, "\(printed.errors)")
    fixture.command.directory.write(
      "image.json",
      """
      [{"Id": "sha256:\(String(repeating: "ab", count: 32))", "RepoTags": ["web:1.4"], "Created": "\(created)",
        "Config": {"Labels": \(labels ?? printed.output)}}]
      """)
  }

  struct Case: Sendable, CustomTestStringConvertible {
    var testDescription: String
    /// How many days ago the image was made.
    var daysAgo: Double = 12
    var created: String?
    var labels: String?
    var maxAge: String?
    /// What the lockfile has become since.
    var lock: String?
    var state = "same"
    var reasons: [String] = []
    var verdict = "clean"
    var status: Int32 = 0
  }

  static let cases: [Case] = [
    Case(testDescription: "of today's lock"),
    Case(testDescription: "of today's lock, within the limit", maxAge: "\"2 weeks\""),
    Case(
      testDescription: "of today's lock, older than the limit", maxAge: "10", reasons: ["too-old"],
      verdict: "due-at-window", status: 1),
    Case(testDescription: "no limit", daysAgo: 900, maxAge: "\"off\""),
    Case(
      testDescription: "of another lock", lock: "app==1.0 # more\n", state: "other", reasons: ["changed"],
      verdict: "due-at-window", status: 1),
    Case(
      testDescription: "another lock, and too old", maxAge: "10", lock: "app==1.0 # more\n", state: "other",
      reasons: ["changed", "too-old"], verdict: "due-at-window", status: 1),
    Case(
      testDescription: "without labels", labels: "null", state: "absent", reasons: ["untold"],
      verdict: "due-at-window", status: 1),
    Case(
      testDescription: "with the labels of others", labels: #"{"maintainer": "x"}"#, state: "absent",
      reasons: ["untold"], verdict: "due-at-window", status: 1),
    Case(
      testDescription: "made in the year 1, without a label's moment", created: "0001-01-01T00:00:00Z",
      labels: #"{"repin.lock.digest": "DIGEST", "repin.lock.path": "requirements.txt"}"#),
    Case(
      testDescription: "the same, where there is a limit", created: "0001-01-01T00:00:00Z",
      labels: #"{"repin.lock.digest": "DIGEST", "repin.lock.path": "requirements.txt"}"#, maxAge: "10",
      verdict: "incomplete", status: 3),
  ]

  @Test(arguments: cases) func `an image is due by its lock and its age`(_ row: Case) async throws {
    let fixture = try await Self.fixture()
    let digest = "sha256:\(ServedFile.sha256(Array("app==1.0\n".utf8)))"
    try await Self.inspect(
      fixture, created: row.created ?? CheckFixture.ago(days: row.daysAgo),
      labels: row.labels?.replacing("DIGEST", with: digest))
    if let age = row.maxAge {
      fixture.command.directory.write("repin.toml", "[rebuild]\nmax-age = \(age)\ncommand = [\"make\"]\n")
    }
    if let lock = row.lock { fixture.command.directory.write("requirements.txt", lock) }
    let outcome = try await fixture.check(
      "--image-labels", "image.json", "--format", "json", "requirements.txt")
    let report = try JSONDecoder().decode(Report.self, from: Data(outcome.output.utf8))
    let image = try #require(report.image)
    #expect(image.name == "web:1.4")
    #expect(image.lockfiles.map(\.state) == [row.state])
    #expect(image.reasons.map(\.reason) == row.reasons)
    #expect(report.verdict == row.verdict && image.verdict == row.verdict)
    #expect(outcome.status == row.status)
    #expect((image.ageSeconds == nil) == (row.created != nil))
    #expect(image.createdText == row.created)
  }

  @Test func `people read it in lines`() async throws {
    let fixture = try await Self.fixture()
    try await Self.inspect(fixture, created: CheckFixture.ago(days: 41.5))
    fixture.command.directory.write("repin.toml", "[rebuild]\nmax-age = '30 days'\n")
    fixture.command.directory.write("requirements.txt", "app==1.0 # x\n")
    let outcome = try await fixture.check("--image-labels=image.json")
    #expect(outcome.status == 1)
    let lines = outcome.output.split(separator: "\n").map { $0.replacing(/[0-9a-f]{12}/, with: "HEX") }
    let day = CheckFixture.day(in: -41.5)
    try #require(lines.count == 6)
    #expect(lines[1].hasPrefix("a rebuild of the image is due at the next window, Mon "))
    #expect(
      Array(lines[2...]) == [
        "image web:1.4: 41 days old, of \(day)",
        "image: built from another `requirements.txt`: sha256:HEX, today's is sha256:HEX",
        "rebuild: the image wasn't built from today's lockfiles",
        "rebuild: the image is older than `max-age`, 30 days, though no pin need have changed: what the system has may have fixes",
      ])
  }

  @Test func `an image may come by standard input, and by the environment`() async throws {
    var fixture = try await Self.fixture()
    try await Self.inspect(fixture, created: CheckFixture.ago(days: 1))
    let input = try #require(fixture.command.directory.text("image.json"))
    let words = ["check"] + CommandFixture.target
    let piped = try await fixture.command.run(words + ["--image-labels", "-"], input: input)
    #expect(piped.status == 0 && piped.output.contains("image: built from today's `requirements.txt`"))
    fixture.command.environment["REPIN_IMAGE_LABELS"] = "image.json"
    fixture.command.environment["REPIN_IMAGE"] = "web:1.4"
    let named = try await fixture.command.run(words)
    #expect(named.status == 0 && named.output.contains("image web:1.4: 1 day old"))
    fixture.command.environment["REPIN_IMAGE_LABELS"] = nil
    #expect(try await !fixture.command.run(words).output.contains("image"))
  }

  @Test func `an image that is due is told of again, one that isn't is not`() async throws {
    let fixture = try await Self.fixture()
    try await Self.inspect(fixture, created: CheckFixture.ago(days: 40))
    let words = ["--image-labels", "image.json", "--quiet-if-unchanged"]
    func output() async throws -> String {
      try await fixture.command.run(["check"] + CommandFixture.target + words).output
    }
    #expect(try await !output().isEmpty)
    #expect(try await output().isEmpty)
    fixture.command.directory.write("repin.toml", "[rebuild]\nmax-age = 30\n")
    #expect(try await output().contains("older than `max-age`"))
    #expect(try await output().contains("older than `max-age`"))
  }

  /// Whatever the lockfile is called, the labels that are printed are read back.
  @Test(arguments: [
    "a b.txt", "it's.txt", "\"q\".txt", "é漢😀.txt", "a,b.txt", "100%.txt", "dir x/requirements.txt",
    "$HOME.txt", "a\\b.txt",
  ])
  func `labels are read back as the same`(_ name: String) async throws {
    let fixture = try await Self.fixture(name)
    try await Self.inspect(fixture, created: CheckFixture.ago(days: 1), lockfile: name)
    let outcome = try await fixture.check("--image-labels", "image.json", "--format", "json", name)
    let report = try JSONDecoder().decode(Report.self, from: Data(outcome.output.utf8))
    #expect(report.image?.lockfiles.map(\.state) == ["same"])
    #expect(outcome.status == 0)
  }

  struct Fault: Sendable {
    var words: [String] = ["--image-labels", "image.json"]
    var text = ""
    var errors: String
  }

  private static let inspectHint =
    "hint: hand in what `docker inspect IMAGE`, `podman inspect IMAGE` or `skopeo inspect` writes\n"

  static let faults: [Fault] = [
    Fault(
      words: ["--image-labels", "gone.json"],
      errors:
        "error: `--image-labels`: gone.json can't be read: no such file\nhint: hand in what `docker inspect IMAGE` writes\n"
    ),
    Fault(
      words: ["--image-labels", "empty"],
      errors:
        "error: `--image-labels`: empty can't be read: it is a directory\nhint: hand in what `docker inspect IMAGE` writes\n"
    ),
    Fault(
      words: ["--image-labels", "-"],
      errors: """
        error: standard input: found nothing, expected the JSON of an image's inspection
        hint: look at what the tool said: is the image there, and its name right?

        """),
    Fault(
      words: ["--image", "web"],
      errors: "error: `--image` names an image of `--image-labels`, which isn't given\nhint: give both\n"),
    Fault(
      words: ["--image-labels", "a", "--image-labels", "b"],
      errors:
        "error: `--image-labels` is given 2 times: a check is about one image\nhint: check the others on their own\n"
    ),
    Fault(
      text: "[{\"Config\":\n ]", errors: "error: image.json:2:2: found `]`, expected a value\n" + inspectHint),
    Fault(
      text: String(repeating: "{\"Config\":", count: 65),
      errors:
        "error: image.json:1:641: found more than 64 levels inside one another, expected at most 64 levels\n"
        + inspectHint),
    Fault(
      text: "[{\"RepoTags\": [\"a\u{9b}31m:1\"], \"Config\": {}}, {\"RepoTags\": [\"b:1\"], \"Config\": {}}]",
      errors: """
        error: image.json: found 2 images, expected one: `a\u{FFFD}31m:1`, `b:1`
        hint: inspect one image, or name one by `--image`: `--image a\u{FFFD}31m:1`

        """),
    Fault(
      words: ["--image-labels", "image.json", "--image", "c"],
      text: "[{\"RepoTags\": [\"a:1\"], \"Config\": {}}]",
      errors: "error: image.json: found no image `c`, only `a:1`\nhint: name one of these by `--image`\n"),
    Fault(
      text: "{\"repin.lock.digest\": \"sha1:5\", \"repin.lock.path\": \"a\"}",
      errors: """
        error: image.json: label `repin.lock.digest`: found `sha1:5`, expected `sha256:` and 64 hexadecimal digits
        hint: build the image with all that `repin labels` writes

        """),
    Fault(
      text: String(repeating: " ", count: (16 << 20) + 1),
      errors:
        "error: `--image-labels`: image.json can't be read: it is larger than 16777216 bytes\nhint: hand in what `docker inspect IMAGE` writes\n"
    ),
  ]

  @Test(arguments: faults.indices) func `what is no inspection is wrong input`(_ place: Int) async throws {
    let row = Self.faults[place]
    let fixture = try await Self.fixture()
    fixture.command.directory.write("image.json", row.text)
    let outcome = try await fixture.command.run(
      ["check"] + CommandFixture.target + row.words + ["requirements.txt"])
    #expect(outcome == CommandFixture.Outcome(status: 2, output: "", errors: row.errors))
  }

  @Test func `a limit that is none is wrong input`() async throws {
    let fixture = try await Self.fixture()
    fixture.command.directory.write("repin.toml", "[rebuild]\nmax-age = '2 months'\n")
    let outcome = try await fixture.check()
    #expect(outcome.status == 2)
    #expect(outcome.errors.hasPrefix("error: repin.toml:2:11: `rebuild.max-age`: "))
  }
}
