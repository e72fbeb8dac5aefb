import IndexServer
import TestSupport
import Testing

/// Settings of an index that can't be, and certificates: whose are trusted, and which is shown.
@Suite struct IndexSettingTests {
  struct Wrong: CustomTestStringConvertible {
    let testDescription: String
    var arguments: [String] = []
    var environment: [String: String] = [:]
    var requirements = "a\n"
    let errors: String
  }
  static let authorities =
    "hint: `--cert` names a PEM file or a directory with the certificates of the authorities to trust\n"
  static let identity = "hint: `--client-cert` names a PEM file with a certificate and its private key\n"

  @Test(arguments: [
    Wrong(
      testDescription: "no URL", arguments: ["-i", "notaurl"],
      errors: "error: --index-url: `notaurl` is not an http or https URL\n"),
    Wrong(
      testDescription: "an unmatched bracket", environment: ["REPIN_INDEX_URL": "http://[::1"],
      errors: "error: REPIN_INDEX_URL: `http://[::1` is not an http or https URL\n"),
    Wrong(
      testDescription: "a password that isn't encoded",
      arguments: ["--extra-index-url", "https://u:se/cret@h/"],
      errors: "error: --extra-index-url: `https://****@h/` is not an http or https URL\n"),
    Wrong(
      testDescription: "no URL in a file", requirements: "a\n--extra-index-url notaurl\n",
      errors: "error: requirements.in:2:19: `notaurl` is not an http or https URL\n"),
    Wrong(
      testDescription: "an unknown provider", arguments: ["--keyring-provider", "perhaps"],
      errors:
        "error: --keyring-provider: `keyring-provider` must be `auto`, `subprocess` or `disabled`\n"),
    Wrong(
      testDescription: "no authorities", arguments: ["--cert", "none.pem"],
      errors:
        "error: --cert: can't use the certificates in `none.pem`: no such file, or not readable; nothing was "
        + "written\n" + authorities),
    Wrong(
      testDescription: "no certificate among the authorities", environment: ["PIP_CERT": "requirements.in"],
      errors:
        "error: PIP_CERT: can't use the certificates in `requirements.in`: no PEM certificate in it; nothing was "
        + "written\n" + authorities),
    Wrong(
      testDescription: "a directory without a certificate", arguments: ["--cert", "empty"],
      errors:
        "error: --cert: can't use the certificates in `empty`: no PEM certificate in it; nothing was written\n"
        + authorities),
    Wrong(
      testDescription: "no client certificate", arguments: ["--client-cert", "none.pem"],
      errors:
        "error: --client-cert: can't use the client certificate in `none.pem`: no such file, or not readable; "
        + "nothing was written\n" + identity),
    Wrong(
      testDescription: "nothing in the client certificate", arguments: ["--client-cert", "requirements.in"],
      errors:
        "error: --client-cert: can't use the client certificate in `requirements.in`: no PEM certificate in it; "
        + "nothing was written\n" + identity),
  ])
  func `a wrong setting ends with 2 and its place`(wrong: Wrong) async throws {
    var fixture = try await CommandFixture(identity: TestIdentity.server)
    fixture.environment = wrong.environment
    fixture.directory.write("requirements.in", wrong.requirements)
    let outcome = try await fixture.run(["compile"] + CommandFixture.target + wrong.arguments)
    #expect(outcome == .init(status: 2, output: "", errors: wrong.errors))
  }

  @Test(arguments: [
    (["--cert", "none.pem"], ""), (["--client-cert", "none.pem"], ""), ([], "PIP_CERT"),
    ([], "REPIN_CLIENT_CERT"),
  ])
  func `a certificate that isn't there ends with 2 also where nothing is fetched`(
    arguments: [String], variable: String
  ) async throws {
    var fixture = try await CommandFixture()
    fixture.server.serve("a", "1.0")
    fixture.directory.write("requirements.in", "a\n")
    #expect(try await fixture.compile().status == 0)
    if !variable.isEmpty { fixture.environment[variable] = "none.pem" }
    let outcome = try await fixture.run(["compile"] + CommandFixture.target + arguments)
    #expect(outcome.status == 2)
    #expect(
      outcome.errors.contains("in `none.pem`: no such file, or not readable; nothing was written\nhint: "))
    // Other programs' variables are theirs.
    fixture.environment = ["SSL_CERT_FILE": "none.pem"]
    #expect(try await fixture.compile().status == 0)
  }

  // MARK: TLS

  @Test(arguments: [
    (["--cert", "authority.pem"], false), (["--trusted-host", "127.0.0.1"], false),
    (["--cert", "authority.pem", "--client-cert", "client.pem"], true),
    (["--trusted-host", "127.0.0.1", "--client-cert", "client.pem"], true),
  ])
  func `a secure index is let in`(arguments: [String], isDemanding: Bool) async throws {
    let fixture = try await secureFixture(isDemanding: isDemanding)
    let outcome = try await fixture.run(
      ["compile", "--no-emit-trusted-host", "--no-header", "--no-annotate"] + CommandFixture.target
        + arguments)
    #expect(outcome.status == 0, Comment(rawValue: outcome.errors))
    #expect(fixture.pins() == "a==1.0")
  }

  @Test func `a secure index that nobody vouches for is kept out`() async throws {
    let fixture = try await secureFixture(isDemanding: false)
    let outcome = try await fixture.compile()
    #expect(
      outcome
        == .init(
          status: 3, output: "",
          errors: """
            error: can't fetch the project page of `a`: no secure connection for ROOT/simple/a/: its certificate isn't \
            trusted; nothing was written
            hint: `--cert` names the authorities to trust

            """))
  }

  @Test func `a secure index that asks for a client certificate is kept out without one`() async throws {
    let fixture = try await secureFixture(isDemanding: true)
    let outcome = try await fixture.compile("--cert", "authority.pem")
    #expect(outcome.status == 3)
    #expect(outcome.errors.contains("`--client-cert` names it") || outcome.errors.contains("can't reach"))
    #expect(fixture.pins() == nil)
  }

  private func secureFixture(isDemanding: Bool) async throws -> CommandFixture {
    let fixture = try await CommandFixture(
      identity: isDemanding ? TestIdentity.demanding : TestIdentity.server)
    fixture.server.serve("a", "1.0")
    fixture.directory.write("requirements.in", "a\n")
    fixture.directory.write("authority.pem", TestIdentity.certificate)
    fixture.directory.write("client.pem", TestIdentity.client)
    return fixture
  }
}
