import Testing

@testable import PackageIndex

@Suite struct PipConfigFileTests {
  @Test func `the grammar is RawConfigParser's`() throws {
    let text = """
      # a comment
      ; another
      [global]
      index-url = https://index.example/simple/
      Extra_Index_URL: https://a.example/
          https://b.example/  # not a comment

          ; a comment in between
          https://c.example/

      --no-index = false
      empty =
      timeout=60 = 5

      [install]
        cert = /a
        find-links =
          /one
          /two
      """
    let file = try PipConfigFile(path: "pip.conf", text: text)
    let expected: [String: [String: PipConfigFile.Option]] = [
      "global": [
        "index-url": .init(value: "https://index.example/simple/", line: 4),
        "extra-index-url": .init(
          value: "https://a.example/\nhttps://b.example/  # not a comment\n\nhttps://c.example/", line: 5),
        "no-index": .init(value: "false", line: 11), "empty": .init(value: "", line: 12),
        "timeout": .init(value: "60 = 5", line: 13),
      ],
      "install": ["cert": .init(value: "/a", line: 16), "find-links": .init(value: "/one\n/two", line: 17)],
    ]
    #expect(file.sections == expected)
  }

  @Test(arguments: [
    ("cert = /a", 1, PipConfigError.Problem.noSection), ("[global]\nnonsense", 2, .noDelimiter),
    ("[global]\n= x", 2, .noDelimiter), ("[a]\n[b]\n[a]", 3, .repeatedSection("a")),
    ("[a]\nno-index = 1\nNo_Index = 2", 3, .repeatedOption("no-index")),
  ])
  func `a mistake has its line`(text: String, line: Int, problem: PipConfigError.Problem) {
    #expect(throws: PipConfigError(path: "pip.conf", line: line, problem: problem)) {
      try PipConfigFile(path: "pip.conf", text: text)
    }
  }

  struct Location: Sendable {
    var environment: [String: String]
    var exists = false
    var paths: [String]
  }
  @Test(arguments: [
    Location(environment: [:], paths: ["/etc/xdg/pip/pip.conf", "/etc/pip.conf"]),
    Location(
      environment: ["HOME": "/h", "VIRTUAL_ENV": "/v"],
      paths: [
        "/etc/xdg/pip/pip.conf", "/etc/pip.conf", "/h/.pip/pip.conf", "/h/.config/pip/pip.conf",
        "/v/pip.conf",
      ]),
    Location(
      environment: [
        "HOME": "/h", "XDG_CONFIG_HOME": "/x", "XDG_CONFIG_DIRS": "/a:/b", "PIP_CONFIG_FILE": "/p",
      ],
      paths: [
        "/a/pip/pip.conf", "/b/pip/pip.conf", "/etc/pip.conf", "/h/.pip/pip.conf", "/x/pip/pip.conf", "/p",
      ]),
    Location(
      environment: ["HOME": "/h", "PIP_CONFIG_FILE": "/p"], exists: true,
      paths: ["/etc/xdg/pip/pip.conf", "/etc/pip.conf", "/p"]),
    Location(environment: ["HOME": "/h", "PIP_CONFIG_FILE": "/dev/null"], exists: true, paths: []),
  ])
  func `files are looked for where pip looks`(location: Location) {
    let paths = PipConfigLocations.paths(environment: location.environment) { _ in location.exists }
    #expect(paths == location.paths)
  }
}

@Suite struct IndexConfigurationTests {
  private static let files = [
    ("/etc/pip.conf", "[global]\nindex-url = https://global.example/\ncert = /global.pem\ntimeout = 5"),
    (
      "/h/pip.conf",
      "[global]\ncert =\nextra-index-url =\n  https://x.example/\n  https://y.example/\n[install]\nindex-url = https://install.example/"
    ),
  ]

  private func read(
    _ environment: [String: String] = [:], files: [(String, String)] = files,
    options change: (inout IndexConfiguration.Options) -> Void = { _ in }
  ) throws -> IndexConfiguration {
    var options = IndexConfiguration.Options()
    change(&options)
    return try IndexConfiguration(
      options: options, environment: environment, files: files.map { try PipConfigFile(path: $0, text: $1) })
  }

  @Test func `each place outranks the ones below it`() throws {
    typealias Setting = IndexConfiguration.Setting
    var environment = ["PIP_INDEX_URL": "https://pip.example/", "REPIN_INDEX_URL": "https://repin.example/"]
    let option = try read(environment) { $0.indexURL = "https://option.example/" }
    #expect(option.indexURL == Setting(value: "https://option.example/", origin: .option("index-url")))
    #expect(
      try read(environment).indexURL
        == Setting(value: "https://repin.example/", origin: .environment("REPIN_INDEX_URL")))
    environment["REPIN_INDEX_URL"] = ""
    #expect(try read(environment).indexURL?.origin == .environment("PIP_INDEX_URL"))
    #expect(
      try read().indexURL
        == Setting(value: "https://install.example/", origin: .file(path: "/h/pip.conf", line: 7)))
    #expect(try read(files: [Self.files[0]]).indexURL?.origin == .file(path: "/etc/pip.conf", line: 2))
    #expect(try read(files: []).indexURL == nil)
  }

  @Test func `an empty value in a later file takes an earlier one away`() throws {
    #expect(try read().certificates == nil)
    #expect(try read(["SSL_CERT_FILE": "/s.pem"]).certificates?.origin == .environment("SSL_CERT_FILE"))
    #expect(try read(["SSL_CERT_FILE": "/s.pem", "PIP_CERT": "/p.pem"]).network.certificates == "/p.pem")
    #expect(try read(files: [Self.files[0]]).network.certificates == "/global.pem")
  }

  @Test func `lists are split at white space and searched before the index`() throws {
    let configuration = try read(["PIP_TRUSTED_HOST": "a.example b.example:8443"])
    #expect(configuration.extraIndexURLs?.value == ["https://x.example/", "https://y.example/"])
    #expect(
      configuration.searchOrder == ["https://x.example/", "https://y.example/", "https://install.example/"])
    #expect(configuration.network.trustedHosts == ["a.example", "b.example:8443"])
    #expect(
      try read { $0.extraIndexURLs = ["https://z.example/"] }.extraIndexURLs?.value == ["https://z.example/"])
    #expect(try read(["PIP_NO_INDEX": "yes"]).searchOrder.isEmpty)
  }

  @Test(arguments: [
    (["PIP_KEYRING_PROVIDER": "disabled"], KeyringProvider.disabled),
    (["PIP_KEYRING_PROVIDER": "disabled", "REPIN_KEYRING_PROVIDER": "auto"], .auto),
    (["PIP_KEYRING_PROVIDER": "import"], .subprocess),
  ])
  func `the keyring's provider has pip's names`(environment: [String: String], provider: KeyringProvider)
    throws
  {
    #expect(try read(environment).keyringProvider?.value == provider)
    #expect(try read(environment) { $0.keyringProvider = "subprocess" }.keyringProvider?.value == .subprocess)
    let file = ("/pip.conf", "[global]\nkeyring-provider = disabled")
    #expect(try read(files: [file]).keyringProvider?.value == .disabled)
  }

  @Test func `a certificate knows where it was set`() throws {
    #expect(try read(["SSL_CERT_FILE": "/s.pem"]).network.certificatesSetting == "SSL_CERT_FILE")
    #expect(try read { $0.clientCertificate = "/c" }.network.clientCertificateSetting == "--client-cert")
  }

  @Test func `a time-out is in seconds and bounds connecting too`() throws {
    #expect(try read().network.readTimeout == .seconds(5))
    #expect(try read().network.connectTimeout == .seconds(5))
    #expect(try read(["PIP_DEFAULT_TIMEOUT": "180"], files: []).network.readTimeout == .seconds(180))
    #expect(try read(["PIP_DEFAULT_TIMEOUT": "180"], files: []).network.connectTimeout == .seconds(10))
  }

  @Test(arguments: [
    (["PIP_TIMEOUT": "soon"], "PIP_TIMEOUT: `timeout` must be a number of seconds"),
    (["REPIN_TIMEOUT": "-1"], "REPIN_TIMEOUT: `timeout` must be a number of seconds"),
    (["PIP_NO_INDEX": "perhaps"], "PIP_NO_INDEX: `no-index` must be a switch (`true` or `false`)"),
    (["PIP_PROXY": "http://u:secret@"], "PIP_PROXY: `proxy` must be a proxy's URL"),
    (["https_proxy": "http://u:secret@"], "https_proxy: `proxy` must be a proxy's URL"),
    (
      ["PIP_KEYRING_PROVIDER": "no"],
      "PIP_KEYRING_PROVIDER: `keyring-provider` must be `auto`, `subprocess` or `disabled`"
    ),
  ])
  func `a value that can't be is an error that names its place`(environment: [String: String], words: String)
  {
    let error = #expect(throws: IndexConfigurationError.self) { try read(environment) }
    #expect(error?.description == words)
  }
}
