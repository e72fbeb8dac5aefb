/// The milliseconds since 1970-01-01 00:00 UTC of a moment as RFC 3339 writes it; nil if it is none.
package func uploadMoment(_ text: String) -> Int64? { Timestamp.milliseconds(text) }

/// A moment as RFC 3339 writes it.
package enum Timestamp {
  /// The milliseconds of every moment that can be written, from the start of year 0 to the end of year 9999 in
  /// any time zone.
  package static let range: ClosedRange<Int64> = -62_167_305_600_000...253_402_387_199_999

  /// The milliseconds since 1970-01-01 00:00 UTC; nil if the text is no moment.
  package static func milliseconds(_ text: String) -> Int64? {
    let bytes = Array(text.utf8)
    return milliseconds(0..<bytes.count, in: bytes.span)
  }

  /// The milliseconds since 1970-01-01 00:00 UTC; nil if the bytes are no `date-time` of RFC 3339, section 5.6.
  ///
  ///     date-time = YYYY "-" MM "-" DD ("T" | "t" | " ") hh ":" mm ":" ss ("." digit+)? offset
  ///     offset    = "Z" | "z" | ("+" | "-") hh ":" mm
  ///
  /// Digits past the milliseconds are cut off. A leap second counts as the second behind it.
  /// Example: `2016-04-20T04:13:06.946151Z` is 1461125586946.
  package static func milliseconds(_ range: Range<Int>, in text: Span<UInt8>) -> Int64? {
    guard (20...64).contains(range.count) else { return nil }
    var field = Fields(text: range, index: range.lowerBound)
    guard let year = field.number(4, in: text), field.skip("-", in: text),
      let month = field.number(2, in: text), field.skip("-", in: text),
      let day = field.number(2, in: text), field.skipAny("Tt ", in: text),
      let hour = field.number(2, in: text), field.skip(":", in: text),
      let minute = field.number(2, in: text), field.skip(":", in: text),
      let second = field.number(2, in: text), let fraction = field.fraction(in: text),
      let zone = field.zone(in: text), field.isAtEnd
    else { return nil }
    guard (1...12).contains(month), day >= 1, day <= dayCount(year: year, month: month), hour < 24,
      minute < 60,
      second <= 60
    else { return nil }
    let seconds = Int64(days(year: year, month: month, day: day)) * 86_400
    return (seconds + Int64(hour * 3_600 + minute * 60 + second - zone * 60)) * 1_000 + Int64(fraction)
  }

  private static func dayCount(year: Int, month: Int) -> Int {
    switch month {
    case 4, 6, 9, 11: 30
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    default: 31
    }
  }

  /// The days from 1970-01-01 to a date of the Gregorian calendar. Years begin in March here, so that the leap
  /// day is the last.
  private static func days(year: Int, month: Int, day: Int) -> Int {
    let year = month < 3 ? year - 1 : year
    let dayOfYear = (153 * (month < 3 ? month + 9 : month - 3) + 2) / 5 + day - 1
    // 400 years are 146 097 days, and year 0 has a century of its own before it.
    return 365 * (year + 400) + (year + 400) / 4 - (year + 400) / 100 + (year + 400) / 400 + dayOfYear
      - 865_565
  }

  /// Walks over the fields of a text.
  private struct Fields {
    let text: Range<Int>
    var index: Int

    var isAtEnd: Bool { index == text.upperBound }

    mutating func number(_ digits: Int, in bytes: Span<UInt8>) -> Int? {
      guard text.upperBound - index >= digits else { return nil }
      var value = 0
      for position in index..<index + digits {
        let digit = bytes[position] &- UInt8(ascii: "0")
        guard digit < 10 else { return nil }
        value = value * 10 + Int(digit)
      }
      index += digits
      return value
    }

    mutating func skip(_ character: Unicode.Scalar, in bytes: Span<UInt8>) -> Bool {
      guard !isAtEnd, bytes[index] == UInt8(ascii: character) else { return false }
      index += 1
      return true
    }

    mutating func skipAny(_ characters: StaticString, in bytes: Span<UInt8>) -> Bool {
      guard !isAtEnd else { return false }
      let byte = bytes[index]
      index += 1
      return characters.withUTF8Buffer { $0.contains(byte) }
    }

    /// The milliseconds of an optional fraction, nil if there is a point without a digit.
    mutating func fraction(in bytes: Span<UInt8>) -> Int? {
      guard skip(".", in: bytes) else { return 0 }
      let start = index
      var (value, unit) = (0, 100)
      while !isAtEnd, bytes[index] &- UInt8(ascii: "0") < 10 {
        value += Int(bytes[index] - UInt8(ascii: "0")) * unit
        unit /= 10
        index += 1
      }
      return index == start ? nil : value
    }

    /// The minutes to the east of UTC.
    mutating func zone(in bytes: Span<UInt8>) -> Int? {
      if skip("Z", in: bytes) || skip("z", in: bytes) { return 0 }
      let isEast = skip("+", in: bytes)
      guard isEast || skip("-", in: bytes), let hours = number(2, in: bytes), hours < 24,
        skip(":", in: bytes), let minutes = number(2, in: bytes), minutes < 60
      else { return nil }
      return (isEast ? 1 : -1) * (hours * 60 + minutes)
    }
  }
}
