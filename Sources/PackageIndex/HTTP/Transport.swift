/// What carries one request to a server and brings its response: the edge where sockets begin.
///
/// It follows no redirect, repeats nothing and decodes nothing; `Fetcher` does.
protocol Transport: Sendable {
  func get(_ request: TransportRequest) async throws(TransportFailure) -> TransportResponse
  /// Lets go of connections; no request may follow. Without any it doesn't suspend.
  nonisolated(nonsending) func close() async
}

/// A request: a GET, the POST of a document, or of another method.
struct TransportRequest: Sendable, Hashable {
  var address: WebAddress
  /// Nil: POST where something is sent, else GET.
  var method: String?
  var fields: HTTPFields
  /// In bytes, as transferred; a longer body is `.tooLarge`.
  var maximumBody: Int
  /// A JSON document to be sent.
  var sent: [UInt8]?
  /// The file that gets the body of a 200 instead of the response; it is there.
  var file: String?
}

/// A response with its whole body, as transferred.
struct TransportResponse: Sendable, Hashable {
  var status: Int
  var fields: HTTPFields
  var body: [UInt8]
}

/// Why there is no response.
enum TransportFailure: Error, Sendable, Hashable {
  case unreachable(reason: String)
  case openFiles(OpenFileLimit)
  case timedOut(TimeoutPhase)
  case tls(reason: String)
  case certificateFile(CertificateFile)
  /// The body comes in slower than this, in bytes a second.
  case tooSlow(Int)
  case truncated
  case tooLarge
  case invalidResponse(reason: String)
  /// The file that gets the body can't be written.
  case cannotWrite(path: String, reason: String)
  case cancelled

  /// Whether the same request may do better a moment later.
  var isTransient: Bool {
    switch self {
    case .unreachable, .timedOut, .truncated: true
    // Who trickles for half a minute will do so again.
    case .openFiles, .tls, .certificateFile, .tooSlow, .tooLarge, .invalidResponse, .cannotWrite,
      .cancelled:
      false
    }
  }
}

/// Which wait ended without an answer.
package enum TimeoutPhase: String, Sendable, Hashable {
  case connecting = "connecting"
  case waiting = "waiting for an answer"
  case reading = "reading the answer"
}
