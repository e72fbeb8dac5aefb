import PullRequests
import Testing

/// Values of the settings, each by itself.
@Suite struct SettingsTests {
  @Test(arguments: [
    "repin/update", "a", "deps-1.2", "release/2026.01", "b@d", "ä/ö", "x{y}", "a.b", "feature/@",
  ])
  func `names that a branch may have`(_ text: String) throws {
    #expect(try BranchName(text).text == text)
  }

  // git help check-ref-format, rules 1 to 10, and what is no branch for `git branch`.
  @Test(arguments: [
    "", "/a", "a/", "a//b", ".a", "a/.b", "a.lock", "a.lock/b", "a..b", "a b", "a~1", "a^", "a:b", "a?", "a*",
    "a[b", "a\\b", "a.", "@", "a@{1}", "a\u{1}b", "a\u{7F}", "a\nb", "-a", "HEAD", "refs/heads/a",
    "a\u{202E}b",
    String(repeating: "a", count: 201),
  ])
  func `names that no branch has`(_ text: String) {
    #expect(throws: PullRequestValueError.self) { try BranchName(text) }
  }
}
