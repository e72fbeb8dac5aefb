import PythonPackaging
import Resolution

/// An index in a few lines, in memory.
struct ServedIndex: ReleaseIndex {
  /// One served release, or some of its files: what is served of an equal version before belongs to the same release.
  struct Served {
    let name: String
    let version: String
    /// `Requires-Dist`, as written.
    var requires: [String] = []
    var extras: [String] = []
    /// `Requires-Python` as the index's page has it.
    var requiresPython: String?
    /// `Requires-Python` as the metadata has it.
    var metadataRequiresPython: String?
    var yanked: Distribution.Yank?
    var files: [File] = [.wheel("py3-none-any")]
    /// In milliseconds since 1970.
    var uploadedAt: Int64?
    var isUnreadable = false
    /// Of each of its files.
    var sha256: String?
    /// Of each of its files, in bytes.
    var size: Int?
  }

  /// One file of a release.
  enum File {
    /// A wheel, by what its name has after the version.
    case wheel(String)
    /// A source distribution, by the end of its name.
    case source(Source, suffix: String = ".tar.gz")
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

    mutating func add(_ files: [Distribution], to version: Version) {
      if let place = entries.firstIndex(where: { $0.version == version }) {
        entries[place].files += files
      } else {
        entries.append((version, files))
      }
    }
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
  /// Whether everything is told without waiting.
  var answersAtOnce = false
  /// A project whose page can't be had.
  var broken: PackageName?
  /// Projects of which nothing is cached, where nothing may be fetched.
  var uncached: Set<PackageName> = []
  /// Projects of which an index that isn't asked may have more.
  var partlyCached: Set<PackageName> = []
  /// Files whose metadata isn't cached.
  var uncachedFiles: Set<String> = []
  /// What is wrong with metadata that can't be read.
  var fault: String?
  /// Indexes that aren't asked, as an earlier one has the name.
  var unasked: [String] = []
  /// All that it has.
  var everything: [PackageName: Releases] { projects }

  init(_ served: [Served]) throws {
    for release in served {
      let name = try PackageName(release.name)
      let stem = "\(release.name.replacing("-", with: "_"))-\(release.version)"
      let answer = Self.metadata(of: release)
      let files = try release.files.map { kind in
        let filename: String
        switch kind {
        case .wheel(let tags): filename = "\(stem)-\(tags).whl"
        case .source(let source, let suffix):
          filename = stem + suffix
          if source == .built { built.insert(filename) }
        }
        var file = try Distribution(
          filename: filename, of: name, url: "https://index.example/files/\(filename)")
        file.requiresPython = release.requiresPython
        file.yanked = release.yanked
        file.uploadedAt = release.uploadedAt
        file.sha256 = release.sha256
        file.size = release.size
        metadata[filename] = answer
        return file
      }
      projects[name, default: Releases()].add(files, to: try Version(release.version))
    }
    for name in projects.keys { projects[name]?.entries.sort { $0.version < $1.version } }
  }

  /// What the metadata says, read as an index's client reads it.
  private static func metadata(of release: Served) -> MetadataAnswer {
    if release.isUnreadable { return .unreadable("no `Name` field") }
    var lines = ["Metadata-Version: 2.1", "Name: \(release.name)", "Version: \(release.version)"]
    lines += release.metadataRequiresPython.map { ["Requires-Python: \($0)"] } ?? []
    lines += release.extras.map { "Provides-Extra: \($0)" }
    lines += release.requires.map { "Requires-Dist: \($0)" }
    do {
      return .metadata(try CoreMetadata(lines.joined(separator: "\n") + "\n"))
    } catch {
      return .unreadable("\(error)")
    }
  }

  /// Adds a project that has no release.
  mutating func serveNothing(of name: PackageName) { projects[name] = Releases() }

  func unaskedIndexes(of name: PackageName) -> [String] { projects[name] == nil ? [] : unasked }

  func knownReleases(of name: PackageName) -> ReleasesAnswer<Releases>? {
    answersAtOnce && name != broken ? told(of: name) : nil
  }

  func releases(of name: PackageName) async throws(Failure) -> ReleasesAnswer<Releases> {
    if name == broken { throw Failure(project: name.normalized) }
    return told(of: name)
  }

  func knownMetadata(of distribution: Distribution, project: PackageName) -> MetadataAnswer? {
    answersAtOnce ? told(of: distribution, mayBuild: true) : nil
  }

  func metadata(
    of distribution: Distribution, project: PackageName, mayBuild: Bool
  ) async throws(Failure) -> MetadataAnswer {
    told(of: distribution, mayBuild: mayBuild)
  }

  private func told(of name: PackageName) -> ReleasesAnswer<Releases> {
    if uncached.contains(name) { return .offline }
    guard let known = projects[name] else { return .unknownProject }
    return partlyCached.contains(name) ? .partial(known) : .releases(known)
  }

  private func told(of distribution: Distribution, mayBuild: Bool) -> MetadataAnswer {
    if built.contains(distribution.filename), isBuildRuledOut || !mayBuild { return .needsBuild }
    if uncachedFiles.contains(distribution.filename) { return .offline }
    let told = metadata[distribution.filename] ?? .needsBuild
    if let fault, case .unreadable = told { return .unreadable(fault) }
    return told
  }
}

/// One release of the index under test.
func serve(
  _ name: String, _ version: String, requires: [String] = [], extras: [String] = [],
  requiresPython: String? = nil, yanked: String? = nil, tags: String? = "py3-none-any",
  source: ServedIndex.Source? = nil, uploadedAt: Int64? = nil, isUnreadable: Bool = false,
  isEmpty: Bool = false, sha256: String? = nil, size: Int? = nil
) -> ServedIndex.Served {
  ServedIndex.Served(
    name: name, version: version, requires: requires, extras: extras, requiresPython: requiresPython,
    yanked: yanked.map { Distribution.Yank(reason: $0) },
    files: isEmpty ? [] : (tags.map { [.wheel($0)] } ?? []) + (source.map { [.source($0)] } ?? []),
    uploadedAt: uploadedAt, isUnreadable: isUnreadable, sha256: sha256, size: size)
}
