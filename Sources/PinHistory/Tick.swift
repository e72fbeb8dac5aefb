/// One scheduled run over a project: all its lockfiles, and what is built of them. All times are in seconds since
/// 1970-01-01 00:00 UTC.
package struct Tick: Sendable, Hashable {
  /// Its number in the history, by which it is finished.
  package struct ID: Sendable, Hashable {
    let row: Int64
  }

  /// How it ended.
  package struct End: Sendable, Hashable {
    /// When.
    package var at: Int64
    /// In one word of the caller's, such as `nothing`, `rebuilt` or `failed`.
    package var outcome: String
    /// The window that needs no other run; nil if none had come, or it is to be made up for.
    package var servedWindow: Int64?
    /// Of the lockfiles that it has rebuilt; nil if it hasn't.
    package var digest: String?
    /// What a person should know of it; nil if nothing.
    package var detail: String?

    /// An end of its parts.
    package init(
      at: Int64, outcome: String, servedWindow: Int64? = nil, digest: String? = nil, detail: String? = nil
    ) {
      self.at = at
      self.outcome = outcome
      self.servedWindow = servedWindow
      self.digest = digest
      self.detail = detail
    }
  }

  /// Its number.
  package var id: ID
  /// When it began.
  package var startedAt: Int64
  /// Why something was to be done, in words of the caller's; none: nothing was, or it was ended before it was known.
  package var reasons: [String]
  /// How it ended; nil if it goes on, or was ended before it could tell.
  package var end: End?
}
