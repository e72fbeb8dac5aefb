import PythonPackaging

/// The list of a source's records by the time of their last change, newest first: `modified_id.csv`.
///
///     line = time "," id        2026-01-31T09:30:00.123456Z,PYSEC-2026-1
///
/// Times are of RFC 3339. A line that isn't so is passed over and counted; an empty one isn't.
package struct ModifiedList: Sendable, Hashable {
  /// A record, and when it was changed last, in milliseconds since 1970-01-01 00:00 UTC.
  package struct Row: Sendable, Hashable {
    package var id: AdvisoryID
    package var modified: Int64
  }

  /// How the reading ended.
  package enum End: Sendable, Hashable {
    /// At a row that is no newer than what is known.
    case known
    /// At the list's end.
    case listEnd
    /// At the limit.
    case limit
    /// A row is newer than one above it, so that nobody can tell which are missing.
    case unsorted
  }

  /// The records changed since, newest first, each once.
  package var rows: [Row]
  package var end: End
  /// Lines passed over.
  package var skippedLines: Int
  /// The newest time in it; nil if no line could be read.
  package var newest: Int64?

  /// Longer lines are passed over.
  private static let longestLine = 256

  /// Reads down to the first row of a time before `since`, in milliseconds, or until it has more than `limit` records.
  package init(_ text: [UInt8], since: Int64, limit: Int) {
    rows = []
    end = .listEnd
    skippedLines = 0
    var seen: Set<AdvisoryID> = []
    var last = Int64.max
    var start = text.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    while start < text.count {
      let stop = text[start...].firstIndex(of: UInt8(ascii: "\n")) ?? text.count
      defer { start = stop + 1 }
      var line = start..<stop
      if !line.isEmpty, text[stop - 1] == UInt8(ascii: "\r") { line = start..<stop - 1 }
      if line.isEmpty { continue }
      guard let row = ModifiedList.row(line, in: text) else {
        skippedLines += 1
        continue
      }
      if newest == nil { newest = row.modified }
      if row.modified > last {
        // Also the row behind one that seemed known: a time by mistake mustn't hide what is below.
        end = .unsorted
        return
      }
      last = row.modified
      if end == .known { return }
      if row.modified < since {
        end = .known
        continue
      }
      guard seen.insert(row.id).inserted else { continue }
      if rows.count == limit {
        end = .limit
        return
      }
      rows.append(row)
    }
  }

  private static func row(_ line: Range<Int>, in text: [UInt8]) -> Row? {
    guard line.count <= longestLine, let comma = text[line].firstIndex(of: UInt8(ascii: ",")),
      let modified = Timestamp.milliseconds(line.lowerBound..<comma, in: text.span),
      let id = AdvisoryID(String(decoding: text[comma + 1..<line.upperBound], as: UTF8.self))
    else { return nil }
    return Row(id: id, modified: modified)
  }
}
