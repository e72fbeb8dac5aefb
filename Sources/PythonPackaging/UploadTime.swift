/// A moment of an index as RFC 3339 has it, in UTC, rounded up to a full second: `2026-01-31T09:30:00Z`.
package struct UploadTime: CustomStringConvertible {
  /// Since 1970-01-01 00:00 UTC.
  package let milliseconds: Int64

  package init(milliseconds: Int64) { self.milliseconds = milliseconds }

  /// The first full second after a moment: a cutoff admits what was uploaded before it, and not at it.
  package init(after milliseconds: Int64) {
    self.milliseconds = (milliseconds < 0 ? (milliseconds - 999) / 1000 : milliseconds / 1000) * 1000 + 1000
  }

  package var description: String {
    let seconds = milliseconds >= 0 ? (milliseconds + 999) / 1000 : milliseconds / 1000
    let day = seconds >= 0 ? seconds / 86_400 : (seconds - 86_399) / 86_400
    let second = seconds - day * 86_400
    // Days from civil, backwards (Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms"): years begin in March.
    let shifted = day + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let monthFromMarch = (5 * dayOfYear + 2) / 153
    let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
    let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    let date = [(year, 4), (month, 2), (dayOfYear - (153 * monthFromMarch + 2) / 5 + 1, 2)]
    let time = [(second / 3600, 2), (second / 60 % 60, 2), (second % 60, 2)]
    return date.map { Self.padded($0.0, to: $0.1) }.joined(separator: "-") + "T"
      + time.map { Self.padded($0.0, to: $0.1) }.joined(separator: ":") + "Z"
  }

  private static func padded(_ number: Int64, to width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }
}
