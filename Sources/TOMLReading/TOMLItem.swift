/// A value and where it is written.
package struct TOMLItem: Sendable, Hashable {
  /// The value.
  package let value: TOMLValue
  /// Where the value begins: the opening quote of a string, the bracket of an array, the brace of an inline table; of
  /// another table the key that makes it.
  package let place: TOMLPlace
  /// Where the text of a string begins, if it is written as it is, without an escape.
  let textStart: TOMLPlace?

  /// The place of a string's part by its offset in UTF-8 bytes.
  ///
  /// This is the value's own place where an escape stands between what is written and what is meant, and for what is no
  /// string.
  /// Example: in `"flask>=x"` that stands at `3:5`, offset 7 is at `3:13`.
  package func place(atOffset offset: Int) -> TOMLPlace {
    guard case .string(let text) = value, let textStart else { return place }
    return text.utf8.prefix(offset).reduce(textStart) { $0.after($1) }
  }
}
