import PackageIndex
import PythonPackaging
import RequirementsFiles

/// The releases that requirements name by URL or path instead of asking an index, found before anything is resolved.
struct DirectSources: Sendable {
  /// One of them.
  struct Source: Sendable {
    let release: DirectRelease
    /// Its URL as a lockfile has it: as written where a person wrote it, a repository's at its commit.
    let lockedURL: String
    /// Every spelling of its URL that requirements have.
    var urls: Set<String>
  }

  /// By project.
  private(set) var sources: [PackageName: Source] = [:]
  /// The projects of the input's entries that don't name one, by their place in the input.
  private(set) var names: [Int: PackageName] = [:]

  /// None.
  init() {}

  /// Remembers a source; false if the project has another already.
  mutating func add(_ source: Source) -> Bool {
    let name = source.release.metadata.name
    guard var known = sources[name] else {
      sources[name] = source
      return true
    }
    guard known.release.distribution.url == source.release.distribution.url else { return false }
    known.urls.formUnion(source.urls)
    sources[name] = known
    return true
  }

  /// Remembers what an entry's metadata calls the project.
  mutating func name(_ name: PackageName, entry: Int) { names[entry] = name }

  /// The URLs that lead to each project's release.
  var urls: [PackageName: Set<String>] { sources.mapValues(\.urls) }

  /// An entry of the input as the resolver takes it: with its project's name.
  func requirement(_ entry: InputRequirement, at place: Int) -> Requirement? {
    switch entry.kind {
    case .named(let requirement), .direct(let requirement): requirement
    case .unnamed(let unnamed):
      names[place].map {
        Requirement(name: $0, extras: unnamed.extras, url: unnamed.url, marker: unnamed.marker)
      }
    }
  }
}
