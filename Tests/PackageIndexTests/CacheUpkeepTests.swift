import Glibc
import PythonPackaging
import SQLite
import TestSupport
import Testing

@testable import PackageIndex

/// When what is cached was of use, and what goes when.
@Suite struct CacheUpkeepTests {
  private let directory = TemporaryDirectory()
  private static let source = "https://index.example/simple/"

  private func cache(day: Int64, limit: Int64 = CacheBound.usual) -> IndexCache {
    IndexCache(
      directory: directory.file("cache"), delay: .seconds(3600), limit: limit, now: { day * 86_400 + 5 })
  }

  private func kept(day: Int64) -> CacheDirectory {
    CacheDirectory(directory.file("cache"), now: { day * 86_400 + 5 })
  }

  private func page(_ size: Int = 40_000) -> CachedPage {
    CachedPage(
      record: Array(repeating: 7, count: size), entityTag: "t", lastModified: nil, fetchedAt: 0, freshUntil: 0
    )
  }

  private func metadata(_ name: String) -> CachedMetadata {
    CachedMetadata(bytes: Array("Version: 1\nNAME:  \(name)\n".utf8), fetchedAt: 0, freshUntil: .max)
  }

  /// What a run of one day does.
  enum Step: Sendable {
    case store(String)
    case read(String)
    case prune(days: Int64)
  }

  struct Case: Sendable, CustomTestStringConvertible {
    var testDescription: String
    /// Day and step; the steps of a day are one run.
    var steps: [(Int64, Step)]
    var left: [String]
  }

  static let cases: [Case] = [
    Case(
      testDescription: "30 days are kept", steps: [(0, .store("a")), (30, .prune(days: 30))], left: ["a"]),
    Case(testDescription: "31 aren't", steps: [(0, .store("a")), (31, .prune(days: 30))], left: []),
    Case(
      testDescription: "stored again", steps: [(0, .store("a")), (9, .store("a")), (31, .prune(days: 30))],
      left: ["a"]),
    Case(
      testDescription: "read beside a write",
      steps: [(0, .store("a")), (9, .read("a")), (9, .store("b")), (31, .prune(days: 30))], left: ["a", "b"]),
    Case(
      testDescription: "read after the last write",
      steps: [(0, .store("a")), (9, .store("b")), (9, .read("a")), (31, .prune(days: 30))], left: ["a", "b"]),
    Case(
      testDescription: "read alone isn't noted",
      steps: [(0, .store("a")), (9, .read("a")), (31, .prune(days: 30))], left: []),
    Case(
      testDescription: "a clock set back forgets no use",
      steps: [(9, .store("a")), (2, .read("a")), (2, .store("b")), (35, .prune(days: 30))], left: ["a"]),
    Case(
      testDescription: "of today nothing goes", steps: [(3, .store("a")), (3, .prune(days: 0))], left: ["a"]),
  ]

  @Test(arguments: cases) func `what wasn't used goes`(given: Case) async throws {
    var rest = given.steps[...]
    while let (day, _) = rest.first {
      let run = rest.prefix { $0.0 == day }
      rest = rest[run.endIndex...]
      let cache = cache(day: day)
      for (_, step) in run {
        switch step {
        case .store(let name):
          cache.store(page(), source: Self.source, project: name)
          cache.store(metadata(name), key: "https://files.example/\(name)-1-py3-none-any.whl")
          cache.store(fact: [1], key: "interpreter \(name)")
          cache.flush()
        case .read(let name):
          #expect(cache.page(source: Self.source, project: name, now: 0) != nil)
          #expect(cache.metadata(key: "https://files.example/\(name)-1-py3-none-any.whl") != nil)
          #expect(cache.fact("interpreter \(name)") != nil)
        case .prune(let days): try await kept(day: day).remove(.unused(seconds: days * 86_400))
        }
      }
      cache.close()
      #expect(cache.takeWarnings().isEmpty)
    }
    let cache = cache(day: 50)
    for name in ["a", "b"] {
      let isLeft = given.left.contains(name)
      #expect((cache.page(source: Self.source, project: name, now: 0) != nil) == isLeft)
      #expect((cache.metadata(key: "https://files.example/\(name)-1-py3-none-any.whl") != nil) == isLeft)
      #expect((cache.fact("interpreter \(name)") != nil) == isLeft)
    }
    let contents = try kept(day: 50).contents()
    for kind in [CacheContents.Kind.pages, .metadata, .interpreters] {
      #expect(contents.amount(kind).count == Int64(given.left.count))
    }
  }

  @Test func `a run that finds all it needs writes nothing`() throws {
    let first = cache(day: 0)
    first.store(page(), source: Self.source, project: "a")
    first.close()
    let before = directory.read("cache/index-v3.sqlite")
    let second = cache(day: 9)
    #expect(second.page(source: Self.source, project: "a", now: 0) != nil)
    second.flush()
    second.close()
    #expect(directory.read("cache/index-v3.sqlite") == before)
  }

  @Test func `what grows beyond its limit loses what wasn't used for longest`() throws {
    let limit: Int64 = 4 << 20
    for day in 0..<Int64(40) {
      let cache = cache(day: day, limit: limit)
      if day > 0 { _ = cache.page(source: Self.source, project: "always", now: 0) }
      cache.store(page(200_000), source: Self.source, project: day == 0 ? "always" : "n\(day)")
      cache.close()
      #expect(directory.size("cache/index-v3.sqlite") < Int(limit) + 400_000)
    }
    let cache = cache(day: 40)
    let left = (1..<40).filter { cache.page(source: Self.source, project: "n\($0)", now: 0) != nil }
    #expect(cache.page(source: Self.source, project: "always", now: 0) != nil)
    #expect(left == Array((40 - left.count)..<40))
    #expect((10...19).contains(left.count))
  }

  @Test func `what is used today stays, however much`() throws {
    for name in ["a", "b", "c"] {
      let cache = cache(day: 3, limit: 100_000)
      cache.store(page(200_000), source: Self.source, project: name)
      cache.close()
    }
    let cache = cache(day: 3)
    for name in ["a", "b", "c"] { #expect(cache.page(source: Self.source, project: name, now: 0) != nil) }
  }

  // MARK: Removing

  private func fill() {
    let cache = cache(day: 0)
    for name in ["a", "b"] {
      cache.store(page(), source: Self.source, project: name)
      cache.store(page(), source: "https://other.example/", project: name)
    }
    let keys = [
      "https://files.example/a-1-py3-none-any.whl": "a", "built 1 https://files.example/a-1.tar.gz": "a",
      "wheel https://x.example/a-1-py3-none-any.whl  1": "A", "archive sha256=00  1": "B",
      "git https://git.example/b@00  1": "b",
    ]
    for (key, name) in keys { cache.store(metadata(name), key: key) }
    cache.store(fact: [1], key: "interpreter 1 /usr/bin/python3 1 1")
    cache.store(fact: [1], key: "find-links https://x.example/")
    cache.close()
  }

  private func counts(_ contents: CacheContents) -> [CacheContents.Kind: Int64] {
    contents.amounts.mapValues(\.count)
  }

  @Test func `what it holds, by kinds`() async throws {
    #expect(try kept(day: 0).contents() == CacheContents())
    fill()
    let contents = try kept(day: 0).contents()
    #expect(
      counts(contents) == [.pages: 4, .metadata: 2, .builds: 3, .interpreters: 1, .links: 1])
    #expect(contents.amount(.pages).bytes == 160_000)
    #expect(contents.bytes == Int64(directory.size("cache/index-v3.sqlite")))
    try await kept(day: 0).remove(.projects([try PackageName("a"), try PackageName("unknown")]))
    #expect(counts(try kept(day: 0).contents()) == [.pages: 2, .builds: 2, .interpreters: 1, .links: 1])
    try await kept(day: 0).remove(.all)
    let after = try kept(day: 0).contents()
    #expect(counts(after) == [:])
    #expect(after.bytes < 200_000)
    #expect(contents.removed(to: after).amounts == contents.amounts)
  }

  @Test func `a process that has it open finds it empty and fills it again`() async throws {
    fill()
    let open = cache(day: 0)
    #expect(open.page(source: Self.source, project: "a", now: 0) != nil)
    try await kept(day: 0).remove(.all)
    open.store(page(), source: Self.source, project: "c")
    open.flush()
    #expect(open.page(source: Self.source, project: "a", now: 0) == nil)
    open.close()
    #expect(open.takeWarnings().isEmpty)
    #expect(counts(try kept(day: 0).contents()) == [.pages: 1])
  }

  @Test func `older formats and repositories go, and nothing else does`() async throws {
    fill()
    directory.makeDirectory("cache/repositories")
    for name in ["mine.git", "old.git", "busy.git"] {
      directory.makeDirectory("cache/repositories/\(name)")
      directory.write("cache/repositories/\(name)/HEAD", "ref: refs/heads/main\n")
    }
    for name in ["old.git.lock", "busy.git.lock"] { directory.write("cache/repositories/\(name)", "") }
    for name in ["index-v1.sqlite", "index-v1.sqlite-wal", "index-v9.sqlite", "notes"] {
      directory.write("cache/\(name)", "12345")
    }
    let contents = try kept(day: 0).contents()
    #expect(contents.amount(.repositories).count == 2)
    #expect(contents.amount(.outdated) == CacheContents.Amount(count: 1, bytes: 10))
    let lock = try await FileLock.acquire(
      directory.file("cache/repositories/busy.git.lock"), patience: .zero)
    defer { FileLock.release(lock) }
    // Made now, by the system's clock.
    try await kept(day: CacheRow.day(of: secondsSince1970())).remove(.unused(seconds: 86_400))
    #expect(directory.names(in: "cache/repositories").contains("old.git"))
    #expect(directory.names(in: "cache") == ["index-v3.sqlite", "index-v9.sqlite", "notes", "repositories"])
    try await kept(day: 0).remove(.all)
    #expect(
      directory.names(in: "cache/repositories") == ["busy.git", "busy.git.lock", "mine.git", "old.git.lock"])
    #expect(directory.names(in: "cache") == ["index-v3.sqlite", "index-v9.sqlite", "notes", "repositories"])
  }

  @Test(arguments: ["garbage", "another format", "no table"])
  func `a damaged file is told of, and removed whole`(damage: String) async throws {
    fill()
    switch damage {
    case "garbage": directory.overwrite("cache/index-v3.sqlite", with: Array(repeating: 0xa5, count: 4_000))
    case "another format":
      try Connection(path: directory.file("cache/index-v3.sqlite")).execute(script: "PRAGMA user_version = 7")
    default:
      try Connection(path: directory.file("cache/index-v3.sqlite")).execute(script: "DROP TABLE use")
    }
    let contents = try kept(day: 0).contents()
    #expect(contents.damage != nil)
    #expect(contents.bytes > 100_000)
    try await kept(day: 0).remove(.unused(seconds: 30 * 86_400))
    #expect(try kept(day: 0).contents() == CacheContents())
  }

  // MARK: Growth

  #if os(Linux)
    /// Bytes read from files, in a process of its own: work, not time.
    @Test(.timeLimit(.minutes(5))) func `10,000 pages open like 10`() async {
      await #expect(processExitsWith: .success) {
        let few = bytesReadOpening(count: 10)
        let many = bytesReadOpening(count: 10_000)
        // Two levels of a tree more at most, for each of two tables and two indexes, in pages of 16 KiB.
        precondition(many - few <= 6 << 14, "\(few) bytes, then \(many)")
      }
    }
  #endif
}

#if os(Linux)
  /// What opening a cache of so many pages and reading one of them takes of its file.
  private func bytesReadOpening(count: Int) -> Int64 {
    let directory = TemporaryDirectory()
    let source = "https://index.example/simple/"
    let filled = IndexCache(directory: directory.path, delay: .seconds(3600))
    for number in 0..<count {
      filled.store(
        CachedPage(
          record: Array(repeating: 1, count: 3_000), entityTag: nil, lastModified: nil, fetchedAt: 0,
          freshUntil: .max),
        source: source, project: "project-\(number)")
    }
    filled.close()
    let opened = IndexCache(directory: directory.path)
    let before = bytesRead(in: directory)
    guard opened.page(source: source, project: "project-7", now: 1) != nil else { fatalError("not there") }
    opened.close()
    return bytesRead(in: directory) - before
  }

  /// All that this process has read so far (proc_pid_io(5), `rchar`).
  private func bytesRead(in directory: TemporaryDirectory) -> Int64 {
    // What reads it counts too, the same each time.
    guard let file = fopen("/proc/self/io", "r") else { fatalError("no /proc") }
    defer { fclose(file) }
    var buffer = [UInt8](repeating: 0, count: 512)
    let count = fread(&buffer, 1, buffer.count, file)
    let line = String(decoding: buffer[..<count], as: UTF8.self).split(separator: "\n").first ?? ""
    guard let number = Int64(line.drop { !$0.isNumber }) else { fatalError("no rchar") }
    return number
  }
#endif
