extension AdvisoryRecord {
  /// How much of a record is read.
  package enum Limit {
    /// Bytes of the whole record; more are an error.
    package static let bytes = 16 << 20
    /// Bytes of the details; they are cut there.
    package static let details = 64 << 10
    /// Characters of the summary; it is cut there.
    package static let summary = 500
    /// References; the rest is left out.
    package static let references = 1_000
    /// Bytes of a reference's address; longer ones are left out.
    package static let url = 2_048
    /// Aliases of a record; more are an error, as are more of what follows.
    package static let aliases = 1_000
    /// Entries of packages.
    package static let packages = 20_000
    /// Versions in all entries for packages of PyPI.
    package static let versions = 200_000
    /// Ranges in the same.
    package static let ranges = 20_000
    /// Events in the same.
    package static let events = 50_000
    /// Severities of the record, and of its packages together.
    package static let severities = 1_000
  }
}
