/// A value of TOML 1.0.
///
/// Dates and times are kept as text: `2026-12-31`, `1979-05-27 07:32:00Z`, as written.
package indirect enum TOMLValue: Sendable, Hashable {
  case string(String)
  case integer(Int)
  case float(Double)
  case boolean(Bool)
  case dateTime(String)
  case array([TOMLItem])
  case table(TOMLTable)

  /// What the value is, as a phrase for messages: `a string`.
  package var noun: String {
    switch self {
    case .string: "a string"
    case .integer: "an integer"
    case .float: "a float"
    case .boolean: "a boolean"
    case .dateTime: "a date or time"
    case .array: "an array"
    case .table: "a table"
    }
  }
}
