/// The tables of the advisories' database, and what brings an older file up to them.
///
/// Invariants beside those that SQLite checks:
/// - `listed_at` is when a record was changed last, in milliseconds since 1970: as its source's list has it, where that
///   told, else as the record itself does.
/// - A record has a row in `affected` for every package it names, also where it was withdrawn. Every version that it affects
///   lies between `low` and `high`, which are those of a `VersionHull`.
/// - `skipped` holds at most ``greatestSkipped`` records of a source; `source.skipped` counts all.
/// - `source.records` and `source.withdrawn` count its rows in `record`, and those of them with `withdrawn`.
/// - `pass` of a record is that of its source at the time it was last read.
enum AdvisorySchema {
  /// `repa` in ASCII, in the file's header: the file is of advisories of repin's.
  static let applicationID: Int32 = 0x7265_7061

  /// The version this repin writes, `PRAGMA user_version`.
  static var version: Int { migrations.count }

  /// The most records of a source that are named as skipped.
  static let greatestSkipped = 1000

  /// Script *n* leads from version *n* to *n* + 1; none is ever changed once released.
  static let migrations = [first]

  private static let first = """
    PRAGMA application_id = \(applicationID);

    CREATE TABLE source (
      id INTEGER PRIMARY KEY,
      address TEXT NOT NULL UNIQUE,
      synced_at INTEGER NOT NULL,
      replaced_at INTEGER NOT NULL,
      archive_etag TEXT,
      archive_modified TEXT,
      list_etag TEXT,
      list_modified TEXT,
      records INTEGER NOT NULL,
      withdrawn INTEGER NOT NULL,
      skipped INTEGER NOT NULL,
      newest INTEGER NOT NULL,
      pass INTEGER NOT NULL
    ) STRICT;

    CREATE TABLE record (
      number INTEGER PRIMARY KEY,
      source INTEGER NOT NULL REFERENCES source ON DELETE CASCADE,
      id TEXT NOT NULL,
      listed_at INTEGER NOT NULL,
      withdrawn INTEGER,
      pass INTEGER NOT NULL,
      text BLOB NOT NULL,
      UNIQUE (source, id)
    ) STRICT;

    CREATE TABLE affected (
      source INTEGER NOT NULL REFERENCES source ON DELETE CASCADE,
      package TEXT NOT NULL,
      record INTEGER NOT NULL REFERENCES record ON DELETE CASCADE,
      low INTEGER,
      high INTEGER,
      PRIMARY KEY (source, package, record)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX affected_by_record ON affected (record);

    CREATE TABLE skipped (
      source INTEGER NOT NULL REFERENCES source ON DELETE CASCADE,
      id TEXT NOT NULL,
      reason TEXT NOT NULL,
      PRIMARY KEY (source, id)
    ) STRICT, WITHOUT ROWID;
    """
}
