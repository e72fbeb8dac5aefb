import JSONReading
import PythonPackaging

/// Reads a record's members; the entries for packages in `AdvisoryRecordReader+Affected.swift`.
struct AdvisoryRecordReader {
  struct Failure: Error {
    let offset: Int
    let reason: AdvisoryRecordError.Reason

    init(_ error: JSONError) {
      offset = error.offset
      reason = .json(error)
    }

    init(offset: Int, _ reason: AdvisoryRecordError.Reason) {
      self.offset = offset
      self.reason = reason
    }
  }

  /// A text of the record, and where it stands.
  private struct Text {
    let value: String
    let offset: Int
  }

  var scanner: JSONScanner
  /// The record's id as it is written, once it has been met.
  private(set) var id: String?
  private var idOffset = 0
  private var schema: Text?
  private var modified: Text?
  private var published: Int64?
  private var withdrawn: Int64?
  private var isWithdrawalUnreadable = false
  private var aliases: [AdvisoryID] = []
  private var unusableAliases = 0
  private var summary = ""
  private var details: (text: String, isCut: Bool) = ("", false)
  private var references: [AdvisoryRecord.Reference] = []
  private var severities: [SeverityVector] = []
  private var databaseSeverity: String?

  init(_ json: [UInt8]) {
    scanner = JSONScanner(json)
  }

  mutating func record() throws(Failure) -> AdvisoryRecord {
    var affected = AffectedEntries()
    do throws(JSONError) { try scanner.beginObject() } catch { throw Failure(error) }
    while let member = try nextName() {
      if scanner.value(of: member, is: "affected") {
        affected = try affectedEntries()
      } else if scanner.value(of: member, is: "severity") {
        severities = try readSeverities()
      } else if scanner.value(of: member, is: "aliases") {
        try readAliases()
      } else {
        do throws(JSONError) { try read(member) } catch { throw Failure(error) }
      }
    }
    do throws(JSONError) { try scanner.finish() } catch { throw Failure(error) }
    return try record(affected)
  }

  private mutating func read(_ member: JSONText) throws(JSONError) {
    if scanner.value(of: member, is: "details") {
      details = try readDetails()
    } else if scanner.value(of: member, is: "references") {
      try readReferences()
    } else if scanner.value(of: member, is: "id") {
      let text = try readText()
      id = text?.value
      idOffset = text?.offset ?? 0
    } else if scanner.value(of: member, is: "modified") {
      modified = try readText()
    } else if scanner.value(of: member, is: "published") {
      published = try scanner.textIfString().flatMap { moment($0) }
    } else if scanner.value(of: member, is: "withdrawn") {
      let text = try scanner.textIfString()
      withdrawn = text.flatMap { moment($0) }
      isWithdrawalUnreadable = text != nil && withdrawn == nil
    } else if scanner.value(of: member, is: "summary") {
      summary = try scanner.textIfString().map { line(scanner.string(of: $0)) } ?? ""
    } else if scanner.value(of: member, is: "schema_version") {
      schema = try readText()
    } else if scanner.value(of: member, is: "database_specific") {
      try readDatabaseSpecific()
    } else {
      try scanner.skipValue()
    }
  }

  /// The record, once all its members are read.
  private func record(_ affected: AffectedEntries) throws(Failure) -> AdvisoryRecord {
    // A record without a version is of the first schema.
    if let schema {
      let major = schema.value.prefix { $0 != "." }
      guard major == "1" else { throw Failure(offset: schema.offset, .schema(schema.value)) }
    }
    guard let written = id else { throw Failure(offset: scanner.offset, .noID) }
    guard let id = AdvisoryID(written) else { throw Failure(offset: idOffset, .id(written)) }
    guard let modified else { throw Failure(offset: scanner.offset, .noModified) }
    guard let changed = Timestamp.milliseconds(modified.value) else {
      throw Failure(offset: modified.offset, .modified(modified.value))
    }
    var skipped = affected.skipped
    // What isn't surely taken back still holds.
    skipped.others += unusableAliases + (isWithdrawalUnreadable ? 1 : 0)
    return AdvisoryRecord(
      id: id, modified: AdvisoryRecordReader.seconds(changed), published: published, withdrawn: withdrawn,
      aliases: aliases, summary: summary, details: details.text, isDetailsCut: details.isCut,
      references: references, severities: severities, databaseSeverity: databaseSeverity,
      affected: affected.packages, skipped: skipped)
  }

  // MARK: Members

  private mutating func readText() throws(JSONError) -> Text? {
    // A number is taken as it is written: what a source took from YAML may have become one.
    if try scanner.kind() == .number {
      let start = scanner.offset
      try scanner.skipValue()
      return Text(
        value: String(decoding: scanner.bytes[start..<scanner.offset], as: UTF8.self), offset: start)
    }
    return try scanner.textIfString().map {
      Text(value: scanner.string(of: $0), offset: $0.range.lowerBound)
    }
  }

  private mutating func readAliases() throws(Failure) {
    (aliases, unusableAliases) = ([], 0)
    guard try begins(.array) else { return }
    var count = 0
    while try nextElement() {
      try check(&count, .aliases, limit: AdvisoryRecord.Limit.aliases)
      if let alias = try text().flatMap({ AdvisoryID(scanner.string(of: $0)) }) {
        aliases.append(alias)
      } else {
        unusableAliases += 1
      }
    }
  }

  /// Severities of the record or of a package; those that are too long to be any are left out.
  mutating func readSeverities() throws(Failure) -> [SeverityVector] {
    var severities: [SeverityVector] = []
    guard try begins(.array) else { return severities }
    var count = 0
    while try nextElement() {
      try check(&count, .severities, limit: AdvisoryRecord.Limit.severities)
      guard try begins(.object) else { continue }
      var (type, score): (JSONText?, JSONText?)
      while let member = try nextName() {
        if scanner.value(of: member, is: "type") {
          type = try text()
        } else if scanner.value(of: member, is: "score") {
          score = try text()
        } else {
          try skipValue()
        }
      }
      guard let type, let score, max(type.range.count, score.range.count) <= SeverityVector.greatestLength
      else { continue }
      severities.append(SeverityVector(type: scanner.string(of: type), text: scanner.string(of: score)))
    }
    return severities
  }

  private mutating func readReferences() throws(JSONError) {
    references = []
    guard try scanner.kind() == .array else { return try scanner.skipValue() }
    try scanner.beginArray()
    while try scanner.nextElement() {
      guard try scanner.kind() == .object else {
        try scanner.skipValue()
        continue
      }
      var (type, url): (String?, String?)
      try scanner.beginObject()
      while let member = try scanner.nextName() {
        if scanner.value(of: member, is: "type") {
          type = try shortText(limit: 32)
        } else if scanner.value(of: member, is: "url") {
          url = try shortText(limit: AdvisoryRecord.Limit.url)
        } else {
          try scanner.skipValue()
        }
      }
      guard references.count < AdvisoryRecord.Limit.references, let url, isWebAddress(url) else { continue }
      let isWord = type?.utf8.allSatisfy { (0x41...0x5A).contains($0) } == true
      references.append(AdvisoryRecord.Reference(type: isWord ? type ?? "WEB" : "WEB", url: url))
    }
  }

  private mutating func readDetails() throws(JSONError) -> (text: String, isCut: Bool) {
    guard let text = try scanner.textIfString() else { return ("", false) }
    let details = scanner.string(of: text)
    guard details.utf8.count > AdvisoryRecord.Limit.details else { return (details, false) }
    var scalars = details.utf8.prefix(AdvisoryRecord.Limit.details)
    // Not within a scalar: what follows must not be the rest of one.
    while scalars.endIndex > scalars.startIndex, details.utf8[scalars.endIndex] & 0xC0 == 0x80 {
      scalars = scalars.dropLast()
    }
    return (String(decoding: scalars, as: UTF8.self), true)
  }

  private mutating func readDatabaseSpecific() throws(JSONError) {
    databaseSeverity = nil
    guard try scanner.kind() == .object else { return try scanner.skipValue() }
    try scanner.beginObject()
    while let member = try scanner.nextName() {
      if scanner.value(of: member, is: "severity") {
        databaseSeverity = try shortText(limit: 32)
      } else {
        try scanner.skipValue()
      }
    }
  }

  /// A string of at most `limit` bytes.
  private mutating func shortText(limit: Int) throws(JSONError) -> String? {
    guard let text = try scanner.textIfString(), text.range.count <= limit * 6 else { return nil }
    let string = scanner.string(of: text)
    return string.utf8.count <= limit ? string : nil
  }
}
