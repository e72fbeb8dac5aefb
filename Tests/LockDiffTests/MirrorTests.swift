import LockDiff
import LockfileFormats
import PythonPackaging
import Testing

/// From A to B is from B to A backwards, whatever the files are.
@Suite("Differences mirror") struct MirrorTests {
  /// A lock of few packages and few values, so that much is alike.
  private static func lock(_ random: inout SplitMix64) -> String {
    let markers = ["", "", " ; os_name == 'nt'", " ; os_name == 'posix'", " ; python_version < '3'"]
    let versions = ["1", "1.0", "1.1", "2", "2rc1", "2.post1", "1!0.1"]
    var lines: [String] = []
    for name in ["a", "b", "c", "d[x]", "d", "e"] {
      for _ in 0..<(random.next() % 4) {
        let version = versions[Int(random.next() % UInt64(versions.count))]
        let marker = markers[Int(random.next() % UInt64(markers.count))]
        let hashes = (0..<(random.next() % 3)).map { _ in " --hash=\(Locks.hash(Int(random.next() % 4)))" }
        let isURL = random.next() % 6 == 0
        lines.append(
          isURL
            ? "\(name) @ https://host.example/\(version)\(marker)"
            : "\(name)==\(version)\(marker)\(hashes.joined())")
      }
    }
    lines.shuffle(using: &random)
    return lines.joined(separator: "\n") + "\n"
  }

  /// What a change is, seen from the other side.
  private static func mirrored(_ change: PinChange) -> String {
    var words = Locks.line(change).split(separator: " ").map(String.init)
    let kinds = ["added": "removed", "removed": "added"]
    words[0] = kinds[words[0]] ?? words[0]
    if let old = change.old?.version, let new = change.new?.version, let step = PinStep(from: new, to: old) {
      words[0] = step.kind == .down ? "lowered" : "raised"
      let place = words.firstIndex { $0.contains("/") } ?? 0
      words[place] = "\(step.kind.rawValue)/\(step.size.rawValue)"
    }
    let arrow = words.firstIndex(of: ">") ?? 0
    words.swapAt(arrow - 1, arrow + 1)
    if let hashes = change.hashes, let place = words.firstIndex(of: "hashes") {
      words[place + 1] = "-\(hashes.new)"
      words[place + 2] = "+\(hashes.gone)"
    }
    return words.joined(separator: " ")
  }

  @Test func ofRandomLocks() {
    var random = SplitMix64(seed: 2_026)
    var kinds: Set<PinChange.Kind> = []
    for _ in 0..<1_500 {
      let (old, new) = (Locks.file(Self.lock(&random)), Locks.file(Self.lock(&random)))
      let (there, back) = (LockDiff(from: old, to: new), LockDiff(from: new, to: old))
      #expect(there.changes.map(Self.mirrored).sorted() == back.changes.map(Locks.line).sorted())
      #expect(there.unchangedCount == back.unchangedCount)
      #expect(there.hashesGained == back.hashesLost && there.hashesLost == back.hashesGained)
      // Each pin is in one change or unchanged.
      #expect(there.unchangedCount + there.changes.count { $0.old != nil } == old.pins.count)
      #expect(there.unchangedCount + there.changes.count { $0.new != nil } == new.pins.count)
      kinds.formUnion(there.changes.map(\.kind))
      #expect(LockDiff(from: old, to: old).isEmpty)
    }
    #expect(kinds == Set(PinChange.Kind.allCases))
  }

  /// The order of a file's lines makes no difference.
  @Test func linesInAnotherOrder() {
    var random = SplitMix64(seed: 7)
    for _ in 0..<500 {
      let (old, new) = (Self.lock(&random), Self.lock(&random))
      let shuffled = new.split(separator: "\n").shuffled(using: &random).joined(separator: "\n") + "\n"
      #expect(
        Locks.diff(old, new).changes.map(Locks.line) == Locks.diff(old, shuffled).changes.map(Locks.line))
    }
  }
}
