import PythonPackaging
import RequirementsFiles

/// Requirements style, upon what `LockfileContents` finds: lines `name==version`, direct references, options.
extension FileReading {
  mutating func readRequirements(path: String) {
    let contents = LockfileContents(text)
    let lines = LineIndex(text)
    file.compiledWithPython = contents.headerPython.flatMap { try? Version($0) }
    var index: String?
    var hasOtherIndexes = false
    for option in contents.options {
      switch option.name {
      case "--requirement":
        file.includedFiles.append(
          .init(path: PrintableText.excerpt(option.value, limit: 300), line: option.line))
      case "--index-url": index = URLCredentials.redacted(option.value)
      case "--extra-index-url", "--find-links": hasOtherIndexes = true
      default: break
      }
    }
    let source = PinSource.index(hasOtherIndexes ? nil : index.map { PrintableText.escaped($0) })
    for entry in contents.entries { read(entry, indexSource: source, lines) }
    readOthers(contents.otherLines, of: contents, lines)
    if let last = text.last(where: { $0 > 0x20 }), last == UInt8(ascii: "\\") {
      fault(
        .syntax, .warning, at: lines.place(of: text.lastIndex(of: last) ?? 0), found: "the end of the file",
        expected: "the line that `\\` continues", remedy: "compile it again")
    }
    if contents.entries.isEmpty, file.faults.isEmpty, file.omittedFaultCount == 0 {
      let isEmpty = text.allSatisfy { $0 <= 0x20 }
      fault(
        .missingField, .warning, at: .start, found: isEmpty ? "nothing" : "no pin",
        expected: "pins, `name==version`")
    }
  }

  private mutating func read(_ entry: LockfileContents.Entry, indexSource: PinSource, _ lines: LineIndex) {
    let pin = entry.pin
    var version: Version?
    let source: PinSource
    var written: String
    switch pin.source {
    case .version(let text), .arbitraryVersion(let text):
      do {
        version = try Version(text)
      } catch {
        fault(
          .invalidVersion, at: lines.place(of: text, inLines: entry.line...entry.line),
          found: "the version \(quoted(text))", expected: "a version of PEP 440",
          unread: "the pin of \(quoted(pin.name?.normalized ?? ""))")
        return
      }
      source = indexSource
      written = writtenPin(lines.range(ofLine: entry.line), version: text, lines)
    case .url(let url):
      source = PinSource(reference: url)
      let shown = PrintableText.escaped(URLCredentials.redacted(url))
      written = pin.name.map { "\($0) @ \(shown)" } ?? shown
    case .editable(let text):
      source = .editable(PrintableText.escaped(URLCredentials.redacted(text)))
      written = "-e \(PrintableText.escaped(URLCredentials.redacted(text)))"
    }
    if let marker = pin.marker { check(marker, lines, entry) }
    if let hash = pin.hashes.first(where: { !Self.isWhole(hash: $0) }) {
      fault(
        .invalidHash, .warning,
        at: lines.place(of: hash, inLines: entry.line...max(entry.line, entry.lastLine)),
        found: "the hash \(quoted(hash))", expected: "an algorithm, a colon and all digits of a hash",
        remedy: "compile it again")
    }
    add(
      FilePin(
        name: pin.name, version: version, text: written, line: entry.line,
        marker: pin.marker.map { PrintableText.escaped($0) }, source: source, hashCount: pin.hashes.count,
        groups: [], extras: pin.extras, hashes: keepsOrigins ? PinHash.sorted(pin.hashes) : [],
        askers: keepsOrigins ? Set(pin.origins.map(PinAsker.init)).sorted() : []))
  }

  private mutating func check(_ marker: String, _ lines: LineIndex, _ entry: LockfileContents.Entry) {
    do {
      _ = try Marker(evaluable: marker)
    } catch {
      fault(
        .invalidMarker, .warning,
        at: lines.place(of: marker, inLines: entry.line...max(entry.line, entry.lastLine)),
        found: "the marker \(quoted(marker)) (\(error.phrase))",
        expected: "an environment marker of PEP 508")
    }
  }

  /// The pin as its line has it, without what follows the version; what follows and is none of that is a fault.
  private mutating func writtenPin(_ line: Range<Int>, version: String, _ lines: LineIndex) -> String {
    var start = line.lowerBound
    while start < line.upperBound, text[start] <= 0x20 { start += 1 }
    var end = start
    // Name, operator and version; blanks may stand around the operator.
    while end < line.upperBound, text[end] != UInt8(ascii: "=") { end += 1 }
    while end < line.upperBound, text[end] == UInt8(ascii: "=") || text[end] == 0x20 || text[end] == 0x09 {
      end += 1
    }
    end = min(end + version.utf8.count, line.upperBound)
    let written = String(decoding: text[start..<end], as: UTF8.self)
    var rest = end
    while rest < line.upperBound, text[rest] <= 0x20 { rest += 1 }
    if rest < line.upperBound {
      switch text[rest] {
      case UInt8(ascii: ";"), UInt8(ascii: "#"), UInt8(ascii: "\\"), UInt8(ascii: "-"): break
      default:
        let found = String(decoding: text[rest..<line.upperBound], as: UTF8.self)
        fault(
          .syntax, at: lines.place(of: rest), found: quoted(found.trimmingBlanks),
          expected: "the end of the line",
          unread: quoted(found.trimmingBlanks))
      }
    }
    return written.utf8.count <= 300
      ? PrintableText.escaped(written) : PrintableText.excerpt(written, limit: 300)
  }

  /// Lines that are neither pins nor options.
  private mutating func readOthers(
    _ others: [LockfileContents.OtherLine], of contents: LockfileContents, _ lines: LineIndex
  ) {
    var unpinned: [(LockfileContents.OtherLine, Requirement)] = []
    for line in others {
      let bare = Self.withoutTail(line.text)
      do {
        unpinned.append((line, try Requirement(bare)))
      } catch {
        if omitsFault() { continue }
        let start = lines.place(of: line.text, inLines: line.line...line.line)
        let column = start.column + bare.utf8.prefix(error.offset).count { $0 & 0xC0 != 0x80 }
        fault(
          .syntax, at: FilePlace(line: start.line, column: column),
          found: "\(quoted(bare)) (\(error.phrase))", expected: "a pin, `name==version`",
          unread: "the line")
      }
    }
    if contents.entries.isEmpty, let (first, _) = unpinned.first {
      fault(
        .notALockfile, at: lines.place(of: first.text, inLines: first.line...first.line),
        found: "requirements, and no pin among them", expected: "pins, `name==version`",
        unread: "the file", remedy: "compile it with `repin compile`, and give the lockfile")
      return
    }
    for (line, requirement) in unpinned {
      if omitsFault() { continue }
      fault(
        .unpinned, at: lines.place(of: line.text, inLines: line.line...line.line),
        found:
          "\(quoted(Self.withoutTail(line.text))), which \(requirement.specifiers.isEmpty ? "names no version" : "is a range")",
        expected: "one version, `\(requirement.name)==…`", unread: "the pin of `\(requirement.name)`",
        remedy: "pin it, or compile the file with `repin compile`")
    }
  }

  /// A line without its comment, its hashes and the backslash at its end.
  private static func withoutTail(_ text: String) -> String {
    var bytes = Array(text.utf8)[...]
    let comment = bytes.indices.first { index in
      bytes[index] == UInt8(ascii: "#") && (index == bytes.startIndex || bytes[index - 1] <= 0x20)
    }
    bytes = bytes[..<(comment ?? bytes.endIndex)]
    let hash = Array(" --hash".utf8)
    if let start = bytes.indices.first(where: { bytes[$0] == 0x20 && bytes[$0...].starts(with: hash) }) {
      bytes = bytes[..<start]
    }
    while let last = bytes.last, last <= 0x20 || last == UInt8(ascii: "\\") { bytes = bytes.dropLast() }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Whether a hash has as many digits as its algorithm gives.
  static func isWhole(hash: String) -> Bool {
    guard let colon = hash.utf8.firstIndex(of: UInt8(ascii: ":")) else { return false }
    let digits = hash.utf8[hash.utf8.index(after: colon)...].count
    switch hash[..<colon] {
    case "sha256": return digits == 64
    case "sha384": return digits == 96
    case "sha512": return digits == 128
    case "sha224": return digits == 56
    case "sha1": return digits == 40
    case "md5": return digits == 32
    default: return digits > 0
    }
  }
}

extension RequirementError {
  /// What is wrong, as a phrase on one line.
  var phrase: String { PrintableText.escaped(description, limit: 200) }
}

extension String {
  /// Without blanks and line ends at both sides.
  var trimmingBlanks: String {
    var bytes = Array(utf8)[...]
    while let first = bytes.first, first <= 0x20 { bytes = bytes.dropFirst() }
    while let last = bytes.last, last <= 0x20 { bytes = bytes.dropLast() }
    return String(decoding: bytes, as: UTF8.self)
  }
}

extension PinSource {
  /// Where a direct reference leads: a URL, or a path.
  init(reference: String) {
    guard let direct = DirectReference(reference) else {
      self = .url(Self.shown(reference))
      return
    }
    switch direct.kind {
    case .local: self = .path(Self.shown(direct.url))
    case .web: self = .url(Self.shown(direct.url))
    case .repository(let system):
      let (url, revision) = Self.repository(direct.url)
      self = .versionControl(system: system, url: Self.shown(url), revision: revision.map(Self.shown))
    case .other(let scheme):
      self = scheme.isEmpty ? .path(Self.shown(reference)) : .url(Self.shown(direct.url))
    }
  }

  /// Text of a file, fit to be shown, without credentials.
  static func shown(_ text: String) -> String {
    PrintableText.excerpt(URLCredentials.redacted(text), limit: 1000)
  }

  /// `git+https://host/a@v1` → `https://host/a` and `v1`.
  private static func repository(_ url: String) -> (String, String?) {
    let address = url.firstIndex(of: "+").map { String(url[url.index(after: $0)...]) } ?? url
    let pathStart = address.firstRange(of: "://")?.upperBound ?? address.startIndex
    let path = address[pathStart...].firstIndex(of: "/") ?? address.endIndex
    guard let at = address[path...].lastIndex(of: "@") else { return (address, nil) }
    return (String(address[..<at]), String(address[address.index(after: at)...]))
  }
}
