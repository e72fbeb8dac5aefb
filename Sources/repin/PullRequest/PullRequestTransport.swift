import PackageIndex
import PullRequests

/// Asks a forge by the client that fetches all else: with its certificates, proxies and time limits.
struct PullRequestTransport: ForgeTransport {
  let client: IndexClient

  func send(_ request: ForgeRequest) async throws(ForgeTransportFailure) -> ForgeResponse {
    let exchange = IndexClient.Exchange(
      method: request.method.rawValue, url: request.url, fields: request.fields, sent: request.body,
      limit: request.maximumBody)
    do throws(IndexClient.ExchangeFailure) {
      let answer = try await client.exchange(exchange)
      return ForgeResponse(status: answer.status, fields: answer.fields, body: answer.body)
    } catch {
      switch error.error {
      case .cancelled: throw .cancelled
      case .tooLarge: throw .tooLarge
      // It follows the address.
      case .unreachable(_, let reason):
        throw .failed("can't be reached: \(reason)", isTransient: error.isTransient)
      case .timedOut(_, let phase):
        throw .failed("took too long (\(phase.rawValue))", isTransient: error.isTransient)
      case .truncated: throw .failed("broke off its answer", isTransient: error.isTransient)
      case .tlsFailure(_, let reason):
        throw .failed("has no secure connection: \(reason)", isTransient: error.isTransient)
      case .invalidResponse(_, let reason):
        throw .failed("answered with \(reason)", isTransient: error.isTransient)
      case .offlineMiss: throw .failed("isn't asked in offline mode", isTransient: false)
      default: throw .failed("can't be asked: \(error.error)", isTransient: error.isTransient)
      }
    }
  }
}
