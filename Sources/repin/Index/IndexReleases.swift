import PackageIndex
import PythonPackaging
import Resolution

/// The configured indexes as the resolver asks them.
struct IndexReleases: ReleaseIndex {
  let client: IndexClient
  let progress: Progress

  func knownReleases(of name: PackageName) -> ReleasesAnswer<ProjectPage>? {
    switch client.knownPage(of: name) {
    case .known(let page?): .releases(page)
    case .known(nil): .unknownProject
    case .offline: .offline
    case .unknown: nil
    }
  }

  func releases(of name: PackageName) async throws(IndexFailure) -> ReleasesAnswer<ProjectPage> {
    progress.began(name.normalized)
    defer { progress.ended() }
    do throws(IndexError) {
      return try await client.page(of: name).map { .releases($0) } ?? .unknownProject
    } catch .offlineMiss {
      return .offline
    } catch {
      throw IndexFailure(subject: .project(name), error: error)
    }
  }

  func knownMetadata(of distribution: Distribution, project: PackageName) -> MetadataAnswer? {
    guard distribution.isWheel else { return .needsBuild }
    return switch client.knownMetadata(of: distribution) {
    case .known(let metadata): .metadata(metadata)
    case .offline: .offline
    case .unknown: nil
    }
  }

  func metadata(
    of distribution: Distribution, project: PackageName
  ) async throws(IndexFailure) -> MetadataAnswer {
    guard distribution.isWheel else { return .needsBuild }
    progress.began(distribution.filename)
    defer { progress.ended() }
    do throws(IndexError) {
      return .metadata(try await client.metadata(of: distribution))
    } catch .offlineMiss {
      return .offline
    } catch {
      switch error {
      // The release is at fault, not the index: the resolver goes on without it and says so where it matters.
      case .malformedMetadata, .contradiction, .malformedArchive, .missingFile:
        return .unreadable(error.description)
      default: throw IndexFailure(subject: .file(distribution.filename), error: error)
      }
    }
  }
}

extension ProjectPage: ProjectReleases {}

/// What the index could not answer, and why.
struct IndexFailure: Error {
  /// What was asked for.
  enum Subject: Sendable, Hashable {
    case project(PackageName)
    case file(String)
    case document(String)
  }

  let subject: Subject
  let error: IndexError

  var text: String {
    let asked =
      switch subject {
      case .project(let name): "the project page of `\(name)`"
      case .file(let name): "the metadata of `\(PrintableText.escaped(name, limit: 300))`"
      case .document(let url): "`\(url)`"
      }
    return "can't fetch \(asked): \(error); nothing was written"
  }

  var hints: [String] {
    switch error {
    case .unauthorized: ["give credentials in netrc or in the index's address"]
    case .unreachable, .timedOut: ["try again, or use `--offline` to go by what is cached"]
    case .hashMismatch:
      ["the file was changed on its way or on the index; don't install it before you know why"]
    case .certificateFile, .tlsFailure: ["`--cert` names the authorities to trust"]
    default: []
    }
  }
}
