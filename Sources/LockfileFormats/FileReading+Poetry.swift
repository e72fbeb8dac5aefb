import PythonPackaging
import TOMLReading

/// `poetry.lock` of Poetry 1 and 2: `lock-version` 1.0 to 2.1.
///
/// Poetry 1.0 to 1.4 write a category, Poetry 2 groups and markers, those between neither. All end the file with `[metadata]`:
/// where that is lost, packages may be lost as well.
extension FileReading {
  mutating func readPoetry() {
    if reportNothing() { return }
    let lock = TOMLLock(
      header: "package",
      packageKeys: ["name", "version", "groups", "category", "markers", "source", "develop"],
      packageSections: ["source", "markers"], fileSections: ["metadata"])
    let root = readTOML(lock) { reading, package in reading.readPoetry(package) }
    guard let metadata = subtable("metadata", of: root) else {
      fault(
        .missingField, at: FilePlace(line: lineCount), found: "the end of the file",
        expected: "`[metadata]`, which every `poetry.lock` ends with", unread: "what followed",
        remedy: Self.remedyOfLoss)
      return
    }
    setPython(string("python-versions", of: metadata))
    if keepsOrigins { readPoetryHashes(of: metadata) }
    guard let item = metadata.item("lock-version"), let version = string("lock-version", of: metadata) else {
      reportNoFormatVersion("lock-version")
      return
    }
    if !checkFormat(version, known: (2, 1), at: place(item.place), tool: "`poetry export`") { file.pins = [] }
  }

  /// Those of Poetry 1.0 to 1.2, which stand at the end of the file: `[metadata.files]`.
  private mutating func readPoetryHashes(of metadata: TOMLTable) {
    guard let files = subtable("files", of: metadata) else { return }
    var hashes: [PackageName: [String]] = [:]
    for entry in files.entries {
      guard let name = try? PackageName(entry.key) else { continue }
      hashes[name, default: []] += PinHash.all(in: entry.item.value)
    }
    for index in file.pins.indices where file.pins[index].hashes.isEmpty {
      guard let name = file.pins[index].name, let own = hashes[name] else { continue }
      file.pins[index].hashes = PinHash.sorted(own)
    }
  }

  private mutating func readPoetry(_ package: TOMLLock.Package) {
    guard let head = head(of: package, needsVersion: true) else { return }
    let table = package.table
    var groups = strings("groups", of: table)
    if let category = string("category", of: table) { groups.append(category) }
    add(
      FilePin(
        name: head.name, version: head.version, text: head.pinText, line: head.line,
        marker: poetryMarker(of: table), source: poetrySource(of: table),
        hashCount: package.skipped.first { $0.key == "files" }?.count ?? 0,
        groups: Set(groups.map { PinGroup(poetry: $0) }).sorted(), extras: [],
        hashes: PinHash.sorted(package.hashes)),
      asking: package.dependencies)
  }

  /// One marker, or one a group, of which one has to hold: those of groups without a marker aren't written.
  private mutating func poetryMarker(of table: TOMLTable) -> String? {
    guard let item = table.item("markers") else { return nil }
    switch item.value {
    case .string(let text):
      checkMarker(text, at: item)
      return PrintableText.escaped(text)
    case .table(let byGroup):
      var markers: [String] = []
      var seen: Set<String> = []
      for entry in byGroup.entries {
        guard case .string(let text) = entry.item.value else {
          wrongType(entry.item, entry.key, expected: "a string")
          continue
        }
        guard seen.insert(text).inserted else { continue }
        checkMarker(text, at: entry.item)
        markers.append(text)
      }
      guard byGroup.entries.count >= strings("groups", of: table).count else { return nil }
      return PinMarker.any(of: markers)
    default:
      wrongType(item, "markers", expected: "a string")
      return nil
    }
  }

  private mutating func poetrySource(of table: TOMLTable) -> PinSource {
    guard let source = subtable("source", of: table) else { return .index(nil) }
    let url = PinSource.shown(string("url", of: source) ?? "")
    switch string("type", of: source) ?? "" {
    case "git", "hg", "svn", "bzr":
      let revision = string("resolved_reference", of: source) ?? string("reference", of: source)
      return .versionControl(
        system: string("type", of: source) ?? "", url: url, revision: revision.map(PinSource.shown))
    case "directory": return table["develop"] == .boolean(true) ? .editable(url) : .path(url)
    case "file": return .path(url)
    case "url": return .url(url)
    default: return .index(url.isEmpty ? nil : url)
    }
  }
}

/// Markers that a lockfile writes as several.
enum PinMarker {
  /// The marker that holds when one of them does; nil for none.
  static func any(of markers: [String]) -> String? {
    if markers.isEmpty { return nil }
    if markers.count == 1 { return PrintableText.escaped(markers[0]) }
    let united = markers.map { text in text.contains(" or ") ? "(\(text))" : text }
    return PrintableText.escaped(united.joined(separator: " or "))
  }
}

extension PinGroup {
  /// A group as Poetry names it.
  init(poetry name: String) {
    self = name == "main" ? .main : .group(PrintableText.excerpt(name, limit: 200))
  }
}
