import Testing

@testable import PackageIndex

@Suite("URLs of Git repositories")
struct GitURLTests {
  struct Pinning: Sendable, CustomTestStringConvertible {
    let text: String
    let pinned: String
    var testDescription: String { text }

    init(_ text: String, _ pinned: String) {
      self.text = text
      self.pinned = pinned
    }
  }

  static let pinnings: [Pinning] = [
    Pinning("git+https://h/x", "git+https://h/x@C"),
    Pinning("git+https://h/x.git@main", "git+https://h/x.git@C"),
    Pinning("git+https://h/x@feature/a#egg=x", "git+https://h/x@C"),
    Pinning("git+https://h/x#egg=x&subdirectory=s/t", "git+https://h/x@C#subdirectory=s/t"),
    Pinning("git+https://h/x@v1#subdirectory=./s/", "git+https://h/x@C#subdirectory=./s/"),
    Pinning("git+https://h/x@v1#subdirectory=", "git+https://h/x@C"),
    Pinning("git+https://h/x@v1?a=b@c#egg=x", "git+https://h/x@C?a=b@c"),
    Pinning("git+https://h/x@v1#a@b", "git+https://h/x@C"),
    Pinning("git+https://h/x?a=b&subdirectory=s#egg=x", "git+https://h/x@C?a=b&subdirectory=s"),
    Pinning("GIT+HTTPS://H/X@v1", "GIT+HTTPS://H/X@C"),
    Pinning("git+https://h", "git+https://h/@C"),
    Pinning("git+ssh://git@h:22/x", "git+ssh://git@h:22/x@C"),
    Pinning("git+https://${USER}:${TOKEN}@h/${NAME}@${TAG}", "git+https://${USER}:${TOKEN}@h/${NAME}@C"),
    Pinning("git+file:///a%40b/c", "git+file:///a@C"), Pinning("git+file:///a%40b@c", "git+file:///a%40b@C"),
    Pinning("git+https://h/a%40b", "git+https://h/a%40b@C"),
  ]

  @Test("What a lockfile has for a URL", arguments: pinnings)
  func pins(_ example: Pinning) { #expect(GitURL.pinned(example.text, to: "C") == example.pinned) }

  struct Identity: Sendable, CustomTestStringConvertible {
    let text: String
    let identity: String
    var testDescription: String { text }

    init(_ text: String, _ identity: String) {
      self.text = text
      self.identity = identity
    }
  }

  static let identities: [Identity] = [
    Identity("git+https://h/o/x", "https://h/o/x"), Identity("git+https://h/o/x.git", "https://h/o/x"),
    Identity("git+https://h/o/x/", "https://h/o/x"), Identity("git+https://h/o/x.git//", "https://h/o/x"),
    Identity("git+https://H:443/o/x@v1#egg=x", "https://h/o/x"),
    Identity("git+https://u:p@h/o/x", "https://h/o/x"), Identity("GIT+HTTPS://h/O/x", "https://h/O/x"),
    Identity("git+https://h/o%2Fx", "https://h/o/x"), Identity("git+http://h:80/x", "http://h/x"),
    Identity("git+http://h:8080/x", "http://h:8080/x"), Identity("git+http://h:443/x", "http://h:443/x"),
    Identity("git+ssh://git@H.Example:22/o/x.git@v1", "ssh://h.example/o/x"),
    Identity("git+ssh://me@h/o/x", "ssh://h/o/x"), Identity("git+git://h:9418/x", "git://h/x"),
    Identity("git+file:///a/x/.git", "file:///a/x"), Identity("git+file://localhost/a/x", "file:///a/x"),
    Identity("git+file:/a/x.git@v", "file:///a/x"), Identity("git+https://h/x?a=b", "https://h/x?a=b"),
    Identity("git+https://h/x.gitx", "https://h/x.gitx"), Identity("git+https://h", "https://h"),
    Identity("git+https://[::1]:443/x", "https://[::1]/x"),
  ]

  @Test("Two URLs of one repository", arguments: identities)
  func identifies(_ example: Identity) throws {
    #expect(try GitURL(example.text).identity == example.identity)
  }

  struct Refusal: Sendable, CustomTestStringConvertible {
    let text: String
    let error: GitURLError
    var testDescription: String { String(text.prefix(80)) }

    init(_ text: String, _ error: GitURLError) {
      self.text = text
      self.error = error
    }
  }

  static let refusals: [Refusal] = [
    Refusal("hg+https://h/x", .otherSystem("hg")), Refusal("svn+ssh://h/x", .otherSystem("svn")),
    Refusal("bzr+lp://h/x", .otherSystem("bzr")), Refusal("git+ftp://h/x", .unknownScheme("git+ftp")),
    Refusal("git+ext::sh -c true", .unknownScheme("git+ext")),
    Refusal("https://h/x", .unknownScheme("https")),
    Refusal("git+git@h:o/x", .notURL), Refusal("git@h:o/x", .notURL), Refusal("", .notURL),
    Refusal("./x", .notURL), Refusal("+https://h/x", .notURL),
    Refusal("git+https://h/\(String(repeating: "x", count: 8192))", .tooLong(limit: 8192)),
    Refusal("git+https://h/x\n", .unprintable), Refusal("git+https://h/%0Ax", .unprintable),
    Refusal("git+https://h/\u{202E}x", .unprintable), Refusal("git+https://h\\e/x", .host("h\\e")),
    Refusal("git+https://u:p%0Ahost=e@h/x", .userInformation),
    Refusal("git+https://u%00:p@h/x", .userInformation), Refusal("git+ssh://%2DoX@h/x", .userInformation),
    Refusal("git+https://h/x@", .emptyReference), Refusal("git+https://h/x@a..b", .reference("a..b")),
    Refusal("git+https://h/x@a:b", .reference("a:b")), Refusal("git+https://h/x@+a:b", .reference("+a:b")),
    Refusal("git+https://h/x@*", .reference("*")),
    Refusal("git+https://h/x@a%40%7B1%7D", .reference("a@{1}")),
    Refusal("git+https://h/x#subdirectory=.git/hooks", .subdirectory(".git/hooks")),
    Refusal("git+https://h/x#subdirectory=a/.GIT", .subdirectory("a/.GIT")),
    Refusal("git+https://h/x#subdirectory=a/..", .subdirectory("a/..")),
    Refusal("git+https://h/x#egg=a b", .egg("a b")), Refusal("git+file://h/x", .remoteFile(host: "h")),
    Refusal("git+file://localhost:1/x", .remoteFile(host: "localhost")),
    Refusal("git+https://[h/x", .host("[h")), Refusal("git+https://%2Dh/x", .host("%2Dh")),
  ]

  @Test("What is refused", arguments: refusals)
  func refuses(_ example: Refusal) {
    #expect(throws: example.error) { try GitURL(example.text) }
    #expect(!example.error.description.unicodeScalars.contains { $0.value < 0x20 })
  }

  @Test("Other systems are told what there is")
  func namesSupported() {
    #expect(
      GitURLError.otherSystem("hg").description
        == "repositories of `hg` can't be read, only git+https, git+ssh, git+http, git+git, git+file")
  }

  struct Shown: Sendable, CustomTestStringConvertible {
    let text: String
    let shown: String
    var testDescription: String { text }
  }

  static let shown: [Shown] = [
    Shown(text: "git+https://user:secret@h/x@v1", shown: "https://h/x"),
    Shown(text: "git+https://secret@h/x", shown: "https://h/x"),
    Shown(text: "git+ssh://user:secret@h/x", shown: "ssh://user@h/x"),
    Shown(text: "git+git://user:secret@h/x", shown: "git://h/x"),
    Shown(text: "git+https://h/x?private_token=secret", shown: "https://h/x?…"),
  ]

  @Test("No secret is shown", arguments: shown)
  func redacts(_ example: Shown) throws {
    let url = try GitURL(example.text)
    #expect(url.redacted == example.shown)
    #expect(!"\(url) \(String(reflecting: url)) \(url.remote.prefix { $0 != "?" })".contains("secret"))
  }

  struct Reference: Sendable, CustomTestStringConvertible {
    let text: String
    let names: [String]
    var base: String?
    var operators = ""
    var mayBeAbbreviated = false
    var testDescription: String { text }
  }

  static let references: [Reference] = [
    Reference(text: "HEAD", names: ["HEAD"]),
    Reference(text: "main", names: ["refs/heads/main", "refs/tags/main^{}", "refs/tags/main"]),
    Reference(
      text: "refs/pull/1/head",
      names: [
        "refs/heads/refs/pull/1/head", "refs/tags/refs/pull/1/head^{}", "refs/tags/refs/pull/1/head",
        "refs/pull/1/head^{}", "refs/pull/1/head",
      ]),
    Reference(
      text: "tags/v1",
      names: [
        "refs/heads/tags/v1", "refs/tags/tags/v1^{}", "refs/tags/tags/v1", "refs/tags/v1^{}", "refs/tags/v1",
      ]),
    Reference(
      text: "origin/main",
      names: [
        "refs/heads/origin/main", "refs/tags/origin/main^{}", "refs/tags/origin/main", "refs/heads/main",
      ]),
    Reference(text: "HEAD~2", names: ["HEAD"], base: "HEAD", operators: "~2"),
    Reference(
      text: "v1^{}", names: ["refs/heads/v1", "refs/tags/v1^{}", "refs/tags/v1"], base: "v1", operators: "^{}"
    ),
    Reference(
      text: "beef", names: ["refs/heads/beef", "refs/tags/beef^{}", "refs/tags/beef"], mayBeAbbreviated: true),
    Reference(text: "bee", names: ["refs/heads/bee", "refs/tags/bee^{}", "refs/tags/bee"]),
    Reference(text: "beeg", names: ["refs/heads/beeg", "refs/tags/beeg^{}", "refs/tags/beeg"]),
    Reference(
      text: "v1-3-gbeef",
      names: ["refs/heads/v1-3-gbeef", "refs/tags/v1-3-gbeef^{}", "refs/tags/v1-3-gbeef"],
      mayBeAbbreviated: true),
    Reference(
      text: "v1-3gbeef", names: ["refs/heads/v1-3gbeef", "refs/tags/v1-3gbeef^{}", "refs/tags/v1-3gbeef"]),
  ]

  @Test("What a reference may mean", arguments: references)
  func means(_ example: Reference) throws {
    let reference = try #require(GitReference(example.text))
    #expect(reference.names == example.names)
    #expect(reference.base == example.base ?? example.text)
    #expect(reference.operators == example.operators)
    #expect(reference.mayBeAbbreviated == example.mayBeAbbreviated)
  }
}
