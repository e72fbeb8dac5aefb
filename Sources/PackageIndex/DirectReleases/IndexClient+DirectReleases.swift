package import PythonPackaging
import PythonProjects
import ZipReading

extension IndexClient {
  /// Finds the release at a location: fetches what must be fetched, reads what files state, builds what only a build tells.
  ///
  /// - Parameters:
  ///   - name: the project the requirement names, if it does; metadata of another is an error.
  ///   - mayBuild: whether a project may be built, asked without a name where none is known.
  /// - Throws: `.needsBuild` where a build would be needed and none may be made.
  package func release(
    at location: DirectLocation, named name: PackageName?,
    mayBuild: @escaping @Sendable (PackageName?) -> Bool
  ) async throws(IndexError) -> DirectRelease {
    let permission = BuildPermission(name: name, isGiven: mayBuild)
    let release: DirectRelease
    switch location.kind {
    case .git(let url): release = try await repositoryRelease(url, location, permission)
    case .file:
      if let path = LocalFile.path(of: location.url), isDirectory(path) {
        release = try await directoryRelease(path, location, permission)
      } else {
        release = try await fileRelease(location, permission)
      }
    }
    if let name, release.metadata.name != name {
      throw .contradiction(
        file: shown(location.url), field: .name, expected: name.normalized,
        found: release.metadata.writtenName)
    }
    return release
  }

  // MARK: Files

  private func fileRelease(
    _ location: DirectLocation, _ permission: BuildPermission
  ) async throws(IndexError) -> DirectRelease {
    let filename = Self.filename(of: location.url)
    do throws(IndexError) {
      return filename.hasSuffix(".whl")
        ? try await wheelRelease(location, filename: filename)
        : try await archiveRelease(location, filename: filename, permission)
    } catch .missingFile(_, let url) {
      throw .nothingThere(url: url)
    } catch {
      throw error
    }
  }

  private func wheelRelease(
    _ location: DirectLocation, filename: String
  ) async throws(IndexError) -> DirectRelease {
    var distribution: Distribution
    do throws(FilenameError) {
      distribution = try Distribution(filename: filename, url: location.url, coreMetadata: .absent)
    } catch {
      throw .malformedFilename(error)
    }
    distribution.sha256 = location.digests.first { $0.algorithm == "sha256" }?.hex
    distribution.otherHashes = location.digests.filter { $0.algorithm != "sha256" }
    let metadata =
      location.digests.isEmpty
      ? try await metadata(of: distribution) : try await checkedMetadata(of: distribution)
    return DirectRelease(metadata: metadata, distribution: distribution, commit: nil, isFile: true)
  }

  /// The metadata of a wheel that must hash as the requirement says: read out of the whole of it.
  private func checkedMetadata(of distribution: Distribution) async throws(IndexError) -> CoreMetadata {
    guard case .wheel(let wheel) = distribution.kind else {
      throw .sourceDistributionUnsupported(file: distribution.filename)
    }
    let digests = distribution.hashes.map(\.description).joined(separator: " ")
    let text = try await keptMetadata(key: "wheel \(distribution.url) \(digests)") {
      client async throws(IndexError) in
      let file = try await client.download(distribution)
      var extraction = MetadataExtraction(wheel: wheel, fileSize: file.bytes.count)
      extraction.supply(file.bytes, at: 0)
      do throws(ArchiveError) {
        guard case .metadata(let text) = try extraction.step() else {
          throw ArchiveError.zip(.damagedDirectory)
        }
        return SourceBuilder.Built(metadata: text, keepsCutoff: true)
      } catch {
        throw .malformedArchive(file: distribution.filename, reason: error)
      }
    }
    return try read(text, of: distribution)
  }

  /// An archive has no name that could be trusted: what it is, its metadata tells, and it is known by its contents.
  private func archiveRelease(
    _ location: DirectLocation, filename: String, _ permission: BuildPermission
  ) async throws(IndexError) -> DirectRelease {
    let file = try await download(url: location.url, named: filename, digests: location.digests)
    let hash = FileHash.sha256(file.bytes)
    let subdirectory = location.subdirectory
    let key = "archive sha256=\(hash) \(subdirectory ?? "")"
    let text = try await keptMetadata(key: key) { client async throws(IndexError) in
      let unpacked = try UnpackedSource(file.bytes, filename: filename)
      defer { unpacked.remove() }
      let tree = try Self.subdirectory(subdirectory, of: unpacked.tree, label: filename)
      let pkgInfo = subdirectory == nil ? try Self.file("PKG-INFO", ofTree: tree) : nil
      return try await client.metadata(ofTree: tree, pkgInfo: pkgInfo, label: filename, permission)
    }
    return try Self.release(text, url: location.url, label: filename, sha256: hash, isFile: true)
  }

  // MARK: Trees

  private func directoryRelease(
    _ path: String, _ location: DirectLocation, _ permission: BuildPermission
  ) async throws(IndexError) -> DirectRelease {
    let label = PrintableText.escaped(path, limit: 300)
    let tree = try Self.subdirectory(location.subdirectory, of: path, label: label)
    let text = try await metadata(ofTree: tree, pkgInfo: nil, label: label, permission).metadata
    return try Self.release(text, url: location.url, label: label, sha256: nil, isFile: false)
  }

  private func repositoryRelease(
    _ text: String, _ location: DirectLocation, _ permission: BuildPermission
  ) async throws(IndexError) -> DirectRelease {
    let label = shown(text)
    guard let git = configuration.git else { throw .offlineMiss(label) }
    let url: GitURL
    do throws(GitURLError) { url = try GitURL(text) } catch { throw .invalidRepositoryURL(error) }
    let commit = try await commit(of: url, lockedURLs: location.lockedURLs, label: label, by: git)
    let key = "git \(url.identity)@\(commit) \(url.subdirectory ?? "")"
    let metadata = try await keptMetadata(key: key) { client async throws(IndexError) in
      if client.configuration.mode == .offline { throw .offlineMiss("commit \(commit) of \(label)") }
      let scratch = try ScratchDirectory()
      let directory = scratch.path
      defer { scratch.remove() }
      do throws(GitError) {
        try await git.checkOut(commit, of: url, into: directory)
      } catch {
        throw .repository(error)
      }
      let tree = try Self.subdirectory(url.subdirectory, of: directory, label: label)
      return try await client.metadata(ofTree: tree, pkgInfo: nil, label: label, permission)
    }
    let release = try Self.release(metadata, url: text, label: label, sha256: nil, isFile: false)
    return DirectRelease(
      metadata: release.metadata, distribution: release.distribution, commit: commit,
      isFile: false)
  }

  /// The commit that a repository's URL stands for: the one of the lockfile while what the URL names still leads to it, else
  /// the one it names today.
  private func commit(
    of url: GitURL, lockedURLs: [String], label: String, by git: GitClient
  ) async throws(IndexError) -> String {
    let locked = lockedURLs.lazy.compactMap { try? GitURL($0) }.first { known in
      known.isFullCommit && known.identity == url.identity && known.subdirectory == url.subdirectory
    }?.reference
    if configuration.mode == .offline, !url.isFullCommit {
      guard let locked else { throw .offlineMiss("what \(label) stands for") }
      return locked
    }
    do throws(GitError) {
      let current = try await git.commit(of: url)
      guard let locked, locked != current, !url.isFullCommit,
        try await git.hasComeOn(from: locked, to: current, in: url)
      else { return current }
      return locked
    } catch {
      throw .repository(error)
    }
  }

  /// The metadata of a source tree: what its files state, else what a build tells.
  private func metadata(
    ofTree tree: String, pkgInfo: [UInt8]?, label: String, _ permission: BuildPermission
  ) async throws(IndexError) -> SourceBuilder.Built {
    let pyproject = try Self.file("pyproject.toml", ofTree: tree)
    if let text = StaticMetadata.text(pkgInfo: pkgInfo, pyproject: pyproject, version: nil) {
      return SourceBuilder.Built(metadata: text, keepsCutoff: true)
    }
    try Self.checkProject(tree, label: label)
    let named = pyproject.flatMap { try? PyprojectFile($0, file: "pyproject.toml").project?.name }
    guard permission.isGiven(permission.name ?? named) else { throw .needsBuild(label, isRuledOut: true) }
    guard let builder = configuration.builder else { throw .needsBuild(label, isRuledOut: false) }
    return try await build(ofTree: tree, label: label, with: builder)
  }

  // MARK: Pieces

  /// Metadata kept under a key that says what it is of, for good; else made and kept.
  private func keptMetadata(
    key: String, make: (IndexClient) async throws(IndexError) -> SourceBuilder.Built
  ) async throws(IndexError) -> [UInt8] {
    let key = "\(key) \(configuration.builder?.identity ?? "")"
    if let bytes = cachedBytes(key: key) { return bytes }
    let made = try await make(self)
    let text = CompactMetadata.filtered(made.metadata)
    // With another pip it may come to something else.
    guard made.keepsCutoff else { return text }
    configuration.cache?.store(
      CachedMetadata(bytes: text, fetchedAt: configuration.clock.now(), freshUntil: .max), key: key)
    return text
  }

  private static func release(
    _ text: [UInt8], url: String, label: String, sha256: String?, isFile: Bool
  ) throws(IndexError) -> DirectRelease {
    let metadata: CoreMetadata
    do throws(CoreMetadataError) {
      metadata = try CoreMetadata(utf8: text)
    } catch {
      throw .malformedMetadata(file: label, reason: error)
    }
    let filename = "\(metadata.name.normalized)-\(metadata.version).tar.gz"
    let distribution: Distribution
    do throws(FilenameError) {
      distribution = try Distribution(
        filename: filename, of: metadata.name, url: url, sha256: sha256, coreMetadata: .absent)
    } catch {
      throw .malformedFilename(error)
    }
    return DirectRelease(metadata: metadata, distribution: distribution, commit: nil, isFile: isFile)
  }

  /// A directory below a tree, links resolved: it may not lie outside.
  private static func subdirectory(
    _ name: String?, of tree: String, label: String
  ) throws(IndexError) -> String {
    guard let name else { return tree }
    guard let root = resolvedPath(tree), let path = resolvedPath("\(root)/\(name)"),
      path.hasPrefix("\(root)/"),
      isDirectory(path)
    else { throw .missingSubdirectory(PrintableText.escaped(name, limit: 300), of: label) }
    return path
  }

  /// The last part of a URL's path, decoded.
  static func filename(of url: String) -> String {
    let path = url.prefix { $0 != "?" && $0 != "#" }
    return percentDecoded(path.split(separator: "/").last ?? "")
  }

  private func shown(_ url: String) -> String {
    PrintableText.escaped(URLCredentials.redacted(url), limit: 300)
  }
}

/// Whether what a location leads to may be built.
private struct BuildPermission: Sendable {
  /// The project, where the requirement names it.
  let name: PackageName?
  let isGiven: @Sendable (PackageName?) -> Bool
}
