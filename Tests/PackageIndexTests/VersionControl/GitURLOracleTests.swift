import FoundationEssentials
import Testing

@testable import PackageIndex

@Suite("URLs of Git repositories, as pip reads them")
struct GitURLOracleTests {
  /// A line of `Fixtures/oracle/git-urls.jsonl`.
  struct Row: Decodable, Sendable, CustomTestStringConvertible {
    let url: String
    let rejected: String?
    let remote: String?
    /// The remote without user information.
    let bare: String?
    let user: String?
    let password: String?
    let reference: String?
    let subdirectory: String?
    let egg: String?
    var testDescription: String { url }
  }

  static let rows: [Row] = {
    var root = URL(filePath: #filePath)
    for _ in 0..<4 { root.deleteLastPathComponent() }
    let data = try? Data(contentsOf: root.appending(path: "Fixtures/oracle/git-urls.jsonl"))
    return (data ?? Data()).split(separator: UInt8(ascii: "\n")).compactMap {
      try? JSONDecoder().decode(Row.self, from: $0)
    }
  }()

  /// What pip hands to git and repin refuses.
  static let refused: [String: GitURLError] = [
    "git+file:////srv/git/project": .path,
    "git+https://host.example/project@a%20b": .reference("a b"),
    "git+https://host.example/project@-v1": .reference("-v1"),
    "git+https://host.example/project@%2Dv1": .reference("-v1"),
    "git+https://host.example/project@--upload-pack=touch": .reference("--upload-pack=touch"),
    "git+https://host.example/project#subdirectory=../outside": .subdirectory("../outside"),
    "git+https://host.example/project#subdirectory=a/../../outside": .subdirectory("a/../../outside"),
    "git+https://host.example/project#subdirectory=/etc": .subdirectory("/etc"),
    "git+https://host.example/project?a=b&subdirectory=x#subdirectory=y":
      .subdirectory("x#subdirectory=y"),
    "git+file:///srv/project@a%2520b": .reference("a b"),
    "git+file:///srv/a%23b": .path,
    "git+file:///srv/a%3Fb": .path,
    "git+file://other.example/srv/project": .remoteFile(host: "other.example"),
    "git+file:project": .notURL,
    "git+ssh://git@host.example:owner/project.git": .port("owner"),
    "git+https:///project": .host(""),
    "git+https://": .host(""),
    "git+https:host.example/project": .notURL,
    "git+https://-host.example/project": .host("-host.example"),
    "git+ssh://-oProxyCommand=touch/project": .host("-oProxyCommand=touch"),
    "git+ssh://-x@host.example/project": .userInformation,
    "git+https://host.example:port/project": .port("port"),
    "git+https://host.example:99999/project": .port("99999"),
    "git+https://ho st.example/project": .host("ho st.example"),
    "git+https://host.example/pro\tject@v1": .unprintable,
    "git+https://host.example/project@v\u{7}1": .unprintable,
    "git+https://host.example/project@v%071": .reference("v\u{7}1"),
  ]

  @Test("The table is all there")
  func complete() {
    #expect(Self.rows.count >= 120)
    let known = Set(Self.rows.map(\.url))
    #expect(Self.refused.keys.filter { !known.contains($0) } == [])
  }

  @Test("The same is made of a URL", arguments: rows)
  func reads(_ row: Row) throws {
    let url: GitURL
    do throws(GitURLError) {
      url = try GitURL(row.url)
    } catch {
      #expect(row.rejected != nil || error == Self.refused[row.url])
      return
    }
    #expect(row.rejected == nil)
    #expect(Self.refused[row.url] == nil)
    #expect(url.remote == expectedRemote(row, url.transport))
    #expect(url.reference == row.reference)
    #expect(url.subdirectory == expectedSubdirectory(row))
    #expect(url.egg == row.egg)
    let isTold = url.transport.isHTTP && row.user != nil
    #expect(url.credentials?.user == (isTold ? row.user : nil))
    #expect(url.credentials?.password == (isTold ? row.password ?? "" : nil))
  }

  @Test("pip reads a pinned URL as the same repository at that commit", arguments: rows)
  func pins(_ row: Row) throws {
    guard let url = try? GitURL(row.url) else { return }
    let commit = "89abcdef89abcdef89abcdef89abcdef89abcdef"
    let pinned = try GitURL(url.pinned(to: commit))
    #expect(pinned.remote == url.remote + (url.path.isEmpty ? "/" : ""))
    #expect(pinned.identity == url.identity)
    #expect(pinned.reference == commit)
    #expect(pinned.isFullCommit)
    #expect(pinned.subdirectory == url.subdirectory)
    #expect(pinned.egg == nil)
    #expect(pinned.credentials == url.credentials)
    #expect(pinned.pinned(to: commit) == pinned.text)
  }

  /// A secret is told to the server and not to git, an account of SSH's is part of the address.
  private func expectedRemote(_ row: Row, _ transport: GitTransport) -> String? {
    guard transport == .ssh, let user = row.user else { return row.bare }
    return row.bare.map { "ssh://\(user)@\($0.dropFirst(6))" }
  }

  /// pip joins what it finds to a path; `.` and empty parts say nothing there.
  private func expectedSubdirectory(_ row: Row) -> String? {
    let parts = (row.subdirectory ?? "").split(separator: "/").filter { $0 != "." }
    return parts.isEmpty ? nil : parts.joined(separator: "/")
  }
}
