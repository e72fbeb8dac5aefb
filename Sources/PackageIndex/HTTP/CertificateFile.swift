import PythonPackaging

/// A configured file of certificates that can't be used.
package struct CertificateFile: Sendable, Hashable, CustomStringConvertible {
  /// What it is for.
  package enum Role: Sendable, Hashable {
    /// Authorities to trust.
    case authorities
    /// Our own certificate, and its key.
    case client
  }

  /// What it is for.
  package var role: Role
  /// Where it is set: `--cert`, `REQUESTS_CA_BUNDLE`, `pip.conf:3`.
  package var setting: String
  /// As it is set.
  package var path: String
  /// Why it can't be used.
  package var reason: String

  /// One line without a full stop.
  package var description: String {
    let noun = role == .authorities ? "the certificates" : "the client certificate"
    return "\(setting): can't use \(noun) in `\(PrintableText.escaped(path, limit: 300))`: \(reason)"
  }
}
