/// Where passwords are kept under the name of a service.
package protocol Keyring: Sendable {
  /// What it has for a service; nil: nothing.
  ///
  /// - Parameter user: whose password; nil: anybody's.
  func credentials(for service: String, user: String?) async throws(KeyringError) -> Credentials?
  /// Whether there is one to ask.
  var isAvailable: Bool { get }
}

/// Why a keyring gave no answer. Nothing it wrote is in it, since that may hold a secret.
package enum KeyringError: Error, Sendable, Hashable, CustomStringConvertible {
  case notStarted(reason: String)
  case timedOut(limit: Duration)
  case failed(status: Int32)
  /// An answer that is none, or too long a one.
  case unreadable
  /// It can only say the password of a user that is named.
  case needsUser
  case cancelled

  /// Goes after "`keyring`".
  package var description: String {
    switch self {
    case .notStarted(let reason): "can't be started: \(reason)"
    case .timedOut(let limit): "gave no answer in \(limit.components.seconds) s"
    case .failed(let status): "failed with status \(status)"
    case .unreadable: "gave an answer that can't be read"
    case .needsUser: "is older than 25.2.1 and must be told the user's name: `https://USER@…`"
    case .cancelled: "was interrupted"
    }
  }
}
