import PackageIndex
import PythonPackaging
import RequirementsFiles

extension CompileRun {
  /// A URL to be followed, and who names it.
  private struct Wanted: Sendable {
    let url: String
    /// As a lockfile would have it.
    let written: String
    let name: PackageName?
    var extras: Set<ExtraName>
    /// The entry of the input; nil: a dependency of another source.
    let entry: Int?
    /// Where it stands, for messages.
    let place: String
    let location: DirectLocation
  }

  /// Finds all that the input names by URL or path, and what those name in turn.
  ///
  /// Only what a person asks for may name a URL, and what that leads to: a release of an index may not.
  func directSources(
    of input: RequirementsInput, environment: TargetEnvironment, client: IndexClient,
    existing: ExistingLockfile?
  ) async throws(CommandFailure) -> DirectSources {
    var sources = DirectSources()
    var wanted: [Wanted] = []
    for (place, entry) in input.entries.enumerated() {
      guard let url = entry.url, entry.applies(in: environment.markers) else {
        continue
      }
      wanted.append(
        Wanted(
          url: url, written: entry.writtenURL ?? url, name: entry.name, extras: Set(entry.extras),
          entry: place,
          place: entry.location.description,
          location: try location(of: url, place: entry.location.description, existing)))
    }
    var followed: Set<String> = []
    while !wanted.isEmpty {
      let found = try await follow(wanted, with: client)
      var next: [Wanted] = []
      for (wanted, release) in zip(wanted, found) {
        let name = release.metadata.name
        let source = DirectSources.Source(
          release: release, lockedURL: release.lockedURL(writtenAs: wanted.written), urls: [wanted.url])
        guard sources.add(source) else {
          throw .conflictingURLs(
            name, one: sources.sources[name]?.lockedURL ?? "", other: wanted.written, place: wanted.place)
        }
        if let entry = wanted.entry { sources.name(name, entry: entry) }
        for requirement in release.metadata.requiresDist {
          guard let url = requirement.url, followed.insert(url).inserted,
            requirement.applies(in: environment.markers, extras: wanted.extras.sorted())
          else { continue }
          next.append(
            Wanted(
              url: url, written: url, name: requirement.name, extras: Set(requirement.extras), entry: nil,
              place: "\(wanted.place): \(name)",
              location: try location(of: url, place: wanted.place, existing)))
        }
      }
      wanted = next
    }
    return sources
  }

  /// Follows URLs side by side; the first failure in the order written is told.
  private func follow(
    _ wanted: [Wanted], with client: IndexClient
  ) async throws(CommandFailure) -> [DirectRelease] {
    let progress = Progress(terminal: context.terminal, isShown: !command.quiet)
    defer { progress.finish() }
    let results = await withTaskGroup(of: (Int, Result<DirectRelease, IndexError>).self) { group in
      for (place, wanted) in wanted.enumerated() {
        group.addTask {
          progress.began(wanted.name?.normalized ?? URLCredentials.redacted(wanted.written))
          defer { progress.ended() }
          do throws(IndexError) {
            return (
              place,
              .success(
                try await release(wanted, with: client))
            )
          } catch {
            return (place, .failure(error))
          }
        }
      }
      var results: [(Int, Result<DirectRelease, IndexError>)] = []
      for await result in group { results.append(result) }
      return results.sorted { $0.0 < $1.0 }
    }
    var releases: [DirectRelease] = []
    for (place, result) in results {
      do throws(IndexError) {
        releases.append(try result.get())
      } catch {
        throw .directSource(
          place: wanted[place].place, text: URLCredentials.redacted(wanted[place].written), error)
      }
    }
    return releases
  }

  /// The release at a URL; of one that isn't of a repository, which may have moved, as it was found before.
  private func release(_ wanted: Wanted, with client: IndexClient) async throws(IndexError) -> DirectRelease {
    func find() async throws(IndexError) -> DirectRelease {
      try await client.release(at: wanted.location, named: wanted.name, mayBuild: { mayBuild($0) })
    }
    guard case .file = wanted.location.kind else { return try await find() }
    return try await localBuilds.told(.release(wanted.location, of: wanted.name), by: find)
  }

  /// What a URL says, with what the lockfile remembers of it.
  private func location(
    of url: String, place: String, _ existing: ExistingLockfile?
  ) throws(CommandFailure) -> DirectLocation {
    guard let reference = DirectReference(url) else {
      throw .unusableURL(place: place, text: url, reason: "it is no URL")
    }
    guard !URLCredentials.areUnencoded(in: url) else {
      throw .unusableURL(
        place: place, text: url,
        reason:
          "its user name or password ends at a character that means something in a URL: write `/` as `%2F`, `?` as "
          + "`%3F` and `#` as `%23`")
    }
    let digests = reference.hash.map { [Distribution.Digest(algorithm: $0.algorithm, hex: $0.digest)] } ?? []
    switch reference.kind {
    case .local, .web:
      return DirectLocation(
        kind: .file, url: reference.absoluteURL(in: context.workingDirectory),
        subdirectory: reference.subdirectory, digests: digests)
    case .repository(system: "git"):
      return DirectLocation(
        kind: .git(url), url: reference.url, subdirectory: reference.subdirectory,
        lockedURLs: lockedURLs(existing))
    case .repository(let system):
      throw .unusableURL(
        place: place, text: url, reason: "of version control systems only git is supported, not \(system)")
    case .other(scheme: ""):
      throw .unusableURL(
        place: place, text: url,
        reason: "it is no URL; write a path alone, `./app`, or as `name @ file:///…`")
    case .other(let scheme):
      throw .unusableURL(place: place, text: url, reason: "`\(scheme)` URLs can't be fetched")
    }
  }

  /// The repositories that the lockfile has, but for pins that are given up.
  private func lockedURLs(_ existing: ExistingLockfile?) -> [String] {
    guard !command.upgrade, let existing else { return [] }
    let upgraded = Set(command.upgradePackage.compactMap { (try? Requirement($0))?.name })
    return existing.contents.pins.compactMap { pin in
      switch pin.source {
      case .url(let text), .editable(let text):
        let name = pin.name ?? EditableText(text).name
        return name.map(upgraded.contains) == true ? nil : EditableText(text).url
      case .version, .arbitraryVersion: return nil
      }
    }
  }
}
