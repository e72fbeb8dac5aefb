import IndexServer
import TestSupport
import Testing

/// A password in an address is in no lockfile and no message, wherever the address stands and however wrong it is.
@Suite struct CredentialMentionTests {
  /// HOST is the server's, SECRET the password.
  struct Mention: CustomTestStringConvertible {
    let testDescription: String
    var files: [String: String] = [:]
    var arguments: [String] = []
    var environment: [String: String] = [:]
    var status: Int32 = 2
    /// What standard error has somewhere.
    var says = ""
    /// What the lockfile has somewhere.
    var writes = ""
  }

  private static func requirement(_ text: String, status: Int32 = 2, says: String = "") -> Mention {
    Mention(testDescription: text, files: ["requirements.in": "\(text)\n"], status: status, says: says)
  }

  static let mentions: [Mention] = [
    Mention(
      testDescription: "a source", arguments: ["http://u:SECRET@HOST/r.txt", "-o", "requirements.txt", "-v"],
      status: 0, says: "read http://u:****@HOST/r.txt\n",
      writes: "--python-version=3.12 http://u:****@HOST/r.txt\n"),
    Mention(
      testDescription: "a constraint", files: ["requirements.in": "a\n"],
      arguments: ["-c", "http://u:SECRET@HOST/r.txt", "-v"], status: 0,
      says: "read http://u:****@HOST/r.txt\n", writes: "u:****@HOST"),
    Mention(
      testDescription: "a source without an output", arguments: ["http://u:SECRET@HOST/r.txt"],
      says: "a source on the web needs an output"),
    Mention(
      testDescription: "an output that is the source",
      arguments: ["http://u:SECRET@HOST/r.txt", "-o", "http://u:SECRET@HOST/r.txt"],
      says: "`http://u:****@HOST/r.txt`"),
    Mention(
      testDescription: "[[compile]]",
      files: [
        "repin.toml":
          "[[compile]]\nsources = [\"http://u:SECRET@HOST/r.txt\"]\noutput-file = \"requirements.txt\"\n"
      ], status: 0, writes: "u:****@HOST"),
    Mention(
      testDescription: "--custom-compile-command", files: ["requirements.in": "a\n"],
      arguments: ["--custom-compile-command", "INDEX=https://u:SECRET@h/ make lock"], status: 0,
      writes: "INDEX=https://u:****@h/ make lock"),
    Mention(
      testDescription: "newline",
      files: ["requirements.in": "a\n", "repin.toml": "newline = \"https://u:SECRET@h\"\n"],
      says: "https://u:****@h"),
    Mention(
      testDescription: "output-file",
      files: ["requirements.in": "a\n", "repin.toml": "output-file = \"https://u:SECRET@h/x\"\n"],
      says: "https://u:****@h/x"),
    Mention(
      testDescription: "a lockfile that has one",
      files: ["requirements.in": "a\n", "requirements.txt": "a @ https://u:SECRET@h/a.zip\n"],
      arguments: ["--check"], status: 1),
    requirement(
      "a @ https://u:SECRET#@localhost//a-1.0.tar.gz",
      says: "write `/` as `%2F`, `?` as `%3F` and `#` as `%23`"),
    requirement("a @ https://u:SECRET/@localhost//a-1.0.tar.gz", says: "write `/` as `%2F`"),
    requirement("a @ git+https://u:SECRET#x@localhost/a@main", says: "write `/` as `%2F`"),
    requirement("a @ htps://u:SECRET@h/a-1.0.tar.gz"), requirement("a @ https:/u:SECRET@h/a-1.0.tar.gz"),
    requirement("a @ https//u:SECRET@h/a-1.0.tar.gz"), requirement("https:/u:SECRET@h/a-1.0.tar.gz"),
    requirement("-r htps://u:SECRET@h/r.txt"), requirement("-r https:/u:SECRET@h/r.txt"),
    requirement("-r https//u:SECRET@h/r.txt"), requirement("-c https//u:SECRET@h/r.txt"),
    requirement("-e git+htps://u:SECRET@h/a#egg=a"), requirement("-e git+https:/u:SECRET@h/a#egg=a"),
    requirement("-e git+https//u:SECRET@h/a#egg=a"), requirement("-i https:/u:SECRET@h/\na"),
    requirement("-i htps://u:SECRET@h/\na"), requirement("-i https//u:SECRET@h/\na"),
    requirement("--extra-index-url https:/u:SECRET@h/\na"), requirement("a --frobnicate=https:/u:SECRET@h/"),
    requirement("-f htps://u:SECRET@h/\na", status: 0), requirement("-f https//u:SECRET@h/\na", status: 0),
  ]

  @Test(arguments: mentions) func `no trace of it`(mention: Mention) async throws {
    let secret = "S3CRET\(UInt64.random(in: 1 << 60 ..< 1 << 63))"
    var fixture = try await CommandFixture()
    fixture.server.serve("a", "1.0")
    for _ in 0..<8 {
      fixture.server.fail("/r.txt", .body(Array("a\n".utf8), contentType: "text/plain", contentEncoding: nil))
    }
    let host = fixture.server.root.replacing("http://", with: "")
    func filled(_ text: String) -> String {
      text.replacing("SECRET", with: secret).replacing("HOST", with: host)
    }
    for (name, text) in mention.files { fixture.directory.write(name, filled(text)) }
    fixture.environment = mention.environment.mapValues(filled)
    let outcome = try await fixture.run(
      ["compile"] + CommandFixture.target + mention.arguments.map(filled))
    #expect(outcome.status == mention.status, Comment(rawValue: outcome.errors))
    #expect(outcome.errors.contains(filled(mention.says)), Comment(rawValue: outcome.errors))
    #expect(!(outcome.output + outcome.errors).contains("S3CRET"), Comment(rawValue: outcome.errors))
    let written =
      mention.files["requirements.txt"] == nil ? fixture.directory.text("requirements.txt") ?? "" : ""
    #expect(written.contains(filled(mention.writes)), Comment(rawValue: written))
    #expect(!written.contains("S3CRET"), Comment(rawValue: written))
    #expect(written.isEmpty == (mention.status != 0))
    // The directory's names are told to everybody, too.
    #expect(!fixture.directory.names(in: ".").contains { $0.contains("S3CRET") || $0.hasPrefix("http") })
  }
}
