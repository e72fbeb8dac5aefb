import PythonPackaging
import Resolution
import Synchronization

/// An index that keeps which files' metadata it was asked for.
final class CountingIndex: ReleaseIndex {
  let index: ServedIndex
  let asked = Mutex<[String]>([])

  init(index: ServedIndex) { self.index = index }

  func knownReleases(of name: PackageName) -> ReleasesAnswer<ServedIndex.Releases>? {
    index.knownReleases(of: name)
  }

  func releases(
    of name: PackageName
  ) async throws(ServedIndex.Failure) -> ReleasesAnswer<ServedIndex.Releases> {
    try await index.releases(of: name)
  }

  func knownMetadata(of distribution: Distribution, project: PackageName) -> MetadataAnswer? {
    index.knownMetadata(of: distribution, project: project)
  }

  func metadata(
    of distribution: Distribution, project: PackageName, mayBuild: Bool
  ) async throws(ServedIndex.Failure) -> MetadataAnswer {
    asked.withLock { $0.append(distribution.filename) }
    return try await index.metadata(of: distribution, project: project, mayBuild: mayBuild)
  }
}
