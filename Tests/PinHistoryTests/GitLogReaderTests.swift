import TestSupport
import Testing

@testable import PinHistory

@Suite("Reading a file's history from git")
struct GitLogReaderTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var name: String
    var path = "lock.txt"
    /// What is read, the oldest first: the path, and the text or nil.
    var expected: [Expected]
    var build: @Sendable (inout GitStream) -> Void
    var testDescription: String { name }
  }

  struct Expected: Equatable, Sendable {
    let path: String
    let text: String?

    init(_ text: String?, at path: String = "lock.txt") {
      self.path = path
      self.text = text
    }
  }

  /// A lockfile of many lines, and one line of its own.
  static func lock(_ line: String) -> String { (0..<30).map { "p\($0)==1.\($0)\n" }.joined() + line + "\n" }

  @Test("Cases", arguments: cases + bytesCases)
  func history(_ example: Case) async throws {
    var stream = GitStream()
    example.build(&stream)
    let repository = try await GitRepository(stream)
    let readings = try await repository.read(example.path)
    let found = readings.map {
      Expected($0.bytes.map { String(decoding: $0, as: UTF8.self) }, at: $0.revision.path)
    }
    #expect(found == example.expected)
    try await expectAgreement(readings, repository)
  }

  /// At every commit, the file is what git shows.
  private func expectAgreement(_ readings: [GitRepository.Reading], _ repository: GitRepository) async throws
  {
    var rest = readings[...]
    var current: GitRepository.Reading?
    for commit in try await repository.commits() {
      if rest.first?.revision.commit == commit { current = rest.removeFirst() }
      guard let current else { continue }
      let object = "\(commit):\(current.revision.path)"
      if let bytes = current.bytes {
        #expect(try await repository.run("show", object) == bytes)
      } else {
        let entry = try await repository.run("ls-tree", commit, current.revision.path)
        #expect(!entry.starts(with: "100".utf8))
      }
    }
    #expect(rest.isEmpty)
    let times = readings.map(\.revision.takenAt)
    #expect(zip(times, times.dropFirst()).allSatisfy { $0 < $1 })
  }

  @Test("Bytes that aren't UTF-8 are read as they are")
  func otherBytes() async throws {
    var stream = GitStream()
    let bytes = (0...255).map { UInt8($0) }
    stream.commit([.file("lock.txt", bytes, mode: "100644")])
    stream.commit([.file("lock.txt", bytes.reversed(), mode: "100644")])
    let readings = try await GitRepository(stream).read("lock.txt")
    #expect(readings.map(\.bytes) == [bytes, bytes.reversed()])
  }

  @Test("A repository without commits")
  func unborn() async throws {
    #expect(try await GitRepository().read("lock.txt").isEmpty)
  }

  @Test("Names of SHA-256")
  func longNames() async throws {
    var stream = GitStream()
    for text in ["a", "b"] { stream.commit([.file("lock.txt", text)]) }
    let readings = try await GitRepository(stream, format: "sha256").read("lock.txt")
    #expect(readings.map(\.bytes) == [[0x61], [0x62]])
    #expect(readings.allSatisfy { $0.revision.commit.utf8.count == 64 })
  }

  @Test("Only what is newer than a commit, and all where there is no such commit")
  func since() async throws {
    var stream = GitStream()
    stream.commit([.file("a.txt", Self.lock("1"))])
    stream.commit([.file("a.txt", Self.lock("2"))])
    stream.commit([.rename("a.txt", "lock.txt")])
    stream.commit([.file("lock.txt", Self.lock("3"))])
    let repository = try await GitRepository(stream)
    let all = try await repository.read("lock.txt")
    #expect(all.count == 4)
    for (index, reading) in all.enumerated() {
      let rest = try await repository.read(
        "lock.txt", Self.progress(reading.revision.commit, reading.revision.takenAt))
      #expect(rest == Array(all.dropFirst(index + 1)))
    }
    #expect(try await repository.read("lock.txt", Self.progress(String(repeating: "1", count: 40), 0)) == all)
    for text in ["HEAD", "--all", "", String(repeating: "g", count: 40)] {
      #expect(throws: GitReadingError.notACommit(text)) {
        try GitLogReader(path: "lock.txt", Self.progress(text, 0), now: 0)
      }
    }
  }

  private static func progress(_ commit: String, _ time: Int64) -> ImportProgress {
    ImportProgress(end: ImportWatermark(commit: commit, takenAt: time))
  }

  @Test("Times that can't be: a commit before 1970, and one after the import")
  func impossibleTimes() async throws {
    var stream = GitStream()
    for (text, time) in [("a", 1000), ("b", -86_400), ("c", 2000), ("d", 1_893_456_000)] as [(String, Int64)]
    {
      stream.commit([.file("lock.txt", text)], at: time)
    }
    let repository = try await GitRepository(stream)
    let revisions = try await repository.read("lock.txt").map(\.revision)
    #expect(revisions.map(\.committedAt) == [1000, nil, 2000, 1_893_456_000])
    #expect(revisions.map(\.takenAt) == [1000, 1001, 2000, GitRepository.now])
  }

  @Test("A shallow clone has what its commits have, from the one where it begins")
  func shallow() async throws {
    var stream = GitStream()
    for text in ["a", "b", "c"] { stream.commit([.file("lock.txt", text)]) }
    let repository = try await GitRepository(stream)
    let commits = try await repository.commits()
    repository.directory.write("shallow", commits[1] + "\n")
    let readings = try await repository.read("lock.txt")
    #expect(readings.map(\.revision.commit) == Array(commits.dropFirst()))
    #expect(readings.map(\.bytes) == [[0x62], [0x63]])
  }

  @Test("Settings that change what git writes change nothing")
  func settings() async throws {
    var stream = GitStream()
    stream.commit([.file("a/b.txt", Self.lock("1"))])
    stream.commit([.file("s", "s")], on: "side", from: "main")
    stream.commit([.file("a/c.txt", Self.lock("1") + "more\n"), .file("a/b.txt", Self.lock("2"))])
    stream.commit([.file("s", "s"), .file("a/b.txt", Self.lock("3"))], merge: "side")
    stream.commit([.rename("a/b.txt", "lock.txt")])
    let repository = try await GitRepository(stream)
    let expected = try await repository.read("lock.txt")
    #expect(expected.count == 4)
    for (name, value) in [
      ("log.showSignature", "true"), ("log.follow", "true"), ("log.showRoot", "false"),
      ("color.ui", "always"),
      ("log.diffMerges", "combined"), ("diff.relative", "true"), ("diff.renames", "copies"),
      ("diff.renameLimit", "1"), ("format.pretty", "fuller"), ("i18n.logOutputEncoding", "UTF-16"),
      ("log.decorate", "full"), ("log.date", "iso"), ("diff.noprefix", "true"), ("core.quotePath", "true"),
      ("core.abbrev", "7"), ("diff.external", "false"), ("core.pager", "false"), ("log.mailmap", "true"),
    ] {
      try await repository.run("config", name, value)
    }
    #expect(try await repository.read("lock.txt") == expected)
  }

  @Test("Random histories agree with what was committed", arguments: 0..<8)
  func random(seed: UInt64) async throws {
    var random = SeededRandom(seed: seed)
    let model = GitModel(commits: 120, &random)
    let repository = try await GitRepository(model.stream)
    let readings = try await repository.read(model.path, seed: seed)
    #expect(readings.map { GitModel.State(path: $0.revision.path, bytes: $0.bytes) } == model.states)
  }

  // MARK: Limits

  @Test("A file that is too large names its commit")
  func large() async throws {
    var stream = GitStream()
    stream.commit([.file("lock.txt", "12345")])
    stream.commit([.file("lock.txt", "123456")])
    let repository = try await GitRepository(stream)
    let commit = try #require(try await repository.commits().last)
    await #expect(throws: GitReadingError.fileTooLarge(commit: commit, size: 6, limit: 5)) {
      try await repository.read("lock.txt", limit: 5)
    }
  }
}
