import NIOSSL

/// A certificate with its key, in PEM, for a server that speaks TLS.
package struct ServerIdentity: Sendable {
  /// The certificate, PEM.
  package var certificate: String
  /// Its key, PEM.
  package var privateKey: String
  /// In order of preference (ALPN).
  package var protocols: [String]
  /// Whoever connects must have a certificate of this authority, PEM; nil: nobody must.
  package var clientAuthority: String?

  /// Speaks HTTP/2 unless told otherwise.
  package init(certificate: String, privateKey: String, protocols: [String] = ["h2", "http/1.1"]) {
    self.certificate = certificate
    self.privateKey = privateKey
    self.protocols = protocols
  }

  func context() throws -> NIOSSLContext {
    let chain = try NIOSSLCertificate.fromPEMBytes(Array(certificate.utf8)).map {
      NIOSSLCertificateSource.certificate($0)
    }
    let key = try NIOSSLPrivateKey(bytes: Array(privateKey.utf8), format: .pem)
    var configuration = TLSConfiguration.makeServerConfiguration(
      certificateChain: chain, privateKey: .privateKey(key))
    configuration.applicationProtocols = protocols
    if let clientAuthority {
      configuration.certificateVerification = .noHostnameVerification
      configuration.trustRoots = .certificates(
        try NIOSSLCertificate.fromPEMBytes(Array(clientAuthority.utf8)))
    }
    return try NIOSSLContext(configuration: configuration)
  }
}
