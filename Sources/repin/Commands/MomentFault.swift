import PythonPackaging

/// Why a text names no moment before which a file must have been uploaded.
enum MomentFault: Error, Hashable, CustomStringConvertible {
  /// A length in months or years.
  case calendar
  /// A time of day without its zone.
  case noZone(String)
  /// A day that the calendar doesn't have.
  case noSuchDay
  /// A day with something behind it that is no time of day.
  case time
  case tooLong
  case malformed
  /// Nothing with a package's name and `=` before it.
  case noPackage

  /// A phrase with what may be written.
  var description: String {
    switch self {
    case .calendar:
      "months and years differ in length; write days or weeks (\"30 days\", P30D), or a day (2026-01-31)"
    case .noZone(let text):
      "a time of day needs its zone; write \(PrintableText.escaped(text, limit: 40))Z for UTC"
    case .noSuchDay: "there is no such day; write one like 2026-01-31"
    case .time: "no time of day of RFC 3339; write 2026-01-31T12:00:00Z"
    case .tooLong: "longer than 100 years; write a shorter time or a day (2026-01-31)"
    case .malformed:
      "write a day (2026-01-31), a moment (2026-01-31T12:00:00Z) or a time before now (\"7 days\", P7D)"
    case .noPackage:
      "write a package's name with its own moment, flask=2026-01-31 or \"flask=7 days\", or with none, flask=false"
    }
  }
}
