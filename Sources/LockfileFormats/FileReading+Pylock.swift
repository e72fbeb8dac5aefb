import PythonPackaging
import TOMLReading

/// `pylock.toml` (PEP 751, version 1.0).
extension FileReading {
  mutating func readPylock() {
    if reportNothing() { return }
    let lock = TOMLLock(
      header: "packages",
      packageKeys: ["name", "version", "marker", "index", "vcs", "directory", "archive"],
      packageSections: ["vcs", "directory", "archive"], fileSections: [])
    let root = readTOML(lock) { reading, package in reading.readPylock(package) }
    setPython(string("requires-python", of: root))
    if case .array(let items)? = root["packages"] {
      // An array of inline tables, which is the same to TOML.
      for item in items {
        guard case .table(let table) = item.value else {
          wrongType(item, "packages", expected: "a table")
          continue
        }
        let files = ["wheels", "sdist"].map { key in
          TOMLSection.SkippedValue(key: key, count: table[key]?.itemCount ?? 0)
        }
        var package = TOMLLock.Package(table: table, skipped: files)
        if keepsOrigins { package.takeOrigins(from: table) }
        readPylock(package)
      }
    } else if let item = root.item("packages") {
      fault(
        .wrongType, at: place(item.place), found: "\(item.value.noun) for `packages`", expected: "tables",
        unread: "the packages")
    }
    guard let item = root.item("lock-version"), let version = string("lock-version", of: root) else {
      reportNoFormatVersion("lock-version", unread: "the beginning of the file")
      return
    }
    if !checkFormat(version, known: (1, 0), at: place(item.place), tool: "its tool") { file.pins = [] }
  }

  private mutating func readPylock(_ package: TOMLLock.Package) {
    var package = package
    let table = package.table
    if keepsOrigins, let archive = table["archive"] { package.hashes += PinHash.all(in: archive) }
    let source = pylockSource(of: table)
    guard let head = head(of: package, needsVersion: source.isIndex) else { return }
    let marker = string("marker", of: table)
    if let marker { checkMarker(marker, at: table.item("marker")) }
    add(
      FilePin(
        name: head.name, version: head.version, text: head.pinText, line: head.line,
        marker: marker.map { PrintableText.escaped($0) }, source: source,
        hashCount: package.skipped.reduce(0) { sum, value in
          value.key == "wheels" || value.key == "sdist" ? sum + value.count : sum
        }, groups: [], extras: [], hashes: PinHash.sorted(package.hashes)),
      asking: package.dependencies)
  }

  private mutating func pylockSource(of table: TOMLTable) -> PinSource {
    if let vcs = subtable("vcs", of: table) {
      let url = string("url", of: vcs) ?? string("path", of: vcs) ?? ""
      let revision = string("commit-id", of: vcs) ?? string("requested-revision", of: vcs)
      return .versionControl(
        system: PinSource.shown(string("type", of: vcs) ?? "git"), url: PinSource.shown(url),
        revision: revision.map(PinSource.shown))
    }
    if let directory = subtable("directory", of: table) {
      let path = PinSource.shown(string("path", of: directory) ?? "")
      return directory["editable"] == .boolean(true) ? .editable(path) : .path(path)
    }
    if let archive = subtable("archive", of: table) {
      if let path = string("path", of: archive) { return .path(PinSource.shown(path)) }
      let url = string("url", of: archive) ?? ""
      return PinSource(reference: url)
    }
    return .index(string("index", of: table).map(PinSource.shown))
  }
}

extension TOMLValue {
  /// The number of an array's items; 1 for anything else.
  var itemCount: Int { if case .array(let items) = self { items.count } else { 1 } }
}
