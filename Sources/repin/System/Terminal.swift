import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// Where a command speaks: results on standard output, everything else on standard error, in colour where a person
/// reads along (`NO_COLOR` is honoured, no-color.org), with a line of progress that is gone when something is said.
final class Terminal: Sendable {
  /// How something said is meant.
  enum Style: String, Sendable {
    case plain = ""
    case error = "31;1"
    case warning = "33;1"
    case hint = "36;1"
    case added = "32"
    case changed = "33"
    case removed = "31"
    case faint = "2"
  }

  /// Whether progress may be shown.
  let isInteractive: Bool
  /// The width to wrap at, in columns.
  let columns: Int
  private let hasColor: Bool
  /// The text of the progress line on the screen, empty if there is none.
  private let progressLine = Mutex("")

  init(environment: [String: String]) {
    let isTerminal = isatty(STDERR_FILENO) == 1 && environment["TERM"] != "dumb"
    isInteractive = isTerminal
    hasColor = isTerminal && (environment["NO_COLOR"] ?? "").isEmpty
    var size = winsize()
    let isKnown = ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 20
    columns = isKnown ? Int(size.ws_col) : 100
  }

  /// Text of a result, on standard output, as it is; a newline is added.
  func show(_ text: String) { write(text + "\n", to: STDOUT_FILENO) }

  /// Bytes of a result, on standard output.
  func show(_ bytes: [UInt8]) { write(bytes, to: STDOUT_FILENO) }

  /// A line on standard error.
  func say(_ text: String) {
    progressLine.withLock { line in
      erase(&line)
      write(text + "\n", to: STDERR_FILENO)
    }
  }

  /// `text` in a style, if this terminal has any.
  func styled(_ text: String, _ style: Style) -> String {
    hasColor && style != .plain ? "\u{1b}[\(style.rawValue)m\(text)\u{1b}[0m" : text
  }

  func warn(_ text: String) { say("\(styled("warning:", .warning)) \(text)") }

  func hint(_ text: String) { say("\(styled("hint:", .hint)) \(text)") }

  /// A failure with its hints.
  func report(_ failure: CommandFailure) {
    say("\(styled("error:", .error)) \(failure.message)")
    for text in failure.hints { hint(text) }
  }

  /// Replaces the progress line; empty takes it away.
  func progress(_ text: String) {
    guard isInteractive else { return }
    progressLine.withLock { line in
      erase(&line)
      line = String(text.prefix(columns - 1))
      if !line.isEmpty { write(line, to: STDERR_FILENO) }
    }
  }

  private func erase(_ line: inout String) {
    if !line.isEmpty { write("\r\u{1b}[2K", to: STDERR_FILENO) }
    line = ""
  }

  private func write(_ text: String, to descriptor: Int32) { write(Array(text.utf8), to: descriptor) }

  private func write(_ bytes: [UInt8], to descriptor: Int32) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { systemWrite(descriptor, $0) }
      if count > 0 {
        rest = rest.dropFirst(count)
      } else if errno != EINTR && errno != EAGAIN {
        return
      }
    }
  }
}

private func systemWrite(_ descriptor: Int32, _ bytes: UnsafeRawBufferPointer) -> Int {
  write(descriptor, bytes.baseAddress, bytes.count)
}
