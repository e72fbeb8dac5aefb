import PythonPackaging
import Resolution

/// An index in a few lines, in memory.
struct ServedIndex: ReleaseIndex {
  /// One served release.
  struct Served {
    let name: String
    let version: String
    var requires: [String] = []
    var extras: [String] = []
    var requiresPython: String?
    var yanked: Distribution.Yank?
    /// Of its wheel; nil: it has none.
    var tags: String? = "py3-none-any"
    /// Its source distribution, if it has one.
    var source: Source?
    var uploadedAt: Int64?
    var isUnreadable = false
  }

  /// A source distribution, by how its metadata is had.
  enum Source {
    /// Its own files tell.
    case telling
    /// Only a build tells.
    case built
  }

  struct Releases: ProjectReleases {
    var entries: [(version: Version, files: [Distribution])] = []
    var versionCount: Int { entries.count }
    func version(at index: Int) -> Version { entries[index].version }
    func isPreRelease(at index: Int) -> Bool { entries[index].version.isPreRelease }
    func distributions(at index: Int) -> [Distribution] { entries[index].files }
  }

  struct Failure: Error, Equatable {
    let project: String
  }

  private var projects: [PackageName: Releases] = [:]
  private var metadata: [String: MetadataAnswer] = [:]
  /// The source distributions that only a build tells of.
  private var built: Set<String> = []
  /// Whether nothing may be built.
  var isBuildRuledOut = false
  /// A project whose page can't be had.
  var broken: PackageName?

  init(_ served: [Served]) throws {
    for release in served {
      let name = try PackageName(release.name)
      let stem = "\(release.name.replacing("-", with: "_"))-\(release.version)"
      var filenames = release.tags.map { ["\(stem)-\($0).whl"] } ?? []
      if let source = release.source {
        filenames.append("\(stem).tar.gz")
        if source == .built { built.insert("\(stem).tar.gz") }
      }
      let files = try filenames.map { filename in
        var file = try Distribution(filename: filename, url: "https://index.example/files/\(filename)")
        file.requiresPython = release.requiresPython
        file.yanked = release.yanked
        file.uploadedAt = release.uploadedAt
        return file
      }
      projects[name, default: Releases()].entries.append((try Version(release.version), files))
      var lines = ["Metadata-Version: 2.1", "Name: \(release.name)", "Version: \(release.version)"]
      lines += release.extras.map { "Provides-Extra: \($0)" }
      lines += release.requires.map { "Requires-Dist: \($0)" }
      let told = MetadataAnswer.metadata(try CoreMetadata(lines.joined(separator: "\n") + "\n"))
      for filename in filenames {
        metadata[filename] = release.isUnreadable ? .unreadable("no `Name` field") : told
      }
    }
    for name in projects.keys { projects[name]?.entries.sort { $0.version < $1.version } }
  }

  func knownReleases(of name: PackageName) -> ReleasesAnswer<Releases>? { nil }

  func releases(of name: PackageName) async throws(Failure) -> ReleasesAnswer<Releases> {
    if name == broken { throw Failure(project: name.normalized) }
    return projects[name].map { .releases($0) } ?? .unknownProject
  }

  func knownMetadata(of distribution: Distribution, project: PackageName) -> MetadataAnswer? { nil }

  func metadata(
    of distribution: Distribution, project: PackageName, mayBuild: Bool
  ) async throws(Failure) -> MetadataAnswer {
    if built.contains(distribution.filename), isBuildRuledOut || !mayBuild { return .needsBuild }
    return metadata[distribution.filename] ?? .needsBuild
  }
}

/// One release of the index under test.
func serve(
  _ name: String, _ version: String, requires: [String] = [], extras: [String] = [],
  requiresPython: String? = nil, yanked: String? = nil, tags: String? = "py3-none-any",
  source: ServedIndex.Source? = nil, uploadedAt: Int64? = nil, isUnreadable: Bool = false
) -> ServedIndex.Served {
  ServedIndex.Served(
    name: name, version: version, requires: requires, extras: extras, requiresPython: requiresPython,
    yanked: yanked.map { Distribution.Yank(reason: $0) }, tags: tags, source: source,
    uploadedAt: uploadedAt, isUnreadable: isUnreadable)
}
