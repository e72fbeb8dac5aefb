package import PythonPackaging

/// Why a text is no value of the policy's table: what was found, and what is allowed.
///
/// Example: `Due("soon")` fails with `.word`, "`soon` isn't one of now, window, noted".
package struct PolicyValueError: Error, Sendable, Hashable, CustomStringConvertible {
  /// What is wrong with the value.
  package enum Reason: Sendable, Hashable {
    /// It is none of the words that are allowed.
    case word(allowed: [String])
    /// It is no length of time.
    case duration(TimeSpan.Fault)
    /// It isn't written like a date.
    case date
    /// The calendar has no such day.
    case noSuchDay
    /// The last of some days is before the first.
    case reversedDays
    /// The number is outside of what is allowed.
    case number(allowed: ClosedRange<Int>)
    /// It is no name of a time zone.
    case timeZone
    /// It is no id of an advisory.
    case advisoryID
    /// It is no name of a package.
    case package(NameError)
    /// It is neither a version nor a set of specifiers.
    case versions
    /// It is empty, and has to say why.
    case noReason
  }

  /// The value as it was given.
  package let found: String
  /// What is wrong with it.
  package let reason: Reason

  init(_ found: String, _ reason: Reason) {
    self.found = found
    self.reason = reason
  }

  /// One line: what was found and what is allowed.
  package var description: String {
    let shown = "`\(PrintableText.excerpt(found, limit: 80))`"
    switch reason {
    case .word(let allowed): return "\(shown) isn't one of \(allowed.joined(separator: ", "))"
    case .duration(.calendar):
      return "\(shown): months and years differ in length; write days or weeks (\"30 days\", P30D)"
    case .duration(.tooLong): return "\(shown) is longer than 100 years"
    case .duration(.malformed):
      return "\(shown) is no length of time; write \"3 days\", \"36 hours\", P3D, PT36H, or off"
    case .date: return "\(shown) is no date; write one like 2026-12-31"
    case .noSuchDay: return "there is no day \(shown); write one like 2026-12-31"
    case .reversedDays: return "\(shown) ends before it begins; write the first day, `..` and the last"
    case .number(let allowed):
      return "\(shown) isn't between \(allowed.lowerBound) and \(allowed.upperBound)"
    case .timeZone: return "\(shown) is no name of a time zone; write one like Europe/Berlin or UTC"
    case .advisoryID: return "\(shown) is no id of an advisory; write one like GHSA-abcd-2345-efgh"
    case .package(let fault): return "\(shown) is no name of a package: \(fault)"
    case .versions: return "\(shown) is neither a version (1.2.3) nor a set of specifiers (>=1,<2)"
    case .noReason: return "a reason is required: say why nothing has to be done"
    }
  }
}
