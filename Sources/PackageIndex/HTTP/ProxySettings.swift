/// Which proxy a request goes through, from the environment's conventional variables.
///
/// `https_proxy`, `http_proxy` and `all_proxy` hold a proxy's URL for requests of that scheme; `no_proxy` a
/// comma-separated list of hosts asked directly: `*`, a host with everything below it (a leading dot or `*.`
/// makes no difference), an IP address, an IPv4 network such as `10.0.0.0/8`, each with an optional port.
/// The lower-case name wins over the upper-case one, as with curl.
package struct ProxySettings: Sendable, Hashable {
  /// A proxy to connect through.
  package struct Proxy: Sendable, Hashable {
    enum Kind: Sendable { case http, socks5 }
    var kind: Kind
    var host: String
    var port: Int
    var credentials: Credentials?

    /// `[http://][user:password@]host[:port]`, or `socks5://…`; nil if it is neither.
    package init?(_ text: String) {
      var text = String(text.trimmed)
      kind = .http
      for prefix in ["socks5h://", "socks5://", "socks://"] where text.lowercased().hasPrefix(prefix) {
        kind = .socks5
        text = String(text.dropFirst(prefix.count))
      }
      let address = WebAddress(text.contains("://") ? text : "http://" + text)
      guard let address else { return nil }
      host = address.bareHost
      port = kind == .socks5 ? address.port ?? 1080 : address.origin.port
      credentials = address.userInformation.map(Credentials.init(userInformation:))
    }
  }

  /// For `http` URLs; nil: none.
  package var http: Proxy?
  /// For `https` URLs; nil: none.
  package var https: Proxy?
  /// Hosts reached without a proxy, as `NO_PROXY` lists them.
  package var exceptions: [String]

  /// None, where nothing is given.
  package init(http: Proxy? = nil, https: Proxy? = nil, exceptions: [String] = []) {
    self.http = http
    self.https = https
    self.exceptions = exceptions
  }

  /// `everything` is `--proxy` or pip's `proxy`, which takes the place of the scheme's own variables.
  ///
  /// Throws `.invalidProxy` naming the variable: going out directly instead would not be what was asked.
  package init(environment: [String: String], everything: String? = nil) throws(IndexError) {
    func variable(_ name: String) -> String? {
      for candidate in [name, name.uppercased()] {
        if let value = environment[candidate], !value.isEmpty { return value }
      }
      return nil
    }
    func parsed(_ text: String?, _ name: String) throws(IndexError) -> Proxy? {
      guard let text = everything ?? text ?? variable("all_proxy") else { return nil }
      guard let proxy = Proxy(text) else { throw .invalidProxy(everything == nil ? name : "proxy") }
      return proxy
    }
    // `HTTP_PROXY` in upper case is also a CGI request's `Proxy:` header; curl refuses it there, and so do we.
    let isCGI = environment["REQUEST_METHOD"] != nil
    let httpText = isCGI ? environment["http_proxy"] : variable("http_proxy")
    http = try parsed(httpText, "http_proxy")
    https = try parsed(variable("https_proxy"), "https_proxy")
    exceptions = (variable("no_proxy") ?? "").split { $0 == "," || $0 == " " }.map { $0.trimmed.lowercased() }
  }

  /// The proxy for `address`; nil: directly.
  func proxy(for address: WebAddress) -> Proxy? {
    guard let proxy = address.scheme == .https ? https : http else { return nil }
    return exceptions.contains { matches($0, address) } ? nil : proxy
  }

  private func matches(_ exception: String, _ address: WebAddress) -> Bool {
    if exception == "*" { return true }
    var pattern = exception[...]
    if let colon = pattern.lastIndex(of: ":"), pattern.firstIndex(of: ":") == colon || pattern.hasPrefix("["),
      let port = Int(pattern[pattern.index(after: colon)...])
    {
      guard port == address.origin.port else { return false }
      pattern = pattern[..<colon]
    }
    let host = address.bareHost
    if let network = IPv4Network(pattern), let own = IPv4Network(host[...])?.address {
      return network.contains(own)
    }
    if pattern.hasPrefix("[") { pattern = pattern.dropFirst().dropLast() }
    if pattern.hasPrefix("*.") { pattern = pattern.dropFirst(2) }
    if pattern.hasPrefix(".") { pattern = pattern.dropFirst() }
    return !pattern.isEmpty && (host == pattern || host.hasSuffix("." + pattern))
  }
}

/// `10.0.0.0/8`; an address alone is a network of one.
private struct IPv4Network {
  var address: UInt32
  var bits: UInt32

  init?(_ text: Substring) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    let numbers = parts[0].split(separator: ".", omittingEmptySubsequences: false).map { UInt8($0) }
    guard numbers.count == 4, parts.count <= 2 else { return nil }
    address = 0
    for number in numbers {
      guard let number else { return nil }
      address = address << 8 | UInt32(number)
    }
    bits = 32
    if parts.count == 2 {
      guard let written = UInt32(parts[1]), written <= 32 else { return nil }
      bits = written
    }
  }

  func contains(_ other: UInt32) -> Bool { bits == 0 || (address ^ other) >> (32 - bits) == 0 }
}
