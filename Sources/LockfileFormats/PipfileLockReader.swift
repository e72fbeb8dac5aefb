import JSONReading
import PythonPackaging

/// Reads a `Pipfile.lock` member by member.
struct PipfileLockReader {
  static let metadataName = "_meta"

  let bytes: [UInt8]
  let lines: LineIndex
  private(set) var hasMeta = false
  /// The number of `pipfile-spec` and its offset.
  private(set) var specification: (Int, Int)?
  var category: String?
  /// The package that is being read.
  var openPackage: String?
  /// The line of the member that is being read.
  var memberLine = 0
  var scanner: JSONScanner

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    lines = LineIndex(bytes)
    scanner = JSONScanner(bytes)
  }

  mutating func readDocument(_ reading: inout FileReading) throws(JSONError) {
    try scanner.beginObject()
    while let name = try scanner.nextName() {
      memberLine = lines.line(of: name.range.lowerBound)
      try readMember(scanner.string(of: name), &reading)
    }
    try scanner.finish()
  }

  mutating func readMember(_ name: String, _ reading: inout FileReading) throws(JSONError) {
    category = nil
    if name == Self.metadataName {
      hasMeta = true
      try readMeta(&reading)
    } else if try isObject("a category", &reading) {
      category = name
      try scanner.beginObject()
      while let package = try scanner.nextName() { try readPackage(package, &reading) }
      category = nil
    }
  }

  // MARK: Metadata

  private mutating func readMeta(_ reading: inout FileReading) throws(JSONError) {
    guard try isObject("`_meta`", &reading) else { return }
    try scanner.beginObject()
    while let name = try scanner.nextName() {
      if scanner.value(of: name, is: "pipfile-spec"), try scanner.kind() == .number {
        let offset = scanner.offset
        specification = try scanner.integer().map { ($0, offset) }
      } else if scanner.value(of: name, is: "requires"), try scanner.kind() == .object {
        try readRequires(&reading)
      } else {
        try scanner.skipValue()
      }
    }
  }

  private mutating func readRequires(_ reading: inout FileReading) throws(JSONError) {
    try scanner.beginObject()
    while let name = try scanner.nextName() {
      let isFull = scanner.value(of: name, is: "python_full_version")
      let isShort = scanner.value(of: name, is: "python_version")
      guard let text = try scanner.textIfString(), isFull || isShort else { continue }
      let version = scanner.string(of: text)
      if isFull {
        reading.setPython("==\(version)")
      } else if reading.file.requiresPython == nil {
        reading.setPython("==\(version).*")
      }
    }
  }

  // MARK: Packages

  /// What a package's object says, each with its offset.
  private struct Fields {
    var texts: [String: (text: String, offset: Int)] = [:]
    var extras: [ExtraName] = []
    var hashCount = 0
    var hashes: [String] = []
    var isEditable = false
  }

  mutating func readPackage(_ nameText: JSONText, _ reading: inout FileReading) throws(JSONError) {
    let name = scanner.string(of: nameText)
    memberLine = lines.line(of: nameText.range.lowerBound)
    guard try isObject("the package \(quoted(name))", &reading) else { return }
    openPackage = name
    var fields = Fields()
    var twice: (String, Int)?
    try scanner.beginObject()
    while let key = try scanner.nextName() {
      if let repeated = try readField(key, &fields, &reading) {
        twice = twice ?? (repeated, key.range.lowerBound)
      }
    }
    openPackage = nil
    if let (key, offset) = twice {
      reading.fault(
        .syntax, at: lines.place(of: offset), found: "`\(key)` a second time", expected: "it once",
        unread: "the pin of \(quoted(name))", remedy: "lock again")
      return
    }
    addPin(name, at: nameText.range.lowerBound - 1, fields, &reading)
  }

  /// Reads a member of a package; gives its key if that is one that counts and has been read before.
  private mutating func readField(
    _ key: JSONText, _ fields: inout Fields, _ reading: inout FileReading
  ) throws(JSONError) -> String? {
    let name = scanner.string(of: key)
    switch name {
    case "version", "markers", "git", "hg", "svn", "bzr", "ref", "path", "file", "index":
      let kind = try scanner.kind()
      let offset = scanner.offset
      guard let text = try scanner.textIfString() else {
        if kind != .null { wrongType(kind, name, at: offset, expected: "a string", &reading) }
        return nil
      }
      return fields.texts.updateValue((scanner.string(of: text), offset), forKey: name) == nil ? nil : name
    case "extras":
      guard try scanner.kind() == .array else { break }
      try scanner.beginArray()
      while try scanner.nextElement() {
        if let text = try scanner.textIfString(), let extra = try? ExtraName(scanner.string(of: text)) {
          fields.extras.append(extra)
        }
      }
      return nil
    case "hashes":
      guard try scanner.kind() == .array else { break }
      try scanner.beginArray()
      while try scanner.nextElement() {
        if reading.keepsOrigins, let text = try scanner.textIfString() {
          fields.hashes.append(scanner.string(of: text))
        } else if !reading.keepsOrigins {
          try scanner.skipValue()
        }
        fields.hashCount += 1
      }
      return nil
    case "editable":
      guard try scanner.kind() == .boolean else { break }
      fields.isEditable = try scanner.boolean()
      return nil
    default: break
    }
    try scanner.skipValue()
    return nil
  }

  private func addPin(_ written: String, at offset: Int, _ fields: Fields, _ reading: inout FileReading) {
    let name: PackageName
    do {
      name = try PackageName(written)
    } catch {
      reading.fault(
        .invalidName, at: lines.place(of: offset), found: "the name \(quoted(written))",
        expected: "a name of letters, digits, `-`, `_` and `.`", unread: "the package")
      return
    }
    let source = source(fields)
    var version: Version?
    if let (text, offset) = fields.texts["version"] {
      version = pinned(text)
      if version == nil {
        let isRange = (try? SpecifierSet(text)) != nil || text == "*"
        reading.fault(
          isRange ? .unpinned : .invalidVersion, at: lines.place(of: offset),
          found: "the version \(quoted(text))",
          expected: "`==` and one version", unread: "the pin of `\(name)`", remedy: "lock again")
        return
      }
    } else if source.isIndex {
      reading.fault(
        .missingField, at: lines.place(of: offset), found: "`\(name)` without a `version`",
        expected: "its version",
        unread: "the pin of `\(name)`", remedy: "lock again")
      return
    }
    if let (marker, offset) = fields.texts["markers"] { check(marker, at: offset, &reading) }
    let shownName = PrintableText.excerpt(written, limit: 200)
    reading.add(
      FilePin(
        name: name, version: version, text: version.map { "\(shownName)==\($0)" } ?? shownName,
        line: lines.line(of: offset),
        marker: fields.texts["markers"].map { PrintableText.escaped($0.text) }, source: source,
        hashCount: fields.hashCount, groups: category.map { [PinGroup(pipenv: $0)] } ?? [],
        extras: Set(fields.extras).sorted(), hashes: PinHash.sorted(fields.hashes)))
  }

  private func pinned(_ text: String) -> Version? {
    guard let digits = text.utf8.firstIndex(where: { $0 != UInt8(ascii: "=") && $0 != 0x20 }),
      text.hasPrefix("==")
    else { return nil }
    return try? Version(text[digits...])
  }

  private func source(_ fields: Fields) -> PinSource {
    for system in ["git", "hg", "svn", "bzr"] {
      guard let url = fields.texts[system]?.text else { continue }
      return .versionControl(
        system: system, url: PinSource.shown(url), revision: (fields.texts["ref"]?.text).map(PinSource.shown))
    }
    if let path = fields.texts["path"]?.text {
      return fields.isEditable ? .editable(PinSource.shown(path)) : .path(PinSource.shown(path))
    }
    if let file = fields.texts["file"]?.text { return PinSource(reference: file) }
    return .index(nil)
  }

  private func check(_ marker: String, at offset: Int, _ reading: inout FileReading) {
    do {
      _ = try Marker(marker)
    } catch {
      reading.fault(
        .invalidMarker, .warning, at: lines.place(of: offset),
        found: "the marker \(quoted(marker)) (\(error.phrase))",
        expected: "an environment marker of PEP 508")
    }
  }

  /// Whether an object follows; if not, the value is skipped and there is a fault.
  private mutating func isObject(_ what: String, _ reading: inout FileReading) throws(JSONError) -> Bool {
    let kind = try scanner.kind()
    if kind == .object { return true }
    let offset = scanner.offset
    try scanner.skipValue()
    reading.fault(
      .wrongType, at: lines.place(of: offset), found: "\(kind.noun) for \(what)", expected: "an object",
      unread: what)
    return false
  }

  private func wrongType(
    _ kind: JSONScanner.Kind, _ key: String, at offset: Int, expected: String, _ reading: inout FileReading
  ) {
    reading.fault(
      .wrongType, at: lines.place(of: offset), found: "\(kind.noun) for `\(key)`", expected: expected)
  }
}
