/// Lengths of time and numbers in words, the same in every report.
///
///     seconds                      shown
///     below 3 600                  under an hour
///     below 86 400                 1 hour · 23 hours
///     below 63 115 200             1 day · 730 days
///     from 2 years of 365.25 days  2.0 years · 11.4 years
///
/// Nothing is rounded up, so that no limit looks passed that isn't.
enum ShownDuration {
  private static let year: Int64 = 31_557_600

  /// A length in seconds; negative ones count as 0.
  static func text(_ seconds: Int64) -> String {
    switch seconds {
    case ..<3_600: "under an hour"
    case ..<86_400: ShownCount.text(Int(seconds / 3_600), "hour")
    case ..<(2 * year): ShownCount.text(Int(seconds / 86_400), "day")
    default: "\(seconds / year).\(seconds % year * 10 / year) years"
    }
  }

  /// Libyears with two decimals, the nearest: `0.63`.
  static func libyears(_ seconds: Int64) -> String {
    let hundredths = libyearHundredths(seconds)
    let fraction = hundredths % 100
    return "\(hundredths / 100).\(fraction < 10 ? "0" : "")\(fraction)"
  }

  /// The same as a number: 0.63.
  static func libyearNumber(_ seconds: Int64) -> Double { Double(libyearHundredths(seconds)) / 100 }

  private static func libyearHundredths(_ seconds: Int64) -> Int64 {
    let seconds = max(0, seconds)
    return seconds / year * 100 + (seconds % year * 100 + year / 2) / year
  }
}

/// Numbers with their noun.
enum ShownCount {
  /// `1 pin`, `2 pins`.
  static func text(_ count: Int, _ noun: String) -> String { "\(count) \(noun)\(count == 1 ? "" : "s")" }

  /// `1 pin is`, `2 pins are`.
  static func being(_ count: Int, _ noun: String) -> String {
    text(count, noun) + (count == 1 ? " is" : " are")
  }
}
