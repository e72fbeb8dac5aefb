package import PythonPackaging

/// What tells whether a file of an index can be had and used, without where it is and what it is told by.
package struct FileAvailability: Sendable, Hashable {
  /// Its format, and the version and tags that its name has; nil for a wheel that can't be for the environment.
  package var kind: Distribution.Kind?
  /// `Requires-Python`, as it is written.
  package var requiresPython: String?
  /// When it was uploaded, in milliseconds since 1970-01-01 00:00 UTC; nil if the index doesn't tell.
  package var uploadedAt: Int64?
  /// Whether and why it is yanked (PEP 592).
  package var yanked: Distribution.Yank?

  init(kind: Distribution.Kind?, requiresPython: String?) {
    self.kind = kind
    self.requiresPython = requiresPython
  }
}
