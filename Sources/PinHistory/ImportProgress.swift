/// How far a lockfile's git history has been imported.
///
/// An import that was ended in the middle has some commits and no `end`: the next one reads git's whole history, and of it
/// what is missing. So does one after an import from a shallow clone, whose older commits may be there now.
package struct ImportProgress: Sendable, Hashable {
  /// The time recorded for each commit that is known, in seconds since 1970-01-01 00:00 UTC, by its name in hexadecimal.
  package var commits: [String: Int64]
  /// A commit up to which all is known; nil if there is none.
  package var end: ImportWatermark?

  /// A progress of its parts; of nothing yet.
  package init(commits: [String: Int64] = [:], end: ImportWatermark? = nil) {
    self.commits = commits
    self.end = end
  }
}

/// A commit, and the time that the history has for it.
package struct ImportWatermark: Sendable, Hashable {
  /// The commit, in hexadecimal.
  package var commit: String
  /// In seconds since 1970-01-01 00:00 UTC: what is imported later is later.
  package var takenAt: Int64

  /// A watermark of its parts.
  package init(commit: String, takenAt: Int64) {
    self.commit = commit
    self.takenAt = takenAt
  }
}
