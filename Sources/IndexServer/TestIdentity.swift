/// A self-signed certificate for 127.0.0.1, made for these tests and trusted by nobody else.
package enum TestIdentity {
  /// In PEM.
  package static let certificate = """
    -----BEGIN CERTIFICATE-----
    MIIBnjCCAUOgAwIBAgIUBTK10BVCQCe0PSRM/WzgYSKioNkwCgYIKoZIzj0EAwIw
    FTETMBEGA1UEAwwKcmVwaW4gdGVzdDAgFw0yNjExMjQwMjUyMjVaGA8yMTI2MTAz
    MTAyNTIyNVowFTETMBEGA1UEAwwKcmVwaW4gdGVzdDBZMBMGByqGSM49AgEGCCqG
    SM49AwEHA0IABD035DjMGDg5rrhdmUc7gIP+0+owksygnRMMoWm0TPOet8Dq2TMh
    yeTgCcOMzpD6al5/pFJOs6elM9QZA50WqRejbzBtMB0GA1UdDgQWBBSE/9tcMhD4
    vPYQYgKlHEiJ6jCE/DAfBgNVHSMEGDAWgBSE/9tcMhD4vPYQYgKlHEiJ6jCE/DAP
    BgNVHRMBAf8EBTADAQH/MBoGA1UdEQQTMBGHBH8AAAGCCWxvY2FsaG9zdDAKBggq
    hkjOPQQDAgNJADBGAiEAxlgYdJA3WQWfeQBQlBsv2QNnGNVDVrvApaup0RSVz9gC
    IQDUtil9wPSH9O74w44jMuschvW0UdL2vy5rhcHPRd+tsQ==
    -----END CERTIFICATE-----
    """

  /// Speaks HTTP/2.
  package static let server = ServerIdentity(
    certificate: certificate,
    privateKey: """
      -----BEGIN PRIVATE KEY-----
      MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgQk7BV9SzfeMvORqA
      sHdaYssO1/51uJXZuQthnIL6A16hRANCAAQ9N+Q4zBg4Oa64XZlHO4CD/tPqMJLM
      oJ0TDKFptEzznrfA6tkzIcnk4AnDjM6Q+mpef6RSTrOnpTPUGQOdFqkX
      -----END PRIVATE KEY-----
      """)

  /// In PEM, with its key: as a client's own.
  package static let client = certificate + "\n" + server.privateKey + "\n"

  /// Another key, in PEM: it isn't the certificate's.
  package static let otherKey = """
    -----BEGIN PRIVATE KEY-----
    MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgwfzhB8xi6chfcSNJ
    4no7Cv5GcLr2/0OKm8qUhTY1scmhRANCAATOCRNHyVdxi+DkdyNyUmZCofXz3XUl
    M72bypOcu1gsaSALpzs4zTjrgZhBE3g+/eABSL1lPOymtTpiGuq3VcW4
    -----END PRIVATE KEY-----

    """

  /// Lets in only who has that certificate itself.
  package static let demanding: ServerIdentity = {
    var identity = server
    identity.clientAuthority = certificate
    return identity
  }()

  /// Speaks HTTP/1.1 alone.
  package static let withoutHTTP2 = ServerIdentity(
    certificate: certificate, privateKey: server.privateKey, protocols: ["http/1.1"])
}
