import PythonPackaging
import TestSupport
import Testing

@testable import PinHistory

@Suite("A history imported from git")
struct GitImportTests {
  /// Reads what is newer than the history has, and records it.
  private func importAll(_ repository: GitRepository, into history: PinHistory) async throws -> Int {
    let lockfile = LockfileIdentity(repository: "https://git.example/shop.git", path: "lock.txt")
    let mark = try history.importWatermark(of: lockfile)
    let readings = try await repository.read("lock.txt", since: mark?.commit, after: mark?.takenAt)
    return try history.importSnapshots(
      readings.map { reading in
        let text = reading.bytes.map { String(decoding: $0, as: UTF8.self) }
        let pins = try text.map { try pinList($0.replacing("\n", with: " ")) } ?? []
        return Snapshot(of: reading.revision, lockfile: lockfile, digest: text, pins: pins)
      })
  }

  @Test("In two steps, with a renamed, a deleted and a restored lockfile, the rows are those of one step")
  func steps() async throws {
    var stream = GitStream()
    // Names that change with nothing but the path, so that a rename is seen.
    let more = (0..<20).map { "more-\($0)==1\n" }.joined()
    stream.commit([.file("old.txt", "a==1\nb==1\n" + more)], at: 1000)
    stream.commit([.file("old.txt", "a==2\nb==1\n" + more)], at: 500)
    stream.commit([.rename("old.txt", "lock.txt")], at: 2000)
    let half = stream
    stream.commit([.file("lock.txt", "a==2\nb==2\n" + more)], at: 2000)
    stream.commit([.delete("lock.txt")], at: 4000)
    stream.commit([.file("lock.txt", "a==2\n")], at: 5000)

    let fixture = HistoryFixture()
    let first = fixture.directory.file("steps.sqlite")
    let second = fixture.directory.file("once.sqlite")
    let stepwise = try PinHistory(path: first, access: .writing)
    let atOnce = try PinHistory(path: second, access: .writing)
    let repository = try await GitRepository(half)
    #expect(try await importAll(repository, into: stepwise) == 2)
    #expect(try await importAll(repository, into: stepwise) == 0)
    try await repository.load(stream)
    #expect(try await importAll(repository, into: stepwise) == 3)
    #expect(try await importAll(repository, into: atOnce) == 5)
    #expect(try dump(first) == dump(second))

    let lockfile = try #require(try atOnce.lockfiles().first)
    let stays = try ["a", "b"].flatMap { name in
      try atOnce.timeline(of: PackageName(name), in: lockfile).map {
        "\($0.pin) \($0.pinnedAt) \($0.replacedAt.map(String.init) ?? "-")"
      }
    }
    #expect(
      stays == [
        "a==1 499 500", "a==2 500 4000", "a==2 5000 -", "b==1 499 2001", "b==2 2001 4000",
      ])
  }
}
