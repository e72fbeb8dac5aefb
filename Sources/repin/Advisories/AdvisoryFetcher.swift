import Advisories
import PackageIndex

/// Fetches what advisories are made of by the client that fetches all else: with its certificates, proxies, retries and limits.
struct AdvisoryFetcher: AdvisoryFetching {
  let client: IndexClient

  func get(
    _ address: String, unless validators: Validators, limit: Int
  ) async throws(AdvisoryFetchFailure) -> AdvisoryResponse {
    try await answer(address, request(limit, unless: validators))
  }

  func download(
    _ address: String, to path: String, unless validators: Validators, limit: Int
  ) async throws(AdvisoryFetchFailure) -> AdvisoryResponse {
    var request = request(limit, unless: validators)
    request.file = path
    return try await answer(address, request)
  }

  func post(
    _ address: String, json: [UInt8], limit: Int
  ) async throws(AdvisoryFetchFailure) -> AdvisoryResponse {
    var request = IndexClient.DocumentRequest(limit: limit)
    request.sent = json
    return try await answer(address, request)
  }

  private func request(_ limit: Int, unless validators: Validators) -> IndexClient.DocumentRequest {
    var request = IndexClient.DocumentRequest(limit: limit)
    request.entityTag = validators.entityTag
    request.lastModified = validators.lastModified
    return request
  }

  private func answer(
    _ address: String, _ request: IndexClient.DocumentRequest
  ) async throws(AdvisoryFetchFailure) -> AdvisoryResponse {
    do throws(IndexError) {
      let document = try await client.document(at: address, request)
      return AdvisoryResponse(
        status: document.status,
        validators: Validators(entityTag: document.entityTag, lastModified: document.lastModified),
        body: document.body)
    } catch {
      switch error {
      case .tooLarge(_, let limit): throw .tooLarge(limit: limit)
      case .unwritableFile(_, let reason): throw .cannotWrite(reason: reason)
      case .cancelled: throw .cancelled
      // It follows the address.
      case .unreachable(_, let reason): throw .unreachable(reason: "can't be reached: \(reason)")
      case .timedOut(_, let phase): throw .unreachable(reason: "took too long (\(phase.rawValue))")
      default: throw .unreachable(reason: error.description)
      }
    }
  }
}
