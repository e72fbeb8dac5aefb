/// One value of SQLite's five storage classes.
package enum Value: Sendable, Hashable {
  case null
  case integer(Int64)
  case real(Double)
  case text(String)
  case blob([UInt8])
}

extension Value: ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral, ExpressibleByStringLiteral,
  ExpressibleByNilLiteral
{
  /// `.integer`.
  package init(integerLiteral value: Int64) { self = .integer(value) }
  /// `.real`.
  package init(floatLiteral value: Double) { self = .real(value) }
  /// `.text`.
  package init(stringLiteral value: String) { self = .text(value) }
  /// `.null`.
  package init(nilLiteral: ()) { self = .null }
}

extension Value {
  /// `NULL` for nil.
  package static func text(optional value: String?) -> Value { value.map(Value.text) ?? .null }
  /// `NULL` for nil.
  package static func integer(optional value: Int64?) -> Value { value.map(Value.integer) ?? .null }
  /// `NULL` for nil.
  package static func blob(optional value: [UInt8]?) -> Value { value.map(Value.blob) ?? .null }
}
