import Testing

@testable import PackageIndex

@Suite struct ProxySettingsTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var environment: [String: String]
    var url = "https://index.example/simple/"
    /// `host:port`; nil: directly.
    var proxy: String?
    var testDescription: String { "\(environment.sorted { $0.key < $1.key }) \(url)" }
  }
  @Test(arguments: [
    Case(environment: [:], proxy: nil),
    Case(environment: ["HTTPS_PROXY": "http://proxy.example:3128"], proxy: "proxy.example:3128"),
    Case(environment: ["https_proxy": "proxy.example"], proxy: "proxy.example:80"),
    Case(environment: ["HTTPS_PROXY": "http://a:1", "https_proxy": "http://b:2"], proxy: "b:2"),
    Case(environment: ["HTTPS_PROXY": "http://a:1"], url: "http://index.example/", proxy: nil),
    Case(environment: ["HTTP_PROXY": "http://a:1"], url: "http://index.example/", proxy: "a:1"),
    Case(
      environment: ["HTTP_PROXY": "http://a:1", "REQUEST_METHOD": "GET"], url: "http://index.example/",
      proxy: nil),
    Case(environment: ["ALL_PROXY": "socks5://a"], proxy: "a:1080"),
    Case(environment: ["ALL_PROXY": "http://a:1", "NO_PROXY": "*"], proxy: nil),
    Case(environment: ["ALL_PROXY": "http://a:1", "NO_PROXY": "x, .example"], proxy: nil),
    Case(environment: ["ALL_PROXY": "http://a:1", "NO_PROXY": "index.example"], proxy: nil),
    Case(environment: ["ALL_PROXY": "http://a:1", "NO_PROXY": "dex.example"], proxy: "a:1"),
    Case(environment: ["ALL_PROXY": "http://a:1", "NO_PROXY": "*.example"], proxy: nil),
    Case(environment: ["ALL_PROXY": "http://a:1", "NO_PROXY": "index.example:443"], proxy: nil),
    Case(environment: ["ALL_PROXY": "http://a:1", "NO_PROXY": "index.example:8443"], proxy: "a:1"),
    Case(
      environment: ["ALL_PROXY": "http://a:1", "NO_PROXY": "10.0.0.0/8"], url: "https://10.9.8.7/", proxy: nil
    ),
    Case(
      environment: ["ALL_PROXY": "http://a:1", "NO_PROXY": "10.0.0.0/16"], url: "https://10.9.8.7/",
      proxy: "a:1"),
    Case(environment: ["ALL_PROXY": "http://a:1", "NO_PROXY": "::1"], url: "https://[::1]/", proxy: nil),
  ])
  func `the environment says which proxy`(proxyCase: Case) throws {
    let settings = try ProxySettings(environment: proxyCase.environment)
    let address = try #require(WebAddress(proxyCase.url))
    let proxy = settings.proxy(for: address)
    #expect(proxy.map { "\($0.host):\($0.port)" } == proxyCase.proxy)
  }

  @Test func `a proxy's credentials are read and never shown`() throws {
    let settings = try ProxySettings(environment: [:], everything: "http://me:s%40cret@proxy.example:1")
    #expect(settings.https?.credentials == Credentials(user: "me", password: "s@cret"))
    #expect(!"\(settings)".contains("cret"))
  }

  @Test func `a value that is no proxy is an error, not a way around it`() {
    let error = #expect(throws: IndexError.self) {
      try ProxySettings(environment: ["HTTPS_PROXY": "http://me:secret@"])
    }
    guard case .invalidProxy("https_proxy") = error else {
      return #expect(Bool(false), "\(String(describing: error))")
    }
    #expect(error?.description.contains("secret") == false)
  }
}

@Suite struct NetrcTests {
  @Test(arguments: [
    ("machine index.example login me password pw", "me:pw"),
    ("machine other login x password y\nmachine index.example\n  login me\n  password pw\n", "me:pw"),
    ("machine index.example login \"my self\" password \"a\\\"b\"", "my self:a\"b"),
    ("default login any password one", "any:one"),
    ("machine other login x password y default login any password one", "any:one"),
    ("# a comment with machine index.example\nmachine index.example login me password pw # end", "me:pw"),
    ("machine index.example login me # why\n# not\npassword pw", "me:pw"),
    ("machine index.example account a login me password pw", "me:pw"),
    (
      "macdef init\nmachine index.example login no password no\n\nmachine index.example login me password pw",
      "me:pw"
    ),
    ("machine index.example password pw", ""),
    ("machine index.example login", ""),
    ("machine", ""),
    ("", ""),
  ])
  func `an entry is found`(text: String, expected: String) {
    let found = Netrc(text).credentials(for: "index.example")
    #expect((found.map { "\($0.user):\($0.password)" } ?? "") == expected)
  }
}

@Suite struct NetrcUserTests {
  @Test(arguments: [
    ("one", "one:1"), ("two", "two:2"), ("three", ""),
  ])
  func `a user has the password of the entry for it`(user: String, expected: String) {
    let netrc = Netrc(
      "machine index.example login one password 1 machine index.example login two password 2 "
        + "default login three password 3")
    let found = netrc.credentials(for: "index.example", user: user)
    #expect((found.map { "\($0.user):\($0.password)" } ?? "") == expected)
  }
}

@Suite struct CredentialStoreTests {
  @Test(arguments: [
    ("https://index.example/simple/a/", "Basic bWU6cHc="),  // me:pw
    ("https://index.example/team/simple/a/", "Basic dGVhbTprZXk="),  // team:key
    ("https://index.example/files/a.whl", "Basic bWU6cHc="),
    ("http://index.example/simple/a/", ""),
    ("https://index.example:8443/simple/a/", ""),
    ("https://files.example/a.whl", ""),
    ("https://u:p@files.example/a.whl", "Basic dTpw"),
    ("https://netrc.example/", "Basic bjpy"),
  ])
  func `credentials go to their own origin`(url: String, expected: String) throws {
    let indexes = try ["https://me:pw@index.example/simple/", "https://team:key@index.example/team/"].map {
      try #require(WebAddress($0))
    }
    let store = CredentialStore(
      indexes: indexes, netrc: Netrc("machine netrc.example login n password r"))
    let address = try #require(WebAddress(url))
    #expect((store.credentials(for: address)?.credentials.authorization ?? "") == expected)
  }

  @Test(arguments: [
    ("https://me@index.example/", "me:1", CredentialSource.netrc),
    ("https://you@index.example/", "you:", .userName), ("https://you:@index.example/", "you:", .address),
    ("https://index.example/", "me:1", .netrc), ("https://you:2@index.example/", "you:2", .address),
  ])
  func `a user name is one whose password is looked for`(
    url: String, expected: String, source: CredentialSource
  ) throws {
    let index = try #require(WebAddress(url))
    let store = CredentialStore(
      indexes: [index], netrc: Netrc("machine index.example login me password 1"))
    let address = try #require(WebAddress("https://index.example/a"))
    let found = try #require(store.credentials(for: address))
    #expect("\(found.credentials.user):\(found.credentials.password)" == expected)
    #expect(found.source == source)
  }

  @Test(arguments: [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foobar", "Zm9vYmFy")])
  func `base64 is RFC 4648's`(text: String, encoded: String) {
    #expect(base64(Array(text.utf8)) == encoded)
  }
}
