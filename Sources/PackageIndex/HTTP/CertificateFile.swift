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

  /// A value of the given parts.
  package init(role: Role, setting: String, path: String, reason: String) {
    self.role = role
    self.setting = setting
    self.path = path
    self.reason = reason
  }

  /// One line without a full stop.
  package var description: String {
    let noun = role == .authorities ? "the certificates" : "the client certificate"
    return "\(setting): can't use \(noun) in `\(PrintableText.escaped(path, limit: 300))`: \(reason)"
  }
}

extension CertificateFile {
  /// Whether there is a certificate in a PEM file (RFC 7468, section 5.1), or in a file of a directory.
  static func holdsCertificate(_ path: String) -> Bool {
    guard isDirectory(path) else { return isCertificate(path) }
    return (LocalFile.names(inDirectory: path) ?? []).contains { isCertificate("\(path)/\($0)") }
  }

  private static func isCertificate(_ path: String) -> Bool {
    guard let bytes = readFile(path, limit: longestFile) else { return false }
    let text = String(decoding: bytes, as: UTF8.self)
    return labels.contains { text.firstRange(ofASCII: "-----BEGIN \($0)-----") != nil }
  }

  /// Those that OpenSSL reads a certificate after.
  private static let labels = ["CERTIFICATE", "X509 CERTIFICATE", "TRUSTED CERTIFICATE"]
  private static let longestFile = 4 << 20
}
