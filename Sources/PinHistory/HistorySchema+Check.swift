import SQLite

extension HistorySchema {
  /// The version of a history's schema; nil of a file that nothing was ever made in.
  ///
  /// - Throws: `.corrupt` if the tables aren't those of the version: the file was changed by who doesn't know its rules.
  ///   `.mismatch` if it isn't for this repin to judge: another program's, or a newer one's.
  static func check(_ connection: Connection) throws(SQLiteError) -> Int? {
    let header = try Header(connection)
    if header.isEmpty { return nil }
    func failure(_ code: SQLiteError.Code, _ message: String) -> SQLiteError {
      SQLiteError(extendedCode: code.rawValue, message: message, sql: nil, path: connection.path)
    }
    guard header.applicationID == applicationID, header.version <= version else {
      throw failure(.mismatch, "it isn't a history that this repin knows")
    }
    guard header.version > 0 else { throw failure(.corrupt, "its schema has no version") }
    let found = try objects(of: connection)
    let expected = try expected.get()[header.version - 1]
    for (name, sql) in expected.sorted(by: { $0.key < $1.key }) where found[name] != sql {
      let finding = found[name] == nil ? "is missing" : "isn't that of version \(header.version)"
      throw failure(.corrupt, "its table or index `\(name)` \(finding)")
    }
    return header.version
  }

  /// What a database says it is.
  struct Header {
    let applicationID: Int32
    let version: Int
    /// Nothing was ever made in it.
    let isEmpty: Bool

    init(_ connection: Connection) throws(SQLiteError) {
      // One statement sees one state: another process may be making the file.
      let found = try connection.prepare(
        """
        SELECT (SELECT application_id FROM pragma_application_id),
          (SELECT user_version FROM pragma_user_version), (SELECT count(*) FROM sqlite_schema)
        """
      ).first { (row) throws(SQLiteError) in
        (id: row.integer(at: 0), version: row.integer(at: 1), tables: row.integer(at: 2))
      }
      applicationID = Int32(truncatingIfNeeded: found?.id ?? 0)
      version = Int(found?.version ?? 0)
      let tables = found?.tables
      isEmpty = applicationID == 0 && version == 0 && tables == 0
    }
  }

  /// What statements rely on, in each version, by name.
  private static let expected = Result { () throws(SQLiteError) -> [[String: String]] in
    let connection = try Connection(path: ":memory:")
    var versions: [[String: String]] = []
    for migration in migrations {
      try connection.execute(script: migration)
      versions.append(try objects(of: connection))
    }
    return versions
  }

  /// The tables and the indexes that keep rows unique, by name. Other indexes only make it fast; and who adds some, or
  /// has SQLite analyse them, does no harm.
  private static func objects(of connection: Connection) throws(SQLiteError) -> [String: String] {
    var objects: [String: String] = [:]
    let sql = "SELECT name, sql FROM sqlite_schema WHERE type = 'table' OR sql LIKE 'CREATE UNIQUE INDEX %'"
    try connection.prepare(sql).query { (row) throws(SQLiteError) in
      objects[row.text(at: 0)] = row.text(at: 1)
    }
    return objects
  }
}
