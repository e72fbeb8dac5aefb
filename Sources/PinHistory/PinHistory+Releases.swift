package import PythonPackaging
import SQLite

extension PinHistory {
  /// Records what indexes say of releases. A release that an index doesn't name any more stays: who asks for it learns
  /// that it was there. Where an index no longer says when it was uploaded, what it said before is kept.
  package func record(releases: some Sequence<Release> & Sendable) throws(PinHistoryError) {
    try write { (connection) throws(SQLiteError) in
      let statement = try connection.prepare(HistoryStatement.addRelease.rawValue)
      for release in releases {
        try statement.run([
          .text(release.package.normalized), .text(release.version.canonicalText),
          .text(release.version.description), .integer(optional: release.uploadedAt),
          .integer(release.isYanked ? 1 : 0), .text(optional: release.yankedReason), .text(release.index),
        ])
      }
    }
  }

  /// What each index ever said of a release, by index; empty if none ever had it. A pin that an index lacks today has
  /// been withdrawn if the index is here, and was never there otherwise.
  package func releases(
    of package: PackageName, _ version: Version
  ) throws(PinHistoryError) -> [Release] {
    try read { [texts] (connection) throws(SQLiteError) in
      try connection.rows(.releases, [.text(package.normalized), .text(version.canonicalText)]) {
        (row) throws(SQLiteError) in
        let pin = try texts.pin(row, at: 0, path: connection.path)
        return Release(
          package: pin.package, version: pin.version, index: row.text(at: 2),
          uploadedAt: row.optionalInteger(at: 3), isYanked: row.integer(at: 4) == 1,
          yankedReason: row.optionalText(at: 5))
      }
    }
  }
}
