/// A file's line end.
package enum Newline: String, Sendable, Hashable, CaseIterable {
  /// A line feed.
  case lf = "\n"
  /// A carriage return and a line feed.
  case crlf = "\r\n"

  /// The value of `--newline`.
  package enum Choice: String, Sendable, Hashable, CaseIterable {
    /// The line end of the first existing file that has one, else LF [default].
    case preserve
    /// LF, whatever was there.
    case lf = "LF"
    /// CR LF, whatever was there.
    case crlf = "CRLF"
    /// The system's own: LF wherever repin runs.
    case native

    /// The choice named in any case, as pip-compile takes it.
    package init?(option text: String) {
      let lowered = text.lowercased()
      guard let choice = Choice.allCases.first(where: { $0.rawValue.lowercased() == lowered }) else {
        return nil
      }
      self = choice
    }
  }

  /// The line end of a file to be written.
  ///
  /// - Parameters:
  ///   - choice: what the user asked for.
  ///   - contents: the bytes of the existing output, then of the inputs; files that don't exist are left out.
  package init(_ choice: Choice, contents: some Sequence<[UInt8]>) {
    switch choice {
    case .lf, .native: self = .lf
    case .crlf: self = .crlf
    case .preserve:
      for content in contents {
        if let found = Newline.detected(in: content) {
          self = found
          return
        }
      }
      self = .lf
    }
  }

  /// The line end of a file: CR LF if it occurs anywhere, LF if only that occurs; nil if the file has none.
  package static func detected(in bytes: [UInt8]) -> Newline? {
    var hasLF = false
    var start = 0
    while let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) {
      if end > 0, bytes[end - 1] == UInt8(ascii: "\r") { return .crlf }
      hasLF = true
      start = end + 1
    }
    return hasLF ? .lf : nil
  }

  /// `text`, whose line ends are LF, with this line end.
  func applied(to text: String) -> [UInt8] {
    guard self == .crlf else { return Array(text.utf8) }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.utf8.count + text.utf8.count / 32)
    for byte in text.utf8 {
      if byte == UInt8(ascii: "\n") { bytes.append(UInt8(ascii: "\r")) }
      bytes.append(byte)
    }
    return bytes
  }
}
