import PythonPackaging
import SQLite

extension SQLiteError {
  /// The cache's file isn't what this program makes of it: only beginning it anew helps.
  var meansUnreadableCache: Bool { meansDamagedFile || code == .mismatch || code == .error }
}

extension CacheFile {
  /// Opens the file as it is; nil: there is none, or nothing is in it.
  func openExisting() throws(SQLiteError) -> Connection? {
    guard exists else { return nil }
    let connection = try Connection(path: path, access: .readWrite, busyTimeout: 20_000)
    let version = try connection.schemaVersion
    if version == 0 { return nil }
    guard version == CacheFile.format else {
      throw SQLiteError(
        extendedCode: SQLiteError.Code.mismatch.rawValue, message: "schema version \(version)", sql: nil,
        path: path)
    }
    try connection.run("PRAGMA synchronous = OFF")
    return connection
  }

  /// Adds what is in it.
  func add(to contents: inout CacheContents, _ connection: Connection) throws(SQLiteError) {
    func amounts(_ sql: String, _ kinds: [CacheContents.Kind]) throws(SQLiteError) {
      try connection.prepare(sql).query { (row) throws(SQLiteError) in
        contents.add(
          kinds[min(Int(row.integer(at: 0)), kinds.count - 1)], count: row.integer(at: 1),
          bytes: row.integer(at: 2))
      }
    }
    try amounts("SELECT 0, count(*), sum(size) FROM use WHERE kind = 0", [.pages])
    try amounts(
      """
      SELECT key GLOB 'built *' OR key GLOB 'archive *' OR key GLOB 'git *' AS part, count(*), sum(size)
      FROM metadata JOIN use ON use.kind = 1 AND use.id = metadata.id GROUP BY part
      """, [.metadata, .builds])
    try amounts(
      """
      SELECT key GLOB 'find-links *' AS part, count(*), sum(size)
      FROM fact JOIN use ON use.kind = 2 AND use.id = fact.id GROUP BY part
      """, [.interpreters, .links])
  }

  /// Removes what was last of use before a day.
  func removeUnused(since day: Int64, _ connection: Connection) throws(SQLiteError) {
    try connection.transaction(.immediate) { () throws(SQLiteError) in
      for kind in CacheRow.Kind.allCases {
        try connection.run(
          "DELETE FROM \(kind.table) WHERE id IN (SELECT id FROM use WHERE kind = ? AND day < ?)",
          [.integer(kind.rawValue), .integer(day)])
      }
      try connection.run("DELETE FROM use WHERE day < ?", [.integer(day)])
      try connection.run("DELETE FROM source WHERE id NOT IN (SELECT source FROM page)")
    }
  }

  /// Removes pages and metadata of projects.
  func remove(_ projects: Set<PackageName>, _ connection: Connection) throws(SQLiteError) {
    try connection.transaction(.immediate) { () throws(SQLiteError) in
      var rows: [CacheRow] = []
      for project in projects {
        try connection.prepare("SELECT id FROM page WHERE project = ?").query([.text(project.normalized)]) {
          (row) throws(SQLiteError) in rows.append(CacheRow(.page, row.integer(at: 0)))
        }
      }
      try connection.prepare("SELECT id, bytes FROM metadata").query { (row) throws(SQLiteError) in
        if let project = CompactMetadata.project(of: row.blob(at: 1)), projects.contains(project) {
          rows.append(CacheRow(.metadata, row.integer(at: 0)))
        }
      }
      for row in rows { try row.remove(from: connection) }
    }
  }

  /// Removes everything, in place: another process that has the file open finds it empty, and fills it again.
  func removeAll(_ connection: Connection) throws(SQLiteError) {
    try connection.transaction(.immediate) { () throws(SQLiteError) in
      for table in CacheRow.Kind.allCases.map(\.table) + ["use", "source"] {
        try connection.run("DELETE FROM \(table)")
      }
    }
  }

  /// Gives back to the system what is free in the file. Where another process is busy with it, that is left for another time.
  func shrink(_ connection: Connection) throws(SQLiteError) {
    if try CacheSpace(of: connection).free > 0 { try? connection.run("VACUUM") }
    try connection.run("PRAGMA busy_timeout = 500")
    try? connection.run("PRAGMA wal_checkpoint(TRUNCATE)")
  }
}
