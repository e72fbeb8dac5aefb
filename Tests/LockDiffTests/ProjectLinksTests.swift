import LockDiff
import PythonPackaging
import Testing

@Suite("Links of projects") struct ProjectLinksTests {
  @Test(arguments: [
    "https://host.example", "http://host.example/a?b=c&d#e", "https://host.example:8443/(x)/%20",
    "https://[2001:db8::1]/",
  ]) func areLinks(_ text: String) { #expect(WebLink(text)?.description == text) }

  @Test(arguments: [
    "", "host.example", "//host.example", "ftp://host.example", "javascript:alert(1)", "data:text/html,x",
    "file:///etc/passwd", "https://", "https:///x", "https://?x", "https://user:secret@host.example/",
    "https://token@host.example/", "https://host.example/@user", "https://host.example/%40user",
    "https://a:b/c@host.example/", "https://host.example/a b", "https://host.example/\n",
    "https://host.example/<b>",
    "https://host.example/\"x", "https://host.example/`x`", "https://host.example/a|b",
    "https://host.example/\\",
    "https://host.example/\u{202E}", "https://hóst.example/", "https://host.example/{x}",
    "https://host.example/^",
    "https://-host.example/", "https://host.example/" + String(repeating: "a", count: 500),
    "\u{1b}]8;;https://host.example/",
  ]) func areNone(_ text: String) { #expect(WebLink(text) == nil) }

  @Test func schemesAreInLowerCase() {
    #expect(WebLink("HTTPS://Host.example/A")?.description == "https://Host.example/A")
  }

  @Test(arguments: [
    ("https://github.com/o/r/issues/1", true, "/o/r/issues/1"), ("http://WWW.GitHub.com:443/o", true, "/o"),
    ("https://github.com./o?x#y", true, "/o?x#y"), ("https://github.com", true, ""),
    ("https://github.com.evil.example/o", false, "/o"), ("https://docs.github.com/o", false, "/o"),
    ("https://h.example/github.com/o", false, "/github.com/o"),
  ]) func areOnGitHub(_ text: String, _ isOnGitHub: Bool, _ path: String) throws {
    let link = try #require(WebLink(text))
    #expect(link.isOnGitHub == isOnGitHub)
    #expect(link.path == path)
  }

  @Test func labels() throws {
    func links(_ pairs: [(String, String)]) -> [String] {
      ProjectLinks(pairs.map { CoreMetadata.ProjectURL(label: $0.0, url: "https://h.example/\($0.1)") }).all
        .map { "\($0.label) \($0.link.description.dropFirst(18))" }
    }
    #expect(
      links([
        ("Change Log", "1"), ("Source Code", "2"), ("Home-Page", "3"), ("Compare", "4"), ("Funding", "5"),
      ]) == ["project 3", "changelog 1", "source 2", "compare 4"])
    #expect(
      links([("What's New", "1"), ("Changelog", "2"), ("GitHub", "3")]) == ["changelog 1", "source 3"])
    #expect(links([("", "1"), ("Docs", "2"), ("the source", "3")]) == [])
  }
}
