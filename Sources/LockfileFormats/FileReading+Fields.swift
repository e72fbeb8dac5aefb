import PythonPackaging
import TOMLReading

/// Fields of tables, with the faults that say where one isn't what the format has.
extension FileReading {
  /// The name and the version of a package, as far as they are in order.
  struct Head {
    let name: PackageName
    let writtenName: String
    let version: Version?
    let line: Int

    /// `name==version` as the file writes the name.
    var pinText: String { version.map { "\(writtenName)==\($0)" } ?? writtenName }
  }

  /// The name and the version of a package; nil with a fault where it is no pin.
  ///
  /// - Parameter needsVersion: Whether a package without a version is a fault.
  mutating func head(of package: TOMLLock.Package, needsVersion: Bool) -> Head? {
    let table = package.table
    let known = table.item("name")
    guard let nameItem = known, case .string(let written) = nameItem.value else {
      fault(
        known == nil ? .missingField : .wrongType, at: place(known?.place ?? table.place),
        found: known.map { "\($0.value.noun) for `name`" } ?? "a package without a `name`",
        expected: known == nil ? "its name" : "a string", unread: "the package")
      return nil
    }
    let name: PackageName
    do {
      name = try PackageName(written)
    } catch {
      fault(
        .invalidName, at: place(nameItem.place(atOffset: error.offset)), found: "the name \(quoted(written))",
        expected: "a name of letters, digits, `-`, `_` and `.`", unread: "the package")
      return nil
    }
    let unread = "the pin of `\(name)`"
    var version: Version?
    if let item = table.item("version") {
      guard case .string(let text) = item.value else {
        fault(
          .wrongType, at: place(item.place), found: "\(item.value.noun) for `version`", expected: "a string",
          unread: unread)
        return nil
      }
      do {
        version = try Version(text)
      } catch {
        fault(
          .invalidVersion, at: place(item.place(atOffset: error.offset)),
          found: "the version \(quoted(text))",
          expected: "one version of PEP 440", unread: unread)
        return nil
      }
    } else if needsVersion {
      fault(
        .missingField, at: place(nameItem.place), found: "`\(name)` without a `version`",
        expected: "its version",
        unread: unread, remedy: "lock again")
      return nil
    }
    return Head(
      name: name, writtenName: PrintableText.excerpt(written, limit: 200), version: version,
      line: place(nameItem.place).line)
  }

  /// A string of a table; nil if there is none, with a fault if it is something else.
  mutating func string(_ key: String, of table: TOMLTable) -> String? {
    guard let item = table.item(key) else { return nil }
    guard case .string(let text) = item.value else {
      wrongType(item, key, expected: "a string")
      return nil
    }
    return text
  }

  /// The strings of an array; empty if there is none, with a fault for what is none.
  mutating func strings(_ key: String, of table: TOMLTable) -> [String] {
    guard let item = table.item(key) else { return [] }
    guard case .array(let items) = item.value else {
      wrongType(item, key, expected: "an array of strings")
      return []
    }
    var texts: [String] = []
    for item in items {
      if case .string(let text) = item.value {
        texts.append(text)
      } else {
        wrongType(item, key, expected: "a string")
      }
    }
    return texts
  }

  /// The table of a field; nil if there is none, with a fault if it is something else.
  mutating func subtable(_ key: String, of table: TOMLTable) -> TOMLTable? {
    guard let item = table.item(key) else { return nil }
    guard case .table(let table) = item.value else {
      wrongType(item, key, expected: "a table")
      return nil
    }
    return table
  }

  mutating func wrongType(_ item: TOMLItem, _ key: String, expected: String) {
    fault(
      .wrongType, .warning, at: place(item.place),
      found: "\(item.value.noun) for `\(PrintableText.excerpt(key, limit: 40))`",
      expected: expected)
  }

  /// Whether a marker can be read; if not, there is a fault.
  mutating func checkMarker(_ text: String, at item: TOMLItem?) {
    do {
      _ = try Marker(text)
    } catch {
      fault(
        .invalidMarker, .warning, at: item.map { place($0.place(atOffset: error.offset)) } ?? .start,
        found: "the marker \(quoted(text)) (\(error.phrase))",
        expected: "an environment marker of PEP 508")
    }
  }

  /// Refuses a format of a greater major version than is known, and warns of a greater minor one.
  ///
  /// - Returns: whether the file is to be read.
  mutating func checkFormat(
    _ text: String, known: (major: Int, minor: Int), at place: FilePlace, tool: String
  ) -> Bool {
    file.formatVersion = PrintableText.excerpt(text, limit: 40)
    let version = try? Version(text)
    let parts = version?.release ?? []
    let major = parts.first ?? -1
    let minor = parts.dropFirst().first ?? 0
    if version != nil, major < known.major || major == known.major && minor <= known.minor { return true }
    let isReadable = major == known.major
    fault(
      .formatVersion, isReadable ? .warning : .error, at: place,
      found: "version \(quoted(text)) of the format",
      expected: "at most \(known.major).\(known.minor)", unread: isReadable ? nil : "the file",
      remedy: isReadable ? nil : "export it with \(tool) as `name==version` lines, and give those")
    return isReadable
  }

  /// What the project's Python has to be, fit to be shown.
  mutating func setPython(_ text: String?) {
    if let text { file.requiresPython = PrintableText.excerpt(text, limit: 200) }
  }

  /// The file doesn't say which version of its format it has.
  ///
  /// - Parameter unread: what of the file must have been lost with it; nil where all pins are there.
  mutating func reportNoFormatVersion(_ key: String, unread: String? = nil) {
    fault(
      .missingField, unread == nil ? .warning : .error, at: .start, found: "no `\(key)`",
      expected: "the version of the format", unread: unread, remedy: Self.remedyOfLoss)
  }

  /// Whether there is nothing but blanks and comments in a file of TOML, which is a fault: no tool writes that.
  mutating func reportNothing() -> Bool {
    var isComment = false
    let hasContent = text.contains { byte in
      if byte == 0x0A { isComment = false }
      if byte == UInt8(ascii: "#") { isComment = true }
      return byte > 0x20 && !isComment
    }
    if hasContent { return false }
    fault(
      .missingField, at: .start, found: "nothing", expected: "a lockfile", unread: "the file",
      remedy: Self.remedyOfLoss)
    return true
  }

  static let remedyOfLoss = "lock again, or take the file from version control"
}
