import IndexServer
import PythonPackaging
import Synchronization
import TestSupport
import Testing

@testable import PackageIndex

/// Answers from a table and remembers what it was asked.
private final class ScriptedKeyring: Keyring {
  let isAvailable = true
  private let passwords: [String: String]
  private let failure: KeyringError?
  private let asked = Mutex<[String]>([])

  /// By `user@service`.
  init(_ passwords: [String: String], failure: KeyringError? = nil) {
    self.passwords = passwords
    self.failure = failure
  }

  var questions: [String] { asked.withLock { $0 } }

  func credentials(for service: String, user: String?) async throws(KeyringError) -> Credentials? {
    let question = "\(user.map { "\($0)@" } ?? "")\(service)"
    asked.withLock { $0.append(question) }
    if let failure { throw failure }
    return passwords[question].map { Credentials(user: user ?? "anybody", password: $0) }
  }
}

@Suite struct KeyringTests {
  private static let index = "https://index.example/simple/"

  struct Case: Sendable, CustomTestStringConvertible {
    let testDescription: String
    var indexURL = index
    var netrc = ""
    var passwords: [String: String] = [:]
    /// Statuses the server answers, the last for good.
    var statuses = [401, 200]
    var questions: [String] = []
    /// `user:password` of each request.
    var sent: [String]
    var refusal: String?
  }

  @Test(arguments: [
    Case(testDescription: "a server that asks nothing", statuses: [200], sent: [""]),
    Case(
      testDescription: "under the index's address", passwords: [index: "1"], questions: [index],
      sent: ["", "anybody:1"]),
    Case(
      testDescription: "under the host", passwords: ["index.example": "2"],
      questions: [index, "index.example"], sent: ["", "anybody:2"]),
    Case(
      testDescription: "of the address's user", indexURL: "https://me@index.example/simple",
      passwords: ["me@\(index)": "3", index: "1"], questions: ["me@\(index)"], sent: ["me:", "me:3"]),
    Case(
      testDescription: "with a port", indexURL: "https://me@index.example:8443/simple/",
      passwords: ["me@index.example:8443": "3"],
      questions: ["me@https://index.example:8443/simple/", "me@index.example:8443"], sent: ["me:", "me:3"]),
    Case(
      testDescription: "after netrc's was refused", netrc: "machine index.example login me password old",
      passwords: [index: "1"], questions: [index], sent: ["me:old", "anybody:1"]),
    Case(
      testDescription: "not in place of a password", indexURL: "https://me:no@index.example/simple/",
      passwords: ["me@\(index)": "3"], statuses: [401], sent: ["me:no"],
      refusal: "answered 401 to the credentials in its address"),
    Case(
      testDescription: "not after a 403", passwords: [index: "1"], statuses: [403], sent: [""],
      refusal: "answered 403, and no credentials were given"),
    Case(
      testDescription: "nothing", statuses: [401], questions: [index, "index.example"], sent: [""],
      refusal: "answered 401, and no credentials were given"),
    Case(
      testDescription: "nothing for the user", indexURL: "https://me@index.example/simple/", statuses: [401],
      questions: ["me@\(index)", "me@index.example"], sent: ["me:"],
      refusal: "answered 401 to the user name in its address, for which no password was found"),
    Case(
      testDescription: "the wrong one", passwords: [index: "1"], statuses: [401], questions: [index],
      sent: ["", "anybody:1"], refusal: "answered 401 to the credentials of the keyring"),
  ])
  func `is asked once a server has answered 401`(asking: Case) async throws {
    let keyring = ScriptedKeyring(asking.passwords)
    let page = asking.indexURL.contains("8443") ? "https://index.example:8443/simple/a/" : "\(Self.index)a/"
    let transport = ScriptedTransport([page: asking.statuses.map { .response($0) }])
    let index = try #require(WebAddress(asking.indexURL + (asking.indexURL.hasSuffix("/") ? "" : "/")))
    let fetcher = Fetcher(
      transport: transport,
      credentials: CredentialStore(
        indexes: [index], netrc: Netrc(asking.netrc), keyring: KeyringAnswers(keyring)),
      retryPolicy: RetryPolicy(), clock: TestClock().indexClock)
    let request = Fetcher.Request(address: try #require(WebAddress(page)), maximumBody: 1000)
    do {
      #expect(try await fetcher.fetch(request).status == 200)
      #expect(asking.refusal == nil)
    } catch {
      #expect("\(error)" == "the index \(index.redacted) \(asking.refusal ?? "") (\(page))")
    }
    #expect(keyring.questions == asking.questions)
    #expect(
      transport.requests.map { $0.fields["authorization"] }
        == asking.sent.map { $0.isEmpty ? nil : "Basic \(base64(Array($0.utf8)))" })
  }

  @Test func `is asked once, however many wait, and what it said is sent at once from then on`() async throws
  {
    let fixture = try await Fixture()
    fixture.server.behave { $0.credentials = ("anybody", "1") }
    let names = (0..<10).map { "n\($0)" }
    for name in names { fixture.server.serve(name, "1.0") }
    fixture.server.holdAnswers(until: 10)
    let keyring = ScriptedKeyring([fixture.server.url: "1"])
    let answers = KeyringAnswers(keyring)
    let client = fixture.configured { $0.keyring = answers }
    try await client.with { client in
      await withTaskGroup(of: Void.self) { group in
        for name in names {
          group.addTask { _ = try? await client.pages(of: PackageName(name)) }
        }
      }
      _ = try await client.pages(of: try PackageName("n10"))
    }
    #expect(keyring.questions == [fixture.server.url])
    #expect(fixture.server.requests.count == 21)
    // Another client of the same run.
    #expect(
      try await fixture.versions("n1") {
        $0.keyring = answers
        $0.mode = .refresh
      } == ["1.0"])
    #expect(keyring.questions.count == 1)
    #expect(fixture.server.requests.count == 22)
  }

  @Test func `isn't asked again after a failure, which is told once`() async throws {
    let keyring = ScriptedKeyring([:], failure: .failed(status: 3))
    let told = Mutex<[KeyringError]>([])
    let answers = KeyringAnswers(keyring) { failure in told.withLock { $0.append(failure) } }
    for service in ["a", "b", "c"] {
      #expect(await answers.credentials(for: [service, "host"], user: nil) == nil)
    }
    #expect(keyring.questions == ["a"])
    #expect(told.withLock { $0 } == [.failed(status: 3)])
  }

  @Test func `what it said is known, and nowhere to be read`() async {
    let answers = KeyringAnswers(ScriptedKeyring(["a": "p@ss"]))
    let found = await answers.credentials(for: ["a"], user: nil)
    #expect(found == Credentials(user: "anybody", password: "p@ss"))
    #expect(!"\(String(describing: found)) \(String(reflecting: found))".contains("p@ss"))
    #expect(answers.secrets == ["p@ss", "p%40ss", base64(Array("anybody:p@ss".utf8))])
  }
}

@Suite struct KeyringCommandTests {
  /// What the command writes and how it ends.
  struct Script: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let script: String
    var user: String? = "me"
    var answer: String?
    var failure: KeyringError?
    /// The arguments of each call.
    var calls = ["--mode=creds --output=json get https://index.example/ me"]
  }

  private static let outdated = """
    case $1 in --mode=creds) echo 'keyring: error: unrecognized arguments: --mode=creds' >&2; exit 2; esac
    """

  @Test(arguments: [
    Script(
      testDescription: "both", script: #"echo '{"username": "me", "password": "p\"\u00fc"}'"#,
      answer: "me:p\"ü"),
    Script(
      testDescription: "anybody's", script: #"echo '{"username": "you", "password": "p"}'"#, user: nil,
      answer: "you:p", calls: ["--mode=creds --output=json get https://index.example/"]),
    Script(testDescription: "nothing", script: "exit 1"),
    Script(
      testDescription: "older", script: outdated + "\necho 'a password'", answer: "me:a password",
      calls: ["--mode=creds --output=json get https://index.example/ me", "get https://index.example/ me"]),
    Script(
      testDescription: "older, nothing", script: outdated + "\nexit 1",
      calls: ["--mode=creds --output=json get https://index.example/ me", "get https://index.example/ me"]),
    Script(
      testDescription: "older, without a user", script: outdated, user: nil, failure: .needsUser,
      calls: ["--mode=creds --output=json get https://index.example/"]),
    Script(
      testDescription: "a fault", script: "echo 'No recommended backend, secret' >&2; exit 1",
      failure: .failed(status: 1)),
    Script(testDescription: "killed", script: "kill -9 $$", failure: .failed(status: 137)),
    Script(testDescription: "no JSON", script: "echo secret", failure: .unreadable),
    Script(testDescription: "no password", script: #"echo '{"username": "me"}'"#, failure: .unreadable),
    Script(
      testDescription: "endless", script: "while :; do echo secretsecretsecretsecret; done",
      failure: .unreadable),
    Script(testDescription: "it waits for an answer", script: "read -r word && exit 3; exit 1"),
    Script(
      testDescription: "it waits for a person", script: "(read -r word </dev/tty) 2>&- && exit 3; exit 1"),
    Script(testDescription: "an option for a user", script: "exit 3", user: "--help", calls: []),
  ])
  func `answers or fails`(script: Script) async {
    let directory = TemporaryDirectory()
    directory.write(
      "keyring", "#!/bin/sh\necho \"$*\" >>'\(directory.file("calls"))'\n\(script.script)\n", mode: 0o755)
    // The time is to end a hang, and decides nothing.
    let command = KeyringCommand(
      environment: ["PATH": "/nowhere:\(directory.path):/usr/bin:/bin"], patience: .seconds(600))
    #expect(command.isAvailable)
    do throws(KeyringError) {
      let answer = try await command.credentials(for: "https://index.example/", user: script.user)
      #expect(answer.map { "\($0.user):\($0.password)" } == script.answer)
      #expect(script.failure == nil)
    } catch {
      #expect(error == script.failure)
      #expect(!"\(error)".contains("secret"))
    }
    #expect((directory.text("calls") ?? "").split(separator: "\n").map(String.init) == script.calls)
  }

  @Test func `ends in time, with all that it started`() async {
    let directory = TemporaryDirectory()
    directory.write("keyring", "#!/bin/sh\nsleep 600 & wait\n", mode: 0o755)
    let command = KeyringCommand(
      environment: ["PATH": "\(directory.path):/usr/bin:/bin"], patience: .milliseconds(200))
    await #expect(throws: KeyringError.timedOut(limit: .milliseconds(200))) {
      try await command.credentials(for: "index.example", user: nil)
    }
  }

  @Test func `is nothing where there is none`() async throws {
    let command = KeyringCommand(environment: ["PATH": "/nowhere:relative"])
    #expect(!command.isAvailable)
    #expect(try await command.credentials(for: "index.example", user: nil) == nil)
  }
}
