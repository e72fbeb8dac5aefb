/// Which credentials go to which server.
///
/// Those of an index URL go to that URL's origin only, preferring the index whose path the request lies
/// under; else those the netrc has for the host. Nothing is ever sent to an origin it wasn't given for.
struct CredentialStore: Sendable {
  private struct Entry: Sendable {
    var index: WebAddress
    var credentials: Credentials
  }

  private var entries: [Entry] = []
  private var netrc: Netrc

  init(indexes: [WebAddress], netrc: Netrc = Netrc()) {
    self.netrc = netrc
    for index in indexes {
      guard let information = index.userInformation else { continue }
      entries.append(Entry(index: index, credentials: Credentials(userInformation: information)))
    }
  }

  func credentials(for address: WebAddress) -> Credentials? {
    if let information = address.userInformation { return Credentials(userInformation: information) }
    let candidates = entries.filter { $0.index.origin == address.origin }
    let nearest =
      candidates.filter { address.path.hasPrefix($0.index.path) }
      .max { $0.index.path.utf8.count < $1.index.path.utf8.count }
    return (nearest ?? candidates.first)?.credentials ?? netrc.credentials(for: address.bareHost)
  }
}
