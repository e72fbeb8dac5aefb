import Glibc
import PythonPackaging
import SQLite
import TestSupport
import Testing

@testable import PinHistory

@Suite("What docs/history.md says")
struct HistoryDocumentTests {
  static let text: String = {
    let path = "/" + #filePath.split(separator: "/").dropLast(3).joined(separator: "/") + "/docs/history.md"
    guard let file = fopen(path, "r") else { return "" }
    defer { fclose(file) }
    var bytes = [UInt8](repeating: 0, count: 1 << 16)
    let count = fread(&bytes, 1, bytes.count, file)
    return String(decoding: bytes.prefix(count), as: UTF8.self)
  }()

  /// The document's questions, in its order.
  static let statements = text.split(separator: "```sql\n").dropFirst().map {
    String($0.split(separator: "\n```")[0])
  }

  /// What each question answers of the history below.
  static let answers: [[String]] = [
    [
      "dev.txt|click|8.1.0|DATE100|100", "a/requirements.txt|click|8.1|DATE90|90",
      "dev.txt|flask|3.0.1|DATE80|80", "a/requirements.txt|flask|3.1.0|DATE10|10",
    ],
    [
      "a/requirements.txt|3.0.0|DATE90|50|0", "a/requirements.txt|3.1.0|DATE40|20|0",
      "a/requirements.txt|3.0.0|DATE20|10|0", "a/requirements.txt|3.1.0|DATE10|10|1",
      "dev.txt|3.0.0|DATE100|20|0", "dev.txt|3.0.1|DATE80|80|1",
    ],
    [],
    ["click|2|1", "flask|2|2"],
    ["dev.txt|flask|3.0.1|vulnerable|GHSA-1|high|30", "a/requirements.txt|flask|3.1.0|yanked|||5"],
  ]

  @Test("Its questions, word for word")
  func questions() throws {
    let fixture = HistoryFixture()
    let now = secondsSince1970()
    try fill(fixture.open(), now)
    let connection = try Connection(path: fixture.path)
    try #require(Self.statements.count == Self.answers.count)
    for (question, answer) in zip(Self.statements, Self.answers) {
      let lines = try lines(question, connection)
      if answer.isEmpty {
        // Months, by the days they hold.
        let days = [80, 40, 20, 10].map { "\(date(now, $0).prefix(7))" }
        let months = Dictionary(grouping: days) { $0 }.map { "\($0)|\($1.count)" }.sorted()
        #expect(lines == months)
      } else {
        let dated = answer.map { line in
          line.split(separator: "|", omittingEmptySubsequences: false).map { part in
            part.hasPrefix("DATE") ? date(now, Int(part.dropFirst(4)) ?? 0) : String(part)
          }.joined(separator: "|")
        }
        #expect(lines == dated)
      }
    }
  }

  private func fill(_ history: PinHistory, _ now: Int64) throws {
    let repository = "https://git.example/shop.git"
    let first = LockfileIdentity(repository: repository, path: "a/requirements.txt")
    let second = LockfileIdentity(repository: repository, path: "dev.txt")
    for (lockfile, days, pins) in [
      (first, 90, "flask==3.0.0 click==8.1"), (first, 40, "flask==3.1.0 click==8.1"),
      (first, 20, "flask==3.0.0 click==8.1"), (first, 10, "flask==3.1.0 click==8.1"),
      (second, 100, "flask==3.0.0 click==8.1.0"), (second, 80, "flask==3.0.1 click==8.1.0"),
    ] {
      try history.record(
        Snapshot(
          lockfile: lockfile, takenAt: time(now, days), source: .check, digest: pins, pins: pinList(pins)))
    }
    let flask = Finding(pin: try pin("flask==3.0.1"), kind: .vulnerable, key: "GHSA-1", severity: "high")
    let stale = Finding(pin: try pin("flask==3.0.1"), kind: .stale)
    try history.record(findings: [flask, stale], for: second, at: time(now, 30))
    try history.record(findings: [flask], for: second, at: time(now, 5))
    try history.record(
      findings: [Finding(pin: try pin("flask==3.1.0"), kind: .yanked)], for: first, at: time(now, 5))
  }

  /// So many days and a half ago: the days are the same a moment later.
  private func time(_ now: Int64, _ days: Int) -> Int64 { now - Int64(days) * 86_400 - 43_200 }

  private func date(_ now: Int64, _ days: Int) -> String {
    String(UploadTime(milliseconds: time(now, days) * 1000).description.prefix(10))
  }

  private func lines(_ sql: String, _ connection: Connection) throws -> [String] {
    var lines: [String] = []
    try connection.prepare(sql).query { (row) throws(SQLiteError) in
      lines.append((0..<row.columnCount).map { row.text(at: $0) }.joined(separator: "|"))
    }
    return lines
  }

  @Test("Every column is told, and the numbers are those of the schema")
  func columns() throws {
    let history = try HistoryFixture().open()
    let columns = try history.read { (connection) throws(SQLiteError) in
      var columns: [(table: String, column: String)] = []
      let sql = """
        SELECT t.name, c.name FROM sqlite_schema AS t, pragma_table_info(t.name) AS c WHERE t.type = 'table'
        """
      try connection.prepare(sql).query { (row) throws(SQLiteError) in
        columns.append((row.text(at: 0), row.text(at: 1)))
      }
      return columns
    }
    #expect(columns.count > 30)
    for (table, column) in columns {
      let section = Self.text.split(separator: "\n`\(table)`: ").dropFirst().first?.split(separator: "\n`")
        .first
      let rows = section?.split(separator: "\n").filter { $0.hasPrefix("| `") } ?? []
      #expect(rows.contains { $0.split(separator: " | ")[0].contains("`\(column)`") }, "\(table).\(column)")
    }
    #expect(Self.text.contains("the schema's version, \(HistorySchema.version) today"))
    #expect(Self.text.contains("`PRAGMA application_id` is \(HistorySchema.applicationID)"))
  }
}
