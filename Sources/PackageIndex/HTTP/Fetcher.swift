import ZipReading

/// Turns requests into answers: credentials, redirects, retries and decompression over a `Transport`.
struct Fetcher: Sendable {
  struct Request: Sendable {
    var address: WebAddress
    var fields = HTTPFields()
    /// In bytes, after decompression.
    var maximumBody: Int
    /// Ask for gzip; not for ranges, whose offsets count bytes as stored.
    var compressed = true
    /// A JSON document to be sent.
    var sent: [UInt8]?
    /// The file that gets the body of a 200, which is empty then; only without compression.
    var file: String?
  }

  struct Response: Sendable {
    var status: Int
    var fields: HTTPFields
    var body: [UInt8]
    /// Where it came from in the end.
    var address: WebAddress
    var requested: Int64
    var received: Int64
  }

  let transport: any Transport
  let credentials: CredentialStore
  let retryPolicy: RetryPolicy
  let clock: IndexClock

  /// The most redirects followed.
  static let longestChain = 10

  /// The answer, of whatever status but a redirect; transient ones only after the retries.
  func fetch(_ request: Request) async throws(IndexError) -> Response {
    var address = request.address
    var redirects = 0
    while true {
      let response = try await fetchWithRetries(request, from: address)
      guard [301, 302, 303, 307, 308].contains(response.status), let location = response.fields["location"]
      else { return response }
      redirects += 1
      guard redirects <= Fetcher.longestChain else {
        throw .redirect(url: request.address.redacted, problem: .tooMany(Fetcher.longestChain))
      }
      guard var next = address.resolving(location) else {
        throw .redirect(url: address.redacted, problem: .unusableTarget)
      }
      guard address.scheme == .http || next.scheme == .https else {
        throw .redirect(url: address.redacted, problem: .insecureTarget(next.redacted))
      }
      // What a server writes into its own redirect isn't the user's secret to send.
      next.userInformation = nil
      address = next
    }
  }

  private func fetchWithRetries(
    _ request: Request, from address: WebAddress
  ) async throws(IndexError) -> Response {
    var fields = request.fields
    fields.append("User-Agent", "repin")
    if request.compressed { fields.append("Accept-Encoding", "gzip") }
    var login = credentials.credentials(for: address)
    var attempt = 0
    while true {
      var sent = TransportRequest(
        address: address, fields: fields, maximumBody: request.maximumBody, sent: request.sent,
        file: request.file)
      if let login { sent.fields.append("Authorization", login.credentials.authorization) }
      switch await exchange(sent) {
      case .answer(let response): return response
      case .final(let error): throw error
      case .refused(let status):
        if status == 401, let better = await credentials.keyringCredentials(for: address, after: login) {
          login = better
          continue
        }
        if Task.isCancelled { throw .cancelled }
        throw .unauthorized(credentials.refusal(of: address, status: status, after: login))
      case .transient(let error, let retryAfter):
        let wait = retryPolicy.delay(attempt: attempt, retryAfter: retryAfter, jitter: clock.jitter())
        guard let wait else { throw error }
        await clock.sleep(wait)
        if Task.isCancelled { throw .cancelled }
        attempt += 1
      }
    }
  }

  private enum Outcome {
    case answer(Response)
    /// The same request may do better after a while.
    case transient(IndexError, retryAfter: Int64?)
    case final(IndexError)
    /// Not without other credentials.
    case refused(status: Int)
  }

  private func exchange(_ request: TransportRequest) async -> Outcome {
    let address = request.address
    let requested = clock.now()
    do throws(TransportFailure) {
      let raw = try await transport.get(request)
      let received = clock.now()
      if raw.status == 401 || raw.status == 403 { return .refused(status: raw.status) }
      if RetryPolicy.isTransient(status: raw.status) {
        let retryAfter = RetryPolicy.retryAfter(raw.fields, now: received)
        return .transient(
          .status(raw.status, url: address.redacted, retryAfter: retryAfter), retryAfter: retryAfter)
      }
      let body = try decoded(raw, limit: request.maximumBody)
      return .answer(
        Response(
          status: raw.status, fields: raw.fields, body: body, address: address, requested: requested,
          received: received))
    } catch {
      let facts = IndexError(error, address: address, limit: request.maximumBody)
      return error.isTransient ? .transient(facts, retryAfter: nil) : .final(facts)
    }
  }

  /// The body without its content coding (RFC 9110 §8.4).
  private func decoded(_ response: TransportResponse, limit: Int) throws(TransportFailure) -> [UInt8] {
    let coding = response.fields.joined("content-encoding")?.trimmed.lowercased() ?? "identity"
    switch coding {
    case "identity", "": return response.body
    case "gzip", "x-gzip":
      // A 304 or an empty answer may name a coding and have no body.
      if response.body.isEmpty { return [] }
      // gzip ends with the size modulo 2³².
      let size = response.body.suffix(4).reversed().reduce(0) { $0 << 8 | Int($1) }
      do throws(Inflate.Failure) {
        return try Inflate.inflate(
          response.body, wrapping: .gzipOrZlib, expectedCount: min(size, response.body.count * 64),
          limit: limit)
      } catch {
        switch error {
        case .truncated: throw .truncated
        case .tooLarge: throw .tooLarge
        case .damaged: throw .invalidResponse(reason: "damaged gzip data")
        }
      }
    default: throw .invalidResponse(reason: "content coding `\(coding)`, which wasn't asked for")
    }
  }
}

extension IndexError {
  init(_ failure: TransportFailure, address: WebAddress, limit: Int) {
    self =
      switch failure {
      case .unreachable(let reason): .unreachable(url: address.redacted, reason: reason)
      case .openFiles(let limit): .openFiles(limit)
      case .timedOut(let phase): .timedOut(url: address.redacted, phase: phase)
      case .tls(let reason): .tlsFailure(url: address.redacted, reason: reason)
      case .certificateFile(let file): .certificateFile(file)
      case .tooSlow(let rate): .tooSlow(url: address.redacted, bytesPerSecond: rate)
      case .truncated: .truncated(url: address.redacted)
      case .tooLarge: .tooLarge(url: address.redacted, limit: limit)
      case .invalidResponse(let reason): .invalidResponse(url: address.redacted, reason: reason)
      case .cannotWrite(let path, let reason): .unwritableFile(path: path, reason: reason)
      case .cancelled: .cancelled
      }
  }
}
