import Glibc
import IndexServer
import SQLite
import Subprocess
import SystemPackage
import TestSupport
import Testing

/// What is left of a history when a check is ended, or has no room for it.
@Suite struct HistoryEndTests {
  private static let lockfile = "requirements.txt"

  private static func fixture() async throws -> CheckFixture {
    let fixture = try await CheckFixture()
    for number in 0..<12 {
      fixture.serve("app\(number)", "1.0", daysAgo: 400, yanked: "x")
      fixture.serve("app\(number)", "2.0", daysAgo: 300)
    }
    return fixture
  }

  /// A lockfile whose pins change from one run to the next.
  private static func text(of run: Int) -> String {
    (0..<12).map { "app\($0)==\((run + $0) % 3 == 0 ? 2 : 1).0\n" }.joined()
  }

  /// What SQLite finds wrong with a history, and how many of its runs are finished.
  private static func state(of path: String) throws -> (problems: [String], finishedRuns: Int64) {
    let connection = try Connection(path: path)
    var problems: [String] = []
    for check in ["PRAGMA integrity_check", "PRAGMA foreign_key_check"] {
      try connection.prepare(check).query { (row) throws(SQLiteError) in
        if row.text(at: 0) != "ok" { problems.append(row.text(at: 0)) }
      }
    }
    // Killed before it was made.
    if try connection.schemaVersion == 0 { return (problems, 0) }
    let count = try connection.prepare("SELECT count(*) FROM run WHERE finished_at IS NOT NULL").first {
      (row) throws(SQLiteError) in row.integer(at: 0)
    }
    return (problems, count ?? 0)
  }

  /// Kills checks, each at a moment of its own between its start and a little after its end.
  @Test(.timeLimit(.minutes(15)))
  func `a check that is killed leaves a history with every finished run`() async throws {
    let fixture = try await Self.fixture()
    let directory = fixture.command.directory
    let path = directory.file("h.sqlite")
    let arguments = ["check", "--index-url", fixture.command.url, "--history", path] + CommandFixture.target
    // As long as a run takes about, found out by running.
    var span = 0.1
    var finished: Int64 = 0
    var killed = 0
    for run in 0..<200 {
      directory.write(Self.lockfile, Self.text(of: run))
      let moment = Duration.seconds(Double.random(in: 0..<span))
      let result = try await Subprocess.run(
        .path(FilePath(CommandFixture.binary)), arguments: Arguments(arguments),
        environment: .custom([
          "HOME": directory.path, "PATH": directory.file("empty"), "REPIN_ADVISORIES_SOURCE": "none",
        ]),
        workingDirectory: FilePath(directory.path), input: .none, output: .discarded, error: .discarded
      ) { execution in
        try await Task.sleep(for: moment)
        // It may have ended.
        try? execution.send(signal: .kill)
      }
      switch result.terminationStatus {
      case .exited(let status):
        #expect(status == 1)
        finished += 1
        span *= 0.97
      case .signaled:
        killed += 1
        span *= 1.03
      }
      guard directory.names().contains("h.sqlite") else { continue }
      let state = try Self.state(of: path)
      #expect(state.problems == [])
      // A run may be recorded and its process killed before it told so.
      #expect((finished...finished + Int64(killed)).contains(state.finishedRuns))
    }
    #expect(killed > 0 && finished > 0)
    #expect(directory.names().filter { $0.contains("damaged") } == [])
    directory.write(Self.lockfile, Self.text(of: 0))
    let last = try await fixture.check("--history", path)
    #expect(last.status == 1 && !last.errors.contains("history"), "\(last.errors)")
  }

  /// Limits of a file's size in blocks of 512 bytes: on what the history's file needs to be made, its log, its rows.
  @Test(arguments: [0, 1, 8, 40, 70, 100, 150, 200, 1000])
  func `no room for the history doesn't stop a check`(blocks: Int) async throws {
    var fixture = try await Self.fixture()
    let directory = fixture.command.directory
    directory.write(Self.lockfile, Self.text(of: 1))
    let whole = try await fixture.check("--no-cache", "--history", "other.sqlite")
    #expect(whole.status == 1 && whole.errors.isEmpty)
    let without = try await fixture.check("--no-cache", "--no-history")
    fixture.command.prelude = "ulimit -f \(blocks)"
    let cramped = try await fixture.check("--no-cache", "--history", "h.sqlite")
    #expect(cramped.status == 1, "\(cramped.errors)")
    // It fails when it is opened, or when what came out is recorded.
    #expect([whole.output, without.output].contains(cramped.output))
    let says = "warning: going on without a history: writing the history `DIR/h.sqlite` fails"
    #expect(cramped.errors.hasPrefix(says) == (blocks < 1000), "\(cramped.errors)")
    fixture.command.prelude = nil
    let after = try await fixture.check("--no-cache", "--history", "h.sqlite")
    #expect(after.status == 1 && after.errors.isEmpty, "\(after.errors)")
    let state = try Self.state(of: directory.file("h.sqlite"))
    #expect(state.problems == [] && state.finishedRuns >= 1)
  }

  /// How a command is run by somebody who may not write in a directory.
  private static let otherUser: String? = {
    if getuid() != 0 { return ":" }
    let program = "/usr/bin/setpriv"
    guard access(program, X_OK) == 0 else { return nil }
    return "set -- \(program) --reuid=65534 --regid=65534 --clear-groups \"$@\""
  }()

  @Test(
    .enabled(if: otherUser != nil, "only root runs this, and can't become somebody else"),
    arguments: [true, false])
  func `a directory that can't be written doesn't stop a check`(hasHistory: Bool) async throws {
    var fixture = try await Self.fixture()
    let directory = fixture.command.directory
    directory.write(Self.lockfile, Self.text(of: 1))
    if hasHistory { #expect(try await fixture.check().status == 1) }
    let before = directory.read(".repin/history.sqlite")
    let without = try await fixture.check("--no-cache", "--no-history")
    chmod(directory.path, 0o555)
    chmod(directory.file("empty"), 0o755)
    chmod(directory.file(".repin"), 0o555)
    chmod(directory.file(".repin/history.sqlite"), 0o444)
    defer { chmod(directory.path, 0o755) }
    fixture.command.prelude = Self.otherUser
    let outcome = try await fixture.check("--no-cache")
    try #require(outcome.status != 126 && outcome.status != 127, "\(outcome.errors)")
    #expect(outcome.status == 1)
    #expect(outcome.output == without.output)
    #expect(outcome.errors.contains("warning: going on without a history: "), "\(outcome.errors)")
    #expect(directory.read(".repin/history.sqlite") == before)
  }
}
