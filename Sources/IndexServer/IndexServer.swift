import NIOCore
import NIOPosix
import Synchronization

/// A package index on 127.0.0.1 with made-up packages, for tests.
///
///     let server = try await IndexServer.start()
///     server.serve("a", "1.0", requires: ["b>=2"])
///     … server.url …              "http://127.0.0.1:40123/simple/"
///     await server.stop()
///
/// Pages are under `/simple/NAME/`, files under `/files/`, other documents where they are put. What it does otherwise is switched by `behave` and
/// `fail`; every request is recorded.
package final class IndexServer: Sendable {
  struct State: Sendable {
    var projects: [String: [ServedFile]] = [:]
    var behavior = ServerBehavior()
    var faults: [String: [Fault]] = [:]
    var pages: [String: [UInt8]] = [:]
    var documents: [String: @Sendable (SeenRequest) -> [UInt8]] = [:]
    var responder: (@Sendable (SeenRequest) -> (status: Int, fields: [String: String], body: [UInt8]))?
    var requests: [SeenRequest] = []
    var inFlight = 0
    var mostInFlight = 0
    var connections = 0
    /// Answers held back until so many requests wait.
    var barrier = 0
    var held: [@Sendable () -> Void] = []
  }

  private let channel: any Channel
  private let scheme: String
  private let state: SharedState
  /// Its port after it was stopped.
  private let held = Mutex<HeldPort?>(nil)

  private init(channel: any Channel, scheme: String, state: SharedState) {
    self.channel = channel
    self.scheme = scheme
    self.state = state
  }

  /// Listens on a free port; with TLS and HTTP/2 if given a certificate.
  package static func start(identity: ServerIdentity? = nil) async throws -> IndexServer {
    let state = SharedState()
    let tls = try identity?.context()
    let bootstrap = ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
      .serverChannelOption(.backlog, value: 1024)
      .childChannelInitializer { channel in
        state.value.withLock { $0.connections += 1 }
        return ServerPipeline.configure(channel, tls: tls, state: state)
      }
    let channel = try await bootstrap.bind(host: "127.0.0.1", port: 0).get()
    return IndexServer(channel: channel, scheme: tls == nil ? "http" : "https", state: state)
  }

  /// Stops listening; connections end by themselves.
  package func stop() async {
    let port = port
    try? await channel.close().get()
    let taken = await HeldPort.take(port)
    held.withLock { $0 = taken }
  }

  /// The port it listens on.
  package var port: Int { channel.localAddress?.port ?? 0 }
  /// `http://127.0.0.1:PORT`.
  package var root: String { "\(scheme)://127.0.0.1:\(port)" }
  /// The index.
  package var url: String { "\(root)/simple/" }

  // MARK: What it has

  /// A wheel of that release with its metadata.
  @discardableResult
  package func serve(
    _ name: String, _ version: String, requires: [String] = [], extras: [String] = [],
    requiresPython: String? = nil, tag: String = "py3-none-any", yanked: String? = nil,
    uploadTime: String? = nil, coreMetadata: ServedFile.CoreMetadata = .unmentioned,
    shape: WheelShape = WheelShape(), change: (inout ServedFile) -> Void = { _ in }
  ) -> ServedFile {
    var file = ServedFile.wheel(
      name, version, requires: requires, extras: extras, requiresPython: requiresPython, tag: tag,
      shape: shape)
    file.yanked = yanked
    file.uploadTime = uploadTime
    file.coreMetadata = coreMetadata
    change(&file)
    add(file, to: name)
    return file
  }

  /// Any file of a project.
  package func add(_ file: ServedFile, to name: String) {
    state.value.withLock { $0.projects[name, default: []].append(file) }
  }

  /// A page of exactly these bytes.
  package func serve(page: String, of name: String) {
    state.value.withLock { $0.pages[name] = Array(page.utf8) }
  }

  /// Any other document, by its path; what is sent to it decides what it is.
  package func serve(
    document: @escaping @Sendable (_ request: SeenRequest) -> [UInt8], at path: String
  ) {
    state.value.withLock { $0.documents[path] = document }
  }

  /// Any other document.
  package func serve(document: [UInt8], at path: String) { serve(document: { _ in document }, at: path) }

  /// Answers everything by something else than an index, faults excepted.
  package func answerAll(
    _ responder: @escaping @Sendable (SeenRequest) -> (status: Int, fields: [String: String], body: [UInt8])
  ) {
    state.value.withLock { $0.responder = responder }
  }

  /// Where a file is served.
  package func fileURL(_ filename: String) -> String { "\(root)/files/\(filename)" }

  // MARK: What it does

  /// Changes how it answers from now on.
  package func behave(_ change: @Sendable (inout ServerBehavior) -> Void) {
    state.value.withLock { change(&$0.behavior) }
  }

  /// The next answers for a path go wrong, one after the other; then it is well again.
  package func fail(_ path: String, _ faults: Fault...) {
    state.value.withLock { $0.faults[path, default: []] += faults }
  }

  /// Holds answers back until `count` requests wait, then answers them all.
  package func holdAnswers(until count: Int) {
    state.value.withLock { $0.barrier = count }
  }

  // MARK: What it saw

  /// Every request so far, in order of arrival.
  package var requests: [SeenRequest] { state.value.withLock { $0.requests } }
  /// Requests for one path so far.
  package func requestCount(_ path: String) -> Int { requests.count { $0.path == path } }
  /// The most requests ever unanswered at once.
  package var mostRequestsInFlight: Int { state.value.withLock { $0.mostInFlight } }
  /// Connections accepted so far.
  package var connectionCount: Int { state.value.withLock { $0.connections } }
  /// Begins counting anew, connections excepted.
  package func forgetRequests() {
    state.value.withLock { state in
      state.requests = []
      state.mostInFlight = 0
    }
  }
}

/// The server's state, reachable from its connections.
final class SharedState: Sendable {
  let value = Mutex(IndexServer.State())
}
