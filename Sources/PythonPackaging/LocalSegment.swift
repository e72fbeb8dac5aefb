/// One dot-separated part of a local version: `ubuntu` and `1` in `1.0+ubuntu.1` (PEP 440, "Local version
/// identifiers").
///
/// Text sorts before numbers; text by its ASCII bytes, numbers by value: `+abc < +5 < +10`.
package enum LocalSegment: Sendable, Hashable, Comparable, CustomStringConvertible {
  /// A segment with a letter in it, in lower case.
  case text(String)
  /// A segment of digits only; leading zeros don't count.
  case number(Int)

  package static func < (left: LocalSegment, right: LocalSegment) -> Bool {
    switch (left, right) {
    case (.text(let left), .text(let right)): left < right
    case (.number(let left), .number(let right)): left < right
    case (.text, .number): true
    case (.number, .text): false
    }
  }

  /// The normal form.
  package var description: String {
    switch self {
    case .text(let text): text
    case .number(let number): String(number)
    }
  }
}
