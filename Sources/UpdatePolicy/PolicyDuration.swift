import PythonPackaging

/// A length of time that the policy names: `3 days`, `1 week 12h`, `P3D`, `PT36H`, `off`.
///
/// `off`, `0` and every length of zero are the same. At most 100 years.
package struct PolicyDuration: Sendable, Hashable, Comparable, CustomStringConvertible {
  /// The greatest length of its text, in UTF-8 bytes.
  package static let greatestLength = 128
  /// No time at all.
  package static let off = PolicyDuration(seconds: 0)

  /// From 0.
  package let seconds: Int64

  private init(seconds: Int64) { self.seconds = seconds }

  /// So many days.
  ///
  /// - Throws: ``PolicyValueError`` with `.number` for negative days and more than 100 years of them.
  package init(days: Int) throws(PolicyValueError) {
    guard (0...36_525).contains(days) else {
      throw PolicyValueError(String(days), .number(allowed: 0...36_525))
    }
    seconds = Int64(days) * 86_400
  }

  /// Reads a length as ``TimeSpan`` does, or `off`, or `0`.
  ///
  /// - Throws: ``PolicyValueError`` with `.duration`.
  package init(_ text: String) throws(PolicyValueError) {
    guard text.utf8.count <= Self.greatestLength else {
      throw PolicyValueError(text, .duration(.malformed))
    }
    // Nothing is as long in every unit.
    if text == "off" || text == "0" {
      self = .off
      return
    }
    do throws(TimeSpan.Fault) {
      seconds = try TimeSpan(text).seconds
    } catch {
      throw PolicyValueError(text, .duration(error))
    }
  }

  /// The full days in it.
  package var days: Int { Int(seconds / 86_400) }

  /// As it can be read again, in the largest units: `3 days`, `1 day 12 hours`, `off`.
  package var description: String {
    if seconds == 0 { return "off" }
    let parts: [(Int64, String)] = [
      (seconds / 86_400, "day"), (seconds / 3_600 % 24, "hour"), (seconds / 60 % 60, "minute"),
      (seconds % 60, "second"),
    ]
    return parts.filter { $0.0 > 0 }.map { "\($0.0) \($0.1)\($0.0 == 1 ? "" : "s")" }.joined(separator: " ")
  }

  package static func < (left: PolicyDuration, right: PolicyDuration) -> Bool { left.seconds < right.seconds }

  static let threeDays = PolicyDuration(seconds: 3 * 86_400)
  static let ninetyDays = PolicyDuration(seconds: 90 * 86_400)
  static let oneYear = PolicyDuration(seconds: 365 * 86_400)
}
