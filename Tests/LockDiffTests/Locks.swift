import LockDiff
import LockfileFormats
import PythonPackaging
import UpdatePolicy

/// Short ways to write lockfiles and what is known of them.
enum Locks {
  private static let reader = PinnedFileReader(keepsOrigins: true)

  /// A lockfile of requirements.
  static func file(_ text: String, path: String = "requirements.txt") -> PinnedFile {
    reader.read(Array(text.utf8), path: path)
  }

  static func diff(_ old: String, _ new: String) -> LockDiff { LockDiff(from: file(old), to: file(new)) }

  /// A change on one line: kind, subject, what it was and is, and what else differs.
  static func line(_ change: PinChange) -> String {
    var words = [change.kind.rawValue, change.subject.text]
    words.append("\(shown(change.old)) > \(shown(change.new))")
    if let step = change.step { words.append("\(step.kind.rawValue)/\(step.size.rawValue)") }
    if change.isSourceChanged { words.append("source") }
    if let hashes = change.hashes { words.append("hashes -\(hashes.gone) +\(hashes.new)") }
    if change.isMarkerChanged { words.append("marker") }
    if change.areExtrasChanged { words.append("extras") }
    return words.joined(separator: " ")
  }

  private static func shown(_ pin: FilePin?) -> String { pin.map { $0.version?.description ?? "?" } ?? "-" }

  static func hash(_ digit: Int) -> String {
    "sha256:" + String(repeating: String(digit % 16, radix: 16), count: 64)
  }

  static func names(_ names: String...) throws -> [PackageName] { try names.map { try PackageName($0) } }
}

/// Numbers that are the same in every run.
struct SplitMix64: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
    return mixed ^ mixed >> 31
  }
}
