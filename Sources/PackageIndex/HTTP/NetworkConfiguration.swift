/// How connections are made.
package struct NetworkConfiguration: Sendable, Hashable {
  /// Longest wait for a connection, TLS included.
  package var connectTimeout: Duration = .seconds(10)
  /// Longest silence while waiting for or reading an answer.
  package var readTimeout: Duration = .seconds(30)
  /// Longest time for one answer as a whole, however steadily it trickles.
  package var totalTimeout: Duration = .seconds(600)
  /// How long a body may come in slower than `leastRate`.
  package var patience: Duration = .seconds(30)
  /// In bytes a second, on average since the body began.
  package var leastRate = 1024
  /// Trusted authorities, a PEM file or a directory as OpenSSL hashes it; nil: the system's.
  package var certificates: String?
  /// Where that is set, for messages.
  package var certificatesSetting = "--cert"
  /// A PEM file with the client's own certificate and its private key.
  package var clientCertificate: String?
  /// Where that is set, for messages.
  package var clientCertificateSetting = "--client-cert"
  /// Hosts, `name` or `name:port`, whose certificates aren't verified.
  package var trustedHosts: [String] = []
  /// Which proxy for which host.
  package var proxies = ProxySettings()
  /// Most requests in flight on one server that speaks HTTP/2.
  package var multiplexedRequests = 100
  /// Most connections to one server that doesn't.
  package var connectionsPerServer = 16
  /// Requests sent again after a failure that may pass.
  package var retries = 3

  /// The defaults, without proxies.
  package init() {}

  /// Whether certificates of `address` go unverified.
  func trusts(_ address: WebAddress) -> Bool {
    trustedHosts.contains { entry in
      let entry = entry.lowercased()
      return entry == address.host || entry == address.bareHost
        || entry == "\(address.host):\(address.origin.port)"
    }
  }
}
