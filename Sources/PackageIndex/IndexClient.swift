package import PythonPackaging
import Synchronization

/// Project pages and distribution metadata from the configured indexes, by way of the cache.
///
/// Hundreds of calls may run at once: each thing is fetched once, and requests beyond the bound wait their
/// turn. A call's cancellation doesn't stop a fetch that others may be waiting for; `close()` stops them all.
///
///     let client = try IndexClient(configuration)
///     let pages =
///       switch client.knownPages(of: name) {
///       case .known(let pages): pages
///       case .unknown, .offline: try await client.pages(of: name)
///       }
///     …
///     await client.close()
package final class IndexClient: Sendable {
  /// One name's pages, in the order of the indexes; none: no index has the name.
  struct Found: Sendable {
    var pages: [ProjectPage] = []
    /// The index of the first.
    var index: WebAddress?
  }

  private struct State {
    var pages: [PackageName: Found] = [:]
    var pageTasks: [PackageName: Task<Result<Found, IndexError>, Never>] = [:]
    var metadata: [String: CoreMetadata] = [:]
    var metadataTasks: [String: Task<Result<CoreMetadata, IndexError>, Never>] = [:]
    var staticTasks: [String: Task<Result<StaticAnswer, IndexError>, Never>] = [:]
    /// Source distributions that were read and have to be built, by key: the solver asks for the build soon.
    var archives: [String: DownloadedFile] = [:]
    /// The last large one of them.
    var largeArchive: (key: String, file: DownloadedFile)?
    /// How often in a row a server had no `.metadata` it hadn't promised; -1 once it had one.
    var missingMetadataFiles: [WebAddress.Origin: Int] = [:]
    var isClosed = false
  }

  let configuration: IndexClientConfiguration
  let indexes: [WebAddress]
  let fetcher: Fetcher
  let builds = BuildQueue()
  private let state = Mutex(State())

  /// A client on the network. Nothing is opened or connected yet.
  ///
  /// - Throws: `.invalidURL` for an index that isn't `http(s)`.
  package convenience init(_ configuration: IndexClientConfiguration) throws(IndexError) {
    try self.init(configuration, transport: NetworkTransport(configuration: configuration.network))
  }

  init(_ configuration: IndexClientConfiguration, transport: any Transport) throws(IndexError) {
    self.configuration = configuration
    var indexes: [WebAddress] = []
    for text in configuration.indexURLs {
      indexes.append(try IndexClient.address(ofIndex: text))
    }
    self.indexes = indexes
    fetcher = Fetcher(
      transport: transport,
      credentials: CredentialStore(
        indexes: indexes, netrc: configuration.netrc, keyring: configuration.keyring),
      retryPolicy: RetryPolicy(retries: configuration.network.retries), clock: configuration.clock)
  }

  /// Which of its indexes a project may come from.
  package var strategy: IndexStrategy { configuration.strategy }

  /// Finds fault with an index's address where there is one to be found.
  package static func checkIndexURL(_ text: String) throws(IndexError) { _ = try address(ofIndex: text) }

  private static func address(ofIndex text: String) throws(IndexError) -> WebAddress {
    guard let address = WebAddress(text) else { throw .invalidURL(redacted(text)) }
    return address.path.hasSuffix("/") ? address : address.appending(toPath: "/")
  }

  /// Stops what is under way, writes the cache and closes connections. Calls after it throw `.cancelled`.
  ///
  /// Where nothing was fetched, this neither suspends nor leaves the caller's executor.
  package nonisolated(nonsending) func close() async {
    let tasks = state.withLock { state -> [any Cancellable] in
      state.isClosed = true
      state.archives = [:]
      state.largeArchive = nil
      return Array(state.pageTasks.values) + Array(state.metadataTasks.values)
        + Array(state.staticTasks.values)
    }
    for task in tasks { task.cancel() }
    configuration.builder?.close()
    configuration.cache?.close()
    await fetcher.transport.close()
  }

  // MARK: Pages

  /// The project's pages on the indexes that it may come from; none: no index has it.
  package func pages(of name: PackageName) async throws(IndexError) -> [ProjectPage] {
    try await found(name).pages
  }

  /// The pages without asking anyone, and without suspending.
  package func knownPages(of name: PackageName) -> KnownAnswer<[ProjectPage]> {
    if let known = state.withLock({ $0.pages[name] }) { return .known(known.pages) }
    guard let found = cachedFound(name) else { return configuration.mode == .offline ? .offline : .unknown }
    state.withLock { $0.pages[name] = found }
    return .known(found.pages)
  }

  /// The index a name's page came from, redacted, once `pages(of:)` or `knownPages(of:)` has found it.
  package func indexURL(of name: PackageName) -> String? {
    state.withLock { $0.pages[name]?.index }?.redacted
  }

  private func found(_ name: PackageName) async throws(IndexError) -> Found {
    enum Known {
      case found(Found)
      case task(Task<Result<Found, IndexError>, Never>)
      case closed
    }
    let known: Known = state.withLock { state in
      if let found = state.pages[name] { return .found(found) }
      if let task = state.pageTasks[name] { return .task(task) }
      if state.isClosed { return .closed }
      let task = Task { await self.resolvePage(name) }
      state.pageTasks[name] = task
      return .task(task)
    }
    switch known {
    case .found(let found): return found
    case .closed: throw .cancelled
    case .task(let task): return try await task.value.get()
    }
  }

  private func resolvePage(_ name: PackageName) async -> Result<Found, IndexError> {
    let result: Result<Found, IndexError>
    do throws(IndexError) {
      result = .success(try await fetchFound(name))
    } catch {
      result = .failure(error)
    }
    // A failure isn't remembered: whoever asks again, asks anew.
    state.withLock { state in
      if case .success(let found) = result { state.pages[name] = found }
      state.pageTasks[name] = nil
    }
    return result
  }

  // MARK: Metadata

  /// The core metadata of one file.
  package func metadata(of distribution: Distribution) async throws(IndexError) -> CoreMetadata {
    enum Known {
      case metadata(CoreMetadata)
      case task(Task<Result<CoreMetadata, IndexError>, Never>)
      case closed
    }
    guard case .wheel = distribution.kind else {
      throw .sourceDistributionUnsupported(file: distribution.filename)
    }
    let key = distribution.cacheKey
    let known: Known = state.withLock { state in
      if let metadata = state.metadata[key] { return .metadata(metadata) }
      if let task = state.metadataTasks[key] { return .task(task) }
      if state.isClosed { return .closed }
      let task = Task { await self.resolveMetadata(distribution, key: key) }
      state.metadataTasks[key] = task
      return .task(task)
    }
    switch known {
    case .metadata(let metadata): return metadata
    case .closed: throw .cancelled
    case .task(let task): return try await task.value.get()
    }
  }

  /// The same without asking anyone, and without suspending. What the cache holds and nobody can read is
  /// `.unknown`: the asynchronous question says why.
  package func knownMetadata(of distribution: Distribution) -> KnownAnswer<CoreMetadata> {
    let key = distribution.cacheKey
    if let known = state.withLock({ $0.metadata[key] }) { return .known(known) }
    guard let bytes = cachedBytes(key: key) else {
      let isLocal = LocalFile.path(of: distribution.url) != nil
      return configuration.mode == .offline && !isLocal ? .offline : .unknown
    }
    guard let metadata = try? read(bytes, of: distribution) else { return .unknown }
    state.withLock { $0.metadata[key] = metadata }
    return .known(metadata)
  }

  private func resolveMetadata(
    _ distribution: Distribution, key: String
  ) async -> Result<CoreMetadata, IndexError> {
    let result: Result<CoreMetadata, IndexError>
    do throws(IndexError) {
      result = .success(try await fetchMetadata(distribution, key: key))
    } catch {
      result = .failure(error)
    }
    state.withLock { state in
      if case .success(let metadata) = result { state.metadata[key] = metadata }
      state.metadataTasks[key] = nil
    }
    return result
  }

  // MARK: Source distributions

  /// What a source distribution's own files say, read once however many ask.
  func once(staticMetadataOf distribution: Distribution) async throws(IndexError) -> StaticAnswer {
    let key = distribution.cacheKey
    let task: Task<Result<StaticAnswer, IndexError>, Never>? = state.withLock { state in
      if let task = state.staticTasks[key] { return task }
      if state.isClosed { return nil }
      let task = Task { await self.resolveStaticMetadata(distribution) }
      state.staticTasks[key] = task
      return task
    }
    guard let task else { throw .cancelled }
    return try await task.value.get()
  }

  private func resolveStaticMetadata(_ distribution: Distribution) async -> Result<StaticAnswer, IndexError> {
    let result: Result<StaticAnswer, IndexError>
    do throws(IndexError) {
      result = .success(try await readStaticMetadata(of: distribution))
    } catch {
      result = .failure(error)
    }
    state.withLock { state in
      if case .success(.metadata(let metadata)) = result { state.metadata[distribution.cacheKey] = metadata }
      // A failure isn't remembered: whoever asks again, asks anew.
      if case .failure = result { state.staticTasks[distribution.cacheKey] = nil }
    }
    return result
  }

  func rememberedMetadata(_ key: String) -> CoreMetadata? { state.withLock { $0.metadata[key] } }

  func remember(_ metadata: CoreMetadata, key: String) { state.withLock { $0.metadata[key] = metadata } }

  /// Keeps a file that will probably be built; of large ones the last alone, the others are rather fetched again.
  func keepForBuild(_ file: DownloadedFile, of distribution: Distribution) {
    state.withLock { state in
      if file.bytes.count <= IndexClient.largestKept {
        state.archives[distribution.cacheKey] = file
      } else {
        state.largeArchive = (distribution.cacheKey, file)
      }
    }
  }

  /// The bytes of a source distribution that is built now.
  func downloadForBuild(_ distribution: Distribution) async throws(IndexError) -> DownloadedFile {
    let key = distribution.cacheKey
    let kept = state.withLock { state -> DownloadedFile? in
      guard let large = state.largeArchive, large.key == key else {
        return state.archives.removeValue(forKey: key)
      }
      state.largeArchive = nil
      return large.file
    }
    if let kept { return kept }
    return try await download(distribution)
  }

  private static let largestKept = 16 << 20

  // MARK: What servers don't have

  /// After this many files in a row without `.metadata`, and none with, a server isn't asked for more of them.
  private static let patience = 3

  /// Whether to ask a server for a `.metadata` the index doesn't mention.
  func mayHaveMetadataFiles(_ origin: WebAddress.Origin) -> Bool {
    state.withLock { ($0.missingMetadataFiles[origin] ?? 0) < IndexClient.patience }
  }

  /// Remembers whether it had one.
  func learned(_ origin: WebAddress.Origin, hasMetadataFile: Bool) {
    state.withLock { state in
      let missing = state.missingMetadataFiles[origin] ?? 0
      if hasMetadataFile {
        state.missingMetadataFiles[origin] = -1
      } else if missing >= 0 {
        state.missingMetadataFiles[origin] = missing + 1
      }
    }
  }
}

private protocol Cancellable { func cancel() }
extension Task: Cancellable {}

extension Distribution {
  /// What its metadata is kept by: the address without credentials, and the hash if there is one. The hash alone would
  /// let one index speak for another's file.
  var cacheKey: String {
    let address = url.utf8.contains(UInt8(ascii: "@")) ? URLAuthority.withoutUserInformation(url) : url
    return sha256.map { "\(address)#sha256=\($0)" } ?? address
  }
}

/// `text`, which is no URL, without what may be a password in it.
func redacted(_ text: String) -> String {
  guard let at = text.lastIndex(of: "@") else { return PrintableText.escaped(text, limit: 200) }
  let start = text.firstRange(ofASCII: "://")?.upperBound ?? text.startIndex
  guard start < at else { return PrintableText.escaped(text, limit: 200) }
  return PrintableText.escaped(text[..<start] + "****" + text[at...], limit: 200)
}
