import PythonPackaging
import TOMLReading

extension TOMLLock {
  /// The keys and sections of packages that tell hashes and dependencies, of whatever format.
  static let originKeys: Set<String> = [
    "files", "wheels", "sdist", "archive", "dependencies", "optional-dependencies", "dev-dependencies",
  ]
  private static let fileKeys: Set<String> = ["files", "wheels", "sdist"]

  fileprivate static func isFileKey(_ key: String) -> Bool { fileKeys.contains(key) }
}

extension TOMLLock.Package {
  /// Takes hashes and dependencies of a package's own table, or of one below it.
  ///
  /// - Parameter path: the header's path below the package's: of `[package.dependencies]` it is `dependencies`.
  mutating func takeOrigins(from table: TOMLTable, at path: ArraySlice<String> = []) {
    guard let first = path.first else {
      for entry in table.entries { takeOrigins(of: entry.key, entry.item.value) }
      return
    }
    // `[packages.wheels.hashes]`
    if path.last == "hashes", TOMLLock.isFileKey(first) {
      hashes += PinHash.all(inHashes: table)
    } else if path.count == 1 {
      takeOrigins(of: first, .table(table))
    }
  }

  private mutating func takeOrigins(of key: String, _ value: TOMLValue) {
    switch key {
    case _ where TOMLLock.isFileKey(key): hashes += PinHash.all(in: value)
    case "dependencies": dependencies += PinDependency.all(in: value)
    case "optional-dependencies", "dev-dependencies":
      guard case .table(let parts) = value else { return }
      for entry in parts.entries { dependencies += PinDependency.all(in: entry.item.value) }
    default: break
    }
  }

  /// Counts the files that were read as those are counted that weren't.
  mutating func countFiles(of table: TOMLTable) {
    for entry in table.entries where TOMLLock.isFileKey(entry.key) {
      skipped.append(.init(key: entry.key, count: entry.item.value.itemCount))
    }
  }
}

extension PinDependency {
  /// What a value says: Poetry's table from names to versions, or an array of tables that have a `name` each.
  fileprivate static func all(in value: TOMLValue) -> [PinDependency] {
    switch value {
    case .table(let table):
      return table.entries.compactMap { entry in
        (try? PackageName(entry.key)).map { PinDependency(name: $0) }
      }
    case .array(let items):
      return items.compactMap { item in
        guard case .table(let table) = item.value, case .string(let text)? = table["name"],
          let name = try? PackageName(text)
        else { return nil }
        guard case .string(let version)? = table["version"] else { return PinDependency(name: name) }
        return PinDependency(name: name, version: try? Version(version))
      }
    case .string, .integer, .float, .boolean, .dateTime: return []
    }
  }
}

/// Hashes as pins have them: `sha256:0123…`.
enum PinHash {
  /// The greatest length of one, in UTF-8 bytes: SHA-512 and its name take 135.
  private static let greatestLength = 200

  /// Hashes in lower case, fit to be shown, sorted, each once.
  static func sorted(_ hashes: [String]) -> [String] {
    if hashes.isEmpty { return [] }
    let own = hashes.map { PrintableText.excerpt($0.lowercased(), limit: greatestLength) }
    return Set(own).sorted { $0.unicodeScalars.lexicographicallyPrecedes($1.unicodeScalars) }
  }

  /// Those of a file or of several: `hash = "sha256:…"`, or `hashes = {sha256 = "…"}`.
  static func all(in value: TOMLValue) -> [String] {
    switch value {
    case .array(let items):
      return items.flatMap { item in
        if case .table(let file) = item.value { all(inFile: file) } else { [String]() }
      }
    case .table(let file): return all(inFile: file)
    case .string, .integer, .float, .boolean, .dateTime: return []
    }
  }

  private static func all(inFile file: TOMLTable) -> [String] {
    if case .string(let hash)? = file["hash"] { return [hash] }
    if case .table(let hashes)? = file["hashes"] { return all(inHashes: hashes) }
    return []
  }

  /// Those of a table from algorithms to digits.
  static func all(inHashes table: TOMLTable) -> [String] {
    table.entries.compactMap { entry in
      if case .string(let digits) = entry.item.value { "\(entry.key):\(digits)" } else { nil }
    }
  }
}
