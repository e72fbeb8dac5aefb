/// A length of time, as people and ISO 8601 write it.
///
///     span     = words | duration
///     words    = number ws* unit (ws+ number ws* unit)*         3 days · 1 week 12h
///     unit     = "s" | "sec" | "second" | "m" | "min" | "minute" | "h" | "hour" | "d" | "day" | "w" | "week", or its plural
///     duration = "P" (n "W")? (n "D")? ("T" (n "H")? (n "M")? (n "S")?)?          P7D · PT36H
///
/// Months and years are no lengths: they differ. Letter case doesn't matter.
package struct TimeSpan: Sendable, Hashable {
  /// At most 100 years.
  package let seconds: Int64

  private static let longest: Int64 = 36_525 * 86_400

  /// Why a text is no span.
  package enum Fault: Error, Hashable {
    /// Months or years.
    case calendar
    case malformed
    case tooLong
  }

  package init(_ text: String) throws(Fault) {
    let lowered = text.lowercased()
    seconds = try lowered.hasPrefix("p") ? Self.duration(lowered) : Self.words(lowered)
  }

  private static func words(_ text: String) throws(Fault) -> Int64 {
    var total: Int64 = 0
    var rest = text.utf8[...]
    func skipBlanks() { rest = rest.drop { $0 == UInt8(ascii: " ") } }
    skipBlanks()
    guard !rest.isEmpty else { throw .malformed }
    while !rest.isEmpty {
      let number = try take(number: &rest)
      skipBlanks()
      let letters = rest.prefix { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) }
      rest = rest[letters.endIndex...]
      let unit: Int64
      switch String(Substring(letters)) {
      case "s", "sec", "secs", "second", "seconds": unit = 1
      case "m", "min", "mins", "minute", "minutes": unit = 60
      case "h", "hr", "hrs", "hour", "hours": unit = 3_600
      case "d", "day", "days": unit = 86_400
      case "w", "week", "weeks": unit = 604_800
      case "month", "months", "year", "years", "y": throw .calendar
      default: throw .malformed
      }
      total = try sum(total, number, unit)
      skipBlanks()
    }
    return total
  }

  private static func duration(_ text: String) throws(Fault) -> Int64 {
    var rest = text.utf8.dropFirst()
    guard !rest.isEmpty, rest.last != UInt8(ascii: "t") else { throw .malformed }
    var total: Int64 = 0
    var isTime = false
    // The designators in the order in which they may come.
    var order: [UInt8] = Array("wdhms".utf8)
    while let next = rest.first {
      if next == UInt8(ascii: "t"), !isTime {
        isTime = true
        rest = rest.dropFirst()
        continue
      }
      let number = try take(number: &rest)
      guard let designator = rest.popFirst() else { throw .malformed }
      if designator == UInt8(ascii: "y") || (designator == UInt8(ascii: "m") && !isTime) { throw .calendar }
      guard let place = order.firstIndex(of: designator),
        isTime == "hms".utf8.contains(designator)
      else { throw .malformed }
      order.removeFirst(place + 1)
      let unit: Int64 =
        switch designator {
        case UInt8(ascii: "w"): 604_800
        case UInt8(ascii: "d"): 86_400
        case UInt8(ascii: "h"): 3_600
        case UInt8(ascii: "m"): 60
        default: 1
        }
      total = try sum(total, number, unit)
    }
    return total
  }

  private static func take(number rest: inout Substring.UTF8View) throws(Fault) -> Int64 {
    let digits = rest.prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    guard !digits.isEmpty else { throw .malformed }
    rest = rest[digits.endIndex...]
    guard let number = Int64(Substring(digits)), number <= longest else { throw .tooLong }
    return number
  }

  private static func sum(_ total: Int64, _ number: Int64, _ unit: Int64) throws(Fault) -> Int64 {
    let (product, overflows) = number.multipliedReportingOverflow(by: unit)
    guard !overflows, product <= longest, total + product <= longest else { throw .tooLong }
    return total + product
  }
}
