import PythonPackaging
import TOMLReading

/// A lockfile in TOML as its sections come: the outermost keys, and packages, each a `[[header]]` with the sections below it.
struct TOMLLock {
  /// A package, its table with what headers below it give.
  struct Package {
    var table: TOMLTable
    /// The values that weren't kept.
    var skipped: [TOMLSection.SkippedValue]
    /// The hashes of its files and what it asks for, if origins are kept.
    var hashes: [String] = []
    var dependencies: [PinDependency] = []
  }

  /// The keys that are kept of what stands above all headers, whatever the format. The name is that of a package whose header
  /// can't be read.
  static let outermostKeys: Set<String> = [
    "version", "revision", "requires-python", "conflicts", "lock-version", "packages", "name",
  ]

  /// What headers of packages are called.
  let header: String
  /// The keys of packages that are kept; those of sections below it are all.
  let packageKeys: Set<String>
  /// The sections below packages that are kept.
  let packageSections: Set<String>
  /// The sections of the file that are kept.
  let fileSections: Set<String>
}

extension FileReading {
  /// Reads a TOML lockfile: gives its outermost table, and each package as soon as it is whole.
  ///
  /// A section that is damaged is a fault. What of its package is read nevertheless, `read` is given.
  mutating func readTOML(_ lock: TOMLLock, package read: (inout FileReading, TOMLLock.Package) -> Void)
    -> TOMLTable
  {
    var root = TOMLTable.empty
    var package: TOMLLock.Package?
    var sections = TOMLSections(text)
    let keepsOrigins = keepsOrigins
    while let section = sections.next(keeping: { path, key in
      guard let first = path.first else { return TOMLLock.outermostKeys.contains(key) }
      guard first == lock.header else {
        if keepsOrigins, path == ["metadata", "files"] { return lock.fileSections.contains("metadata") }
        return path.count == 1 && (lock.fileSections.contains(first) || key == "name")
      }
      if keepsOrigins, TOMLLock.originKeys.contains(path.count == 1 ? key : path[1]) { return true }
      return path.count == 1 ? lock.packageKeys.contains(key) : lock.packageSections.contains(path[1])
    }) {
      let isPackage = section.path == [lock.header]
      if isPackage || section.path.first != lock.header, let whole = package {
        read(&self, whole)
        package = nil
      }
      if let error = section.fault { report(error, in: section, of: lock) }
      guard section.isHeaderReadable else { continue }
      if section.isTableArray, section.path.count == 1, !isPackage,
        case .string(let name)? = section.table["name"]
      {
        fault(
          .syntax, at: place(section.place),
          found: "the header `[[\(PrintableText.excerpt(section.path[0], limit: 80))]]`",
          expected: "`[[\(lock.header)]]`", unread: "the package \(quoted(name))",
          remedy: "lock again, or take the file from version control")
      }
      if isPackage {
        var whole = TOMLLock.Package(table: section.table, skipped: section.skipped)
        if keepsOrigins {
          whole.takeOrigins(from: section.table)
          whole.countFiles(of: section.table)
        }
        package = whole
        continue
      }
      do throws(TOMLError) {
        if section.path.isEmpty {
          root = section.table
          if let item = root.item("name"), case .string(let name) = item.value {
            fault(
              .syntax, at: place(item.place), found: "a `name` above all headers",
              expected: "`[[\(lock.header)]]` above it",
              unread: "the package \(quoted(name))",
              remedy: "lock again, or take the file from version control")
          }
        } else if section.path.first == lock.header {
          guard var whole = package else { continue }
          let below = section.path.dropFirst()
          if let name = below.first, lock.packageSections.contains(name) {
            whole.table = try whole.table.adding(section.table, at: below)
          } else if let name = below.first, below.count == 1, section.isTableArray || name == "sdist" {
            whole.skipped.append(.init(key: name, count: 1))
          }
          if keepsOrigins { whole.takeOrigins(from: section.table, at: below) }
          package = whole
        } else if let name = section.path.first, lock.fileSections.contains(name) {
          root = try root.adding(section.table, at: section.path[...])
        }
      } catch {
        // The header stands there a second time, or a key of it.
        report(error, in: section, of: lock, isRepeated: true)
      }
    }
    if let package { read(&self, package) }
    return root
  }

  private mutating func report(
    _ error: TOMLError, in section: TOMLSection, of lock: TOMLLock, isRepeated: Bool = false
  ) {
    // A fault in a package leaves the pin, unless a second package is in it whose header is damaged.
    let isRepeated = isRepeated || section.hasRepeatedKey
    let isHarmless = section.path.first == lock.header && !isRepeated
    var unread = isRepeated ? "what stands there a second time" : nil
    if !section.isHeaderReadable {
      unread = "a section"
      if case .string(let name)? = section.table["name"] { unread = "the package \(quoted(name))" }
    }
    // Of a package, reading goes on with what is there; whether that is a pin is said with it.
    fault(
      .syntax, isHarmless ? .warning : .error, at: place(error.place),
      found: error.found,
      expected: error.expected, unread: unread, remedy: "lock again, or take the file from version control")
  }

  /// A place of the TOML reading, which may lie behind the last line end.
  mutating func place(_ place: TOMLPlace) -> FilePlace {
    if place.line <= 1 { return FilePlace(line: 1, column: place.column) }
    let count = lineCount
    return place.line <= count ? FilePlace(line: place.line, column: place.column) : FilePlace(line: count)
  }
}
