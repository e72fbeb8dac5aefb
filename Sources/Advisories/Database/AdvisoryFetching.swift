/// What brings documents of advisories from a server: the edge where HTTP begins.
///
/// Redirects, retries and content codings are its concern; an answer of any status is an answer.
package protocol AdvisoryFetching: Sendable {
  /// The document at an address. `validators` make the request conditional, so that the answer may be a 304.
  ///
  /// - Parameter limit: A longer body, in bytes, is ``AdvisoryFetchFailure/tooLarge(limit:)``.
  func get(
    _ address: String, unless validators: Validators, limit: Int
  ) async throws(AdvisoryFetchFailure) -> AdvisoryResponse

  /// The same, with the body of a 200 in the file at `path`, which exists and is empty, and none in the answer.
  func download(
    _ address: String, to path: String, unless validators: Validators, limit: Int
  ) async throws(AdvisoryFetchFailure) -> AdvisoryResponse

  /// The answer to a JSON document that is sent to an address.
  func post(
    _ address: String, json: [UInt8], limit: Int
  ) async throws(AdvisoryFetchFailure) -> AdvisoryResponse
}

/// A server's answer.
package struct AdvisoryResponse: Sendable, Hashable {
  package var status: Int
  package var validators: Validators
  package var body: [UInt8]

  package init(status: Int, validators: Validators = Validators(), body: [UInt8] = []) {
    self.status = status
    self.validators = validators
    self.body = body
  }
}

/// Why there is no answer.
package enum AdvisoryFetchFailure: Error, Sendable, Hashable, CustomStringConvertible {
  /// The server can't be reached, or doesn't answer as one should; one line without a full stop.
  case unreachable(reason: String)
  /// The body is longer than this, in bytes.
  case tooLarge(limit: Int)
  /// What came can't be written down.
  case cannotWrite(reason: String)
  case cancelled

  /// Goes after an address and a colon.
  package var description: String {
    switch self {
    case .unreachable(let reason): reason
    case .tooLarge(let limit): "the answer is larger than \(limit) bytes"
    case .cannotWrite(let reason): "the answer can't be written down: \(reason)"
    case .cancelled: "the request was given up"
    }
  }
}
