/// The name of an optional feature of a project, in PEP 685's normalised form.
///
/// Invariant: `normalized` matches `[a-z0-9]+(-[a-z0-9]+)*`.
/// Example: `ExtraName("Dev_Tools").normalized == "dev-tools"`.
package struct ExtraName: Sendable, Hashable, Comparable, CustomStringConvertible {
  /// The name in lower case, with every run of `-`, `_` and `.` written as one `-` (PEP 685).
  package let normalized: String

  /// Reads an extra's name in any spelling; the grammar is that of `PackageName`.
  ///
  /// - Throws: `NameError` when the text is no name.
  package init(_ text: String) throws(NameError) {
    normalized = try NameNormalization.validated(text)
  }

  /// The normalised name.
  package var description: String { normalized }

  /// Orders by the bytes of the normalised names, as Python orders them.
  package static func < (left: ExtraName, right: ExtraName) -> Bool {
    left.normalized < right.normalized
  }
}
