/// One field of a cron expression: which numbers it has.
///
/// Invariant: at least one number, and all within the field's range.
package struct CronField: Sendable, Hashable {
  /// Which field of an expression.
  package enum Kind: String, Sendable, Hashable, CaseIterable {
    case minute
    case hour
    case dayOfMonth = "day of month"
    case month
    case dayOfWeek = "day of week"

    /// What may be written in it. Sunday is 0 and 7.
    package var range: ClosedRange<Int> {
      switch self {
      case .minute: 0...59
      case .hour: 0...23
      case .dayOfMonth: 1...31
      case .month: 1...12
      case .dayOfWeek: 0...7
      }
    }

    /// The names of its numbers, from the least.
    var names: [String] {
      switch self {
      case .minute, .hour, .dayOfMonth: []
      case .month: ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
      case .dayOfWeek: ["sun", "mon", "tue", "wed", "thu", "fri", "sat"]
      }
    }
  }

  /// Bit n is set if number n is in it; a Sunday is 0.
  package let bits: UInt64
  /// Whether it begins with `*`: it restricts nothing, or nothing but by a step.
  package let beginsWithStar: Bool

  package func contains(_ number: Int) -> Bool { bits >> UInt64(number) & 1 == 1 }

  /// The least number from one on; nil if there is none.
  func first(from number: Int) -> Int? { bits.firstBit(from: number) }

  /// The greatest number up to one; nil if there is none.
  func last(to number: Int) -> Int? { bits.lastBit(to: number) }
}

extension UInt64 {
  /// The place of the lowest bit that is set, from one on.
  func firstBit(from place: Int) -> Int? {
    guard place < 64 else { return nil }
    let below = UInt64(Swift.max(place, 0))
    let rest = (self >> below) << below
    return rest == 0 ? nil : rest.trailingZeroBitCount
  }

  /// The place of the highest bit that is set, up to one.
  func lastBit(to place: Int) -> Int? {
    guard place >= 0 else { return nil }
    let rest = place >= 63 ? self : self & (1 << UInt64(place + 1) - 1)
    return rest == 0 ? nil : 63 - rest.leadingZeroBitCount
  }
}
