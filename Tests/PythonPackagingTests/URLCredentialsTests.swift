import PythonPackaging
import Testing

/// Credentials in prose, whoever wrote it and however wrong the URL is.
@Suite struct URLCredentialsTests {
  @Test(arguments: [
    ("read https://u:p@h/x", "read https://u:****@h/x"),
    ("`https://u:p@h/x`: no", "`https://u:****@h/x`: no"),
    ("a @ https://u:p@h/x; b", "a @ https://u:****@h/x; b"), ("a@https://t@h/x", "a@https://****@h/x"),
    ("--index-url=https://u:p@h/", "--index-url=https://u:****@h/"),
    ("'https://u:p@h/','http://t@i/'", "'https://u:****@h/','http://****@i/'"),
    ("https://a.b/x https://u:p@h", "https://a.b/x https://u:****@h"),
    ("https://h/x,https://u:p@h/", "https://h/x,https://u:****@h/"),
    ("one\n  https://u:p@h/\n", "one\n  https://u:****@h/\n"),
    // Not encoded.
    ("https://u:p#q@h/x", "https://u:****@h/x"), ("https://u:p/q@h/x", "https://u:****@h/x"),
    ("https://u:12#3@h/x", "https://u:****@h/x"), ("https://u:p'\"`q@h/", "https://u:****@h/"),
    ("https://u:p@q@h/", "https://u:****@h/"),
    // Misspelt.
    ("https:/u:p@h/x", "https:/u:****@h/x"), ("https//u:p@h/x", "https//u:****@h/x"),
    ("https:u:p@h/x", "https:u:****@h/x"), ("https:///u:p@h/x", "https:///u:****@h/x"),
    ("https/u:p@h/x", "https/u:****@h/x"), ("htps://u:p@h/x", "htps://u:****@h/x"),
    ("-e git+https:/u:p@h/x", "-e git+https:/u:****@h/x"),
    ("`git+htps://u:p@h`", "`git+htps://u:****@h`"), ("https:/u:p#q@h/x", "https:/u:****@h/x"),
  ]) func hides(_ text: String, _ expected: String) {
    #expect(URLCredentials.redacted(within: text) == expected)
    #expect(URLCredentials.redacted(within: expected) == expected)
    #expect(PrintableText.escaped(text.replacing("\n", with: " ")) == expected.replacing("\n", with: " "))
  }

  @Test(arguments: [
    "", "@", "a@b", "name @ https://h/x", "https://h/a@b", "https://h:81/a@b", "https://${U}:${P}@h/",
    "git+ssh://git@h/r@v1", "git+https://h/r@v1", "git+file:///r:x@v1", "git+file:/r:x@v1", "file:/a:b@c",
    "requirements.in:2:1: `./a@b`: no", "git@h:owner/r", "https://h/?q=u:p@x", "https://u:****@h/", "C:/a@b",
    "ssh://git@h:owner/r", "see a:b@c",
  ]) func leaves(_ text: String) {
    #expect(URLCredentials.redacted(within: text) == text)
  }

  @Test(arguments: [
    ("https://u:p@h/", "https://u@h/"), ("https://u@h/", "https://h/"), ("https:/u:p@h/", "https:/u:****@h/"),
    ("a @ htps://u:p@h/", "a @ htps://u@h/"), ("./a\nb", "./a\u{FFFD}b"),
  ]) func writes(_ url: String, _ expected: String) {
    #expect(URLCredentials.writable(url) == expected)
  }

  @Test func `a password isn't shown by cutting a text in the middle of it`() {
    #expect(PrintableText.escaped("https://u:password@h/", limit: 14) == "https://u:****")
  }

  @Test(arguments: [
    ("https://u:p#q@h/x", true), ("https://u:p/q@h/x", true), ("https://u:1?q@h/x", true),
    ("https://u:p@h/x@y", false), ("https://h:81/x@y", false), ("https://h/x#y@z", false),
    ("git+ssh://git@h/r@v1", false), ("./a@b", false),
  ]) func findsUnencoded(_ url: String, _ expected: Bool) {
    #expect(URLCredentials.areUnencoded(in: url) == expected)
  }

  @Test(arguments: [
    ("${A}", "1"), ("x${A}y${A}", "x1y1"), ("${B}${A}", "${B}1"), ("${E}", "${E}"), ("${a}${A", "${a}${A"),
    ("${A${A}", "${A1"), ("$A", "$A"), ("", ""), ("ü${A}ü", "ü1ü"),
  ]) func expands(_ text: String, _ expected: String) {
    #expect(EnvironmentVariable.expanded(text) { ["A": "1", "E": ""][$0] } == expected)
  }
}
