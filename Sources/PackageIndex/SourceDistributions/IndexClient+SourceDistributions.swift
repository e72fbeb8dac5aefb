package import PythonPackaging
import PythonProjects

extension IndexClient {
  /// The core metadata of a source distribution: what its own files state, else what a build of it tells.
  ///
  /// - Parameter mayBuild: Whether its code may be run.
  /// - Returns: nil where only a build would tell and none may be made, or there is nothing to build with.
  package func metadata(
    ofSource distribution: Distribution, mayBuild: Bool
  ) async throws(IndexError) -> CoreMetadata? {
    switch try await staticMetadata(of: distribution) {
    case .metadata(let metadata): return metadata
    case .needsBuild:
      guard mayBuild, let builder = configuration.builder else { return nil }
      return try await build(distribution, with: builder)
    }
  }

  /// The same without asking anyone, running anything, and without suspending.
  ///
  /// `.known(nil)`: only a build would tell, and none may be made.
  package func knownMetadata(
    ofSource distribution: Distribution, mayBuild: Bool
  ) -> KnownAnswer<CoreMetadata?> {
    let key = distribution.cacheKey
    if let known = rememberedMetadata(key) { return .known(known) }
    switch storedStaticMetadata(of: distribution) {
    case .metadata(let metadata):
      remember(metadata, key: key)
      return .known(metadata)
    case .needsBuild:
      guard mayBuild, let builder = configuration.builder else { return .known(nil) }
      guard let metadata = storedBuild(of: distribution, by: builder) else { return .unknown }
      remember(metadata, key: key)
      return .known(metadata)
    case nil:
      let isLocal = LocalFile.path(of: distribution.url) != nil
      return configuration.mode == .offline && !isLocal ? .offline : .unknown
    }
  }

  /// What a source distribution's own files say.
  enum StaticAnswer: Sendable {
    case metadata(CoreMetadata)
    /// Not enough.
    case needsBuild
  }

  // MARK: Static metadata

  /// What the cache knows of what the files say. No bytes stand for not enough.
  private func storedStaticMetadata(of distribution: Distribution) -> StaticAnswer? {
    guard let bytes = cachedBytes(key: Self.staticKey(distribution)) else { return nil }
    if bytes.isEmpty { return .needsBuild }
    return (try? read(bytes, of: distribution)).map { .metadata($0) }
  }

  private func staticMetadata(of distribution: Distribution) async throws(IndexError) -> StaticAnswer {
    if let known = rememberedMetadata(distribution.cacheKey) { return .metadata(known) }
    return try await once(staticMetadataOf: distribution)
  }

  /// Reads the files: the work behind ``once(staticMetadataOf:)``.
  func readStaticMetadata(of distribution: Distribution) async throws(IndexError) -> StaticAnswer {
    if let known = storedStaticMetadata(of: distribution) { return known }
    let file = try await download(distribution)
    let files: SourceArchive.MetadataFiles
    do throws(SourceArchiveError) {
      files = try SourceArchive(file.bytes, filename: distribution.filename).metadataFiles()
    } catch {
      throw .malformedSource(file: distribution.filename, reason: error)
    }
    let text = StaticMetadata.text(
      pkgInfo: files.pkgInfo, pyproject: files.pyproject, version: distribution.version)
    guard let text else {
      keepForBuild(file, of: distribution)
      store([], of: distribution, key: Self.staticKey(distribution), file: file)
      return .needsBuild
    }
    let metadata = try read(text, of: distribution)
    store(CompactMetadata.filtered(text), of: distribution, key: Self.staticKey(distribution), file: file)
    return .metadata(metadata)
  }

  private static func staticKey(_ distribution: Distribution) -> String {
    "static \(distribution.cacheKey)"
  }

  // MARK: Builds

  /// Unpacks a source distribution and has its backend tell the metadata.
  private func build(
    _ distribution: Distribution, with builder: SourceBuilder
  ) async throws(IndexError) -> CoreMetadata {
    if let known = storedBuild(of: distribution, by: builder) { return known }
    let file = try await downloadForBuild(distribution)
    // Another file may be there under this name tomorrow: what it is, its contents tell.
    let isUnhashed = distribution.hashes.isEmpty && LocalFile.path(of: distribution.url) != nil
    let contentsKey = isUnhashed ? Self.buildKey(contents: FileHash.sha256(file.bytes), builder) : nil
    if let contentsKey, let bytes = cachedBytes(key: contentsKey),
      let known = try? read(bytes, of: distribution)
    {
      remember(known, key: distribution.cacheKey)
      return known
    }
    let unpacked = try UnpackedSource(file.bytes, filename: distribution.filename)
    defer { unpacked.remove() }
    try Self.checkProject(unpacked.tree, label: distribution.filename)
    let built = try await build(ofTree: unpacked.tree, label: distribution.filename, with: builder)
    let metadata = try read(built.metadata, of: distribution)
    remember(metadata, key: distribution.cacheKey)
    // With another pip it may come to something else.
    guard built.keepsCutoff else { return metadata }
    let kept = CompactMetadata.filtered(built.metadata)
    if let contentsKey {
      configuration.cache?.store(
        CachedMetadata(bytes: kept, fetchedAt: file.received, freshUntil: .max), key: contentsKey)
    } else {
      store(kept, of: distribution, key: Self.buildKey(distribution, builder), file: file)
    }
    return metadata
  }

  /// Has a source tree's backend tell the metadata, one tree at a time.
  func build(
    ofTree tree: String, label: String, with builder: SourceBuilder
  ) async throws(IndexError) -> SourceBuilder.Built {
    let system = try buildSystem(ofTree: tree, label: label)
    return try await builds.run { () async -> Result<SourceBuilder.Built, IndexError> in
      do throws(BuildError) {
        return .success(try await builder.metadata(of: tree, label: label, system: system))
      } catch {
        return .failure(.build(error))
      }
    }.get()
  }

  /// As with pip, a tree without `pyproject.toml` and `setup.py` isn't built: setuptools would make a project `UNKNOWN`
  /// of whatever is there.
  static func checkProject(_ tree: String, label: String) throws(IndexError) {
    guard isPresent("\(tree)/pyproject.toml") || isPresent("\(tree)/setup.py") else {
      throw .noProject(label)
    }
  }

  /// How a tree says that it is built (PEP 518).
  func buildSystem(ofTree tree: String, label: String) throws(IndexError) -> BuildSystem {
    guard let bytes = try Self.file("pyproject.toml", ofTree: tree) else { return .legacy }
    do throws(ProjectFileError) {
      return try PyprojectFile(bytes, file: "\(label): pyproject.toml").buildSystem ?? .legacy
    } catch {
      throw .malformedProject(reason: error.description)
    }
  }

  private func storedBuild(of distribution: Distribution, by builder: SourceBuilder) -> CoreMetadata? {
    guard let bytes = cachedBytes(key: Self.buildKey(distribution, builder)) else { return nil }
    return try? read(bytes, of: distribution)
  }

  private static func buildKey(_ distribution: Distribution, _ builder: SourceBuilder) -> String {
    "built \(builder.identity) \(distribution.cacheKey)"
  }

  private static func buildKey(contents hash: String, _ builder: SourceBuilder) -> String {
    "built \(builder.identity) file sha256=\(hash)"
  }

  // MARK: Storing

  private func store(_ bytes: [UInt8], of distribution: Distribution, key: String, file: DownloadedFile) {
    guard let cache = configuration.cache, file.isStorable else { return }
    let freshUntil =
      distribution.sha256 == nil ? file.received + IndexClient.unhashedLifetime : Int64.max
    cache.store(CachedMetadata(bytes: bytes, fetchedAt: file.received, freshUntil: freshUntil), key: key)
  }

  /// A file of a source tree; nil if there is none.
  static func file(_ name: String, ofTree tree: String) throws(IndexError) -> [UInt8]? {
    let path = "\(tree)/\(name)"
    guard isReadable(path) else { return nil }
    do throws(LocalFile.Failure) {
      let file = try LocalFile(path: path)
      guard file.size <= longestMetadata else { throw LocalFile.Failure(reason: "too large") }
      return try file.read(0..<file.size)
    } catch {
      throw .unreadableFile(path: PrintableText.escaped(path, limit: 300), reason: error.reason)
    }
  }
}

extension SourceBuilder {
  /// Tells builders apart whose builds may come to something else.
  var identity: String {
    guard configuration.isIsolated else { return "\(configuration.interpreter) (not isolated)" }
    let indexes = configuration.indexes
    var parts = [configuration.interpreter]
    if let cutoff = indexes.cutoff { parts.append("(\(cutoff.identity))") }
    for (name, names) in [("only", indexes.formats.onlyBinary), ("no", indexes.formats.noBinary)]
    where !names.isEmpty {
      parts.append("(\(name)-binary \(names.sorted().joined(separator: ",")))")
    }
    if !configuration.constraints.isEmpty {
      parts.append("(\(configuration.constraints.joined(separator: ",")))")
    }
    return parts.joined(separator: " ")
  }
}
