/// Where a forge's API is: `https://git.example/api/v4`, without a slash at its end.
///
/// It has no credentials, no query and no fragment. `http` is allowed to this machine alone: a token isn't sent where others
/// can read it.
package struct APIAddress: Sendable, Hashable, CustomStringConvertible {
  /// Everything.
  package let text: String
  /// Lower case, without a port; an IPv6 address with its brackets.
  package let host: String

  package init(_ text: String) throws(PullRequestValueError) {
    guard let address = RemoteAddress(text), text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }),
      address.scheme == .https || address.scheme == .http && address.isLoopback,
      !address.hasUser, !text.contains("?"), !text.contains("#"), !address.path.contains("//")
    else { throw PullRequestValueError(.address, found: text) }
    var path = address.path[...]
    while path.hasSuffix("/") { path = path.dropLast() }
    self.text = address.root + path
    host = address.host
  }

  package var description: String { text }
}
