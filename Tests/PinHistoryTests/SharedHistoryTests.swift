import SQLite
import TestSupport
import Testing

@testable import PinHistory

@Suite("A history that several use, and one whose process is killed")
struct SharedHistoryTests {
  @Test("Histories on one new file, each in its own task, lose nothing", arguments: [1, 4])
  func parallel(histories count: Int) async throws {
    let fixture = HistoryFixture()
    let path = fixture.path
    let shared = count == 1 ? try fixture.open() : nil
    // Both are told the same lockfile's states: a task the even times, another the odd ones, others in between.
    let snapshots = try (0..<160).map {
      try fixture.snapshot(Int64($0), "a==\($0 / 3) b==\($0 / 7) c==\($0 % 4)")
    }
    try await withThrowingTaskGroup(of: Void.self) { group in
      for part in 0..<4 {
        group.addTask {
          let history = try shared ?? PinHistory(path: path, access: .writing, busyTimeout: 60_000)
          for index in stride(from: part, to: snapshots.count, by: 4) {
            try history.record(snapshots[index])
            if index.isMultiple(of: 5) {
              let end = Run.End(at: 1, outcome: "\(index)")
              try history.finishRun(history.startRun(of: snapshots[index].lockfile, at: Int64(index)), end)
            }
          }
        }
      }
      try await group.waitForAll()
    }
    #expect(try dump(path) == RecordingOracle(snapshots: snapshots).lines)
    let runs = try fixture.open().read { (connection) throws(SQLiteError) in
      try connection.prepare("SELECT count(*) FROM run WHERE outcome IS NOT NULL").first {
        (row) throws(SQLiteError) in row.integer(at: 0)
      }
    }
    #expect(runs == 32)
  }

  @Test("Reading beside a writer sees whole transactions")
  func readingBeside() async throws {
    let fixture = HistoryFixture()
    let path = fixture.path
    let lockfile = fixture.lockfile
    let snapshots = try (1...60).map { try fixture.snapshot(Int64($0), "a==\($0) b==\($0) c==\($0)") }
    try fixture.open().record(fixture.snapshot(0, "a==0 b==0 c==0"))
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask {
        // Opened and closed each time: the log comes and goes.
        for snapshot in snapshots { try PinHistory(path: path, access: .writing).record(snapshot) }
      }
      group.addTask {
        let reader = try PinHistory(path: path, access: .reading)
        var newest = "0"
        while newest != "60" {
          let pins = try reader.currentPins(of: lockfile).map(\.pin)
          #expect(pins.count == 3 && Set(pins.map(\.version)).count == 1)
          newest = pins.first.map { "\($0.version)" } ?? newest
        }
      }
      try await group.waitForAll()
    }
  }

  @Test("A copy of the file and its log at any moment has every finished call, and opens")
  func copies() throws {
    let fixture = HistoryFixture()
    var random = SeededRandom(seed: 7)
    let history = try fixture.open()
    var finished: [Snapshot] = []
    for number in 0..<300 {
      let snapshot = try fixture.snapshot(
        Int64.random(in: 0...1_000_000, using: &random), "a==\(number) b==\(number / 9)")
      try history.record(snapshot)
      finished.append(snapshot)
      guard Int.random(in: 0..<12, using: &random) == 0 else { continue }
      if Bool.random(using: &random) {
        // In the middle of a call: its rows are in the log, and it isn't finished.
        try? history.write { (connection) throws(SQLiteError) in
          var placement = SnapshotPlacement(connection)
          _ = try placement.place(snapshot.later)
          copy(fixture.directory, number)
          throw SQLiteError(extendedCode: 1, message: "stopped", sql: nil, path: "")
        }
      } else {
        copy(fixture.directory, number)
      }
      let path = fixture.directory.file("copy-\(number)")
      let copied = try PinHistory(path: path, access: .writing)
      #expect(copied.takeWarnings().isEmpty)
      #expect(try dump(path) == RecordingOracle(snapshots: finished).lines)
      // And it can be written on.
      try copied.record(snapshot.later)
    }
  }

  @Test("A log that ends in the middle of a call loses that call alone", arguments: 0..<8)
  func torn(seed: UInt64) throws {
    let fixture = HistoryFixture()
    var random = SeededRandom(seed: seed)
    let history = try fixture.open()
    var logSizes: [Int] = []
    let snapshots = try (0..<30).map { try fixture.snapshot(Int64($0), "a==\($0) b==\($0 / 4)") }
    for snapshot in snapshots {
      try history.record(snapshot)
      logSizes.append(fixture.directory.size("history.sqlite-wal"))
    }
    copy(fixture.directory, 0)
    let log = try #require(fixture.directory.read("copy-0-wal"))
    let first = try #require(logSizes.first)
    let length = Int.random(in: first...log.count, using: &random)
    fixture.directory.write("copy-0-wal", Array(log.prefix(length)))
    let whole = logSizes.filter { $0 <= length }.count
    let path = fixture.directory.file("copy-0")
    _ = try PinHistory(path: path, access: .writing)
    #expect(try dump(path) == RecordingOracle(snapshots: Array(snapshots.prefix(whole))).lines)
  }

  /// The file and its log, as a process that is killed leaves them.
  private func copy(_ directory: TemporaryDirectory, _ number: Int) {
    for suffix in ["", "-wal"] {
      if let bytes = directory.read("history.sqlite\(suffix)") {
        directory.write("copy-\(number)\(suffix)", bytes)
      }
    }
  }
}

extension Snapshot {
  /// Another state, after all others.
  fileprivate var later: Snapshot {
    var later = self
    later.takenAt = 2_000_000
    later.digest = "later"
    later.pins = []
    return later
  }
}
