/// A request to a forge's API.
package struct ForgeRequest: Sendable, Hashable {
  package enum Method: String, Sendable, Hashable {
    case get = "GET"
    case post = "POST"
    case put = "PUT"
    case patch = "PATCH"
  }

  package var method: Method
  package var url: String
  /// The token is among them.
  package var fields: [String: String]
  /// A JSON document.
  package var body: [UInt8]?
  /// Of the answer, in bytes.
  package var maximumBody: Int
}

package struct ForgeResponse: Sendable, Hashable {
  package var status: Int
  /// By names in lower case.
  package var fields: [String: String]
  package var body: [UInt8]

  package init(status: Int, fields: [String: String], body: [UInt8]) {
    self.status = status
    self.fields = fields
    self.body = body
  }
}

/// Why there is no response.
package enum ForgeTransportFailure: Error, Sendable, Hashable {
  /// What follows an address in a sentence: "can't be reached: …".
  case failed(String, isTransient: Bool)
  case tooLarge
  case cancelled
}

/// Carries one request to a server and brings its response. It follows no redirect, keeps no cookie and repeats nothing.
package protocol ForgeTransport: Sendable {
  func send(_ request: ForgeRequest) async throws(ForgeTransportFailure) -> ForgeResponse
}

/// Time, as values, so that tests decide it.
package struct PullRequestClock: Sendable {
  /// Seconds since 1970.
  package var now: @Sendable () -> Int64
  /// Waits, or ends early if the task is cancelled.
  package var sleep: @Sendable (Duration) async -> Void

  package init(now: @escaping @Sendable () -> Int64, sleep: @escaping @Sendable (Duration) async -> Void) {
    self.now = now
    self.sleep = sleep
  }
}
