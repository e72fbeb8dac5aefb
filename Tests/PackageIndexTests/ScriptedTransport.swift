import Synchronization

@testable import PackageIndex

/// A transport that answers from a script and records what it was asked.
final class ScriptedTransport: Transport {
  enum Step: Sendable {
    case response(Int, HTTPFields = [:], String = "")
    case failure(TransportFailure)
  }

  private let state: Mutex<(script: [String: [Step]], requests: [TransportRequest])>

  /// By URL, each in order; the last repeats.
  init(_ script: [String: [Step]]) { state = Mutex((script, [])) }

  var requests: [TransportRequest] { state.withLock { $0.requests } }

  func get(_ request: TransportRequest) async throws(TransportFailure) -> TransportResponse {
    let step: Step? = state.withLock { state in
      state.requests.append(request)
      let steps = state.script[request.address.text] ?? []
      if steps.count > 1 { state.script[request.address.text]?.removeFirst() }
      return steps.first
    }
    switch step {
    case .response(let status, let fields, let body):
      return TransportResponse(status: status, fields: fields, body: Array(body.utf8))
    case .failure(let failure): throw failure
    case nil: return TransportResponse(status: 404, fields: [:], body: [])
    }
  }

  nonisolated(nonsending) func close() async {}
}
