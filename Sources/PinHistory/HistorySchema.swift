/// The tables of a history, and what brings an older file up to them. `docs/history.md` says what each column means.
///
/// Invariants beside those that SQLite checks:
/// - A lockfile has at most one snapshot or sighting at any second.
/// - A snapshot's digest or pins differ from those of the snapshot before it; a time at which the same was found
///   again is a sighting.
/// - The columns of the primary key of `release` come first: SQLite's own check of integrity, in 3.40 at least, looks into
///   the wrong columns for `NULL` otherwise, as it may in any table without row ids.
/// - All open findings of a lockfile were there at its `findings_seen`, if it has one.
/// - A pin's times are `taken_at` of snapshots of its lockfile; its rows of one version don't overlap or touch.
enum HistorySchema {
  /// `repi` in ASCII, in the file's header: the file is a history of repin's.
  static let applicationID: Int32 = 0x7265_7069

  /// The version this repin writes, `PRAGMA user_version`.
  static var version: Int { migrations.count }

  /// Script *n* leads from version *n* to *n* + 1; none is ever changed once released.
  static let migrations = [first, second, third, fourth]

  private static let first = """
    PRAGMA application_id = \(applicationID);

    CREATE TABLE lockfile (
      id INTEGER PRIMARY KEY,
      repository TEXT NOT NULL,
      path TEXT NOT NULL,
      UNIQUE (repository, path)
    ) STRICT;

    CREATE TABLE snapshot (
      id INTEGER PRIMARY KEY,
      lockfile INTEGER NOT NULL REFERENCES lockfile,
      taken_at INTEGER NOT NULL,
      source TEXT NOT NULL CHECK (source IN ('compile', 'check', 'update', 'run', 'git')),
      "commit" TEXT,
      digest TEXT NOT NULL,
      UNIQUE (lockfile, taken_at)
    ) STRICT;
    CREATE INDEX snapshot_of_git ON snapshot (lockfile, taken_at) WHERE source = 'git';

    CREATE TABLE sighting (
      lockfile INTEGER NOT NULL REFERENCES lockfile,
      seen_at INTEGER NOT NULL,
      snapshot INTEGER NOT NULL REFERENCES snapshot,
      source TEXT NOT NULL CHECK (source IN ('compile', 'check', 'update', 'run', 'git')),
      "commit" TEXT,
      PRIMARY KEY (lockfile, seen_at)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX sighting_of_git ON sighting (lockfile, seen_at) WHERE source = 'git';

    CREATE TABLE pin (
      lockfile INTEGER NOT NULL REFERENCES lockfile,
      package TEXT NOT NULL,
      version TEXT NOT NULL,
      written TEXT NOT NULL,
      pinned_at INTEGER NOT NULL,
      replaced_at INTEGER,
      first_snapshot INTEGER NOT NULL REFERENCES snapshot,
      last_snapshot INTEGER REFERENCES snapshot,
      PRIMARY KEY (lockfile, package, version, pinned_at),
      CHECK (replaced_at > pinned_at),
      CHECK ((replaced_at IS NULL) = (last_snapshot IS NULL))
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX pin_by_pinned_at ON pin (lockfile, pinned_at);
    CREATE INDEX pin_by_replaced_at ON pin (lockfile, replaced_at);

    CREATE TABLE release (
      package TEXT NOT NULL,
      version TEXT NOT NULL,
      "index" TEXT NOT NULL,
      written TEXT NOT NULL,
      uploaded_at INTEGER,
      yanked INTEGER NOT NULL CHECK (yanked IN (0, 1)),
      yanked_reason TEXT,
      PRIMARY KEY (package, version, "index")
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE finding (
      lockfile INTEGER NOT NULL REFERENCES lockfile,
      package TEXT NOT NULL,
      version TEXT NOT NULL,
      written TEXT NOT NULL,
      kind TEXT NOT NULL
        CHECK (kind IN ('vulnerable', 'yanked', 'withdrawn', 'quarantined', 'archived', 'deprecated',
          'stale', 'pin-age')),
      key TEXT NOT NULL,
      severity TEXT,
      first_seen INTEGER NOT NULL,
      last_seen INTEGER NOT NULL CHECK (last_seen >= first_seen),
      resolved_at INTEGER CHECK (resolved_at >= last_seen)
    ) STRICT;
    CREATE UNIQUE INDEX finding_open ON finding (lockfile, package, version, kind, key)
      WHERE resolved_at IS NULL;
    CREATE INDEX finding_by_package ON finding (lockfile, package, first_seen);

    CREATE TABLE run (
      id INTEGER PRIMARY KEY,
      lockfile INTEGER NOT NULL REFERENCES lockfile,
      started_at INTEGER NOT NULL,
      finished_at INTEGER,
      outcome TEXT,
      due INTEGER,
      detail TEXT
    ) STRICT;
    CREATE INDEX run_by_start ON run (lockfile, started_at);
    """

  /// Whether a lockfile's git history was read to its end wasn't known before: all are read once more.
  private static let second = """
    CREATE TABLE import (
      lockfile INTEGER PRIMARY KEY REFERENCES lockfile,
      finished_at INTEGER NOT NULL,
      "commit" TEXT,
      shallow INTEGER NOT NULL CHECK (shallow IN (0, 1))
    ) STRICT;
    """

  /// A check that finds what the one before it found writes one row, and not one for each finding.
  private static let third = """
    CREATE TABLE findings_seen (
      lockfile INTEGER PRIMARY KEY REFERENCES lockfile,
      seen_at INTEGER NOT NULL
    ) STRICT;
    """

  /// What a scheduled run is about is a project, with all its lockfiles.
  private static let fourth = """
    CREATE TABLE tick (
      id INTEGER PRIMARY KEY,
      repository TEXT NOT NULL,
      path TEXT NOT NULL,
      started_at INTEGER NOT NULL,
      reasons TEXT NOT NULL,
      finished_at INTEGER,
      outcome TEXT,
      served_window INTEGER,
      digest TEXT,
      detail TEXT,
      CHECK ((finished_at IS NULL) = (outcome IS NULL))
    ) STRICT;
    CREATE INDEX tick_of_project ON tick (repository, path, id);
    """
}
