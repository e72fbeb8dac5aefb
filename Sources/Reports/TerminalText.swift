/// How a report is shown on a terminal.
package struct TerminalStyle: Sendable, Hashable {
  /// How many columns there are; lines of tables are no longer. At least 20 are taken to be there.
  package var width: Int
  /// Whether colours may be used; the caller looks at NO_COLOR and at what standard output is.
  package var hasColor: Bool
  /// Whether only ASCII may be used for what isn't text: the blocks of charts.
  package var isASCII: Bool

  package init(width: Int, hasColor: Bool = false, isASCII: Bool = false) {
    self.width = max(20, width)
    self.hasColor = hasColor
    self.isASCII = isASCII
  }

  /// `text` in a colour, if there are colours.
  func styled(_ text: String, _ color: Color) -> String {
    hasColor && color != .plain ? "\u{1b}[\(color.rawValue)m\(text)\u{1b}[0m" : text
  }

  /// The colours, by their SGR parameters (ECMA-48, section 8.3.117).
  enum Color: String {
    case plain = ""
    case red = "31;1"
    case yellow = "33"
    case green = "32"
    case faint = "2"
  }
}

/// How many columns of a terminal text takes.
enum TerminalWidth {
  /// Of printable text on one line.
  static func columns(_ text: String) -> Int {
    let bytes = text.utf8
    if bytes.allSatisfy({ $0 < 0x80 }) { return bytes.count }
    return text.unicodeScalars.reduce(0) { $0 + columns($1) }
  }

  /// Text cut to so many columns, with `…` where it was cut; in the middle of a path its end says more than its beginning.
  static func cut(_ text: String, to width: Int, keepsEnd: Bool = false) -> String {
    guard columns(text) > width else { return text }
    guard width > 1 else { return width == 1 ? "…" : "" }
    var kept: [Unicode.Scalar] = []
    var count = 1
    let scalars = Array(text.unicodeScalars)
    for scalar in keepsEnd ? scalars.reversed() : scalars {
      count += columns(scalar)
      if count > width { break }
      kept.append(scalar)
    }
    var view = String.UnicodeScalarView()
    view.append(contentsOf: keepsEnd ? kept.reversed() : kept)
    return keepsEnd ? "…\(String(view))" : "\(String(view))…"
  }

  /// East Asian wide characters and emoji take two columns (Unicode Standard Annex 11, coarsely), marks none.
  private static func columns(_ scalar: Unicode.Scalar) -> Int {
    switch scalar.value {
    case ..<0x300: return 1
    case 0x1100...0x115F, 0x2E80...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F,
      0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1FAFF, 0x20000...0x3FFFD:
      return 2
    default:
      switch scalar.properties.generalCategory {
      case .nonspacingMark, .enclosingMark, .format: return 0
      default: return 1
      }
    }
  }
}
