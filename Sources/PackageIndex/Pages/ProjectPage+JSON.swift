import JSONReading
package import PythonPackaging

extension ProjectPage {
  /// Reads a page of the simple repository API in JSON (PEPs 691, 700, 714, 792; versions 1.0 to 1.4, and any
  /// later 1.x for what they have in common).
  ///
  /// A member of another type than it should have counts as missing. Of two members with one name the last
  /// is taken.
  ///
  /// - Parameters:
  ///   - pageURL: The address the page came from, which relative addresses are relative to.
  ///   - project: The project that was asked for.
  /// - Throws: `ProjectPageError`.
  package init(json: [UInt8], pageURL: String, project: PackageName) throws(ProjectPageError) {
    let base = URLReference(pageURL.utf8)
    var reader = PageJSONReader(
      scanner: JSONScanner(json),
      builder: PageRecordBuilder(project: project, text: PageText(json), base: base, page: base))
    do throws(JSONError) {
      try reader.read()
    } catch {
      throw .json(error)
    }
    try reader.check()
    try self.init(record: reader.builder.record())
  }
}

/// Reads a project page's JSON into a record builder.
private struct PageJSONReader {
  var scanner: JSONScanner
  var builder: PageRecordBuilder
  var hasFiles = false
  var name: String?
  var version: String?

  init(scanner: JSONScanner, builder: PageRecordBuilder) {
    self.scanner = scanner
    self.builder = builder
  }

  mutating func read() throws(JSONError) {
    try scanner.beginObject()
    while let member = try scanner.nextName() {
      if scanner.value(of: member, is: "files") {
        try readFiles()
      } else if scanner.value(of: member, is: "meta") {
        try readMeta()
      } else if scanner.value(of: member, is: "name") {
        name = try scanner.textIfString().map { scanner.string(of: $0) }
      } else if scanner.value(of: member, is: "project-status") {
        try readStatus()
      } else {
        try scanner.skipValue()
      }
    }
    try scanner.finish()
  }

  /// Whether the page is what was asked for, in a version that can be read.
  func check() throws(ProjectPageError) {
    if let version { try APIVersion.check(version) }
    if let name, (try? PackageName(name)) != builder.project {
      throw .otherProject(found: PrintableText.escaped(name, limit: 200), expected: builder.project)
    }
    guard hasFiles else { throw .noFiles }
  }

  private mutating func readMeta() throws(JSONError) {
    guard try scanner.kind() == .object else { return try scanner.skipValue() }
    try scanner.beginObject()
    while let member = try scanner.nextName() {
      if scanner.value(of: member, is: "api-version") {
        version = try textOrNumber()
      } else if scanner.value(of: member, is: "_last-serial") {
        builder.lastSerial = try textOrNumber().flatMap { Int64($0) }.flatMap { $0 < 0 ? nil : $0 }
      } else {
        try scanner.skipValue()
      }
    }
  }

  private mutating func textOrNumber() throws(JSONError) -> String? {
    guard try scanner.kind() == .number else {
      return try scanner.textIfString().map { scanner.string(of: $0) }
    }
    let start = scanner.offset
    try scanner.skipValue()
    return String(decoding: scanner.bytes[start..<scanner.offset], as: UTF8.self)
  }

  private mutating func readStatus() throws(JSONError) {
    var marker: String?
    var reason: Range<Int>?
    if try scanner.kind() == .object {
      try scanner.beginObject()
      while let member = try scanner.nextName() {
        if scanner.value(of: member, is: "status") {
          marker = try scanner.textIfString().map { scanner.string(of: $0) }
        } else if scanner.value(of: member, is: "reason") {
          reason = try textIfString()
        } else {
          try scanner.skipValue()
        }
      }
    } else {
      marker = try scanner.textIfString().map { scanner.string(of: $0) }
    }
    builder.setStatus(marker: marker, reason: reason)
  }

  private mutating func readFiles() throws(JSONError) {
    builder.removeAll()
    hasFiles = try scanner.kind() == .array
    guard hasFiles else { return try scanner.skipValue() }
    try scanner.beginArray()
    while try scanner.nextElement() {
      builder.add(try readFile())
    }
  }

  private mutating func readFile() throws(JSONError) -> ListedFile {
    var file = ListedFile()
    guard try scanner.kind() == .object else {
      try scanner.skipValue()
      return file
    }
    var olderMetadata = ListedFile.CoreMetadata.unknown
    try scanner.beginObject()
    while let member = try scanner.nextName() {
      switch scanner.length(of: member) {
      case 3 where scanner.value(of: member, is: "url"): file.url = try textIfString()
      case 4 where scanner.value(of: member, is: "size"): file.size = try integerIfNumber()
      case 6 where scanner.value(of: member, is: "hashes"): try readHashes(of: &file)
      case 6 where scanner.value(of: member, is: "yanked"): file.yank = try yank()
      case 8 where scanner.value(of: member, is: "filename"): file.filename = try textIfString()
      case 11 where scanner.value(of: member, is: "upload-time"): file.uploadedAt = try uploadTime()
      case 13 where scanner.value(of: member, is: "core-metadata"): file.coreMetadata = try coreMetadata()
      case 15 where scanner.value(of: member, is: "requires-python"):
        file.requiresPython = try textIfString()
      case 18 where scanner.value(of: member, is: "dist-info-metadata"):
        olderMetadata = try coreMetadata()
      default: try scanner.skipValue()
      }
    }
    if case .unknown = file.coreMetadata { file.coreMetadata = olderMetadata }
    return file
  }

  /// The place of a string, decoded if it has escapes; nil for another value.
  private mutating func textIfString() throws(JSONError) -> Range<Int>? {
    guard let text = try scanner.textIfString() else { return nil }
    guard text.isEscaped else { return text.range }
    var decoded: [UInt8] = []
    scanner.decode(text, into: &decoded)
    return builder.text.append(decoded)
  }

  private mutating func integerIfNumber() throws(JSONError) -> Int? {
    if try scanner.kind() == .number { return try scanner.integer() }
    try scanner.skipValue()
    return nil
  }

  private mutating func uploadTime() throws(JSONError) -> Int64? {
    guard let range = try textIfString() else { return nil }
    return Timestamp.milliseconds(range, in: builder.text.bytes.span)
  }

  /// PEP 691: a value that is true or a text that isn't empty means that the file is yanked.
  private mutating func yank() throws(JSONError) -> ListedFile.Yank {
    switch try scanner.kind() {
    case .boolean: return try scanner.boolean() ? .yes : .no
    case .string:
      guard let reason = try textIfString(), !reason.isEmpty else { return .no }
      return .reason(reason)
    default:
      try scanner.skipValue()
      return .no
    }
  }

  private mutating func readHashes(of file: inout ListedFile) throws(JSONError) {
    file.sha256 = nil
    file.otherHashes = []
    guard try scanner.kind() == .object else { return try scanner.skipValue() }
    try scanner.beginObject()
    while let member = try scanner.nextName() {
      if scanner.value(of: member, is: "sha256") {
        file.sha256 = try textIfString()
        continue
      }
      let algorithm = scanner.string(of: member).lowercased()
      let digits = try textIfString()
      if algorithm == "sha256" {
        file.sha256 = digits
      } else if let digits {
        file.otherHashes.removeAll { $0.algorithm == algorithm }
        if file.otherHashes.count < ListedFile.greatestHashCount,
          let digest = Distribution.Digest(algorithm: algorithm, digits: digits, in: builder.text)
        {
          file.otherHashes.append(digest)
        }
      }
    }
  }

  private mutating func coreMetadata() throws(JSONError) -> ListedFile.CoreMetadata {
    switch try scanner.kind() {
    case .boolean: return try scanner.boolean() ? .present(sha256: nil) : .absent
    case .object:
      var digits: Range<Int>?
      try scanner.beginObject()
      while let member = try scanner.nextName() {
        if scanner.value(of: member, is: "sha256") {
          digits = try textIfString()
        } else {
          try scanner.skipValue()
        }
      }
      return .present(sha256: digits)
    default:
      try scanner.skipValue()
      return .unknown
    }
  }
}
