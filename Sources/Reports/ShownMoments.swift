package import UpdatePolicy

/// How moments are shown: in the policy's time zone for people, as RFC 3339 in UTC for programs.
///
/// Moments are in seconds since 1970-01-01 00:00 UTC; those outside the years 1 to 9999 are shown as the first and the last
/// of them.
package struct ShownMoments: Sendable, Hashable {
  /// The zone people read.
  package let zone: TimeZoneName
  /// What its clocks show.
  private let rules: TimeZoneRules

  /// Everything in UTC.
  package static let utc = ShownMoments(zone: .utc, rules: .utc)

  /// - Parameter rules: those of `zone`.
  package init(zone: TimeZoneName, rules: TimeZoneRules) {
    self.zone = zone
    self.rules = rules
  }

  /// `Mon 2026-11-30 06:00 (Europe/Berlin)`.
  package func moment(_ seconds: Int64) -> String {
    let shown = Self.clamped(seconds) + Int64(rules.offset(at: seconds))
    let day = CalendarDate(containing: shown)
    // 1970-01-01 was a Thursday.
    let names = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]
    let name = names[((day.daysSince1970 % 7) + 7) % 7]
    return "\(name) \(day) \(Self.clock(shown).prefix(5)) (\(zone))"
  }

  /// `2026-11-30`.
  func day(_ seconds: Int64) -> String {
    CalendarDate(containing: Self.clamped(seconds) + Int64(rules.offset(at: seconds))).description
  }

  /// `2026-11-30T05:00:00Z` (RFC 3339, section 5.6).
  static func timestamp(_ seconds: Int64) -> String { localTimestamp(seconds) + "Z" }

  /// The same without its zone, as some formats have it, which mean UTC.
  static func localTimestamp(_ seconds: Int64) -> String {
    let seconds = clamped(seconds)
    return "\(CalendarDate(containing: seconds))T\(clock(seconds))"
  }

  /// The nearest moment two days within the years 1 to 9999, so that no offset leads out of them.
  static func clamped(_ seconds: Int64) -> Int64 { min(max(seconds, -62_135_424_000), 253_402_128_000) }

  /// `05:00:00`.
  private static func clock(_ seconds: Int64) -> String {
    let second = ((seconds % 86_400) + 86_400) % 86_400
    return [second / 3_600, second / 60 % 60, second % 60].map { $0 < 10 ? "0\($0)" : "\($0)" }
      .joined(separator: ":")
  }
}
