import FoundationEssentials
import IndexServer
import TestSupport
import Testing

/// The remediations of `repin check --format gitlab`, as `git apply` takes them.
@Suite(.enabled(if: SystemPrograms.git != nil)) struct RemediationTests {
  /// As much of GitLab's report as these tests read.
  private struct Report: Decodable {
    struct Vulnerability: Decodable {
      struct Location: Decodable {
        var file: String
      }
      var id: String
      var name: String
      var location: Location
    }
    struct Remediation: Decodable {
      struct Fix: Decodable {
        var id: String
      }
      var fixes: [Fix]
      var summary: String
      var diff: Data
    }
    var vulnerabilities: [Vulnerability]
    var remediations: [Remediation]?

    /// What a remediation does away with: `PYSEC-1 in lib: requirements.txt`.
    func fixed(by remediation: Remediation) -> [String] {
      remediation.fixes.map { fix in
        vulnerabilities.first { $0.id == fix.id }.map { "\($0.name): \($0.location.file)" } ?? "unknown"
      }
    }
  }

  /// A cloud of which `urllib3` is vulnerable, in a repository of its own.
  private static func fixture(
    _ records: [WrittenAdvisory] = [
      WrittenAdvisory(id: "PYSEC-1", package: "urllib3", fixed: "1.26.4"),
      WrittenAdvisory(id: "PYSEC-2", package: "urllib3", fixed: "1.26.4", score: "5.3"),
      WrittenAdvisory(id: "PYSEC-3", package: "six", fixed: "1.16"),
    ]
  ) async throws -> UpdateFixture {
    var fixture = try await UpdateFixture.cloud()
    fixture.command.environment["PATH"] = "/usr/local/bin:/usr/bin:/bin"
    fixture.command.serve(advisories: records)
    fixture.command.write(["init.sh": "set -e; git init -q -b main"])
    try #require(try await fixture.command.shell("init.sh") == 0)
    return fixture
  }

  private static func check(
    _ fixture: UpdateFixture, _ arguments: String...
  ) async throws -> (outcome: CommandFixture.Outcome, report: Report) {
    let outcome = try await fixture.command.run(
      ["check", "--format", "gitlab", "--no-history"] + CommandFixture.target + arguments)
    return (outcome, try JSONDecoder().decode(Report.self, from: Data(outcome.output.utf8)))
  }

  /// Applies a patch at the top of the repository and gives what files are then, put back afterwards.
  private static func applied(
    _ patch: Data, to paths: [String], in fixture: UpdateFixture
  ) async throws -> [String?] {
    let before = paths.map { fixture.command.directory.text($0) }
    fixture.command.directory.write("change.patch", Array(patch))
    fixture.command.write(["apply.sh": "git apply change.patch"])
    #expect(try await fixture.command.shell("apply.sh") == 0, "\(String(decoding: patch, as: UTF8.self))")
    let after = paths.map { fixture.command.directory.text($0) }
    for (path, text) in zip(paths, before) { if let text { fixture.command.directory.write(path, text) } }
    return after
  }

  struct Case: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var folder = ""
    var options: [String] = []
    /// What stands in for `\n`.
    var isOfWindows = false
  }

  static let cases = [
    Case(testDescription: "pins alone"),
    Case(testDescription: "with hashes", options: ["--generate-hashes"]),
    Case(testDescription: "below the top", folder: "web/"),
    Case(testDescription: "below the top, with hashes", folder: "a b/", options: ["--generate-hashes"]),
    Case(testDescription: "with line ends of Windows", isOfWindows: true),
  ]

  @Test(arguments: cases) func `a patch is what an update writes`(_ example: Case) async throws {
    let fixture = try await Self.fixture()
    let directory = fixture.command.directory
    let path = "\(example.folder)requirements.txt"
    if !example.folder.isEmpty {
      directory.makeDirectory(String(example.folder.dropLast()))
      for name in ["requirements.in", "requirements.txt"] {
        directory.write("\(example.folder)\(name)", directory.text(name) ?? "")
        directory.remove(name)
      }
    }
    if example.isOfWindows {
      directory.write(path, (directory.text(path) ?? "").replacing("\n", with: "\r\n"))
    }
    let compiled = try await fixture.command.run(
      ["compile", "-o", path, "\(example.folder)requirements.in"] + CommandFixture.target + example.options)
    try #require(compiled.status == 0, "\(compiled.errors)")
    let before = directory.text(path)
    #expect(before?.contains("--hash=") == !example.options.isEmpty)
    let (outcome, report) = try await Self.check(fixture, path)
    #expect(outcome.status == 1 && outcome.errors.isEmpty, "\(outcome.errors)")
    #expect(directory.text(path) == before)
    let remediation = try #require(report.remediations?.first)
    #expect(report.remediations?.count == 1)
    // That of urllib3 alone stays stale.
    let fixed = report.fixed(by: remediation)
    #expect(
      Set(fixed)
        == Set(
          [
            "PYSEC-1 in urllib3", "PYSEC-2 in urllib3", "PYSEC-3 in six", "stale in six", "stale in botocore",
          ].map { "\($0): \(path)" }))
    #expect(fixed.count == 5 && report.vulnerabilities.count == 6)
    #expect(
      remediation.summary
        == "`repin update --security`: six 1.15 → 1.16, urllib3 1.26.3 → 1.26.4, botocore 1.20.5 → 1.20.40")
    let patched = try await Self.applied(remediation.diff, to: [path], in: fixture)
    let updated = try await fixture.update("--security", path)
    #expect(updated.status == 0, "\(updated.errors)")
    #expect(patched == [directory.text(path)] && patched != [before])
  }

  @Test func `what is blocked has no remediation`() async throws {
    let fixture = try await Self.fixture([WrittenAdvisory(id: "PYSEC-1", package: "six")])
    let (outcome, report) = try await Self.check(fixture)
    #expect(outcome.status == 1 && outcome.errors.isEmpty, "\(outcome.errors)")
    #expect(report.vulnerabilities.contains { $0.name == "PYSEC-1 in six" } && report.remediations == nil)
  }

  @Test func `what can be had of it is`() async throws {
    let fixture = try await Self.fixture([
      WrittenAdvisory(id: "PYSEC-1", package: "urllib3", fixed: "1.26.4"),
      WrittenAdvisory(id: "PYSEC-2", package: "six"),
    ])
    let (_, report) = try await Self.check(fixture)
    #expect(report.vulnerabilities.contains { $0.name == "PYSEC-2 in six" })
    #expect(
      report.remediations?.map(report.fixed)
        == [["PYSEC-1 in urllib3: requirements.txt", "stale in botocore: requirements.txt"]])
  }

  /// Two by themselves, two of which one is made of the other, and one of which nothing tells what it is made from.
  @Test func `several lockfiles`() async throws {
    let fixture = try await Self.fixture()
    let pins = "boto3==1.17.5\nbotocore==1.20.5\nurllib3==1.26.3\n"
    fixture.command.write([
      "dev.in": "boto3\n", "dev.txt": pins, "base.in": "botocore\n",
      "base.txt": "botocore==1.20.5\nurllib3==1.26.3\n", "top.in": "-r base.txt\nboto3\n", "top.txt": pins,
      "alone.txt": "six==1.15\n",
    ])
    let paths = ["requirements.txt", "dev.txt", "top.txt", "base.txt", "alone.txt"]
    let outcome = try await fixture.command.run(
      ["check", "--format", "gitlab", "--no-history"] + CommandFixture.target + paths)
    #expect(outcome.status == 1)
    let said = outcome.errors.split(separator: "\n").filter { $0.contains("remediation") }
    #expect(
      said.count == 1
        && said[0].hasPrefix(
          "warning: no remediation is made for `alone.txt`: nothing says what `alone.txt` is"),
      "\(outcome.errors)")
    let report = try JSONDecoder().decode(Report.self, from: Data(outcome.output.utf8))
    let remediations = try #require(report.remediations)
    #expect(
      remediations.map { Set(report.fixed(by: $0).map { String($0.split(separator: " ").last ?? "") }) }
        == [["requirements.txt"], ["dev.txt"], ["top.txt", "base.txt"]])
    var patched: [String?] = []
    for (remediation, changed) in zip(
      remediations, [["requirements.txt"], ["dev.txt"], ["base.txt", "top.txt"]])
    {
      patched += try await Self.applied(remediation.diff, to: changed, in: fixture)
    }
    for words in [["requirements.txt"], ["dev.txt"], ["base.txt", "top.txt"]] {
      let updated = try await fixture.command.run(["update", "--security"] + CommandFixture.target + words)
      #expect(updated.status == 0, "\(updated.errors)")
    }
    #expect(
      patched
        == ["requirements.txt", "dev.txt", "base.txt", "top.txt"].map { fixture.command.directory.text($0) })
  }

  @Test func `without a network there is none of what isn't cached`() async throws {
    let fixture = try await Self.fixture()
    // Pages and advisories are cached, and what releases need isn't.
    var warm = fixture.command
    try #require(try await warm.run(["advisories", "sync"]).status == 0)
    warm.environment["REPIN_ADVISORIES_SOURCE"] = "none"
    try #require(try await warm.run(["check"] + CommandFixture.target).status == 1)
    let before = fixture.command.server.requests.count
    let (outcome, report) = try await Self.check(fixture, "--offline")
    #expect(report.remediations == nil && !report.vulnerabilities.isEmpty)
    let said = outcome.errors.split(separator: "\n").filter { $0.contains("no remediation") }
    #expect(
      said.count == 1 && said[0].hasPrefix("warning: no remediation is made for `requirements.txt`: "),
      "\(outcome.errors)")
    #expect(fixture.command.server.requests.count == before)
  }

  @Test func `nobody else pays for it`() async throws {
    let fixture = try await Self.fixture()
    // Its own sources are never read.
    fixture.command.write(["requirements.in": "===\n"])
    let (outcome, report) = try await Self.check(fixture)
    #expect(outcome.status == 1 && report.remediations == nil)
    #expect(outcome.errors.contains("no remediation is made for `requirements.txt`: requirements.in:1"))
    for format in ["json", "sarif", "codequality", "text"] {
      let outcome = try await fixture.command.run(
        ["check", "--format", format, "--no-history"] + CommandFixture.target)
      #expect(outcome.status == 1 && outcome.errors.isEmpty, "\(outcome.errors)")
    }
  }
}
