import AsyncHTTPClient
import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL
import PythonPackaging
import Synchronization

/// The real network, by AsyncHTTPClient: HTTP/2 where the server agrees (ALPN), pooled connections.
///
/// Nothing exists until the first request: no event loop, no client, and certificates are read only when the
/// first TLS connection is made. A client has one proxy and one way to verify certificates, so there are as
/// many clients as combinations used, mostly one.
final class NetworkTransport: Transport {
  private struct ClientKind: Hashable {
    var proxy: ProxySettings.Proxy?
    var verifies: Bool
  }

  private let configuration: NetworkConfiguration
  private let gate: RequestGate
  /// Nil once closed.
  private let clients = Mutex<[ClientKind: HTTPClient]?>([:])
  /// Whether a certificate was found among the authorities' already.
  private let hasAuthorities = Mutex(false)

  init(configuration: NetworkConfiguration) {
    self.configuration = configuration
    gate = RequestGate(
      limits: RequestGate.Limits(
        multiplexed: configuration.multiplexedRequests, connections: configuration.connectionsPerServer))
  }

  func get(_ request: TransportRequest) async throws(TransportFailure) -> TransportResponse {
    let origin = request.address.origin
    guard await gate.enter(origin) else { throw .cancelled }
    defer { gate.leave(origin) }
    let client = try client(for: request.address)
    do {
      return try await exchange(request, with: client)
    } catch {
      if let path = configuration.certificates, isUnusableCertificateFile(error) {
        throw authoritiesProblem(path, "no PEM certificate in it")
      }
      if let path = configuration.clientCertificate, isMismatchOfKey(error) {
        throw identityProblem(path, "its private key belongs to another certificate")
      }
      let failure = TransportFailure(error)
      guard case .unreachable(let reason) = failure,
        let proxy = configuration.proxies.proxy(for: request.address)
      else { throw failure }
      throw .unreachable(reason: "\(reason) (through the proxy \(proxy.host):\(proxy.port))")
    }
  }

  /// Clients made so far: none before something is really fetched.
  var clientCount: Int { clients.withLock { $0?.count ?? 0 } }

  nonisolated(nonsending) func close() async {
    let all = clients.withLock { clients in
      defer { clients = nil }
      return clients.map { Array($0.values) } ?? []
    }
    // A failure to close leaves nothing to be done.
    for client in all { try? await client.shutdown() }
  }

  private func exchange(
    _ request: TransportRequest, with client: HTTPClient
  ) async throws -> TransportResponse {
    var message = HTTPClientRequest(url: request.address.text)
    for field in request.fields.fields { message.headers.add(name: field.name, value: field.value) }
    if request.sent != nil { message.method = .POST }
    if let method = request.method { message.method = HTTPMethod(rawValue: method) }
    if let sent = request.sent {
      message.headers.add(name: "Content-Type", value: "application/json")
      message.body = .bytes(ByteBuffer(bytes: sent))
    }
    let deadline = NIODeadline.now() + TimeAmount(configuration.totalTimeout)
    let response = try await client.execute(message, deadline: deadline)
    gate.learned(request.address.origin, multiplexes: response.version == .http2)

    var fields = HTTPFields()
    for (name, value) in response.headers { fields.append(name, value) }
    let announced = response.headers.first(name: "content-length").flatMap { Int($0) }
    if let announced, announced > request.maximumBody { throw TransportFailure.tooLarge }
    var body: [UInt8] = []
    let file = response.status == .ok ? try request.file.map { try BodyFile($0) } : nil
    if file == nil { body.reserveCapacity(min(announced ?? 0, 1 << 24)) }
    var count = 0
    let start = NIODeadline.now()
    for try await part in response.body {
      count += part.readableBytes
      guard count <= request.maximumBody else { throw TransportFailure.tooLarge }
      guard NIODeadline.now() < deadline else { throw TransportFailure.timedOut(.reading) }
      try part.readableBytesView.withUnsafeBytes { bytes in
        if let file { try file.write(bytes) } else { body.append(contentsOf: bytes) }
      }
      // Silence ends by the read timeout; this is for what keeps it from ending.
      let elapsed = (NIODeadline.now() - start).nanoseconds
      if elapsed > TimeAmount(configuration.patience).nanoseconds, count != announced,
        Double(count) < Double(configuration.leastRate) * Double(elapsed) / 1e9
      {
        throw TransportFailure.tooSlow(configuration.leastRate)
      }
    }
    let hasBody = response.status.code != 304 && response.status.code != 204
    if let announced, hasBody, count < announced { throw TransportFailure.truncated }
    return TransportResponse(status: Int(response.status.code), fields: fields, body: body)
  }

  // MARK: Clients

  private func client(for address: WebAddress) throws(TransportFailure) -> HTTPClient {
    let kind = ClientKind(
      proxy: configuration.proxies.proxy(for: address),
      verifies: address.scheme == .http || !configuration.trusts(address))
    if let path = configuration.certificates, address.scheme == .https, kind.verifies {
      try checkAuthorities(path)
    }
    return try clients.withLock { (clients) throws(TransportFailure) -> HTTPClient in
      guard let known = clients else { throw .cancelled }
      if let client = known[kind] { return client }
      let made = HTTPClient(
        eventLoopGroupProvider: .shared(MultiThreadedEventLoopGroup.singleton),
        configuration: try clientConfiguration(kind))
      clients?[kind] = made
      return made
    }
  }

  private func clientConfiguration(
    _ kind: ClientKind
  ) throws(TransportFailure) -> HTTPClient.Configuration {
    var result = HTTPClient.Configuration()
    var tls = TLSConfiguration.makeClientConfiguration()
    if !kind.verifies { tls.certificateVerification = .none }
    if let path = configuration.certificates, kind.verifies { tls.trustRoots = .file(path) }
    if let path = configuration.clientCertificate { try identify(&tls, by: path) }
    result.tlsConfiguration = tls
    result.redirectConfiguration = .disallow
    result.decompression = .disabled
    result.timeout = HTTPClient.Configuration.Timeout(
      connect: TimeAmount(configuration.connectTimeout), read: TimeAmount(configuration.readTimeout))
    result.connectionPool.retryConnectionEstablishment = false
    result.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = configuration.connectionsPerServer
    if let proxy = kind.proxy {
      switch proxy.kind {
      case .http:
        let authorization = proxy.credentials.map {
          HTTPClient.Authorization.basic(username: $0.user, password: $0.password)
        }
        result.proxy = .server(host: proxy.host, port: proxy.port, authorization: authorization)
      case .socks5: result.proxy = .socksServer(host: proxy.host, port: proxy.port)
      }
    }
    return result
  }

  // MARK: Certificates

  /// Takes the client's certificate and key from a file.
  private func identify(_ tls: inout TLSConfiguration, by path: String) throws(TransportFailure) {
    guard isReadable(path) else { throw identityProblem(path, "no such file, or not readable") }
    guard let chain = try? NIOSSLCertificate.fromPEMFile(path), !chain.isEmpty else {
      throw identityProblem(path, "no PEM certificate in it")
    }
    guard let key = try? NIOSSLPrivateKey(file: path, format: .pem) else {
      throw identityProblem(path, "no PEM private key without a passphrase in it")
    }
    tls.certificateChain = chain.map { .certificate($0) }
    tls.privateKey = .privateKey(key)
  }

  private func checkAuthorities(_ path: String) throws(TransportFailure) {
    guard isReadable(path) else { throw authoritiesProblem(path, "no such file, or not readable") }
    try hasAuthorities.withLock { (isKnown) throws(TransportFailure) in
      guard isKnown || CertificateFile.holdsCertificate(path) else {
        throw authoritiesProblem(path, "no PEM certificate in it")
      }
      isKnown = true
    }
  }

  private func authoritiesProblem(_ path: String, _ reason: String) -> TransportFailure {
    .certificateFile(
      CertificateFile(
        role: .authorities, setting: configuration.certificatesSetting, path: path, reason: reason))
  }

  private func identityProblem(_ path: String, _ reason: String) -> TransportFailure {
    .certificateFile(
      CertificateFile(
        role: .client, setting: configuration.clientCertificateSetting, path: path, reason: reason))
  }
}

extension TransportFailure {
  /// What AsyncHTTPClient and SwiftNIO throw, as a fact.
  fileprivate init(_ error: any Error) {
    switch error {
    case let failure as TransportFailure: self = failure
    case is CancellationError: self = .cancelled
    case let error as HTTPClientError: self.init(error)
    case let error as NIOConnectionError where isOfLimit(error):
      self = OpenFileLimit.current.map { .openFiles($0) } ?? .unreachable(reason: errnoPhrase(24))
    case let error as NIOConnectionError:
      let reasons = error.connectionErrors.map { phrase($0.error) }
      if reasons.isEmpty {
        self = .unreachable(reason: "its name doesn't resolve")
      } else if error.connectionErrors.allSatisfy({ isTimeout($0.error) }) {
        self = .timedOut(.connecting)
      } else {
        self = .unreachable(reason: reasons[0])
      }
    case ChannelError.connectTimeout: self = .timedOut(.connecting)
    case is NIOTooManyBytesError: self = .tooLarge
    case HTTPParserError.invalidEOFState: self = .truncated
    case is HTTPParserError: self = .invalidResponse(reason: "something that isn't HTTP")
    case NIOSSLError.uncleanShutdown: self = .truncated
    case is NIOSSLError, is NIOSSLExtraError, is BoringSSLError: self = .tls(reason: phrase(error))
    case let error as IOError where OpenFileLimit.isReached(by: error.errnoCode):
      self = OpenFileLimit.current.map { .openFiles($0) } ?? .unreachable(reason: phrase(error))
    case is IOError: self = .unreachable(reason: phrase(error))
    case is ChannelError: self = .truncated
    default: self = .unreachable(reason: phrase(error))
    }
  }

  private init(_ error: HTTPClientError) {
    switch error {
    case .connectTimeout, .tlsHandshakeTimeout, .getConnectionFromPoolTimeout, .httpProxyHandshakeTimeout,
      .socksHandshakeTimeout:
      self = .timedOut(.connecting)
    case .readTimeout, .deadlineExceeded, .writeTimeout: self = .timedOut(.waiting)
    case .remoteConnectionClosed, .uncleanShutdown: self = .truncated
    // A connection going away while a request is put on it says `cancelled` too.
    case .cancelled: self = Task.isCancelled ? .cancelled : .truncated
    case .alreadyShutdown: self = .cancelled
    case .proxyAuthenticationRequired, .invalidProxyResponse:
      self = .invalidResponse(reason: "a proxy that refused: \(error.shortDescription)")
    default: self = .unreachable(reason: error.shortDescription)
    }
  }
}

/// A failure to set TLS up, before any server was spoken to.
private func isUnusableCertificateFile(_ error: any Error) -> Bool {
  switch error {
  case NIOSSLError.failedToLoadCertificate, NIOSSLError.noSuchFilesystemObject: true
  case let error as BoringSSLError: String(describing: error).contains("NO_CERTIFICATE_OR_CRL_FOUND")
  default: false
  }
}

private func isMismatchOfKey(_ error: any Error) -> Bool {
  if case NIOSSLError.failedToLoadPrivateKey = error { return true }
  return (error as? BoringSSLError).map { String(describing: $0).contains("KEY_VALUES_MISMATCH") } ?? false
}

/// Whether no connection came about because of what this process may have open. Looking a name up says no reason, so the
/// limit is tried.
private func isOfLimit(_ error: NIOConnectionError) -> Bool {
  if error.connectionErrors.isEmpty { return OpenFileLimit.reached != nil }
  return error.connectionErrors.contains { one in
    (one.error as? IOError).map { OpenFileLimit.isReached(by: $0.errnoCode) } ?? false
  }
}

private func isTimeout(_ error: any Error) -> Bool {
  if case ChannelError.connectTimeout = error { return true }
  return (error as? IOError)?.errnoCode == 110  // ETIMEDOUT
}

/// The shortest honest words for an error of the layers below.
private func phrase(_ error: any Error) -> String {
  switch error {
  case let error as IOError: errnoPhrase(error.errnoCode)
  case ChannelError.connectTimeout: "connecting took too long"
  case NIOSSLError.handshakeFailed(let failure): handshakePhrase(failure)
  case let failure as BoringSSLError: handshakePhrase(failure)
  case let error as NIOSSLExtraError where error == .failedToValidateHostname:
    "its certificate is for another host"
  default: PrintableText.escaped(String(describing: error), limit: 200)
  }
}

private func handshakePhrase(_ failure: BoringSSLError) -> String {
  let text = String(describing: failure)
  if text.contains("CERTIFICATE_VERIFY_FAILED") { return "its certificate isn't trusted" }
  if text.contains("WRONG_VERSION_NUMBER") { return "it doesn't speak TLS" }
  return "the TLS handshake failed"
}

extension TimeAmount {
  fileprivate init(_ duration: Duration) {
    let (seconds, attoseconds) = duration.components
    self = .nanoseconds(seconds * 1_000_000_000 + attoseconds / 1_000_000_000)
  }
}
