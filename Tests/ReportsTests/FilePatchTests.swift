import LockDiff
import Subprocess
import SystemPackage
import TestSupport
import Testing

@testable import Reports

@Suite("Patches are applied by git") struct FilePatchTests {
  /// What git makes of the old bytes; nil if there is no file then.
  private static func applied(_ patch: String, path: String, old: [UInt8]?) async throws -> [UInt8]? {
    let directory = TemporaryDirectory()
    let parts = path.split(separator: "/")
    for count in 1..<max(1, parts.count) {
      directory.makeDirectory(parts.prefix(count).joined(separator: "/"))
    }
    if let old { directory.write(path, old) }
    let result = try await Subprocess.run(
      .name("git"), arguments: ["apply", "--whitespace=nowarn", "-"],
      environment: .inherit.updating([
        "HOME": directory.path, "GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_CEILING_DIRECTORIES": directory.path,
      ]),
      workingDirectory: FilePath(directory.path), input: .array(Array(patch.utf8)),
      output: .string(limit: 1 << 16), error: .string(limit: 1 << 16))
    try #require(result.terminationStatus.isSuccess, "\(result.standardError)\(patch)")
    return directory.read(path)
  }

  private static func expectApplied(
    _ old: [UInt8]?, _ new: [UInt8]?, path: String = "requirements.txt",
    sourceLocation: SourceLocation = #_sourceLocation
  ) async throws {
    let patch = try FilePatch(path: path, old: old, new: new).text
    if old == new {
      #expect(patch.isEmpty, sourceLocation: sourceLocation)
      return
    }
    #expect(
      try await applied(patch, path: path, old: old) == new, "\(patch)", sourceLocation: sourceLocation)
  }

  @Test(arguments: [
    ("", "a\n"), ("a\n", ""), ("a\n", "b\n"), ("a", "a\n"), ("a\n", "a"), ("a", "b"),
    ("a\r\nb\r\n", "a\r\nc\r\n"),
    ("a\r\nb\r\n", "a\nb\n"), ("1\n2\n3\n4\n5\n6\n7\n8\n9\n", "1\n2\n3\n4\nx\n6\n7\n8\n9\n"),
    ("\n\n\n", "\n\n"), ("e\u{301}\n", "\u{E9}\n"), ("日本\n", "日本語\n"), ("\ta\n", "\tb \n"),
    ("x\n", "-- x\n++ y\n"),
  ]) func texts(_ old: String, _ new: String) async throws {
    try await Self.expectApplied(Array(old.utf8), Array(new.utf8))
  }

  @Test func filesThatComeAndGo() async throws {
    for text in ["", "a\n", "a", "a\nb\n"] {
      try await Self.expectApplied(nil, Array(text.utf8))
      try await Self.expectApplied(Array(text.utf8), nil)
    }
  }

  @Test(arguments: [
    "requirements/dev.txt", "with blank.txt", "a \"quote\".txt", "back\\slash.txt", "日本.txt", "tab\there.txt",
    "##[error]x.txt", "@name.txt", "::error::x.txt", "a/b c/d.txt", "\u{1b}[31m.txt", "\u{202E}txt.txt",
    "'.txt",
  ]) func paths(_ path: String) async throws {
    for (old, new) in [("a\n", "b\n"), (nil, "b\n"), ("a\n", nil)] as [(String?, String?)] {
      try await Self.expectApplied(old.map { Array($0.utf8) }, new.map { Array($0.utf8) }, path: path)
    }
  }

  @Test(arguments: DiffScenario.allCases) func scenarios(_ scenario: DiffScenario) async throws {
    for lock in try scenario.report().locks {
      try await Self.expectApplied(lock.oldBytes, lock.newBytes, path: lock.diff.path)
    }
  }

  /// Any text becomes any other.
  @Test func randomTexts() async throws {
    var random = SplitMix64(seed: 11)
    func text(_ lines: Int, _ kinds: UInt64) -> String {
      let text = (0..<lines).map { _ in "line \(random.next() % kinds)" }.joined(separator: "\n")
      return random.next() % 4 == 0 || lines == 0 ? text : text + "\n"
    }
    for round in 0..<60 {
      // Some are so long that their lines are matched by those that are unique.
      let size = round % 6 == 0 ? 1_500 : 30
      let old = text(Int(random.next() % UInt64(size)), round % 2 == 0 ? 8 : 4_000)
      var lines = old.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
      for _ in 0..<(random.next() % 12) where !lines.isEmpty {
        let place = Int(random.next() % UInt64(lines.count))
        if random.next() % 2 == 0 {
          lines.remove(at: place)
        } else {
          lines.insert("new \(random.next() % 50)", at: place)
        }
      }
      let new = round % 3 == 0 ? text(Int(random.next() % UInt64(size)), 8) : lines.joined(separator: "\n")
      try await Self.expectApplied(Array(old.utf8), Array(new.utf8))
    }
  }

  struct Refused: CustomTestStringConvertible {
    let testDescription: String
    var path = "a.txt"
    var old: [UInt8]? = Array("a\n".utf8)
    var new: [UInt8]?
    let words: String
  }

  @Test(arguments: [
    Refused(testDescription: "absolute", path: "/etc/passwd", words: "leads out of the directory"),
    Refused(testDescription: "upwards", path: "a/../../b", words: "leads out of the directory"),
    Refused(testDescription: "git's own", path: ".GIT/config", words: "leads out of the directory"),
    Refused(testDescription: "no path", path: "", words: "leads out of the directory"),
    Refused(testDescription: "no UTF-8", new: [0xFF], words: "a.txt: found bytes that aren't UTF-8"),
    Refused(
      testDescription: "escape", new: Array("a\nb\u{1b}[31m\n".utf8),
      words: "a.txt:2: found the control character U+1B in the new file"),
    Refused(
      testDescription: "direction", old: Array("\u{202E}x\na\n".utf8), new: Array("\u{202E}x\nb\n".utf8),
      words: "a.txt:1: found the control character U+202E in the old file"),
    Refused(
      testDescription: "password", new: Array("--index-url https://u:secret@h.example/\n".utf8),
      words: "a.txt:1: found a password in the new file"),
    Refused(
      testDescription: "command behind the blank of a line that stays", old: Array("::error::x\na\n".utf8),
      new: Array("::error::x\n".utf8),
      words: "a.txt:1: found a command to a workflow's runner in the old file"),
    Refused(
      testDescription: "CR within a line", new: Array("a\rb\n".utf8),
      words: "a.txt:1: found the control character U+D"),
  ]) func refuses(_ given: Refused) throws {
    let refusal = #expect(throws: FilePatch.Refusal.self) {
      try FilePatch(path: given.path, old: given.old, new: given.new)
    }
    let words = try #require(refusal?.description)
    #expect(words.contains(given.words), "\(words)")
    #expect(!words.contains("secret"))
  }
}

@Suite("The way from one text to another") struct LineScriptTests {
  /// The steps lead through both texts in order, and what is kept is equal.
  private static func expectWay(_ old: [Int], _ new: [Int]) -> Int {
    var (mine, its, changes) = (0, 0, 0)
    for step in LineScript(from: old, to: new).steps {
      switch step {
      case .kept(let left, let right):
        #expect(left == mine && right == its && old[left] == new[right])
        (mine, its) = (mine + 1, its + 1)
      case .removed(let place):
        #expect(place == mine)
        (mine, changes) = (mine + 1, changes + 1)
      case .added(let place):
        #expect(place == its)
        (its, changes) = (its + 1, changes + 1)
      }
    }
    #expect(mine == old.count && its == new.count)
    return changes
  }

  @Test func leadsThroughBoth() {
    var random = SplitMix64(seed: 3)
    for round in 0..<300 {
      let kinds: UInt64 = [3, 50, 100_000][round % 3]
      let size: UInt64 = round % 10 == 0 ? 3_000 : 60
      let old = (0..<(random.next() % size)).map { _ in Int(random.next() % kinds) }
      let new = (0..<(random.next() % size)).map { _ in Int(random.next() % kinds) }
      _ = Self.expectWay(old, new)
    }
  }

  /// A large text of which little changes has few changes.
  @Test func findsWhatStays() {
    var lines = Array(0..<20_000)
    lines[50] = -1
    lines[10_000] = -2
    lines.remove(at: 19_000)
    #expect(Self.expectWay(Array(0..<20_000), lines) == 5)
  }

  /// As large as lockfiles get, all hashes new: neither the square of it in memory nor in time.
  @Test(.timeLimit(.minutes(1))) func largeAndWhollyNew() {
    let old = (0..<200_000).map { $0 % 20 == 0 ? $0 : -$0 - 1 }
    let new = (0..<200_000).map { $0 % 20 == 0 ? $0 : $0 + 1_000_000 }
    #expect(Self.expectWay(old, new) == 380_000)
    let same = Array(repeating: 1, count: 100_000)
    #expect(Self.expectWay(same, Array(repeating: 2, count: 100_000)) == 200_000)
  }
}
