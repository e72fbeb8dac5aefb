import SQLite
import TestSupport
import Testing

@testable import PackageIndex

@Suite struct IndexCacheTests {
  private let directory = TemporaryDirectory()
  private static let source = "https://index.example/simple/"

  private func cache(delay: Duration = .seconds(3600)) -> IndexCache {
    IndexCache(directory: directory.file("cache"), delay: delay, now: { 1000 })
  }

  private func page(_ byte: UInt8, freshUntil: Int64 = 2000, tag: String? = nil) -> CachedPage {
    CachedPage(
      record: Array(repeating: byte, count: 50_000), entityTag: tag, lastModified: nil, fetchedAt: 900,
      freshUntil: freshUntil)
  }

  @Test func `what was written is there the next time`() {
    let first = cache()
    #expect(first.page(source: Self.source, project: "a", now: 1000) == nil)
    first.store(page(1), source: Self.source, project: "a")
    first.store(
      CachedPage(record: nil, entityTag: nil, lastModified: nil, fetchedAt: 900, freshUntil: 950),
      source: Self.source, project: "absent")
    first.store(CachedMetadata(bytes: [1, 2], fetchedAt: 900, freshUntil: .max), key: "m")
    first.store(fact: [3], key: "python")
    #expect(first.page(source: Self.source, project: "a", now: 1000) == page(1))
    #expect(access(first.path) == false)
    first.flush()
    first.store(page(2, freshUntil: 100, tag: "\"t\""), source: "https://other.example/", project: "a")
    first.flush()

    let second = cache()
    #expect(second.page(source: Self.source, project: "a", now: 1000) == page(1))
    #expect(second.page(source: Self.source, project: "absent", now: 1000)?.record == nil)
    #expect(second.page(source: Self.source, project: "absent", now: 1000)?.fetchedAt == 900)
    #expect(second.page(source: "https://other.example/", project: "a", now: 1000)?.entityTag == "\"t\"")
    #expect(second.page(source: Self.source, project: "b", now: 1000) == nil)
    #expect(second.metadata(key: "m")?.bytes == [1, 2])
    #expect(second.fact("python") == [3])
    #expect(second.fact("ruby") == nil)
    #expect(second.takeWarnings().isEmpty)
  }

  @Test func `a stale page is read only if the server can be asked about it`() {
    let first = cache()
    first.store(page(1, freshUntil: 950), source: Self.source, project: "silent")
    first.store(page(1, freshUntil: 950, tag: "t"), source: Self.source, project: "tagged")
    first.flush()
    let second = cache()
    #expect(second.page(source: Self.source, project: "silent", now: 1000) == nil)
    #expect(second.page(source: Self.source, project: "silent", now: .min) != nil)
    #expect(second.page(source: Self.source, project: "tagged", now: 1000) != nil)
  }

  @Test func `a stale page that nobody means to ask about isn't read`() {
    let first = cache()
    first.store(page(1, freshUntil: 950, tag: "t"), source: Self.source, project: "tagged")
    first.store(page(2, tag: "t"), source: Self.source, project: "fresh")
    first.flush()
    let second = cache()
    #expect(second.page(source: Self.source, project: "tagged", now: 1000, toRevalidate: false) == nil)
    #expect(second.page(source: Self.source, project: "fresh", now: 1000, toRevalidate: false) != nil)
  }

  @Test func `a page that was confirmed is fresh at once and keeps its record`() {
    let first = cache()
    first.store(page(1, freshUntil: 950, tag: "t"), source: Self.source, project: "a")
    first.flush()
    let second = cache()
    let known = second.page(source: Self.source, project: "a", now: 1000)
    var renewed = page(1, freshUntil: 3000, tag: "u")
    renewed.fetchedAt = 1000
    #expect(known == page(1, freshUntil: 950, tag: "t"))
    second.renew(known ?? page(0), to: renewed, source: Self.source, project: "a")
    #expect(second.page(source: Self.source, project: "a", now: 1000, toRevalidate: false) == renewed)
    let size = directory.size("cache/index-v3.sqlite-wal")
    second.flush()
    #expect(second.page(source: Self.source, project: "a", now: 1000, toRevalidate: false) == renewed)
    #expect(cache().page(source: Self.source, project: "a", now: 1000, toRevalidate: false) == renewed)
    // A page of SQLite's or a few, where the record would take four.
    #expect(directory.size("cache/index-v3.sqlite-wal") - size < 4 * 16_384)
  }

  @Test func `a page that another process has replaced isn't confirmed in its place`() {
    let first = cache()
    first.store(page(1, freshUntil: 950, tag: "t"), source: Self.source, project: "a")
    first.flush()
    let second = cache()
    guard let known = second.page(source: Self.source, project: "a", now: 1000) else {
      Issue.record("it isn't there")
      return
    }
    first.store(page(2, freshUntil: 990, tag: "new"), source: Self.source, project: "a")
    first.flush()
    var renewed = known
    renewed.freshUntil = 3000
    second.renew(known, to: renewed, source: Self.source, project: "a")
    second.flush()
    let found = cache().page(source: Self.source, project: "a", now: 1000)
    #expect(found == page(2, freshUntil: 990, tag: "new"))
  }

  @Test func `a page removed from the cache takes its record along`() throws {
    let first = cache()
    first.store(page(1), source: Self.source, project: "a")
    first.store(page(2), source: Self.source, project: "b")
    first.flush()
    // Gone from the index.
    first.store(
      CachedPage(record: nil, entityTag: nil, lastModified: nil, fetchedAt: 900, freshUntil: 950),
      source: Self.source, project: "a")
    first.flush()
    first.close()
    let connection = try Connection(path: first.path)
    func count(_ table: String) throws -> Int64? {
      try connection.prepare("SELECT count(*) FROM \(table)").first { (row) throws(SQLiteError) in
        row.integer(at: 0)
      }
    }
    #expect(try count("page") == 2 && count("record") == 1)
    try connection.run("DELETE FROM page")
    #expect(try count("record") == 0)
  }

  @Test(arguments: [(999, 2000, true), (1000, 1001, true), (1000, 1000, false), (1001, 2000, false)])
  func `a page from the future is stale`(fetchedAt: Int64, freshUntil: Int64, isFresh: Bool) {
    let page = CachedPage(
      record: [], entityTag: nil, lastModified: nil, fetchedAt: fetchedAt, freshUntil: freshUntil)
    #expect(page.isFresh(at: 1000) == isFresh)
  }

  @Test func `two caches on one file see each other's writes and both can write`() {
    let first = cache()
    let second = cache()
    first.store(page(1), source: Self.source, project: "a")
    first.flush()
    #expect(second.page(source: Self.source, project: "a", now: 1000) == page(1))
    first.store(page(2), source: Self.source, project: "a")
    first.flush()
    second.store(page(3), source: Self.source, project: "b")
    second.flush()
    #expect(cache().page(source: Self.source, project: "a", now: 1000) == page(2))
    #expect(cache().page(source: Self.source, project: "b", now: 1000) == page(3))
    #expect(first.takeWarnings().isEmpty && second.takeWarnings().isEmpty)
  }

  @Test func `closing leaves one file, and can be followed by more`() {
    let first = cache()
    for name in ["a", "b"] {
      #expect(first.page(source: Self.source, project: name, now: 1000) == nil)
      first.store(page(1), source: Self.source, project: name)
      first.flush()
      #expect(access(first.path + "-wal"))
      #expect(first.page(source: Self.source, project: name, now: 1000) == page(1))
      first.close()
      #expect(access(first.path) && !access(first.path + "-wal"))
      #expect(first.page(source: Self.source, project: name, now: 1000) == page(1))
    }
    #expect(first.takeWarnings().isEmpty)
  }

  @Test func `many writers at once lose nothing`() async {
    let caches = [cache(), cache(), cache()]
    await withTaskGroup(of: Void.self) { group in
      for (number, cache) in caches.enumerated() {
        group.addTask {
          for round in 0..<20 {
            let name = "n\(number)-\(round)"
            cache.store(page(UInt8(round)), source: Self.source, project: name)
            cache.flush()
            _ = caches[(number + 1) % 3].page(source: Self.source, project: name, now: 1000)
          }
        }
      }
    }
    let reader = cache()
    for number in 0..<3 {
      for round in 0..<20 {
        let found = reader.page(source: Self.source, project: "n\(number)-\(round)", now: 1000)
        #expect(found == page(UInt8(round)))
      }
    }
    #expect(caches.flatMap { $0.takeWarnings() }.isEmpty)
  }

  @Test func `a few megabytes are written in the background`() async {
    let first = cache()
    let big = CachedMetadata(
      bytes: [UInt8](repeating: 7, count: DueWrite.batchSize - 1), fetchedAt: 900, freshUntil: .max)
    first.store(big, key: "m")
    first.store(page(1), source: Self.source, project: "a")
    while cache().page(source: Self.source, project: "a", now: 1000) == nil { await Task.yield() }
    #expect(cache().metadata(key: "m") == big)
    #expect(first.metadata(key: "m") == big)
    #expect(first.takeWarnings().isEmpty)
  }

  @Test(.timeLimit(.minutes(5))) func `what has waited long enough is written in the background`() async {
    let first = cache(delay: .milliseconds(1))
    for name in ["a", "b"] {
      #expect(first.page(source: Self.source, project: name, now: 1000) == nil)
      first.store(page(1), source: Self.source, project: name)
      while cache().page(source: Self.source, project: name, now: 1000) == nil { await Task.yield() }
      #expect(first.page(source: Self.source, project: name, now: 1000) == page(1))
    }
    #expect(first.takeWarnings().isEmpty)
  }

  @Test(arguments: [0, 100, 40_000])
  func `a damaged file is begun anew, and said so once`(offset: Int) {
    let first = cache()
    for name in ["a", "b", "c"] { first.store(page(1), source: Self.source, project: name) }
    first.flush()
    // Without a log beside it, the file is all there is.
    do throws(SQLiteError) {
      try Connection(path: first.path).run("PRAGMA wal_checkpoint(TRUNCATE)")
    } catch {
      Issue.record(error)
    }
    let size = directory.size("cache/index-v3.sqlite")
    directory.overwrite(
      "cache/index-v3.sqlite", with: Array(repeating: 0xa5, count: size - offset), at: offset)

    let second = cache()
    for name in ["a", "b", "c"] {
      #expect(
        second.page(source: Self.source, project: name, now: 1000)?.record ?? page(1).record == page(1).record
      )
    }
    second.store(page(4), source: Self.source, project: "d")
    second.flush()
    let third = cache()
    #expect(third.page(source: Self.source, project: "d", now: 1000) == page(4))
    #expect(third.takeWarnings().isEmpty)
    #expect(second.takeWarnings().map(\.kind) == [.rebuilt])
    #expect(second.takeWarnings().isEmpty)
  }

  @Test func `a value that isn't what was written isn't believed`() throws {
    let first = cache()
    first.store(page(1), source: Self.source, project: "a")
    first.store(CachedMetadata(bytes: [1, 2], fetchedAt: 900, freshUntil: .max), key: "m")
    first.store(fact: [3], key: "python")
    first.flush()
    try Connection(path: first.path).execute(
      script: """
        UPDATE record SET bytes = zeroblob(50000); UPDATE metadata SET key = 'other';
        UPDATE fact SET value = x'04'
        """)
    let second = cache()
    #expect(second.page(source: Self.source, project: "a", now: 1000) == nil)
    #expect(second.metadata(key: "other") == nil)
    #expect(second.fact("python") == nil)
  }

  @Test func `a file of another format is begun anew`() throws {
    do {
      let first = cache()
      first.store(page(1), source: Self.source, project: "a")
      first.flush()
      try Connection(path: first.path).execute(script: "PRAGMA user_version = 7")
    }
    let second = cache()
    #expect(second.page(source: Self.source, project: "a", now: 1000) == nil)
    second.store(page(2), source: Self.source, project: "a")
    second.flush()
    #expect(cache().page(source: Self.source, project: "a", now: 1000) == page(2))
    #expect(second.takeWarnings().count == 1)
  }

  @Test func `a directory that can't be is one warning, and work goes on`() {
    directory.overwrite("cache", with: [1])
    let unusable = cache()
    unusable.store(page(1), source: Self.source, project: "a")
    unusable.flush()
    unusable.store(page(1), source: Self.source, project: "a")
    unusable.flush()
    #expect(unusable.page(source: Self.source, project: "a", now: 1000) == nil)
    #expect(unusable.takeWarnings().map(\.kind) == [.unusable])
  }

  @Test func `clearing leaves nothing`() {
    let first = cache()
    first.store(fact: [3], key: "python")
    first.flush()
    first.clear()
    #expect(first.fact("python") == nil)
    #expect(!access(first.path))
    first.store(fact: [4], key: "python")
    first.flush()
    #expect(cache().fact("python") == [4])
  }

  private func access(_ path: String) -> Bool { isReadable(path) }
}

@Suite struct ChecksumTests {
  @Test(arguments: [0, 1, 7, 8, 9, 31, 32, 33, 63, 64, 100])
  func `every bit counts, every byte's place, and the key`(count: Int) {
    let value = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 37) }
    var seen: Set<Int64> = [Checksum.of(key: "k", value: value)]
    seen.insert(Checksum.of(key: "l", value: value))
    seen.insert(Checksum.of(key: "k", value: value + [0]))
    for index in value.indices {
      for bit in 0..<8 {
        var changed = value
        changed[index] ^= 1 << bit
        seen.insert(Checksum.of(key: "k", value: changed))
      }
    }
    #expect(seen.count == 3 + 8 * count)
    for distance in [1, 8, 16, 24, 32] where count > distance {
      var swapped = value
      swapped.swapAt(0, distance)
      #expect(Checksum.of(key: "k", value: swapped) != Checksum.of(key: "k", value: value))
    }
  }
}
