import Testing

@testable import PinHistory

@Suite("What git's output may be")
struct GitFormatTests {
  static let commit = String(repeating: "a", count: 40)
  static let blob = String(repeating: "b", count: 40)
  static let change = ":000000 100644 \(String(repeating: "0", count: 40)) \(blob) A\u{0}lock.txt\u{0}"
  static let good = "commit \(commit) 12\u{0}\n\(change)"

  struct Bad: Sendable, CustomTestStringConvertible {
    var name: String
    var text: String
    var error: GitReadingError
    var testDescription: String { name }
  }

  static let bad: [Bad] = [
    Bad(name: "a change before a commit", text: change, error: .unexpected(offset: 0, commit: nil)),
    Bad(name: "another word", text: "fatal: no\u{0}", error: .unexpected(offset: 0, commit: nil)),
    Bad(
      name: "a time that is none", text: "commit \(commit) x\u{0}", error: .unexpected(offset: 0, commit: nil)
    ),
    Bad(name: "a short name", text: "commit abc 1\u{0}", error: .unexpected(offset: 0, commit: nil)),
    Bad(
      name: "an unknown status", text: good + "\(change.replacing(" A\u{0}", with: " X\u{0}"))",
      error: .unexpected(offset: good.utf8.count, commit: commit)),
    Bad(name: "an end in a commit", text: "commit \(commit) 12", error: .truncated(commit: nil)),
    Bad(name: "an end before a path", text: String(good.dropLast(9)), error: .truncated(commit: commit)),
    Bad(
      name: "an endless path", text: good.replacing("lock.txt", with: String(repeating: "x", count: 2000)),
      error: .fieldTooLong(limit: 1000, commit: commit)),
    Bad(
      name: "more commits than may be",
      text: (0..<4).map { good.replacing(commit, with: String(repeating: "\($0)", count: 40)) }.joined(),
      error: .tooManyCommits(limit: 3)),
  ]

  @Test("Bad logs", arguments: bad)
  func badLog(_ example: Bad) throws {
    let error = #expect(throws: GitReadingError.self) {
      var limits = GitLogReader.Limits()
      limits.field = 1000
      limits.commits = 3
      var log = try GitLogReader(path: "lock.txt", now: 100, limits: limits)
      try log.feed(example.text.utf8)
      try log.finish()
    }
    #expect(error == example.error)
    #expect(error?.description.contains("\n") == false)
  }

  static let revisions = [
    GitRevision(commit: commit, committedAt: 1, takenAt: 1, path: "a", blob: blob),
    GitRevision(commit: blob, committedAt: 2, takenAt: 2, path: "a", blob: nil),
  ]
  static let badBlobs: [Bad] = [
    Bad(name: "nothing", text: "", error: .truncated(commit: nil)),
    Bad(name: "another object", text: "\(commit) blob 1\na\n", error: .unexpected(offset: 48, commit: nil)),
    Bad(name: "another kind", text: "\(blob) tree 1\na\n", error: .unexpected(offset: 48, commit: nil)),
    Bad(name: "no number", text: "\(blob) blob x\na\n", error: .unexpected(offset: 48, commit: nil)),
    Bad(name: "a negative number", text: "\(blob) blob -1\na\n", error: .unexpected(offset: 49, commit: nil)),
    Bad(name: "missing", text: "\(blob) missing\n", error: .missing(commit: commit)),
    Bad(
      name: "too large", text: "\(blob) blob 17\n", error: .fileTooLarge(commit: commit, size: 17, limit: 16)),
    Bad(
      name: "more bytes than said", text: "\(blob) blob 1\nab\n", error: .unexpected(offset: 49, commit: nil)),
    Bad(name: "fewer bytes than said", text: "\(blob) blob 3\nab\n", error: .truncated(commit: nil)),
    Bad(
      name: "one more", text: "\(blob) blob 1\na\n\(blob) blob 1\na\n",
      error: .unexpected(offset: 98, commit: blob)),
    Bad(
      name: "an endless header", text: String(repeating: "x", count: 200),
      error: .unexpected(offset: 129, commit: nil)),
  ]

  @Test("Bad answers", arguments: badBlobs)
  func badBlob(_ example: Bad) throws {
    let error = #expect(throws: GitReadingError.self) {
      var reader = GitBlobReader(Self.revisions, limit: 16)
      try reader.feed(Array(example.text.utf8)) { (_, _) throws(GitReadingError) in }
      try reader.finish { (_, _) throws(GitReadingError) in }
    }
    #expect(error == example.error)
    #expect(error?.description.contains("\n") == false)
  }

  @Test("Random changes of good output end in an error or a reading", arguments: 0..<40)
  func changed(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    for _ in 0..<50 {
      var bytes = Array((Self.good + Self.good).utf8)
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        let place = Int.random(in: 0..<bytes.count, using: &random)
        switch Int.random(in: 0..<3, using: &random) {
        case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
        case 1: bytes.remove(at: place)
        default: bytes.insert([0, 0x0A, 0x20, 0x3A].randomElement(using: &random) ?? 0, at: place)
        }
      }
      var log = try GitLogReader(path: "lock.txt", now: 100)
      do throws(GitReadingError) {
        for chunk in chunks(bytes, &random) { try log.feed(chunk) }
        try log.finish()
        #expect(log.revisions.count <= 2)
        #expect(log.revisions.allSatisfy { GitLogReader.isObject(Array($0.commit.utf8)) })
      } catch {
        #expect(!error.description.isEmpty)
      }
    }
  }

  // MARK: Times

  @Test(
    "Times as git writes them",
    arguments: [
      ("12", 12), ("0", 0), ("", nil), ("-86400", -86_400), ("18446744073709551615", .max),
    ] as [(String, Int64?)])
  func time(text: String, committedAt: Int64?) throws {
    var log = try GitLogReader(path: "lock.txt", now: 100)
    try log.feed("commit \(Self.commit) \(text)\u{0}\n\(Self.change)".utf8)
    try log.finish()
    #expect(log.revisions.map(\.committedAt) == [committedAt])
    #expect(log.newest == Self.commit)
  }

  struct Times: Sendable, CustomTestStringConvertible {
    var committed: [Int64?]
    var after: Int64?
    /// The times recorded for some, by their places.
    var recorded: [Int: Int64] = [:]
    var now: Int64 = 1000
    var taken: [Int64]
    var testDescription: String {
      "\(committed) after \(after.map(String.init) ?? "nothing"), known \(recorded.sorted { $0.key < $1.key }), at \(now)"
    }
  }

  @Test(
    "Times that grow with the commits",
    arguments: [
      Times(committed: [], taken: []),
      Times(committed: [10, 20, 30], taken: [10, 20, 30]),
      Times(committed: [10, 10, 10], taken: [10, 11, 12]),
      Times(committed: [10, 20, 99, 30, 30], taken: [10, 20, 21, 30, 31]),
      Times(committed: [10, 20, 0, 30], taken: [10, 20, 21, 30]),
      Times(committed: [99, 98, 10, 20, 30], taken: [8, 9, 10, 20, 30]),
      Times(committed: [30, 20, 10], taken: [10, 11, 12].map { $0 - 2 }),
      Times(committed: [10, 20, 30], after: 15, taken: [16, 20, 30]),
      Times(committed: [10, 20], after: 100, taken: [101, 102]),
      // Before 1970.
      Times(committed: [nil], taken: [1000]),
      Times(committed: [nil, -5, nil], taken: [998, 999, 1000]),
      Times(committed: [nil, 20], taken: [19, 20]),
      Times(committed: [10, -1, 20], taken: [10, 11, 20]),
      Times(committed: [10, nil], taken: [10, 11]),
      Times(committed: [0, 1], taken: [0, 1]),
      Times(committed: [nil, 0], taken: [-1, 0]),
      // After the import.
      Times(committed: [10, 2030], taken: [10, 1000]),
      Times(committed: [10, 2030, 2031], taken: [10, 999, 1000]),
      Times(committed: [10, 2030, 20], taken: [10, 11, 20]),
      Times(committed: [10, 2030, 2030, 2030, 20], taken: [10, 11, 12, 13, 20]),
      Times(committed: [2030, 2040, .max], taken: [998, 999, 1000]),
      Times(committed: [2030, 20, 2030], taken: [19, 20, 1000]),
      Times(committed: [999, 1000, 1000, 1000], taken: [997, 998, 999, 1000]),
      Times(committed: [20, 2030], after: 990, taken: [991, 1000]),
      Times(committed: [2030, 2030], after: 2000, taken: [2001, 2002]),
      // Some recorded before.
      Times(committed: [10, 20, 30], recorded: [0: 10, 1: 20], taken: [10, 20, 30]),
      Times(committed: [10, 20, 30], after: 500, recorded: [0: 10], taken: [10, 20, 30]),
      Times(committed: [10, 20, 30], recorded: [2: 25], taken: [10, 20, 25]),
      Times(committed: [10, 20, 30], recorded: [1: 8, 2: 9], taken: [7, 8, 9]),
      Times(committed: [10, 20, 15], recorded: [0: 10, 1: 20], taken: [10, 20, 21]),
      Times(committed: [10, 20, 30, 40], recorded: [1: 60, 2: 70], taken: [10, 60, 70, 71]),
      Times(committed: [10, 2030, 20], recorded: [1: 2030], taken: [10, 2030, 2031]),
    ])
  func times(_ example: Times) {
    var revisions = revisions(example.committed)
    var progress = ImportProgress()
    progress.end = example.after.map { ImportWatermark(commit: "end", takenAt: $0) }
    for (place, time) in example.recorded { progress.commits["\(place)"] = time }
    GitRevision.assignTimes(&revisions, progress, now: example.now)
    #expect(revisions.map(\.takenAt) == example.taken)
  }

  private func revisions(_ committed: [Int64?]) -> [GitRevision] {
    committed.enumerated().map {
      GitRevision(commit: "\($0.offset)", committedAt: $0.element, takenAt: 0, path: "", blob: nil)
    }
  }

  @Test(
    "Whatever the clocks, times grow, none is after the import, and what is cut off gets the same",
    arguments: 0..<40)
  func anyTimes(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    for _ in 0..<50 {
      let committed = (0..<Int.random(in: 1...20, using: &random)).map { place -> Int64? in
        switch Int.random(in: 0..<8, using: &random) {
        case 0: nil
        case 1: Int64.random(in: -10...2000, using: &random)
        default: Int64(place) * 40 + Int64.random(in: 0...60, using: &random)
        }
      }
      var whole = revisions(committed)
      GitRevision.assignTimes(&whole, now: 1000)
      let times = whole.map(\.takenAt)
      #expect(zip(times, times.dropFirst()).allSatisfy { $0 < $1 } && times.allSatisfy { $0 <= 1000 })
      let known = whole.prefix(Int.random(in: 0...committed.count, using: &random))
      let progress = ImportProgress(
        commits: Dictionary(uniqueKeysWithValues: known.map { ($0.commit, $0.takenAt) }))
      var resumed = revisions(committed)
      GitRevision.assignTimes(&resumed, progress, now: 1000)
      #expect(resumed == whole, "\(committed)")
      // The older ones are found later, as of a clone that was shallow.
      var older = revisions(committed)
      let newer = whole.suffix(Int.random(in: 0...committed.count, using: &random))
      let later = ImportProgress(
        commits: Dictionary(uniqueKeysWithValues: newer.map { ($0.commit, $0.takenAt + 7) }))
      GitRevision.assignTimes(&older, later, now: 1000)
      let found = older.map(\.takenAt)
      #expect(zip(found, found.dropFirst()).allSatisfy { $0 < $1 })
    }
  }
}
