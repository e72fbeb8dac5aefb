import ZipReading

/// Records out of a zip of OSV records in JSON, one `ID.json` each, all at its root: `all.zip`.
struct AdvisoryArchive: ~Copyable {
  /// What is at a name.
  enum Member {
    case record(AdvisoryRecord, text: [UInt8])
    /// What it is for an id, where its name has one.
    case skipped(SkippedRecord, AdvisoryID?)
  }

  private var file: ZipFile

  init(path: String) throws(ZipError) { file = try ZipFile(path: path) }

  /// The next member that isn't a directory; nil behind the last.
  ///
  /// - Throws: What concerns the whole file.
  mutating func next() throws(ZipError) -> Member? {
    while let entry = try file.next() {
      if entry.name.last == UInt8(ascii: "/"), entry.size == 0 { continue }
      return try member(entry)
    }
    return nil
  }

  private borrowing func member(_ entry: ZipDirectory.Entry) throws(ZipError) -> Member {
    let name = String(decoding: entry.name.prefix(400), as: UTF8.self)
    guard name.hasSuffix(".json"), let id = AdvisoryID(String(name.dropLast(5))) else {
      return .skipped(SkippedRecord(id: name, reason: "the file isn't named `ID.json`"), nil)
    }
    let text: [UInt8]
    do throws(ZipError) {
      text = try file.contents(of: entry)
    } catch {
      guard error.isOfOneEntry else { throw error }
      return .skipped(SkippedRecord(id: id.description, reason: error.description), id)
    }
    return AdvisoryArchive.member(id, text: text)
  }

  /// The record that an id stands for, if it is that one's.
  static func member(_ id: AdvisoryID, text: [UInt8]) -> Member {
    do throws(AdvisoryRecordError) {
      let record = try AdvisoryRecord(json: text)
      guard record.id == id else {
        return .skipped(
          SkippedRecord(id: id.description, reason: "the record is that of `\(record.id)`"), id)
      }
      return .record(record, text: text)
    } catch {
      return .skipped(SkippedRecord(id: id.description, reason: error.description), id)
    }
  }
}
