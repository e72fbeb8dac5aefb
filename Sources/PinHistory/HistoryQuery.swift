/// What is asked of a history, each with its parameters in the order of their numbers.
enum HistoryQuery: String, CaseIterable {
  case lockfiles = """
    SELECT repository, path FROM lockfile ORDER BY repository, path
    """
  case lockfileID = """
    SELECT id FROM lockfile WHERE repository = ? AND path = ?
    """

  // MARK: Snapshots

  case snapshotBefore = """
    SELECT id, taken_at, digest, source, "commit" FROM snapshot
    WHERE lockfile = ? AND taken_at <= ? ORDER BY taken_at DESC LIMIT 1
    """
  case snapshotAfter = """
    SELECT id, taken_at, digest, source, "commit" FROM snapshot
    WHERE lockfile = ? AND taken_at > ? ORDER BY taken_at LIMIT 1
    """
  case snapshotsSince = """
    SELECT id, taken_at, digest, source, "commit" FROM snapshot
    WHERE lockfile = ? AND taken_at >= ? ORDER BY taken_at
    """
  case sightingBetween = """
    SELECT seen_at FROM sighting WHERE lockfile = ? AND seen_at > ? AND seen_at < ? ORDER BY seen_at LIMIT 1
    """

  // MARK: Imports

  case isImported = """
    SELECT 1 FROM import WHERE lockfile = (SELECT id FROM lockfile WHERE repository = ? AND path = ?)
    """
  case commitsOfGit = """
    SELECT "commit", taken_at FROM snapshot WHERE lockfile = ?1 AND source = 'git' AND "commit" IS NOT NULL
    UNION ALL
    SELECT "commit", seen_at FROM sighting WHERE lockfile = ?1 AND source = 'git' AND "commit" IS NOT NULL
    """
  /// The commit up to which all was read, older ones too.
  case wholeImport = """
    SELECT "commit" FROM import WHERE lockfile = ? AND shallow = 0
    """

  // MARK: Pins

  case currentPins = """
    SELECT package, written, pinned_at FROM pin WHERE lockfile = ? AND replaced_at IS NULL
    """
  /// The plus keeps SQLite to the index by end: most ask for a time that isn't long ago.
  case pinsAsOf = """
    SELECT package, written, pinned_at FROM pin
    WHERE lockfile = ?1 AND replaced_at IS NULL AND +pinned_at <= ?2
    UNION ALL
    SELECT package, written, pinned_at FROM pin
    WHERE lockfile = ?1 AND replaced_at > ?2 AND +pinned_at <= ?2
    """
  /// What held at a time, and no more at a later one, or not all the while.
  case pinsEnded = """
    SELECT package, written FROM pin
    WHERE lockfile = ?1 AND replaced_at > ?2 AND replaced_at <= ?3 AND +pinned_at <= ?2
    """
  /// What held at a time, and not at an earlier one, or not all the while.
  case pinsBegun = """
    SELECT package, written FROM pin
    WHERE lockfile = ?1 AND pinned_at > ?2 AND pinned_at <= ?3
      AND ifnull(replaced_at, 9223372036854775807) > ?3
    """
  case timeline = """
    SELECT package, written, pinned_at, replaced_at, "commit" FROM pin
    JOIN snapshot ON snapshot.id = pin.first_snapshot
    WHERE pin.lockfile = ? AND package = ? ORDER BY pinned_at, version
    """
  /// Each pin's coming and going in the order of time.
  case pinChanges = """
    SELECT package, written, pinned_at AS moment, 1 AS begins FROM pin WHERE lockfile = ?1
    UNION ALL
    SELECT package, written, replaced_at, 0 FROM pin WHERE lockfile = ?1 AND replaced_at IS NOT NULL
    ORDER BY moment
    """

  // MARK: Releases, findings, runs

  case releases = """
    SELECT package, written, "index", uploaded_at, yanked, yanked_reason FROM release
    WHERE package = ? AND version = ? ORDER BY "index"
    """
  case openFindings = """
    SELECT package, written, kind, key, severity, first_seen, last_seen, resolved_at FROM finding
    WHERE lockfile = ? AND resolved_at IS NULL ORDER BY package, version, kind, key
    """
  case openFindingKeys = """
    SELECT package, version, kind, key, severity, last_seen FROM finding
    WHERE lockfile = ? AND resolved_at IS NULL
    """
  case openFindingCount = """
    SELECT count(*) FROM finding WHERE lockfile = ? AND resolved_at IS NULL
    """
  case findingsSeen = """
    SELECT seen_at FROM findings_seen WHERE lockfile = ?
    """
  case findingsOfPackage = """
    SELECT package, written, kind, key, severity, first_seen, last_seen, resolved_at FROM finding
    WHERE lockfile = ? AND package = ? ORDER BY first_seen, kind, key
    """
  case lastRun = """
    SELECT id, started_at, finished_at, outcome, due, detail FROM run
    WHERE lockfile = ? ORDER BY started_at DESC, id DESC LIMIT 1
    """

  // MARK: Ticks

  case lastTicks = """
    SELECT id, started_at, reasons, finished_at, outcome, served_window, digest, detail FROM tick
    WHERE repository = ?1 AND path = ?2 ORDER BY id DESC LIMIT ?3
    """
  case servedWindow = """
    SELECT max(served_window) FROM tick WHERE repository = ?1 AND path = ?2 AND served_window <= ?3
    """
  case lastRebuild = """
    SELECT id, started_at, reasons, finished_at, outcome, served_window, digest, detail FROM tick
    WHERE repository = ?1 AND path = ?2 AND digest IS NOT NULL ORDER BY id DESC LIMIT 1
    """
  case ticksSince = """
    SELECT id, started_at, reasons, finished_at, outcome, served_window, digest, detail FROM tick
    WHERE repository = ?1 AND path = ?2 AND id > ?3 ORDER BY id DESC LIMIT 1000
    """
}
