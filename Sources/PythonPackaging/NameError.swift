/// Why a text is not a name of a project or of an extra (core metadata specification, "Name").
///
/// Example: `-flask` fails at offset 0 with `.edge`.
package struct NameError: Error, Sendable, Hashable, CustomStringConvertible {
  /// What is wrong with the name.
  package enum Reason: Sendable, Hashable {
    /// There is no text at all.
    case empty
    /// A character that no name may contain.
    case character(Character)
    /// The first or the last character is `.`, `-` or `_`; names begin and end with a letter or a digit.
    case edge(Character)
  }

  /// The name as it was given.
  package let text: String
  /// Where the fault is, in UTF-8 bytes from the start of the text.
  package let offset: Int
  /// What is wrong with the name.
  package let reason: Reason

  /// The reason as a phrase.
  package var description: String {
    switch reason {
    case .empty: "the name is empty"
    case .character(let found): "\(found.quoted) is not allowed in a name"
    case .edge(let found): "a name must begin and end with a letter or a digit, not \(found.quoted)"
    }
  }
}
