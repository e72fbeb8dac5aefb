import JSONReading
import PythonPackaging
import Subprocess
import SystemPackage
import TestSupport
import Testing

@testable import PackageIndex

/// The parts that builds are made of, without a build.
@Suite struct BuildPartsTests {
  struct Written: CustomTestStringConvertible {
    let text: String
    /// Nil: no requirement.
    let line: String?
    var testDescription: String { text }
  }

  @Test(arguments: [
    Written(text: "setuptools >= 40.8.0", line: "setuptools >= 40.8.0"),
    Written(text: " \t a[b] ; os_name == 'posix'\r\n", line: "a[b] ; os_name == 'posix'"),
    Written(
      text: "a @ https://index.example/a.whl#sha256=00", line: "a @ https://index.example/a.whl#sha256=00"),
    Written(text: "a @ https://index.example/${TOKEN}/$x", line: "a @ https://index.example/$%7BTOKEN}/$x"),
    Written(text: "wheel>=1.0.*", line: "wheel>=1.0.*"),
    Written(text: "", line: nil), Written(text: "# comment", line: nil), Written(text: "-e .", line: nil),
    Written(text: "--pre", line: nil), Written(text: "./a", line: nil), Written(text: "a\nb", line: nil),
    Written(text: "a\u{2028}--pre", line: nil), Written(text: "a\u{85}--pre", line: nil),
    Written(text: "a\u{b}--pre", line: nil), Written(text: "a --hash=sha256:00", line: nil),
    Written(text: "a @ https://index.example/\\", line: nil),
    Written(text: "https://index.example/a.whl", line: nil),
  ])
  func `a requirement's line is a requirement and nothing else`(_ written: Written) {
    #expect(RequirementLine(written.text)?.escaped == written.line)
  }

  struct Stream: CustomTestStringConvertible {
    let secrets: [String]
    let text: String
    let filtered: String
    var testDescription: String { "\(secrets): \(text)" }
  }

  @Test(arguments: [
    Stream(secrets: [], text: "open sesame", filtered: "open sesame"),
    Stream(secrets: ["sesame"], text: "open sesame", filtered: "open ****"),
    Stream(secrets: ["sesame"], text: "sesamesesamesesam", filtered: "********sesam"),
    Stream(
      secrets: ["sesame", "sesame street"], text: "sesame street, sesame str", filtered: "****, **** str"),
    Stream(secrets: ["aab"], text: "aaaab", filtered: "aa****"),
    Stream(secrets: ["ab", ""], text: "abc", filtered: "abc"),
  ])
  func `secrets are found wherever the stream is cut`(_ stream: Stream) {
    let bytes = Array(stream.text.utf8)
    for length in 1...bytes.count {
      var filter = SecretFilter(stream.secrets)
      var result: [UInt8] = []
      for start in Swift.stride(from: 0, to: bytes.count, by: length) {
        result += filter.filter(Array(bytes[start..<min(start + length, bytes.count)]))
      }
      result += filter.finish()
      #expect(String(decoding: result, as: UTF8.self) == stream.filtered, "pieces of \(length)")
    }
  }

  struct Address: CustomTestStringConvertible {
    let url: String
    let bare: String
    var secrets: [String] = []
    var testDescription: String { url }
  }

  @Test(arguments: [
    Address(url: "https://index.example/a@b", bare: "https://index.example/a@b"),
    Address(url: "/a://b@c", bare: "/a://b@c"),
    Address(url: "https://@index.example/", bare: "https://index.example/"),
    Address(
      url: "https://token@index.example/", bare: "https://index.example/",
      secrets: ["token", "token", "token", "dG9rZW46"]),
    Address(
      url: "http://me:p%40ss:w@rd@proxy.example:8080?a@b", bare: "http://proxy.example:8080?a@b",
      secrets: ["me:p%40ss:w@rd", "p%40ss:w@rd", "p@ss:w@rd", "bWU6cEBzczp3QHJk"]),
  ])
  func `credentials of an address are found in every form`(_ address: Address) {
    #expect(URLAuthority.withoutUserInformation(address.url) == address.bare)
    #expect(URLAuthority.secrets(in: address.url) == address.secrets)
  }

  @Test(arguments: [
    (nil, ["CURL_CA_BUNDLE": "c", "REQUESTS_CA_BUNDLE": "r", "SSL_CERT_DIR": "d", "SSL_CERT_FILE": "f"]),
    ("/etc/a.pem", ["REQUESTS_CA_BUNDLE": "/etc/a.pem"]),
  ])
  func `authorities that are set win over those of variables`(certificates: String?, left: [String: String]) {
    let inherited = [
      "CURL_CA_BUNDLE": "c", "REQUESTS_CA_BUNDLE": "r", "SSL_CERT_DIR": "d", "SSL_CERT_FILE": "f",
    ]
    let values = BuildVariables(
      inheriting: inherited, temporaryDirectory: "/tmp/build", certificates: certificates
    ).values(pipConfiguration: "/tmp/pip.conf")
    #expect(values.filter { $0.key.contains("CA_BUNDLE") || $0.key.hasPrefix("SSL_") } == left)
  }

  @Test func `pip is told about the indexes and about nothing else`() {
    var indexes = BuildIndexes()
    indexes.indexURL = "https://me:sesame@index.example/simple/\n[install]\nuser = true"
    indexes.extraIndexURLs = ["https://a.example/", "https://b.example/x y"]
    indexes.findLinks = ["/some links/here", "https://c.example/"]
    indexes.trustedHosts = ["a.example", "b.example:8443"]
    indexes.certificates = "/etc/a b.pem"
    indexes.clientCertificate = "/etc/key.pem"
    indexes.proxy = "http://me:sesame@proxy.example/"
    indexes.timeout = .seconds(20)
    let text = indexes.pipConfiguration(constraints: "/tmp/a b/constraints.txt")
    let sections = text.split(separator: "\n\n").map { $0.split(separator: "\n").map(String.init) }
    #expect(sections.map(\.first) == ["[global]", "[install]"])
    #expect(sections.first?.dropFirst() == sections.last?.dropFirst())
    #expect(
      sections.first?.dropFirst().prefix(11) == [
        "index-url = https://me:sesame@index.example/simple/%0A[install]%0Auser%20=%20true",
        "extra-index-url = https://a.example/ https://b.example/x%20y",
        "find-links = file:///some%20links/here https://c.example/", "no-index = ",
        "trusted-host = a.example b.example:8443", "cert = /etc/a b.pem", "client-cert = /etc/key.pem",
        "constraint = file:///tmp/a%20b/constraints.txt",
        "build-constraint = file:///tmp/a%20b/constraints.txt",
        "proxy = http://me:sesame@proxy.example/", "timeout = 20",
      ])
    #expect(sections.first?.dropFirst(12).allSatisfy { $0.hasSuffix(" = ") } == true)
    #expect(!text.contains("uploaded-prior-to"))
    indexes.cutoff = BuildCutoff(moment: "2024-08-02T00:00:00+00:00", identity: "")
    #expect(
      indexes.pipConfiguration(constraints: nil).split(separator: "\n\n").allSatisfy {
        $0.contains("\nuploaded-prior-to = 2024-08-02T00:00:00+00:00\n")
      })
    let bare = indexes.withoutCredentials.pipConfiguration(constraints: nil)
    #expect(!bare.contains("sesame") && !bare.contains("key.pem"))
  }

  @Test func `a script's answer is read by kinds`() throws {
    let json =
      #"{"a": "x\u000a", "b": ["y", "z"], "c": true, "d": [1], "e": null, "f": {"a": "no"}, "g": []}"#
    let answer = try HookAnswer(Array(json.utf8))
    #expect(answer.text("a") == "x\n" && answer.list("b") == ["y", "z"] && answer.isTrue("c"))
    #expect(
      answer.list("g") == [] && answer.list("d") == nil && answer.text("f") == nil && answer.text("b") == nil)
    for broken in ["", "[]", "{", #"{"a": "x"} x"#, String(repeating: #"{"a":"#, count: 100)] {
      #expect(throws: JSONError.self) { try HookAnswer(Array(broken.utf8)) }
    }
  }

  @Test(.timeLimit(.minutes(5)))
  func `when nobody is left to wait for a command, it ends and its directory goes`() async throws {
    let directory = TemporaryDirectory()
    directory.makeDirectory("build")
    directory.write("build/file", "")
    let command = GuardedCommand(
      program: "/bin/sh", arguments: ["-c", "echo $$ > ../process; trap '' TERM; while :; do sleep 1; done"],
      variables: [:], workingDirectory: directory.file("build"), temporaryDirectory: directory.file("build"))
    var options = PlatformOptions()
    options.createSession = true
    let result = try await Subprocess.run(
      .path("/bin/sh"), arguments: Arguments(command.shellArguments),
      workingDirectory: FilePath(command.workingDirectory), platformOptions: options, input: .inputWriter,
      output: .discarded, error: .discarded
    ) { execution in
      while directory.text("process")?.hasSuffix("\n") != true { await Task.yield() }
      // As if this process had come to its end.
      try await execution.standardInputWriter.finish()
    }
    #expect(result.terminationStatus == .signaled(9))
    #expect(directory.names() == ["process"])
  }
}
