import PythonPackaging
import TOMLReading

/// `uv.lock`, version 1 with whatever revision: revisions only add.
extension FileReading {
  mutating func readUV() {
    if reportNothing() { return }
    let lock = TOMLLock(
      header: "package",
      packageKeys: ["name", "version", "source", "resolution-markers", "dependencies"],
      packageSections: ["source", "optional-dependencies", "dev-dependencies"],
      fileSections: ["manifest"])
    var packages: [TOMLLock.Package] = []
    let limit = limits.pins
    let root = readTOML(lock) { reading, package in
      // One more than is allowed, so that adding the pins reports it.
      if packages.count <= limit { packages.append(package) }
    }
    if let item = root.item("version") {
      guard case .integer(let version) = item.value else {
        fault(
          .wrongType, at: place(item.place), found: "\(item.value.noun) for `version`",
          expected: "a whole number", unread: "the file", remedy: Self.remedyOfLoss)
        return
      }
      let revision = if case .integer(let number)? = root["revision"] { number } else { 0 }
      let isKnown = checkFormat(
        "\(version)", known: (1, 0), at: place(item.place), tool: "`uv export`")
      if revision > 0, version == 1 { file.formatVersion = "1.\(revision)" }
      if !isKnown { return }
    } else {
      reportNoFormatVersion("version", unread: "the beginning of the file")
    }
    setPython(string("requires-python", of: root))
    hasConflicts = root["conflicts"].map { $0.itemCount > 0 } ?? false
    var members: Set<String> = []
    if let manifest = subtable("manifest", of: root) { members = Set(strings("members", of: manifest)) }
    var graph = UVGraph()
    let firstPin = file.pins.count
    for package in packages {
      guard let pin = uvPin(package, members: members) else { continue }
      add(pin, asking: package.dependencies)
      guard file.pins.count > graph.count + firstPin else { break }
      graph.add(pin, package.table)
    }
    for (index, groups) in graph.groups().enumerated() { file.pins[firstPin + index].groups = groups }
  }

  private mutating func uvPin(_ package: TOMLLock.Package, members: Set<String>) -> FilePin? {
    let table = package.table
    let written = if case .string(let name)? = table["name"] { name } else { "" }
    let source = uvSource(of: table, isMember: members.contains(written))
    guard let head = head(of: package, needsVersion: source.isIndex) else { return nil }
    let markers = strings("resolution-markers", of: table)
    for marker in markers { checkMarker(marker, at: table.item("resolution-markers")) }
    return FilePin(
      name: head.name, version: head.version, text: head.pinText, line: head.line,
      marker: PinMarker.any(of: markers),
      source: source,
      hashCount: package.skipped.reduce(0) { sum, value in
        value.key == "wheels" || value.key == "sdist" ? sum + value.count : sum
      }, groups: [], extras: [], hashes: PinHash.sorted(package.hashes))
  }

  private mutating func uvSource(of table: TOMLTable, isMember: Bool) -> PinSource {
    guard let source = subtable("source", of: table),
      let kind = source.entries.first(where: { $0.key != "subdirectory" })
    else { return .index(nil) }
    guard let text = string(kind.key, of: source) else { return .index(nil) }
    let shown = PinSource.shown(text)
    let isProject = isMember || shown == "."
    switch kind.key {
    case "git":
      // `https://host/a?rev=v1#commit`
      let hash = text.lastIndex(of: "#")
      let address = text[..<(hash ?? text.endIndex)]
      let url = address.firstIndex(of: "?").map { address[..<$0] } ?? address
      return .versionControl(
        system: "git", url: PinSource.shown(String(url)),
        revision: hash.map { PinSource.shown(String(text[text.index(after: $0)...])) })
    case "url": return .url(shown)
    case "virtual": return .project(shown)
    case "editable": return isProject ? .project(shown) : .editable(shown)
    case "directory": return isProject ? .project(shown) : .path(shown)
    case "path": return .path(shown)
    default: return .index(shown)
    }
  }
}
