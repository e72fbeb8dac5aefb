/// Which credentials go to which server.
///
/// Those of an index URL go to that URL's origin only, preferring the index whose path the request lies
/// under; else those the netrc has for the host, and once a server has turned a request away those of the keyring.
/// Nothing is ever sent to an origin it wasn't given for.
struct CredentialStore: Sendable {
  /// Credentials and where they were found.
  struct Found: Sendable, Hashable {
    var credentials: Credentials
    var source: CredentialSource
  }

  /// What the addresses say about a request.
  private struct Login {
    /// Decoded.
    var user: String?
    /// Decoded; nil: none is written, not even an empty one.
    var password: String?
  }

  private let indexes: [WebAddress]
  private let netrc: Netrc
  private let keyring: KeyringAnswers?

  init(indexes: [WebAddress], netrc: Netrc = Netrc(), keyring: KeyringAnswers? = nil) {
    self.indexes = indexes
    self.netrc = netrc
    self.keyring = keyring
  }

  /// What to send with a request, without asking the keyring.
  func credentials(for address: WebAddress) -> Found? {
    let login = login(for: address)
    if let user = login.user, let password = login.password {
      return Found(credentials: Credentials(user: user, password: password), source: .address)
    }
    if let known = keyring?.known(services(for: address), user: login.user) {
      return Found(credentials: known, source: .keyring)
    }
    if let entry = netrc.credentials(for: address.bareHost, user: login.user) {
      return Found(credentials: entry, source: .netrc)
    }
    return login.user.map { Found(credentials: Credentials(user: $0, password: ""), source: .userName) }
  }

  /// What the keyring has for a server that turned a request away; nil where it isn't to be asked, or has nothing else.
  func keyringCredentials(for address: WebAddress, after refused: Found?) async -> Found? {
    guard let keyring, refused?.source != .address else { return nil }
    let login = login(for: address)
    guard let found = await keyring.credentials(for: services(for: address), user: login.user),
      found != refused?.credentials
    else { return nil }
    return Found(credentials: found, source: .keyring)
  }

  /// What is to be said of a server that turned a request away for good.
  func refusal(of address: WebAddress, status: Int, after refused: Found?) -> Refusal {
    Refusal(
      address, status: status, index: index(of: address), sent: refused,
      keyring: keyring.map { $0.isAvailable ? .asked : .missing } ?? .disabled)
  }

  /// The index that a request is for, or whose server it goes to.
  private func index(of address: WebAddress) -> WebAddress? {
    CredentialStore.nearest(to: address, among: indexes)
  }

  private func login(for address: WebAddress) -> Login {
    let nearest = CredentialStore.nearest(to: address, among: indexes.filter { $0.userInformation != nil })
    guard let information = address.userInformation ?? nearest?.userInformation else { return Login() }
    let credentials = Credentials(userInformation: information)
    return Login(
      user: credentials.user,
      password: information.utf8.contains(UInt8(ascii: ":")) ? credentials.password : nil)
  }

  /// What a keyring may have passwords under: pip's names for it, the narrower one first.
  private func services(for address: WebAddress) -> [String] {
    var services: [String] = []
    if let index = index(of: address) { services.append(index.text) }
    services.append(address.host + (address.port.map { ":\($0)" } ?? ""))
    return services
  }

  private static func nearest(to address: WebAddress, among indexes: [WebAddress]) -> WebAddress? {
    let candidates = indexes.filter { $0.origin == address.origin }
    let above = candidates.filter { address.path.hasPrefix($0.path) }
    return above.max { $0.path.utf8.count < $1.path.utf8.count } ?? candidates.first
  }
}

/// Where credentials were found.
package enum CredentialSource: Sendable, Hashable {
  /// In the index's or the file's address, with a password.
  case address
  /// A name in the address, to which no password was found.
  case userName
  case netrc
  case keyring
}
