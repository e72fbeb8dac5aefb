import TestSupport
import Testing

@testable import PackageIndex

@Suite("Git repositories of the network")
struct GitNetworkTests {
  private static let secret = "s3cr%t w0rd"
  private static let encoded = "s3cr%25t%20w0rd"
  private static let authorization = Credentials(user: "user", password: secret).authorization

  /// A repository `source` with one commit, whose server may filter.
  private func source() async throws -> (GitFixture, String) {
    let fixture = GitFixture()
    try await fixture.makeRepository("source")
    try await fixture.git("source", "config", "uploadpack.allowFilter", "true")
    return (fixture, try await fixture.commit("source", ["a": "1"]))
  }

  /// A server that wants this from who asks.
  private func server(
    _ fixture: GitFixture, wants authorization: String?, seen: Recorded = Recorded()
  ) throws -> GitServer {
    try GitServer(root: fixture.directory.path) { request in
      seen.append(request.authorization ?? "nothing")
      for arguments in GitNetworkTests.processes() { seen.append(arguments) }
      if authorization == nil || request.authorization == authorization { return nil }
      return GitServer.Answer(
        status: "401 Unauthorized", fields: [("WWW-Authenticate", "Basic realm=\"x\"")])
    }
  }

  /// The arguments of every process of this machine that has git's in it.
  private static func processes() -> [String] {
    (LocalFile.names(inDirectory: "/proc") ?? []).filter { $0.allSatisfy(\.isNumber) }.compactMap { number in
      guard let bytes = readFile("/proc/\(number)/cmdline", limit: 1 << 16) else { return nil }
      let text = String(decoding: bytes.map { $0 == 0 ? 0x20 : $0 }, as: UTF8.self)
      return text.contains("git") ? text : nil
    }
  }

  @Test("A password goes to the server, and nowhere else")
  func password() async throws {
    let (fixture, commit) = try await source()
    let seen = Recorded()
    let server = try server(fixture, wants: Self.authorization, seen: seen)
    fixture.directory.write("helper", "#!/bin/sh\ncat >> \(fixture.directory.file("told"))\n", mode: 0o755)
    fixture.directory.write("gitconfig", "[credential]\nhelper = \(fixture.directory.file("helper"))\n")
    var client = fixture.client
    client.environment["GIT_CONFIG_GLOBAL"] = fixture.directory.file("gitconfig")
    let remote = "http://127.0.0.1:\(server.port)/source"
    let url = try GitURL("git+http://user:\(Self.encoded)@127.0.0.1:\(server.port)/source@main")
    #expect(try await client.commit(of: url) == commit)
    try await client.checkOut(commit, of: url, into: fixture.directory.file("out"))
    #expect(fixture.directory.text("out/a") == "1")
    let lines = seen.lines
    #expect(lines.filter { $0 == Self.authorization }.count >= 4)
    #expect(lines.contains { $0.contains("remote-http") && $0.contains(remote) })
    for word in [Self.secret, Self.encoded] {
      #expect(!lines.contains { $0.contains(word) })
      #expect(!fixture.contains(word))
    }
    #expect(!lines.contains { $0 != Self.authorization && $0.contains(Self.authorization.dropFirst(6)) })
    #expect(fixture.directory.text("told") == nil)
  }

  struct Denial: Sendable, CustomTestStringConvertible {
    let name: String
    let information: String
    var testDescription: String { name }
  }

  @Test(
    "Who may not come in",
    arguments: [
      Denial(name: "nobody", information: ""), Denial(name: "the wrong password", information: "user:wrong@"),
      Denial(name: "the user alone", information: "user@"),
    ])
  func denied(_ example: Denial) async throws {
    let (fixture, commit) = try await source()
    let server = try server(fixture, wants: Self.authorization)
    let url = try GitURL("git+http://\(example.information)127.0.0.1:\(server.port)/source@main")
    let expected = GitError.authentication(url: "http://127.0.0.1:\(server.port)/source")
    #expect(await fixture.error { _ = try await fixture.client.commit(of: url) } == expected)
    let error = await fixture.error {
      try await fixture.client.checkOut(commit, of: url, into: fixture.directory.file("out"))
    }
    #expect(error == expected)
  }

  @Test("A token for a user name, and a password the user's helper knows", arguments: [false, true])
  func loneUser(isKnown: Bool) async throws {
    let (fixture, commit) = try await source()
    let credentials = Credentials(user: "user", password: isKnown ? Self.secret : "")
    let server = try server(fixture, wants: credentials.authorization)
    let answer = "test $1 = get && echo username=user && echo 'password=\(Self.secret)'"
    fixture.directory.write("helper", "#!/bin/sh\n\(answer)\n", mode: 0o755)
    fixture.directory.write("gitconfig", "[credential]\nhelper = \(fixture.directory.file("helper"))\n")
    var client = fixture.client
    if isKnown { client.environment["GIT_CONFIG_GLOBAL"] = fixture.directory.file("gitconfig") }
    let url = try GitURL("git+http://user@127.0.0.1:\(server.port)/source")
    #expect(try await client.commit(of: url) == commit)
  }

  @Test("A redirect to another server doesn't take the password along", arguments: [false, true])
  func redirect(asksFirst: Bool) async throws {
    let (fixture, commit) = try await source()
    let seen = Recorded()
    let other = try server(fixture, wants: nil, seen: seen)
    let first = try GitServer(root: fixture.directory.path) { [port = other.port] request in
      guard !asksFirst || request.authorization == Self.authorization else {
        return GitServer.Answer(
          status: "401 Unauthorized", fields: [("WWW-Authenticate", "Basic realm=\"x\"")])
      }
      return GitServer.Answer(
        status: "302 Found",
        fields: [("Location", "http://localhost:\(port)\(request.path)?\(request.query)")])
    }
    let url = try GitURL("git+http://user:\(Self.encoded)@127.0.0.1:\(first.port)/source")
    var found: String?
    let error = await fixture.error { found = try await fixture.client.commit(of: url) }
    // Git follows a redirect only from its first request.
    #expect(found == (asksFirst ? nil : commit))
    #expect((error == nil) == !asksFirst)
    #expect(seen.lines.contains("nothing"))
    #expect(!seen.lines.contains { $0.contains(Self.authorization) })
  }

  @Test("Another server that asks after a redirect isn't answered")
  func askingAfterRedirect() async throws {
    let (fixture, _) = try await source()
    let seen = Recorded()
    let other = try server(fixture, wants: Self.authorization, seen: seen)
    let first = try GitServer(root: fixture.directory.path) { [port = other.port] request in
      GitServer.Answer(
        status: "302 Found",
        fields: [("Location", "http://localhost:\(port)\(request.path)?\(request.query)")])
    }
    let url = try GitURL("git+http://user:\(Self.encoded)@127.0.0.1:\(first.port)/source")
    let error = await fixture.error { _ = try await fixture.client.commit(of: url) }
    #expect(error == .authentication(url: url.redacted))
    #expect(seen.lines.contains("nothing"))
    #expect(!seen.lines.contains(Self.authorization))
  }

  @Test("What a server says is shown without the password and without control characters")
  func serverMessage() async throws {
    let fixture = GitFixture()
    let server = try GitServer(root: fixture.directory.path) { request in
      guard request.authorization != nil else {
        return GitServer.Answer(
          status: "401 Unauthorized", fields: [("WWW-Authenticate", "Basic realm=\"x\"")])
      }
      return GitServer.Answer(
        status: "500 Internal Server Error", fields: [("Content-Type", "text/plain")],
        body: Array("\u{1B}[2Jno \(Self.secret), \(request.authorization ?? "")\n".utf8))
    }
    let url = try GitURL("git+http://user:\(Self.encoded)@127.0.0.1:\(server.port)/x")
    let error = await fixture.error { _ = try await fixture.client.commit(of: url) }
    guard case .unreachable(url.redacted, let reason) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(reason.contains("no ****, Basic ****"))
    #expect(reason.contains("500"))
    #expect(!reason.contains("\u{1B}"))
  }

  @Test(
    "Nobody there",
    arguments: ["git+http://127.0.0.1:1/x", "git+https://127.0.0.1:1/x", "git+git://127.0.0.1:1/x"])
  func nobody(_ text: String) async throws {
    let fixture = GitFixture()
    let url = try GitURL(text)
    let error = await fixture.error { _ = try await fixture.client.commit(of: url) }
    guard case .unreachable(url.redacted, let reason) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(!reason.isEmpty)
  }

  @Test("No such repository on a server")
  func missing() async throws {
    let (fixture, _) = try await source()
    let server = try server(fixture, wants: nil)
    let url = try GitURL("git+http://127.0.0.1:\(server.port)/missing")
    let error = await fixture.error { _ = try await fixture.client.commit(of: url) }
    #expect(error == .unreachable(url: url.redacted, reason: "repository '\(url.remote)/' not found"))
  }

  /// A server of files, which knows nothing of git.
  private func fileServer(_ fixture: GitFixture, seen: Recorded) throws -> GitServer {
    let root = fixture.directory.path
    return try GitServer(root: root) { request in
      seen.append(request.path)
      guard !request.path.contains(".."), let bytes = readFile("\(root)\(request.path)", limit: 1 << 20)
      else {
        return GitServer.Answer(status: "404 Not Found")
      }
      return GitServer.Answer(fields: [("Content-Type", "application/octet-stream")], body: bytes)
    }
  }

  @Test("A server that only hands out files", arguments: [false, true])
  func filesOnly(wasSmart: Bool) async throws {
    let (fixture, first) = try await source()
    try await fixture.git(".", "clone", "--quiet", "--bare", "source", "bare")
    try await fixture.git("bare", "config", "uploadpack.allowFilter", "true")
    try await fixture.git("bare", "update-server-info")
    let seen = Recorded()
    let files = try fileServer(fixture, seen: seen)
    var client = fixture.client
    client.timeLimits.fetch = .seconds(20)
    if wasSmart {
      // The same mirror: of another port it would be another.
      let smart = try server(fixture, wants: nil)
      let before = try GitURL("git+http://127.0.0.1:\(smart.port)/bare@main")
      try await client.checkOut(first, of: before, into: fixture.directory.file("before"))
      let after = try GitURL("git+http://127.0.0.1:\(files.port)/bare@main")
      let mirrors = [before, after].map { GitMirror.path(for: $0, in: fixture.directory.file("cache")) }
      #expect(renameDirectory(mirrors[0], to: mirrors[1]) == nil)
    }
    let second = try await fixture.commit("source", ["b": "2"])
    try await fixture.git("source", "push", "--quiet", fixture.directory.file("bare"), "main")
    try await fixture.git("bare", "update-server-info")
    let url = try GitURL("git+http://127.0.0.1:\(files.port)/bare@main")
    #expect(try await client.commit(of: url) == second)
    try await client.checkOut(second, of: url, into: fixture.directory.file("out"))
    #expect(fixture.directory.text("out/a") == "1")
    #expect(fixture.directory.text("out/b") == "2")
    #expect(try await fixture.git("out", "status", "--porcelain") == "")
    #expect(seen.lines.count < 60)
    // What is kept is of use once more.
    try await client.checkOut(first, of: url, into: fixture.directory.file("again"))
    #expect(fixture.directory.text("again/a") == "1")
    #expect(fixture.directory.text("again/b") == nil)
  }
}
