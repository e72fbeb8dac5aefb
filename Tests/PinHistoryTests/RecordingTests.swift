import PythonPackaging
import TestSupport
import Testing

@testable import PinHistory

@Suite("What recording snapshots makes of pins")
struct RecordingTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var name: String
    /// Time and pins, in the order recorded.
    var snapshots: [(Int64, String)]
    /// Package, version, pinned_at, replaced_at.
    var rows: [String]
    var snapshotTimes: [Int64]
    var testDescription: String { name }
  }

  static let cases: [Case] = [
    Case(
      name: "a first", snapshots: [(10, "a==1 b==2")], rows: ["a 1 10 -", "b 2 10 -"], snapshotTimes: [10]),
    Case(
      name: "an upgrade", snapshots: [(10, "a==1 b==2"), (20, "a==1.1 b==2")],
      rows: ["a 1 10 20", "a 1.1 20 -", "b 2 10 -"], snapshotTimes: [10, 20]),
    Case(
      name: "the same again", snapshots: [(10, "a==1"), (20, "a==1"), (30, "a==1")], rows: ["a 1 10 -"],
      snapshotTimes: [10]),
    Case(
      name: "removed, and back", snapshots: [(10, "a==1"), (20, ""), (30, "a==1")],
      rows: ["a 1 10 20", "a 1 30 -"], snapshotTimes: [10, 20, 30]),
    Case(
      name: "twice in one file, divided by a marker", snapshots: [(10, "a==1 a==2 a==1"), (20, "a==2")],
      rows: ["a 1 10 20", "a 2 10 -"], snapshotTimes: [10, 20]),
    Case(
      name: "an older one that comes later", snapshots: [(20, "a==2"), (10, "a==1")],
      rows: ["a 1 10 20", "a 2 20 -"], snapshotTimes: [10, 20]),
    Case(
      name: "an older one of the same", snapshots: [(20, "a==2"), (10, "a==2")], rows: ["a 2 10 -"],
      snapshotTimes: [10]),
    Case(
      name: "another between two of the same",
      snapshots: [(10, "a==1"), (30, "a==1"), (40, "a==1"), (20, "a==2")],
      rows: ["a 1 10 20", "a 1 30 -", "a 2 20 30"], snapshotTimes: [10, 20, 30]),
    Case(
      name: "two states in one second", snapshots: [(10, "a==1"), (10, "a==2"), (10, "a==2")],
      rows: ["a 1 10 11", "a 2 11 -"], snapshotTimes: [10, 11]),
    Case(
      name: "one version in two spellings", snapshots: [(10, "a==1.0"), (20, "a==1.0.0")],
      rows: ["a 1.0 10 -"], snapshotTimes: [10, 20]),
    Case(
      name: "before 1970", snapshots: [(-10, "a==1"), (0, "a==2")], rows: ["a 1 -10 0", "a 2 0 -"],
      snapshotTimes: [-10, 0]),
  ]

  @Test("Rows", arguments: cases)
  func rows(_ example: Case) throws {
    let fixture = HistoryFixture()
    let history = try fixture.open()
    for (time, pins) in example.snapshots { try history.record(fixture.snapshot(time, pins)) }
    var rows: [String] = []
    for name in ["a", "b"] {
      for row in try history.timeline(of: PackageName(name), in: fixture.lockfile) {
        let end = row.replacedAt.map(String.init) ?? "-"
        rows.append("\(name) \(row.pin.version) \(row.pinnedAt) \(end)")
      }
    }
    #expect(rows.sorted() == example.rows)
    #expect(try history.snapshots(of: fixture.lockfile, since: .min).map(\.takenAt) == example.snapshotTimes)
  }

  @Test("Whether a snapshot tells anything new")
  func news() throws {
    let fixture = HistoryFixture()
    let history = try fixture.open()
    #expect(try history.record(fixture.snapshot(10, "a==1")))
    #expect(try !history.record(fixture.snapshot(10, "a==1")))
    #expect(try !history.record(fixture.snapshot(20, "a==1")))
    #expect(try history.record(fixture.snapshot(30, "a==1", variant: "with a comment")))
    #expect(try history.currentPins(of: fixture.lockfile).map(\.pinnedAt) == [10])
  }

  @Test("A commit of what was compiled is no second change, before or after it")
  func commitOfCompiled() throws {
    let fixture = HistoryFixture()
    let history = try fixture.open()
    try history.record(fixture.snapshot(100, "a==1", source: .compile))
    try history.record(fixture.snapshot(200, "a==2", source: .compile))
    try history.importSnapshots([
      fixture.snapshot(130, "a==1", source: .git, commit: "c1"),
      fixture.snapshot(260, "a==2", source: .git, commit: "c2"),
    ])
    #expect(try history.changes(of: fixture.lockfile).map(\.at) == [100, 200])
    #expect(
      try history.importProgress(of: fixture.lockfile) == ImportProgress(commits: ["c1": 130, "c2": 260]))
    // In the same second, what git says is taken for the older one.
    try history.record(fixture.snapshot(200, "a==1", source: .git, commit: "c3"))
    #expect(try history.changes(of: fixture.lockfile).map(\.at) == [100, 200])
    try history.record(fixture.snapshot(200, "a==3", source: .compile))
    #expect(try history.changes(of: fixture.lockfile).map(\.at) == [100, 200, 201, 260])
  }

  @Test("What is imported again changes nothing")
  func importedAgain() throws {
    let fixture = HistoryFixture()
    let snapshots = try (0..<40).map {
      try fixture.snapshot(Int64($0 / 2) * 10, "a==\($0 / 3)", source: .git, commit: "c\($0)")
    }
    let history = try fixture.open()
    try history.importSnapshots(snapshots.filter { $0.takenAt.isMultiple(of: 20) }, batchSize: 7)
    try history.importSnapshots(snapshots.filter { !$0.takenAt.isMultiple(of: 20) }, batchSize: 1)
    let rows = try dump(fixture.path)
    #expect(try history.importSnapshots(snapshots.filter { $0.takenAt.isMultiple(of: 20) }) == 0)
    #expect(try dump(fixture.path) == rows)
  }

  @Test("Any order gives the rows of the order of time", arguments: 0..<60)
  func anyOrder(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    let fixture = HistoryFixture()
    let snapshots = try randomHistory(fixture, count: Int.random(in: 1...40, using: &random), &random)
    let expected = RecordingOracle(snapshots: snapshots).lines
    let orders =
      [snapshots.sorted { $0.takenAt < $1.takenAt }]
      + (0..<4).map { _ in
        snapshots.shuffled(using: &random)
      }
    for (number, order) in orders.enumerated() {
      let path = fixture.directory.file("\(number).sqlite")
      let history = try PinHistory(path: path, access: .writing)
      if number.isMultiple(of: 2) {
        try history.importSnapshots(order, batchSize: Int.random(in: 1...9, using: &random))
      } else {
        for snapshot in order { try history.record(snapshot) }
      }
      #expect(try dump(path) == expected, "seed \(seed), order \(order.map(\.takenAt))")
      try expectAgreement(history, snapshots)
    }
  }

  /// Snapshots of two lockfiles at different times, whose states come back often.
  private func randomHistory(
    _ fixture: HistoryFixture, count: Int, _ random: inout SeededRandom
  ) throws -> [Snapshot] {
    let other = LockfileIdentity(repository: fixture.lockfile.repository, path: "other.txt")
    let times = Array(Set((0..<count).map { _ in Int64.random(in: 0...200, using: &random) }))
    return try times.map { time in
      let pins = ["a", "b", "c"].compactMap { name in
        Bool.random(using: &random) ? "\(name)==\(Int.random(in: 1...2, using: &random))" : nil
      }
      let source = Snapshot.Source.allCases.randomElement(using: &random) ?? .check
      return try fixture.snapshot(
        time, pins.joined(separator: " "), source: source, commit: source == .git ? "c\(time)" : nil,
        variant: Int.random(in: 0...4, using: &random) == 0 ? "#" : "",
        lockfile: Bool.random(using: &random) ? other : nil)
    }
  }

  /// What is asked agrees with the snapshots told.
  private func expectAgreement(_ history: PinHistory, _ snapshots: [Snapshot]) throws {
    for (lockfile, told) in Dictionary(grouping: snapshots, by: \.lockfile) {
      let sorted = told.sorted { $0.takenAt < $1.takenAt }
      for time in stride(from: Int64(-5), through: 205, by: 15) {
        let expected = sorted.last { $0.takenAt <= time }.map { Set($0.pins) } ?? []
        #expect(Set(try history.pins(of: lockfile, asOf: time).map(\.pin)) == expected)
      }
      #expect(Set(try history.currentPins(of: lockfile).map(\.pin)) == Set(sorted.last?.pins ?? []))
      var held: Set<Pin> = []
      let changes = try history.changes(of: lockfile)
      for change in changes {
        #expect(held.isSuperset(of: change.replaced) && held.isDisjoint(with: change.pinned))
        #expect(!change.replaced.isEmpty || !change.pinned.isEmpty)
        held = held.subtracting(change.replaced).union(change.pinned)
      }
      changes.forEachState { time, pins in
        #expect(pins == (sorted.last { $0.takenAt <= time }).map { Set($0.pins) })
      }
      let commits = sorted.filter { $0.source == .git }.compactMap(\.commit)
      #expect(Set(try history.importProgress(of: lockfile).commits.keys) == Set(commits))
    }
  }
}
