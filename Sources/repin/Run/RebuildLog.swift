import PackageIndex
import PythonPackaging
import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// What the commands of a rebuild write, in a file: the beginning and the end of it, however much it is.
final class RebuildLog: Sendable {
  /// The most bytes of the beginning.
  static let headLimit = 8 << 20
  /// The most bytes of the end.
  static let tailLimit = 256 << 10

  private struct State {
    /// The bytes in the file.
    var written = 0
    /// The bytes that are neither in the file nor at the end.
    var dropped = 0
    /// The last bytes, as far as they aren't in the file.
    var rest: [UInt8] = []
    /// The last bytes of the running command.
    var tail: [UInt8] = []
  }

  private let descriptor: Int32
  private let state = Mutex(State())

  /// Begins a log in place of the last run's.
  init(path: String) throws(CommandFailure) {
    unlink(path)
    descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else {
      throw .usage(
        "the log `\(PrintableText.escaped(path, limit: 300))` can't be made: \(Files.Failure.system(errno).reason)"
      )
    }
  }

  deinit { close(descriptor) }

  /// From now on the output is another command's.
  func begin(_ command: String) {
    append(Array("== \(command)\n".utf8))
    state.withLock { $0.tail = [] }
  }

  func append(_ bytes: [UInt8]) {
    state.withLock { state in
      let room = max(0, Self.headLimit - state.written)
      let head = bytes.prefix(room)
      if !head.isEmpty, put(head) { state.written += head.count }
      state.rest += bytes.dropFirst(head.count)
      if state.rest.count > 2 * Self.tailLimit {
        let surplus = state.rest.count - Self.tailLimit
        state.rest.removeFirst(surplus)
        state.dropped += surplus
      }
      state.tail += bytes
      if state.tail.count > 2 * Self.shownLimit {
        state.tail.removeFirst(state.tail.count - Self.shownLimit)
      }
    }
  }

  /// As much of the end is shown at most.
  private static let shownLimit = 16 << 10

  /// Writes the end.
  func finish() {
    state.withLock { state in
      if state.dropped > 0 {
        _ = put(Array("\n[\(state.dropped) bytes are left out]\n".utf8)[...])
      }
      _ = put(state.rest[...])
      state.rest = []
    }
  }

  /// The last lines of the running command, blank ones left out.
  func lastLines(_ count: Int) -> [String] {
    let tail = state.withLock { $0.tail }
    let lines = tail.split(whereSeparator: { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") })
      .map { String(decoding: $0, as: UTF8.self) }
      .filter { line in line.contains { !$0.isWhitespace } }
    return lines.suffix(count).map { PrintableText.escaped($0.replacing("\t", with: "    "), limit: 500) }
  }

  private func put(_ bytes: ArraySlice<UInt8>) -> Bool {
    var rest = bytes
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { systemWrite(descriptor, $0) }
      if count < 0 && errno != EINTR { return false }
      rest = rest.dropFirst(max(0, count))
    }
    return true
  }
}

private func systemWrite(_ descriptor: Int32, _ bytes: UnsafeRawBufferPointer) -> Int {
  write(descriptor, bytes.baseAddress, bytes.count)
}
