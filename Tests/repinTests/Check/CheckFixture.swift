import FoundationEssentials
import IndexServer

/// A project whose lockfile is checked, with the time counted from now.
struct CheckFixture {
  var command: CommandFixture

  init() async throws {
    command = try await CommandFixture()
    command.server.behave { $0.fields = [("Cache-Control", "no-cache")] }
  }

  /// The moment so many days ago, as an index writes it.
  static func ago(days: Double) -> String {
    Date(timeIntervalSinceNow: -86_400 * days).formatted(.iso8601)
  }

  /// The day so many days from now, as a policy has it.
  static func day(in days: Double) -> String {
    String(Date(timeIntervalSinceNow: 86_400 * days).formatted(.iso8601).prefix(10))
  }

  /// A release of a project, uploaded so many days ago.
  func serve(
    _ name: String, _ version: String, daysAgo: Double, requiresPython: String? = nil, yanked: String? = nil
  ) {
    command.server.serve(
      name, version, requiresPython: requiresPython, yanked: yanked, uploadTime: Self.ago(days: daysAgo))
  }

  /// The same with git on PATH.
  func withGit() -> CheckFixture {
    var fixture = self
    fixture.command.environment["PATH"] = "/usr/local/bin:/usr/bin:/bin"
    return fixture
  }

  /// Runs `repin check` for Python 3.12 on Linux.
  func check(_ arguments: String...) async throws -> CommandFixture.Outcome {
    try await command.run(["check"] + CommandFixture.target + arguments)
  }

  /// What a check finds, as `package kind`, and how it ends.
  func findings(_ arguments: String...) async throws -> Found {
    let outcome = try await command.run(["check", "--format", "json"] + CommandFixture.target + arguments)
    let report = try JSONDecoder().decode(Report.self, from: Data(outcome.output.utf8))
    return Found(
      status: outcome.status, verdict: report.verdict,
      findings: report.lockfiles.flatMap { lock in lock.findings.map { "\($0.package) \($0.kind)" } },
      report: report)
  }

  struct Found {
    var status: Int32
    var verdict: String
    var findings: [String]
    var report: Report
  }

  /// As much of the document as these tests read.
  struct Report: Decodable {
    struct Finding: Decodable {
      var package: String
      var kind: String
      var urgency: String
      var key: String
      var aliases: [String]?
      var score: Double?
      var fix: String?
    }
    struct Pin: Decodable {
      var package: String
      var pinAgeSeconds: Int?
    }
    struct Lockfile: Decodable {
      var path: String
      var findings: [Finding]
      var pins: [Pin]
      var changed: Bool?
    }
    struct Advisories: Decodable {
      var records: Int?
    }
    var verdict: String
    var lockfiles: [Lockfile]
    var advisories: [Advisories]?
  }
}
