/// One scheduled look at a lockfile, or one begun by a person. All times are in seconds since 1970-01-01 00:00 UTC.
package struct Run: Sendable, Hashable {
  /// Its number in the history, by which it is finished.
  package struct ID: Sendable, Hashable {
    let row: Int64
  }

  /// How it ended.
  package struct End: Sendable, Hashable {
    /// When.
    package var at: Int64
    /// In one word of the caller's, such as `unchanged`, `updated` or `failed`.
    package var outcome: String
    /// When the next rebuild is due; nil if none is.
    package var due: Int64?
    /// What a person should know of it; nil if nothing.
    package var detail: String?

    /// An end of its parts.
    package init(at: Int64, outcome: String, due: Int64? = nil, detail: String? = nil) {
      self.at = at
      self.outcome = outcome
      self.due = due
      self.detail = detail
    }
  }

  /// Its number.
  package var id: ID
  /// When it began.
  package var startedAt: Int64
  /// How it ended; nil if it goes on, or was ended before it could tell.
  package var end: End?
}
