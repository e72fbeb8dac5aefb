/// The name of a project, in PEP 503's normalised form.
///
/// Invariant: `normalized` matches `[a-z0-9]+(-[a-z0-9]+)*`, so two spellings of one project are equal.
/// Example: `PackageName("Foo__Bar.baz").normalized == "foo-bar-baz"`.
package struct PackageName: Sendable, Hashable, Comparable, CustomStringConvertible {
  /// The name in lower case, with every run of `-`, `_` and `.` written as one `-` (PEP 503, "Normalized Names").
  package let normalized: String

  /// Reads a name in any spelling.
  ///
  ///     name = alphanumeric ((alphanumeric | "." | "_" | "-")* alphanumeric)?
  ///
  /// - Throws: `NameError` when the text is no name (core metadata specification, "Name").
  package init(_ text: String) throws(NameError) {
    normalized = try NameNormalization.validated(text)
  }

  /// The normalised name.
  package var description: String { normalized }

  /// Orders by the bytes of the normalised names, as Python orders them.
  package static func < (left: PackageName, right: PackageName) -> Bool {
    left.normalized < right.normalized
  }
}
