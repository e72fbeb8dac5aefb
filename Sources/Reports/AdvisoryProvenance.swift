/// Where what is said of advisories comes from, and how old it is.
package struct AdvisoryProvenance: Sendable, Hashable {
  /// The source, as it is shown to people, without credentials.
  package var source: String
  /// When it last gave or confirmed what is known, in seconds since 1970-01-01 00:00 UTC; nil: it was asked for this check.
  package var syncedAt: Int64?
  /// How many records are known; nil: they aren't counted.
  package var records: Int?
  /// How many of them couldn't be read.
  package var unreadable: Int

  package init(source: String, syncedAt: Int64? = nil, records: Int? = nil, unreadable: Int = 0) {
    self.source = source
    self.syncedAt = syncedAt
    self.records = records
    self.unreadable = unreadable
  }
}
