import PythonPackaging
import ZipReading

/// Files of advisories on this machine as a source: a directory or a zip of OSV records in JSON, or of PyPA's in YAML.
///
/// Every `*.json`, `*.yaml` and `*.yml` counts, at whatever depth. Where a package has a directory of its own below one that
/// is named `vulns`, as in PyPA's database, only the files of the packages asked about are read.
package struct LocalAdvisories: AdvisorySource {
  private let path: String

  /// - Parameter path: Of the directory or zip.
  package init(path: String) { self.path = path }

  package func advisories(for releases: [AskedRelease]) async -> AdvisoryAnswer {
    var reading = LocalReading(packages: Set(releases.map(\.package)))
    var answer = AdvisoryAnswer(origin: .init(place: path))
    do throws(LocalFileError) {
      if try LocalFile.isDirectory(path) {
        try reading.read(directory: path)
      } else {
        try reading.read(zip: path)
      }
    } catch {
      answer.leaveUnanswered(releases, .failure(error.description))
      answer.finish()
      return answer
    }
    answer.records = reading.records.mapValues { $0.values.sorted { $0.id < $1.id } }
    answer.skipped = reading.skipped
    answer.skippedCount = reading.skippedCount
    answer.origin.recordCount = reading.isPartial ? nil : reading.recordCount
    if reading.recordCount == 0, !reading.isPartial {
      answer.leaveUnanswered(releases, .failure("\(path): no advisory in it can be read"))
    }
    answer.finish()
    return answer
  }
}

/// The reading of a directory or a zip.
private struct LocalReading {
  let packages: Set<PackageName>
  /// Those that name one of the packages.
  private(set) var records: [PackageName: [AdvisoryID: AdvisoryRecord]] = [:]
  private(set) var recordCount = 0
  private(set) var skipped: [SkippedRecord] = []
  private(set) var skippedCount = 0
  /// Other packages' files weren't read.
  private(set) var isPartial = false

  private static let greatestCount = 500_000
  private static let greatestDepth = 8

  init(packages: Set<PackageName>) { self.packages = packages }

  // MARK: A directory

  mutating func read(directory: String) throws(LocalFileError) {
    var found = 0
    // Depth first, by name, so that two readings pass over the same files.
    let isVulns = directory.split(separator: "/").last == "vulns"
    var due: [(path: String, name: String, depth: Int)] = [(directory, isVulns ? "vulns" : "", 0)]
    while let (path, name, depth) = due.popLast() {
      var below: [(path: String, name: String, depth: Int)] = []
      for entry in try LocalFile.names(inDirectory: path) {
        found += 1
        guard found <= Self.greatestCount else { throw .tooMany(path: directory, limit: Self.greatestCount) }
        let entryPath = "\(path)/\(entry)"
        let entryName = name.isEmpty ? entry : "\(name)/\(entry)"
        switch LocalFile.kind(entryPath) {
        case .directory:
          // `.git` and its like.
          if entry.hasPrefix(".") { continue }
          if depth == Self.greatestDepth {
            skip(entryName, "the directory is too deep")
          } else {
            below.append((entryPath, entryName, depth + 1))
          }
        case .file:
          guard let format = Format(entry), isWanted(entryName, format) else { continue }
          do throws(LocalFileError) {
            add(try LocalFile.bytes(entryPath, limit: YAMLDocument.greatestSize), format, name: entryName)
          } catch {
            skip(entryName, error.reason)
          }
        case .other: if Format(entry) != nil { skip(entryName, "it is no regular file") }
        }
      }
      due += below.reversed()
    }
  }

  /// False for a YAML file in the directory of a package below `vulns` that isn't asked about.
  private mutating func isWanted(_ name: String, _ format: Format) -> Bool {
    guard format == .yaml else { return true }
    let components = name.split(separator: "/", omittingEmptySubsequences: false)
    guard let vulns = components.dropLast().lastIndex(of: "vulns"), vulns + 2 < components.count,
      let package = try? PackageName(String(components[vulns + 1]))
    else { return true }
    if packages.contains(package) { return true }
    isPartial = true
    return false
  }

  // MARK: A zip

  mutating func read(zip path: String) throws(LocalFileError) {
    do throws(ZipError) {
      var limits = ZipFile.Limits()
      limits.entries = Self.greatestCount
      var file = try ZipFile(path: path, limits: limits)
      while let entry = try file.next() {
        let name = String(decoding: entry.name.prefix(400), as: UTF8.self)
        guard let format = Format(name), isWanted(name, format) else { continue }
        do throws(ZipError) {
          add(try file.contents(of: entry), format, name: name)
        } catch {
          guard error.isOfOneEntry else { throw error }
          skip(name, error.description)
        }
      }
    } catch {
      throw .zip(path: path, error)
    }
  }

  // MARK: A file

  private enum Format {
    case json
    case yaml

    init?(_ name: String) {
      if name.hasSuffix(".json") {
        self = .json
      } else if name.hasSuffix(".yaml") || name.hasSuffix(".yml") {
        self = .yaml
      } else {
        return nil
      }
    }
  }

  private mutating func add(_ bytes: [UInt8], _ format: Format, name: String) {
    let record: AdvisoryRecord
    do throws(YAMLError) {
      let json = format == .json ? bytes : try YAMLDocument.json(bytes)
      do throws(AdvisoryRecordError) {
        record = try AdvisoryRecord(json: json)
      } catch {
        return skip(name, error.description)
      }
    } catch {
      return skip(name, error.description)
    }
    recordCount += 1
    for package in record.affected.keys where packages.contains(package) {
      // Of two files with one record, what was changed later counts.
      if let known = records[package]?[record.id], known.modified > record.modified { continue }
      records[package, default: [:]][record.id] = record
    }
  }

  private mutating func skip(_ name: String, _ reason: String) {
    skippedCount += 1
    if skipped.count < AdvisorySchema.greatestSkipped {
      skipped.append(SkippedRecord(id: name, reason: reason))
    }
  }
}
