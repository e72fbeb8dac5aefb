/// What an index says of a project as a whole (PEP 792).
package struct ProjectStatus: Sendable, Hashable {
  /// The status markers of PEP 792.
  package enum Marker: String, Sendable, Hashable, CaseIterable {
    /// Nothing out of the ordinary.
    case active
    /// No more releases are to be expected.
    case archived
    /// Considered unsafe: the index offers none of its files.
    case quarantined
    /// Obsolete, perhaps superseded by another project.
    case deprecated
  }

  package let marker: Marker
  /// Why, nil if nobody said. Without control characters.
  package let reason: String?

  package init(marker: Marker, reason: String? = nil) {
    self.marker = marker
    self.reason = reason
  }
}
