import FoundationEssentials
import Testing

/// A table of `Fixtures/oracle`: what `packaging` says, written by `scripts/oracle.d`.
struct OracleTable {
  /// One line of a table.
  struct Row {
    /// The line as it stands in the file, which also names the row in a list of known differences.
    let line: String
    /// The fields, escapes resolved.
    let fields: [String]

    /// The space-separated items of a field.
    func items(_ index: Int) -> [String] { fields[index].split(separator: " ").map(String.init) }
  }

  /// The rows by their first field, in the order of the file.
  private let rows: [String: [Row]]

  init(_ name: String) throws {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let data = try Data(contentsOf: root.appending(path: "Fixtures/oracle/\(name)"))
    var rows: [String: [Row]] = [:]
    for line in String(decoding: data, as: UTF8.self).split(separator: "\n") where !line.hasPrefix("#") {
      let fields = line.split(separator: "\t", omittingEmptySubsequences: false).map(OracleTable.unescape)
      rows[fields[0], default: []].append(Row(line: String(line), fields: fields))
    }
    self.rows = rows
  }

  /// The rows whose first field is `kind`; it is an error if there are fewer than `minimum`.
  func rows(_ kind: String, atLeast minimum: Int) throws -> [Row] {
    let found = rows[kind, default: []]
    try #require(found.count >= minimum)
    return found
  }

  private static func unescape(_ text: Substring) -> String {
    guard text.contains("\\") else { return String(text) }
    let parts = text.split(separator: "\\u", omittingEmptySubsequences: false)
    return parts.dropFirst().reduce(into: String(parts.first ?? "")) { result, part in
      if let value = UInt32(part.prefix(4), radix: 16), let scalar = Unicode.Scalar(value) {
        result.unicodeScalars.append(scalar)
      }
      result += part.dropFirst(4)
    }
  }
}
