import IndexServer
import PythonPackaging
import TestSupport
import Testing

@testable import PackageIndex

@Suite struct SecureConnectionTests {
  @Test func `a hundred requests share one HTTP/2 connection`() async throws {
    let fixture = try await Fixture(identity: TestIdentity.server)
    let certificate = fixture.directory.file("ca.pem")
    fixture.directory.overwrite("ca.pem", with: Array(TestIdentity.certificate.utf8))
    let names = (0..<100).map { "n\($0)" }
    for name in names { fixture.server.serve(name, "1.0") }
    try await fixture.configured { $0.network.certificates = certificate }.with { client in
      _ = try await client.pages(of: try PackageName("n0"))
      fixture.server.holdAnswers(until: 99)
      let found = try await withThrowingTaskGroup(of: Int.self) { group in
        for name in names {
          group.addTask { try await client.pages(of: try PackageName(name)).first?.versionCount ?? 0 }
        }
        return try await group.reduce(0, +)
      }
      #expect(found == 100)
    }
    #expect(fixture.server.connectionCount == 1)
    #expect(fixture.server.mostRequestsInFlight == 99)
  }

  @Test func `from the start, too`() async throws {
    let fixture = try await Fixture(identity: TestIdentity.server)
    let certificate = fixture.directory.file("ca.pem")
    fixture.directory.overwrite("ca.pem", with: Array(TestIdentity.certificate.utf8))
    try await fixture.configured { $0.network.certificates = certificate }.with { client in
      await withTaskGroup(of: Void.self) { group in
        for index in 0..<50 { group.addTask { _ = try? await client.pages(of: PackageName("n\(index)")) } }
      }
    }
    #expect(fixture.server.requests.count == 50)
    #expect(fixture.server.connectionCount == 1)
  }

  @Test func `without HTTP/2 the connections are bounded`() async throws {
    let fixture = try await Fixture(identity: TestIdentity.withoutHTTP2)
    try await fixture.configured {
      $0.network.trustedHosts = ["127.0.0.1"]
      $0.network.connectionsPerServer = 5
    }.with { client in
      await withTaskGroup(of: Void.self) { group in
        for index in 0..<50 { group.addTask { _ = try? await client.pages(of: PackageName("n\(index)")) } }
      }
    }
    #expect(fixture.server.requests.count == 50)
    #expect(fixture.server.connectionCount <= 5)
  }

  @Test func `a certificate nobody vouches for is refused, unless the host is trusted`() async throws {
    let fixture = try await Fixture(identity: TestIdentity.server)
    fixture.server.serve("a", "1.0")
    let error = await fixture.pageError()
    #expect(
      error?.description == "no secure connection for \(fixture.server.url)a/: its certificate isn't trusted")
    #expect(fixture.clock.waits.isEmpty)
    #expect(
      try await fixture.versions { $0.network.trustedHosts = ["127.0.0.1:\(fixture.server.port)"] } == ["1.0"]
    )
    guard
      case .tlsFailure = await fixture.pageError(
        "a",
        {
          $0.network.trustedHosts = ["127.0.0.1:1"]
          $0.mode = .refresh
        })
    else { return #expect(Bool(false)) }
  }

  @Test func `certificates that can't be read are named`() async throws {
    let fixture = try await Fixture(identity: TestIdentity.server)
    fixture.directory.write("empty.pem", "nothing")
    for (name, words) in [
      ("none.pem", "no such file, or not readable"), ("empty.pem", "no PEM certificate in it"),
    ] {
      let path = fixture.directory.file(name)
      let error = await fixture.pageError("a") { $0.network.certificates = path }
      #expect(error?.description == "--cert: can't use the certificates in `\(path)`: \(words)")
    }
    #expect(
      try await fixture.versions {
        $0.network.certificates = "/none.pem"
        $0.network.trustedHosts = ["127.0.0.1"]
      } == nil)
    // Plain HTTP doesn't look at them.
    let plain = try await Fixture()
    #expect(try await plain.versions { $0.network.certificates = "/none.pem" } == nil)
  }

  @Test func `a server that asks for a client's certificate gets it`() async throws {
    let fixture = try await Fixture(identity: TestIdentity.demanding)
    fixture.server.serve("a", "1.0")
    fixture.directory.write("client.pem", TestIdentity.client)
    let path = fixture.directory.file("client.pem")
    #expect(
      try await fixture.versions {
        $0.network.trustedHosts = ["127.0.0.1"]
        $0.network.clientCertificate = path
      } == ["1.0"])
    let error = await fixture.pageError {
      $0.network.trustedHosts = ["127.0.0.1"]
      $0.network.retries = 0
      $0.mode = .refresh
    }
    #expect(error != nil)
  }

  struct Identity: CustomTestStringConvertible {
    let testDescription: String
    let contents: String
    let reason: String
  }
  @Test(arguments: [
    Identity(testDescription: "nothing", contents: "", reason: "no PEM certificate in it"),
    Identity(
      testDescription: "a key alone", contents: TestIdentity.otherKey, reason: "no PEM certificate in it"),
    Identity(
      testDescription: "a certificate alone", contents: TestIdentity.certificate,
      reason: "no PEM private key without a passphrase in it"),
    Identity(
      testDescription: "another key", contents: TestIdentity.certificate + "\n" + TestIdentity.otherKey,
      reason: "its private key belongs to another certificate"),
  ])
  func `a client certificate that can't be used is named`(identity: Identity) async throws {
    let fixture = try await Fixture(identity: TestIdentity.demanding)
    fixture.directory.write("client.pem", identity.contents)
    let path = fixture.directory.file("client.pem")
    let error = await fixture.pageError {
      $0.network.trustedHosts = ["127.0.0.1"]
      $0.network.clientCertificate = path
      $0.network.clientCertificateSetting = "PIP_CLIENT_CERT"
    }
    #expect(
      error?.description
        == "PIP_CLIENT_CERT: can't use the client certificate in `\(path)`: \(identity.reason)"
    )
  }

  @Test func `plain HTTP where TLS is expected is a TLS failure`() async throws {
    let fixture = try await Fixture()
    let error = await fixture.pageError("a") {
      $0.indexURLs = ["https://127.0.0.1:\(fixture.server.port)/simple/"]
      $0.network.retries = 0
    }
    guard case .tlsFailure(let url, _) = error else {
      return #expect(Bool(false), "\(String(describing: error))")
    }
    #expect(url == "https://127.0.0.1:\(fixture.server.port)/simple/a/")
  }
}
