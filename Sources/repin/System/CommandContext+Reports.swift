import Reports

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

extension CommandContext {
  /// How reports are written on standard output: in colour for a person (`NO_COLOR` is honoured, no-color.org), as wide as the
  /// terminal is, and in ASCII where the locale's encoding isn't UTF-8.
  var reportStyle: TerminalStyle {
    let isTerminal = isatty(STDOUT_FILENO) == 1 && environment["TERM"] != "dumb"
    var size = winsize()
    let isKnown = isTerminal && ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0
    let locale = variable("LC_ALL") ?? variable("LC_CTYPE") ?? variable("LANG") ?? ""
    let isUTF8 = locale.lowercased().replacing("-", with: "").hasSuffix("utf8")
    return TerminalStyle(
      width: isKnown ? Int(size.ws_col) : 120,
      hasColor: isTerminal && (environment["NO_COLOR"] ?? "").isEmpty,
      isASCII: isTerminal && !isUTF8)
  }
}
