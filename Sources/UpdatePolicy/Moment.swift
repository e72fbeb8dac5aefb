/// Arithmetic with moments in seconds since 1970-01-01 00:00 UTC. They come from outside, and any number may.
enum Moment {
  /// The years 1 to 9999, less two days at each end, so that every time zone shows one of these years.
  static let range: ClosedRange<Int64> = -62_135_424_000...253_402_128_000

  /// The nearest moment in ``range``.
  static func clamped(_ seconds: Int64) -> Int64 { min(max(seconds, range.lowerBound), range.upperBound) }

  /// The seconds from one moment to a later one; 0 if it isn't later, as where clocks differ.
  static func elapsed(from start: Int64, to end: Int64) -> Int64 {
    guard end > start else { return 0 }
    let (difference, overflows) = end.subtractingReportingOverflow(start)
    return overflows ? .max : difference
  }

  /// A moment later by a length of time, at most the last that there is.
  static func sum(_ seconds: Int64, _ length: Int64) -> Int64 {
    let (sum, overflows) = seconds.addingReportingOverflow(length)
    return overflows ? (length < 0 ? .min : .max) : sum
  }
}

extension BinaryInteger {
  /// The quotient rounded down, also of negative numbers.
  func flooredQuotient(_ divisor: Self) -> Self {
    let quotient = self / divisor
    return self % divisor < 0 ? quotient - 1 : quotient
  }

  /// What is left of that division, from 0 to below the divisor.
  func flooredRemainder(_ divisor: Self) -> Self {
    let remainder = self % divisor
    return remainder < 0 ? remainder + divisor : remainder
  }
}

extension UInt8 {
  /// Whether it is one of `0` to `9` in ASCII.
  var isDigit: Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) }

  /// Whether it is a letter of ASCII.
  var isLetter: Bool { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self | 0x20) }
}
