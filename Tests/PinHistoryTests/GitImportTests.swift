import PythonPackaging
import SQLite
import Synchronization
import TestSupport
import Testing

@testable import PinHistory

@Suite("A history imported from git")
struct GitImportTests {
  static let lockfile = LockfileIdentity(repository: "https://git.example/shop.git", path: "lock.txt")

  /// Reads what the history doesn't have, and records it, or no more than so many commits and no end.
  private func importAll(
    _ repository: GitRepository, path: String = "lock.txt", into history: PinHistory,
    atMost limit: Int? = nil,
    isShallow: Bool = false
  ) async throws -> Int {
    let progress = try history.importProgress(of: Self.lockfile)
    let readings = try await repository.read(path, progress)
    let count = try history.importSnapshots(
      readings.prefix(limit ?? .max).map { reading in
        let text = reading.bytes.map { String(decoding: $0, as: UTF8.self) }
        let lines = text?.split(separator: "\n").filter { $0.contains("==") } ?? []
        let pins = try pinList(lines.joined(separator: " "))
        return Snapshot(of: reading.revision, lockfile: Self.lockfile, digest: text, pins: pins)
      })
    if limit == nil {
      let newest = try await repository.log(path, progress).newest
      try history.finishImport(of: Self.lockfile, commit: newest, at: GitRepository.now, isShallow: isShallow)
    }
    return count
  }

  /// Six commits, with a renamed, a deleted and a restored lockfile, and a clock that is wrong.
  private func stream(commits: Int = 6) -> GitStream {
    var stream = GitStream()
    // Names that change with nothing but the path, so that a rename is seen.
    let more = (0..<20).map { "more-\($0)==1\n" }.joined()
    let all: [([GitStream.Change], Int64)] = [
      ([.file("old.txt", "a==1\nb==1\n" + more)], 1000),
      ([.file("old.txt", "a==2\nb==1\n" + more)], 500),
      ([.rename("old.txt", "lock.txt")], 2000),
      ([.file("lock.txt", "a==2\nb==2\n" + more)], 2000),
      ([.delete("lock.txt")], 4000),
      ([.file("lock.txt", "a==2\n")], 5000),
    ]
    for (changes, time) in all.prefix(commits) { stream.commit(changes, at: time) }
    return stream
  }

  @Test("In two steps, with a renamed, a deleted and a restored lockfile, the rows are those of one step")
  func steps() async throws {
    let fixture = HistoryFixture()
    let first = fixture.directory.file("steps.sqlite")
    let second = fixture.directory.file("once.sqlite")
    let stepwise = try PinHistory(path: first, access: .writing)
    let atOnce = try PinHistory(path: second, access: .writing)
    let repository = try await GitRepository(stream(commits: 3))
    #expect(try await importAll(repository, into: stepwise) == 2)
    #expect(try await importAll(repository, into: stepwise) == 0)
    try await repository.load(stream())
    #expect(try await importAll(repository, into: stepwise) == 3)
    #expect(try await importAll(repository, into: atOnce) == 5)
    #expect(try dump(first) == dump(second))

    let stays = try ["a", "b"].flatMap { name in
      try atOnce.timeline(of: PackageName(name), in: Self.lockfile).map {
        "\($0.pin) \($0.pinnedAt) \($0.replacedAt.map(String.init) ?? "-")"
      }
    }
    #expect(
      stays == [
        "a==1 499 500", "a==2 500 4000", "a==2 5000 -", "b==1 499 2001", "b==2 2001 4000",
      ])
  }

  @Test("Begun again after it was cut off, an import reads what is missing, once", arguments: 0...6)
  func cutOff(commits: Int) async throws {
    let fixture = HistoryFixture()
    let repository = try await GitRepository(stream())
    let whole = fixture.directory.file("whole.sqlite")
    _ = try await importAll(repository, into: PinHistory(path: whole, access: .writing))
    let history = try fixture.open()
    _ = try await importAll(repository, into: history, atMost: commits)
    #expect(try history.lockfilesToImport(among: [Self.lockfile]) == [Self.lockfile])
    let progress = try history.importProgress(of: Self.lockfile)
    #expect(progress.commits.count == commits && progress.end == nil)
    #expect(try await repository.read("lock.txt", progress).count == 6 - commits)
    _ = try await importAll(repository, into: history)
    #expect(try dump(fixture.path) == dump(whole))
    #expect(try history.lockfilesToImport(among: [Self.lockfile]) == [])
    #expect(try history.importProgress(of: Self.lockfile).end?.takenAt == 5000)
    #expect(try await importAll(repository, into: history) == 0)
  }

  @Test("Commits before those of a shallow clone are read when they are there", arguments: 0..<6)
  func unshallowed(depth: Int) async throws {
    var stream = GitStream()
    for number in 0..<6 { stream.commit([.file("lock.txt", "a==\(number / 2)\nb==\(number)\n")]) }
    let fixture = HistoryFixture()
    let repository = try await GitRepository(stream)
    let whole = fixture.directory.file("whole.sqlite")
    _ = try await importAll(repository, into: PinHistory(path: whole, access: .writing))
    let commits = try await repository.commits()
    repository.directory.write("shallow", commits[depth] + "\n")
    let history = try fixture.open()
    #expect(try await importAll(repository, into: history, isShallow: true) == 6 - depth)
    #expect(try history.lockfilesToImport(among: [Self.lockfile]) == [])
    #expect(try history.importProgress(of: Self.lockfile).end == nil)
    repository.directory.remove("shallow")
    #expect(try await importAll(repository, into: history) == depth)
    #expect(try dump(fixture.path) == dump(whole))
    #expect(try history.importProgress(of: Self.lockfile).end?.commit == commits.last)
  }

  @Test("What checks saw before git could be read is older after it was read")
  func afterChecks() async throws {
    let fixture = HistoryFixture()
    let history = try fixture.open()
    for time in [4500, 6000] as [Int64] {
      try history.record(
        Snapshot(
          lockfile: Self.lockfile, takenAt: time, source: .check, digest: "a==2\n", pins: try pinList("a==2"))
      )
    }
    var stream = GitStream()
    stream.commit([.file("lock.txt", "a==1\n")], at: 1000)
    stream.commit([.file("lock.txt", "a==2\n")], at: 2000)
    stream.commit([.file("lock.txt", "a==2\nb==1\n")], at: 2_000_000_000)
    #expect(try await importAll(GitRepository(stream), into: history) == 3)
    let pins = try history.currentPins(of: Self.lockfile).map { "\($0.pin) \($0.pinnedAt)" }
    #expect(pins == ["a==2 2000", "b==1 \(GitRepository.now)"])
  }

  @Test(
    "Random histories, cut off again and again, or shallow at first, come to what one import does",
    arguments: 0..<6)
  func random(seed: UInt64) async throws {
    var random = SeededRandom(seed: seed)
    let model = GitModel(commits: 60, &random)
    let repository = try await GitRepository(model.stream)
    let fixture = HistoryFixture()
    let path = model.path
    let whole = try PinHistory(path: fixture.directory.file("whole.sqlite"), access: .writing)
    _ = try await importAll(repository, path: path, into: whole)

    let pieces = try PinHistory(path: fixture.directory.file("pieces.sqlite"), access: .writing)
    for _ in 0..<4 {
      let count = Int.random(in: 0...15, using: &random)
      _ = try await importAll(repository, path: path, into: pieces, atMost: count)
    }
    _ = try await importAll(repository, path: path, into: pieces)
    #expect(try dump(pieces.path) == dump(whole.path))

    let shallow = try PinHistory(path: fixture.directory.file("shallow.sqlite"), access: .writing)
    let commits = try await repository.commits()
    // What begins in the middle is seen again at the commit where the clone begins: that is a sighting more.
    repository.directory.write("shallow", try #require(commits.randomElement(using: &random)) + "\n")
    _ = try await importAll(repository, path: path, into: shallow, isShallow: true)
    repository.directory.remove("shallow")
    _ = try await importAll(repository, path: path, into: shallow)
    let states = try [shallow, whole].map { history in
      try history.snapshots(of: Self.lockfile, since: .min).map { "\($0.takenAt) \($0.digest)" }
    }
    #expect(states[0] == states[1])
  }

  @Test("Commits written anew: those that are as before keep their times")
  func rewritten() async throws {
    let fixture = HistoryFixture()
    let history = try fixture.open()
    var stream = GitStream()
    stream.commit([.file("lock.txt", "a==1\n")], at: 1000)
    stream.commit([.file("lock.txt", "a==2\n")], at: 2000)
    var other = stream
    stream.commit([.file("lock.txt", "a==3\n")], at: 3000)
    other.commit([.file("lock.txt", "a==4\n")], at: 4000)
    _ = try await importAll(GitRepository(stream), into: history)
    // The end of what was imported isn't in this clone.
    #expect(try await importAll(GitRepository(other), into: history) == 1)
    #expect(try history.changes(of: Self.lockfile).map(\.at) == [1000, 2000, 3000, 4000])
  }

  @Test("A file that git has nothing of is imported too")
  func untracked() async throws {
    let fixture = HistoryFixture()
    let history = try fixture.open()
    #expect(try history.lockfilesToImport(among: [Self.lockfile]) == [Self.lockfile])
    #expect(try await importAll(GitRepository(), into: history) == 0)
    #expect(try history.lockfilesToImport(among: [Self.lockfile]) == [])
    #expect(try history.importProgress(of: Self.lockfile) == ImportProgress())
    // And when git has it, all is read.
    #expect(try await importAll(GitRepository(stream()), into: history) == 5)
  }

  @Test("Of many lockfiles those that are to be imported, in their order")
  func many() throws {
    let fixture = HistoryFixture()
    let history = try fixture.open()
    let lockfiles = (0..<1000).map { LockfileIdentity(repository: "r\($0 % 7)", path: "\(999 - $0).txt") }
    for lockfile in lockfiles where !lockfile.path.hasPrefix("5") {
      try history.finishImport(of: lockfile, commit: nil, at: 1, isShallow: false)
    }
    try history.importSnapshots(lockfiles.map { try fixture.snapshot(1, "a==1", lockfile: $0) })
    let missing = try history.lockfilesToImport(among: lockfiles)
    #expect(missing == lockfiles.filter { $0.path.hasPrefix("5") })
  }

  @Test("An import whose history was damaged and begun anew meanwhile isn't finished")
  func begunAnew() async throws {
    let fixture = HistoryFixture()
    let history = try fixture.open()
    _ = try history.importProgress(of: Self.lockfile)
    // The first attempt finds damage, the next a new file.
    let isFirst = Mutex(true)
    try history.write { (connection) throws(SQLiteError) in
      guard
        isFirst.withLock({ isFirst in
          defer { isFirst = false }
          return isFirst
        })
      else { return }
      throw SQLiteError(
        extendedCode: SQLiteError.Code.corrupt.rawValue, message: "damaged", sql: nil, path: connection.path)
    }
    #expect(history.takeWarnings().count == 1)
    try history.finishImport(of: Self.lockfile, commit: nil, at: 1, isShallow: false)
    #expect(try history.lockfilesToImport(among: [Self.lockfile]) == [Self.lockfile])
    _ = try history.importProgress(of: Self.lockfile)
    try history.finishImport(of: Self.lockfile, commit: nil, at: 1, isShallow: false)
    #expect(try history.lockfilesToImport(among: [Self.lockfile]) == [])
  }

  @Test("What somebody wrote into the table is no reason to fail")
  func hostile() throws {
    let fixture = HistoryFixture()
    let history = try fixture.open()
    try history.record(fixture.snapshot(.max - 1, "a==1", source: .git, commit: "c"))
    try history.finishImport(of: fixture.lockfile, commit: "--upload-pack=x", at: 1, isShallow: false)
    let progress = try history.importProgress(of: fixture.lockfile)
    #expect(progress == ImportProgress(commits: ["c": 253_402_300_799]))
  }
}
