import PythonPackaging

/// A server's answer 401 or 403: it is there and doesn't let us in.
package struct Refusal: Sendable, Hashable {
  /// What could be done with a keyring.
  package enum KeyringState: Sendable, Hashable {
    /// Nobody may ask it.
    case disabled
    /// There is none.
    case missing
    /// It is there; where the server answered 401 it was asked and had nothing else than what was sent.
    case asked
  }

  /// What was asked for, redacted.
  package var url: String
  /// 401 or 403.
  package var status: Int
  /// The index of that server, redacted; nil: none.
  package var index: String?
  /// As netrc has it.
  package var host: String
  /// Of the credentials that were sent; nil: none were.
  package var source: CredentialSource?
  /// The `${NAME}`s in what was sent: variables that have no value.
  package var variables: [String]
  /// What could be done with the keyring.
  package var keyring: KeyringState

  init(
    _ address: WebAddress, status: Int, index: WebAddress?, sent: CredentialStore.Found?,
    keyring: KeyringState
  ) {
    url = address.redacted
    self.status = status
    self.index = index?.redacted
    host = address.bareHost
    source = sent?.source
    variables =
      sent.map { EnvironmentVariable.names(in: "\($0.credentials.user) \($0.credentials.password)".utf8) }
      ?? []
    self.keyring = keyring
  }
}

extension Refusal: CustomStringConvertible {
  /// One line without a full stop.
  package var description: String {
    let answer =
      switch source {
      case nil: "answered \(status), and no credentials were given"
      case .address: "answered \(status) to the credentials in its address"
      case .userName: "answered \(status) to the user name in its address, for which no password was found"
      case .netrc: "answered \(status) to the credentials in netrc"
      case .keyring: "answered \(status) to the credentials of the keyring"
      }
    return index.map { "the index \($0) \(answer) (\(url))" } ?? "\(url) \(answer)"
  }
}
