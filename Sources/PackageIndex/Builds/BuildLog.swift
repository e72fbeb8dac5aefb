import PythonPackaging
import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// What the programs of a build write, in a file of the build's directory, without the secrets it knows.
///
/// The file keeps the beginning and the end of a long output, and says how much is missing between them. In memory is
/// only the end, as much of it as the running stage wrote.
final class BuildLog: Sendable {
  /// The most bytes kept in the file.
  static let limit = 16 << 20
  /// As much of that is for the end.
  private static let tailLimit = 64 << 10
  private static let greatestLineLength = 500

  private struct State {
    var filter: SecretFilter
    /// The bytes in the file.
    var written = 0
    /// The bytes that didn't go to the file.
    var unwritten = 0
    /// The last bytes of the running stage.
    var tail: [UInt8] = []
  }

  private let path: String
  private let descriptor: Int32
  private let state: Mutex<State>

  /// Begins a log in a new file.
  init(path: String, secrets: [String]) throws(BuildError) {
    descriptor = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw .unusableDirectory(path: path, reason: errnoPhrase(errno)) }
    self.path = path
    state = Mutex(State(filter: SecretFilter(secrets)))
  }

  deinit { close(descriptor) }

  /// The line that a stage's output comes after.
  static func heading(of stage: BuildError.Stage) -> String { "== \(stage.description)" }

  /// From now on the output is this stage's.
  func begin(_ stage: BuildError.Stage) {
    state.withLock { state in
      endPiece(&state)
      write(Array("\(Self.heading(of: stage))\n".utf8), &state)
      state.tail = []
    }
  }

  /// Adds what a program wrote.
  func append(_ bytes: [UInt8]) {
    state.withLock { state in
      let passed = state.filter.filter(bytes)
      write(passed, &state)
    }
  }

  /// The last lines of the running stage, blank ones left out, each fit for a terminal.
  func lastLines(_ count: Int) -> [String] {
    let tail = state.withLock { state in
      endPiece(&state)
      return state.tail
    }
    let lines = tail.split(whereSeparator: { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") })
      .map { String(decoding: $0, as: UTF8.self) }
      .filter { line in line.contains { !$0.isWhitespace } }
    return lines.suffix(count).map { line in
      PrintableText.escaped(
        line.replacing("\t", with: "    ", maxReplacements: 100), limit: BuildLog.greatestLineLength)
    }
  }

  /// Puts the log into a new directory in `parent`, which only the user can enter, and gives its path; nil if that fails.
  func keepApart(in parent: String, label: String) -> String? {
    guard let made = makePrivateDirectory(in: parent, prefix: "repin-log-") else { return nil }
    let path = keep(in: made, label: label)
    if path == nil { removeTree(made) }
    return path
  }

  /// Puts the log into a directory, under a name made of `label` that no other file there has, and gives its path;
  /// nil if that fails.
  func keep(in directory: String, label: String) -> String? {
    guard makeDirectories(directory) == nil else { return nil }
    let suffix = ".log"
    var template = Array("\(directory)/\(BuildLog.filename(label))-XXXXXX\(suffix)".utf8CString)
    let copy = template.withUnsafeMutableBufferPointer { buffer in
      buffer.baseAddress.map { mkstemps($0, Int32(suffix.utf8.count)) } ?? -1
    }
    guard copy >= 0 else { return nil }
    defer { close(copy) }
    let path = template.withUnsafeBufferPointer { buffer in
      buffer.baseAddress.map { String(cString: $0) } ?? ""
    }
    let isKept = state.withLock { state in
      endPiece(&state)
      return copyBeginning(state.written, to: copy) && writeAll(BuildLog.end(of: state), to: copy)
    }
    if !isKept { removeFile(path) }
    return isKept ? path : nil
  }

  private func copyBeginning(_ count: Int, to copy: Int32) -> Bool {
    var offset = 0
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while offset < count {
      let found = buffer.withUnsafeMutableBytes { pread(descriptor, $0.baseAddress, $0.count, offset) }
      if found < 0 && errno == EINTR { continue }
      guard found > 0, writeAll(Array(buffer[..<found]), to: copy) else { return false }
      offset += found
    }
    return true
  }

  private static func end(of state: State) -> [UInt8] {
    let tail = state.tail.suffix(min(state.unwritten, BuildLog.tailLimit))
    let missing = state.unwritten - tail.count
    return (missing > 0 ? Array("\n[\(missing) bytes are left out here]\n".utf8) : []) + tail
  }

  private func endPiece(_ state: inout State) {
    let rest = state.filter.finish()
    write(rest, &state)
  }

  private func write(_ bytes: [UInt8], _ state: inout State) {
    let room = BuildLog.limit - BuildLog.tailLimit - state.written
    var kept = state.unwritten == 0 ? Array(bytes.prefix(max(0, room))) : []
    // A full disk costs the log and not the build.
    if !writeAll(kept, to: descriptor) { kept = [] }
    state.written += kept.count
    state.unwritten += bytes.count - kept.count
    state.tail += bytes
    if state.tail.count > 2 * BuildLog.tailLimit {
      state.tail = Array(state.tail.suffix(BuildLog.tailLimit))
    }
  }

  /// A file name of a label: letters, digits, dots, dashes and underscores of ASCII, not hidden, not too long.
  private static func filename(_ label: String) -> String {
    let bytes = label.utf8.prefix(100).map { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "_"):
        byte
      default: UInt8(ascii: "-")
      }
    }
    let name = String(
      decoding: bytes.drop { $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "-") }, as: UTF8.self)
    return name.isEmpty ? "build" : name
  }
}
