import PythonPackaging
import Reports
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
  /// How wide it is, in columns; where that isn't known, as wide as most are.
  let columns: Int
  private let hasColor: Bool
  /// Whether a warning that was said is said again.
  private let repeatsWarnings: Bool
  private let saidWarnings = Mutex<Set<String>>([])
  /// Whether something for standard output couldn't be written there.
  private let lostResults: LostResults
  /// The text of the progress line on the screen, empty if there is none.
  private let progressLine = Mutex("")

  /// Whether nothing is said on standard error.
  private let isSilent: Bool

  /// - Parameters:
  ///   - repeatsWarnings: false where one command reads the same things several times.
  ///   - isSilent: true where something is tried that nobody asked for.
  ///   - other: one of the same process: what it has lost, this one has lost too.
  init(
    environment: [String: String], repeatsWarnings: Bool = true, isSilent: Bool = false,
    beside other: Terminal? = nil
  ) {
    self.repeatsWarnings = repeatsWarnings
    lostResults = other?.lostResults ?? LostResults()
    self.isSilent = isSilent
    let isTerminal = !isSilent && isatty(STDERR_FILENO) == 1 && environment["TERM"] != "dumb"
    isInteractive = isTerminal
    hasColor = isTerminal && (environment["NO_COLOR"] ?? "").isEmpty
    var size = winsize()
    let isKnown = ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0
    columns = isKnown ? Int(size.ws_col) : 100
  }

  /// Text of a result, on standard output, as it is; a newline is added.
  func show(_ text: String) { show(Array("\(text)\n".utf8)) }

  /// Bytes of a result, on standard output; that they can't be written is said once.
  func show(_ bytes: [UInt8]) {
    let number = write(bytes, to: STDOUT_FILENO)
    guard let number, lostResults.hasLost.withLock({ exchange(&$0, with: true) }) == false else { return }
    let reason = number == EBADF ? "it is closed" : String(cString: strerror(number))
    say("\(styled("error:", .error)) can't write to standard output: \(reason)")
  }

  /// Whether something for standard output couldn't be written there: then the command has not done what it was asked.
  var hasLostResults: Bool { lostResults.hasLost.withLock { $0 } }

  /// Shared by all that write to one standard output.
  private final class LostResults: Sendable {
    let hasLost = Mutex(false)
  }

  /// Lines on standard error, whatever is in them made safe for a terminal and without a URL's password.
  func say(_ text: String) {
    if isSilent { return }
    progressLine.withLock { line in
      erase(&line)
      write(WorkflowText.inert(Self.bounded(safe(text))) + "\n", to: STDERR_FILENO)
    }
  }

  /// Text whose words and lines are no longer than a person reads: names and values of any length come from outside.
  private static func bounded(_ text: String) -> String {
    guard text.utf8.count > longestWord else { return text }
    return text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      guard line.utf8.count > longestWord else { return String(line) }
      let words = line.split(separator: " ", omittingEmptySubsequences: false).map {
        cut($0, to: longestWord)
      }
      return cut(words.joined(separator: " "), to: longestLine)
    }.joined(separator: "\n")
  }

  private static let longestWord = 400
  private static let longestLine = 8_000

  /// The beginning and the end of a text, at most so many scalars of it.
  private static func cut(_ text: some StringProtocol, to limit: Int) -> String {
    let scalars = text.unicodeScalars
    guard text.utf8.count > limit, scalars.count > limit else { return String(text) }
    return String(String.UnicodeScalarView(scalars.prefix(limit - limit / 4))) + "…"
      + String(String.UnicodeScalarView(scalars.suffix(limit / 4)))
  }

  /// Text without a character that a terminal would obey, but for line ends and this terminal's own styles.
  private func safe(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      line.split(separator: "\u{1b}", omittingEmptySubsequences: false).enumerated().map { place, piece in
        guard place > 0 else { return PrintableText.escaped(String(piece)) }
        guard hasColor, let style = Self.styles.first(where: { piece.hasPrefix($0) }) else {
          return PrintableText.escaped("\u{1b}\(piece)")
        }
        return "\u{1b}\(style)" + PrintableText.escaped(String(piece.dropFirst(style.count)))
      }.joined()
    }.joined(separator: "\n")
  }

  /// What follows an escape in this terminal's own styles.
  private static let styles =
    [Style.error, .warning, .hint, .added, .changed, .removed, .faint].map { "[\($0.rawValue)m" } + ["[0m"]

  /// `text` in a style, if this terminal has any.
  func styled(_ text: String, _ style: Style) -> String {
    hasColor && style != .plain ? "\u{1b}[\(style.rawValue)m\(text)\u{1b}[0m" : text
  }

  func warn(_ text: String) {
    guard repeatsWarnings || saidWarnings.withLock({ $0.insert(text).inserted }) else { return }
    say("\(styled("warning:", .warning)) \(text)")
  }

  func hint(_ text: String) { say("\(styled("hint:", .hint)) \(text)") }

  /// A failure with its hints, wrapped where a person reads along.
  func report(_ failure: CommandFailure) {
    say("\(styled("error:", .error)) \(wrapped(failure.message, behind: "error: "))")
    for text in failure.hints { hint(wrapped(text, behind: "hint: ")) }
  }

  /// Lines no longer than the terminal is wide, broken at spaces; what a line goes on with is indented like it.
  ///
  /// - Parameter label: what stands before the first line.
  private func wrapped(_ text: String, behind label: String) -> String {
    guard isInteractive else { return text }
    return text.split(separator: "\n", omittingEmptySubsequences: false).enumerated().map { place, line in
      let indentation = String(line.prefix { $0 == " " })
      var limit = place == 0 ? columns - label.count : columns
      var result = ""
      var width = 0
      for word in line.split(separator: " ") {
        if width > 0, width + 1 + word.count >= limit {
          result += "\n\(indentation)"
          limit = columns
          width = 0
        }
        if width == 0, result.isEmpty { result = indentation }
        result += width == 0 ? String(word) : " \(word)"
        width += width == 0 ? indentation.count + word.count : 1 + word.count
      }
      return result
    }.joined(separator: "\n")
  }

  /// Replaces the progress line; empty takes it away.
  func progress(_ text: String) {
    guard isInteractive else { return }
    progressLine.withLock { line in
      erase(&line)
      line = PrintableText.escaped(text, limit: columns - 1)
      if !line.isEmpty { write(line, to: STDERR_FILENO) }
    }
  }

  private func erase(_ line: inout String) {
    if !line.isEmpty { write("\r\u{1b}[2K", to: STDERR_FILENO) }
    line = ""
  }

  private func write(_ text: String, to descriptor: Int32) { _ = write(Array(text.utf8), to: descriptor) }

  /// Writes all of it; the system's error number if that fails.
  private func write(_ bytes: [UInt8], to descriptor: Int32) -> Int32? {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { systemWrite(descriptor, $0) }
      if count > 0 {
        rest = rest.dropFirst(count)
      } else if errno != EINTR && errno != EAGAIN {
        return errno
      }
    }
    return nil
  }
}

/// Puts a value in another's place and gives the other.
func exchange<Value>(_ place: inout Value, with value: Value) -> Value {
  defer { place = value }
  return place
}

private func systemWrite(_ descriptor: Int32, _ bytes: UnsafeRawBufferPointer) -> Int {
  write(descriptor, bytes.baseAddress, bytes.count)
}
