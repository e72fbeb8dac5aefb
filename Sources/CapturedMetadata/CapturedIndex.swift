import FoundationEssentials
package import PythonPackaging
package import Resolution

/// What projects of an index had in October 2026, as `scripts/oracle.d/captured.py` wrote it down: all releases that
/// a set of requirements may come to need, and what each asks for.
package struct CapturedIndex: ReleaseIndex {
  package struct Releases: ProjectReleases {
    fileprivate var entries: [(version: Version, file: Distribution)] = []
    package var versionCount: Int { entries.count }
    package func version(at index: Int) -> Version { entries[index].version }
    package func isPreRelease(at index: Int) -> Bool { entries[index].version.isPreRelease }
    package func distributions(at index: Int) -> [Distribution] { [entries[index].file] }
  }

  package struct Failure: Error {}

  /// What is wrong with the file.
  package struct Malformed: Error {
    package let line: Int
  }

  private var projects: [PackageName: Releases] = [:]
  /// By the file's URL.
  private var metadata: [String: MetadataAnswer] = [:]

  /// What the set was captured for.
  package private(set) var requirements: [Requirement] = []

  /// Reads `Fixtures/captured/NAME.txt`.
  package init(_ name: String) throws {
    let root = "\(#filePath)".split(separator: "/").dropLast(3).joined(separator: "/")
    let text = try String(contentsOfFile: "/\(root)/Fixtures/captured/\(name).txt", encoding: .utf8)
    var project: PackageName?
    for (number, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
    where !line.isEmpty {
      if line.hasPrefix("> ") {
        requirements.append(try Requirement(String(line.dropFirst(2))))
        continue
      }
      let fields = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
      if fields.count == 1 {
        project = try PackageName(fields[0])
        continue
      }
      guard let project, fields.count == 4, let version = try? Version(fields[0]) else {
        throw Malformed(line: number + 1)
      }
      try add(project, version, kind: fields[1], requiresPython: fields[2], requirements: fields[3])
    }
    for name in projects.keys { projects[name]?.entries.sort { $0.version < $1.version } }
  }

  private mutating func add(
    _ project: PackageName, _ version: Version, kind: String, requiresPython: String, requirements: String
  ) throws {
    let stem = "\(project.normalized.replacing("-", with: "_"))-\(version)"
    let filename =
      switch kind {
      case "w", "f": "\(stem)-py3-none-any.whl"
      case "F": "\(stem)-cp39-cp39-win_amd64.whl"
      default: "\(stem).tar.gz"
      }
    let file = try Distribution(filename: filename, url: "https://index.example/files/\(filename)")
    projects[project, default: Releases()].entries.append((version, file))
    var lines = ["Metadata-Version: 2.1", "Name: \(project)", "Version: \(version)"]
    if requiresPython != "-" { lines.append("Requires-Python: \(requiresPython)") }
    if !requirements.isEmpty {
      lines += requirements.split(separator: " | ").map { "Requires-Dist: \($0)" }
    }
    metadata[file.url] =
      switch kind {
      case "s": .needsBuild
      case "x": .unreadable("no METADATA")
      default: .metadata(try CoreMetadata(lines.joined(separator: "\n") + "\n"))
      }
  }

  package func knownReleases(of name: PackageName) -> ReleasesAnswer<Releases>? {
    projects[name].map { .releases($0) } ?? .unknownProject
  }

  package func releases(of name: PackageName) async throws(Failure) -> ReleasesAnswer<Releases> {
    projects[name].map { .releases($0) } ?? .unknownProject
  }

  package func knownMetadata(of distribution: Distribution, project: PackageName) -> MetadataAnswer? {
    metadata[distribution.url]
  }

  package func metadata(
    of distribution: Distribution, project: PackageName, mayBuild: Bool
  ) async throws(Failure) -> MetadataAnswer {
    metadata[distribution.url] ?? .needsBuild
  }
}
