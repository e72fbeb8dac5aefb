/// A wheel's build tag: the tie-breaker between two wheels that are alike otherwise (binary distribution format,
/// "File name convention").
///
/// Ordered by the number, then by the rest as text; no build tag at all sorts before every one.
/// Example: `2cu118` is the number 2 and the suffix `cu118`.
package struct BuildTag: Sendable, Hashable, Comparable, CustomStringConvertible {
  /// The leading digits' value.
  package let number: Int
  /// What follows the digits.
  package let suffix: String

  /// Reads a build tag, nil if the text does not begin with a digit or its number is beyond `Int`.
  package init?(_ text: Substring) {
    let digits = text.utf8.prefix { $0.isASCIIDigit }
    guard let number = Int(Substring(digits)) else { return nil }
    self.number = number
    suffix = String(text[digits.endIndex...])
  }

  /// The tag with its number in decimal: `2cu118`.
  package var description: String { "\(number)\(suffix)" }

  package static func < (left: BuildTag, right: BuildTag) -> Bool {
    left.number == right.number ? left.suffix < right.suffix : left.number < right.number
  }
}
