import PythonPackaging
import SQLite
import TestSupport

@testable import PinHistory

/// A history in a directory of its own.
struct HistoryFixture {
  let directory = TemporaryDirectory()
  let lockfile = LockfileIdentity(repository: "https://git.example/shop.git", path: "requirements.txt")

  var path: String { directory.file("history.sqlite") }

  func open(
    _ access: PinHistory.Access = .writing, busyTimeout: Int32 = 30_000
  ) throws(PinHistoryError) -> PinHistory {
    try PinHistory(path: path, access: access, busyTimeout: busyTimeout, now: { 1_769_851_800 })
  }

  /// A snapshot of `flask==3.0 click==8.1`; its digest is its pins and `variant`.
  func snapshot(
    _ time: Int64, _ pins: String, source: Snapshot.Source = .check, commit: String? = nil,
    variant: String = "",
    lockfile: LockfileIdentity? = nil
  ) throws -> Snapshot {
    Snapshot(
      lockfile: lockfile ?? self.lockfile, takenAt: time, source: source, commit: commit,
      digest: pins + variant, pins: try pinList(pins))
  }
}

/// `flask==3.0 click==8.1`, in the order written.
func pinList(_ text: String) throws -> [Pin] {
  try text.split(separator: " ").map { try pin(String($0)) }
}

/// `flask==3.0`.
func pin(_ text: String) throws -> Pin {
  let parts = text.split(separator: "==").map(String.init)
  return Pin(package: try PackageName(parts[0]), version: try Version(parts[1]))
}

/// Every row of the tables that snapshots fill, a line each, with times in place of numbers.
func dump(_ path: String) throws -> [String] {
  let connection = try Connection(path: path, access: .readWrite)
  var lines: [String] = []
  for sql in [
    """
    SELECT 'snapshot', path, taken_at, source, "commit", digest, '', ''
    FROM snapshot JOIN lockfile ON lockfile.id = lockfile
    """,
    """
    SELECT 'sighting', path, seen_at, sighting.source, sighting."commit", snapshot.taken_at, '', ''
    FROM sighting JOIN snapshot ON snapshot.id = snapshot JOIN lockfile ON lockfile.id = sighting.lockfile
    """,
    """
    SELECT 'pin', path, package, version || ' ' || written, pinned_at, replaced_at, first.taken_at, last.taken_at
    FROM pin JOIN lockfile ON lockfile.id = pin.lockfile
    LEFT JOIN snapshot AS first ON first.id = first_snapshot
    LEFT JOIN snapshot AS last ON last.id = last_snapshot
    """,
  ] {
    try connection.prepare(sql).query { (row) throws(SQLiteError) in
      lines.append((0..<8).map { row.optionalText(at: $0) ?? "-" }.joined(separator: "|"))
    }
  }
  return lines.sorted()
}
