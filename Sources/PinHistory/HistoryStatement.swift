/// What changes a history, each with its parameters in the order of their numbers.
enum HistoryStatement: String, CaseIterable {
  case addLockfile = """
    INSERT INTO lockfile (repository, path) VALUES (?, ?) ON CONFLICT DO NOTHING
    """

  // MARK: Snapshots

  case addSnapshot = """
    INSERT INTO snapshot (lockfile, taken_at, source, "commit", digest) VALUES (?, ?, ?, ?, ?)
    """
  case moveSnapshot = """
    UPDATE snapshot SET taken_at = ?2, source = ?3, "commit" = ?4 WHERE id = ?1
    """
  case addSighting = """
    INSERT INTO sighting (lockfile, seen_at, snapshot, source, "commit") VALUES (?, ?, ?, ?, ?)
    """
  case sightingAt = """
    SELECT source, "commit" FROM sighting WHERE lockfile = ? AND seen_at = ?
    """
  case removeSighting = """
    DELETE FROM sighting WHERE lockfile = ? AND seen_at = ?
    """
  case moveSightings = """
    UPDATE sighting SET snapshot = ? WHERE lockfile = ? AND seen_at > ? AND seen_at < ?
    """

  // MARK: Pins

  case addPin = """
    INSERT INTO pin (lockfile, package, version, written, pinned_at, replaced_at, first_snapshot, last_snapshot)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?)
    """
  /// The row that a time falls into, or the last before it.
  case pinRow = """
    SELECT pinned_at, replaced_at, written, last_snapshot FROM pin
    WHERE lockfile = ? AND package = ? AND version = ? AND pinned_at <= ? ORDER BY pinned_at DESC LIMIT 1
    """
  case endPin = """
    UPDATE pin SET replaced_at = ?5, last_snapshot = ?6
    WHERE lockfile = ?1 AND package = ?2 AND version = ?3 AND pinned_at = ?4
    """
  case extendPin = """
    UPDATE pin SET pinned_at = ?5, first_snapshot = ?6, written = ?7
    WHERE lockfile = ?1 AND package = ?2 AND version = ?3 AND pinned_at = ?4
    """
  /// What ends at a time was last seen in the snapshot before it.
  case correctLast = """
    UPDATE pin SET last_snapshot =
      (SELECT id FROM snapshot WHERE lockfile = ?1 AND taken_at < ?2 ORDER BY taken_at DESC LIMIT 1)
    WHERE lockfile = ?1 AND replaced_at = ?2
    """

  // MARK: Imports

  /// What was known of a newer commit stays where git has nothing of the file any more.
  case finishImport = """
    INSERT INTO import (lockfile, finished_at, "commit", shallow) VALUES (?, ?, ?, ?)
    ON CONFLICT DO UPDATE SET
      finished_at = excluded.finished_at, "commit" = coalesce(excluded."commit", "commit"),
      shallow = excluded.shallow
    """

  // MARK: Releases

  /// What isn't known any more stays as it was known.
  case addRelease = """
    INSERT INTO release (package, version, written, uploaded_at, yanked, yanked_reason, "index")
    VALUES (?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT DO UPDATE SET
      uploaded_at = coalesce(excluded.uploaded_at, uploaded_at), yanked = excluded.yanked,
      yanked_reason = excluded.yanked_reason
    WHERE yanked IS NOT excluded.yanked OR yanked_reason IS NOT excluded.yanked_reason
      OR uploaded_at IS NOT coalesce(excluded.uploaded_at, uploaded_at)
    """

  // MARK: Findings

  case addFinding = """
    INSERT INTO finding (lockfile, package, version, kind, key, written, severity, first_seen, last_seen)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?8)
    ON CONFLICT (lockfile, package, version, kind, key) WHERE resolved_at IS NULL DO UPDATE SET
      severity = iif(excluded.last_seen >= last_seen, excluded.severity, severity),
      first_seen = min(first_seen, excluded.first_seen), last_seen = max(last_seen, excluded.last_seen)
    """
  /// All that are open and not known to have been there later.
  case seeAllFindings = """
    UPDATE finding SET last_seen = ?2 WHERE lockfile = ?1 AND resolved_at IS NULL AND last_seen < ?2
    """
  case seeFinding = """
    UPDATE finding SET last_seen = ?6
    WHERE lockfile = ?1 AND package = ?2 AND version = ?3 AND kind = ?4 AND key = ?5 AND resolved_at IS NULL
    """
  case resolveFinding = """
    UPDATE finding SET resolved_at = ?6
    WHERE lockfile = ?1 AND package = ?2 AND version = ?3 AND kind = ?4 AND key = ?5 AND resolved_at IS NULL
      AND last_seen <= ?6
    """

  /// All that are open were there at a time.
  case seeAllAgain = """
    INSERT INTO findings_seen (lockfile, seen_at) VALUES (?, ?)
    ON CONFLICT DO UPDATE SET seen_at = max(seen_at, excluded.seen_at)
    """
  case forgetSeen = """
    DELETE FROM findings_seen WHERE lockfile = ?
    """

  // MARK: Runs

  case startRun = """
    INSERT INTO run (lockfile, started_at) VALUES (?, ?)
    """
  case addRun = """
    INSERT INTO run (lockfile, started_at, finished_at, outcome, due, detail) VALUES (?, ?, ?, ?, ?, ?)
    """
  case finishRun = """
    UPDATE run SET finished_at = ?2, outcome = ?3, due = ?4, detail = ?5 WHERE id = ?1
    """

  // MARK: Ticks

  case startTick = """
    INSERT INTO tick (repository, path, started_at, reasons) VALUES (?, ?, ?, '')
    """
  case decideTick = """
    UPDATE tick SET reasons = ?2 WHERE id = ?1
    """
  case finishTick = """
    UPDATE tick SET finished_at = ?2, outcome = ?3, served_window = ?4, digest = ?5, detail = ?6 WHERE id = ?1
    """
}
