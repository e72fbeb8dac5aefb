import PackageIndex
import PythonPackaging
import Resolution

/// The configured indexes as the resolver asks them.
struct IndexReleases: ReleaseIndex {
  let client: IndexClient
  let links: FindLinks
  /// The projects that come from a URL instead.
  let direct: [PackageName: DirectRelease]
  /// Whether a project may not be built.
  let isBuildRuledOut: @Sendable (PackageName) -> Bool
  let progress: Progress
  let lookups: Lookups

  func knownReleases(of name: PackageName) -> ReleasesAnswer<KnownReleases>? {
    if let release = direct[name] {
      lookups.found(name, in: nil)
      return .releases(KnownReleases(pages: [], files: [release.distribution]))
    }
    return switch client.knownPages(of: name) {
    case .known(let pages): answer(pages, name, from: .cache)
    case .offline: uncached(name)
    case .unknown: nil
    }
  }

  func releases(of name: PackageName) async throws(IndexFailure) -> ReleasesAnswer<KnownReleases> {
    if let known = knownReleases(of: name) { return known }
    progress.began(name.normalized)
    defer { progress.ended() }
    do throws(IndexError) {
      return answer(try await client.pages(of: name), name, from: .index)
    } catch .offlineMiss {
      return uncached(name)
    } catch {
      throw IndexFailure(subject: .project(name), error: error)
    }
  }

  func unaskedIndexes(of name: PackageName) -> [String] {
    direct[name] == nil ? client.unaskedIndexes(of: name) : []
  }

  /// What there is of a project that the indexes aren't asked for.
  private func uncached(_ name: PackageName) -> ReleasesAnswer<KnownReleases> {
    lookups.found(name, in: nil)
    let files = links.distributions(of: name)
    return files.isEmpty ? .offline : .partial(KnownReleases(pages: [], files: files))
  }

  private func answer(
    _ pages: [ProjectPage], _ name: PackageName, from source: Lookups.Source
  ) -> ReleasesAnswer<KnownReleases> {
    lookups.found(name, in: client.indexURLs.isEmpty ? nil : source)
    let files = links.isEmpty ? [] : links.distributions(of: name)
    if pages.isEmpty && files.isEmpty { return .unknownProject }
    return .releases(KnownReleases(pages: pages, files: files, isRanked: client.strategy == .firstMatch))
  }

  private func answer(
    _ metadata: CoreMetadata?, of distribution: Distribution, from source: Lookups.Source
  ) -> MetadataAnswer {
    lookups.foundMetadata(of: distribution, in: source)
    return metadata.map { .metadata($0) } ?? .needsBuild
  }

  func knownMetadata(of distribution: Distribution, project: PackageName) -> MetadataAnswer? {
    if let release = direct[project] { return .metadata(release.metadata) }
    guard distribution.isWheel else {
      return
        switch client.knownMetadata(
          ofSource: distribution, mayBuild: !isBuildRuledOut(project))
      {
      case .known(let metadata): answer(metadata, of: distribution, from: .cache)
      case .offline: .offline
      case .unknown: nil
      }
    }
    return switch client.knownMetadata(of: distribution) {
    case .known(let metadata): answer(metadata, of: distribution, from: .cache)
    case .offline: .offline
    case .unknown: nil
    }
  }

  func metadata(
    of distribution: Distribution, project: PackageName, mayBuild: Bool
  ) async throws(IndexFailure) -> MetadataAnswer {
    if let release = direct[project] { return .metadata(release.metadata) }
    progress.began(distribution.filename)
    defer { progress.ended() }
    do throws(IndexError) {
      guard distribution.isWheel else {
        let metadata = try await client.metadata(
          ofSource: distribution, mayBuild: mayBuild && !isBuildRuledOut(project))
        return answer(metadata, of: distribution, from: .index)
      }
      return answer(try await client.metadata(of: distribution), of: distribution, from: .index)
    } catch .offlineMiss {
      return .offline
    } catch {
      switch error {
      // The release is at fault, not the index: the resolver goes on without it and says so where it matters. But what
      // the user has put beside the index himself is meant, and nothing else may come in its place.
      case .malformedMetadata, .contradiction, .malformedArchive, .malformedSource, .noProject,
        .unreadableFile, .invalidURL:
        if distribution.url.hasPrefix("file:") {
          throw IndexFailure(subject: .localFile(distribution.filename), error: error)
        }
        return .unreadable(error.description)
      default: throw IndexFailure(subject: .file(distribution.filename), error: error)
      }
    }
  }
}
