import Testing

@testable import PackageIndex

@Suite struct WebAddressTests {
  struct Reading: Sendable, CustomTestStringConvertible {
    var text: String
    var read: String?
    var userInformation: String?
    var testDescription: String { text }
  }
  @Test(arguments: [
    Reading(text: "https://index.example/simple", read: "https://index.example/simple"),
    Reading(text: "HTTPS://Index.Example", read: "https://index.example/"),
    Reading(text: "https://index.example:443/a", read: "https://index.example/a"),
    Reading(text: "http://index.example:8080?q=1#f", read: "http://index.example:8080/?q=1"),
    Reading(
      text: "https://me:p%40w@index.example/", read: "https://index.example/", userInformation: "me:p%40w"),
    Reading(text: "https://a@b@index.example/", read: "https://index.example/", userInformation: "a@b"),
    Reading(text: "https://[2001:DB8::1]:81/x", read: "https://[2001:db8::1]:81/x"),
    Reading(text: "http://[::1", read: nil), Reading(text: "http://[::1/simple/", read: nil),
    Reading(text: "http://::1]/", read: nil), Reading(text: "http://::1/", read: nil),
    Reading(text: "http://[::1]x/", read: nil), Reading(text: "http://a[::1]/", read: nil),
    Reading(text: "http://[]/", read: nil), Reading(text: "http://[index.example]/", read: nil),
    Reading(text: "https://index.example/ä b", read: "https://index.example/%C3%A4%20b"),
    Reading(text: "https://index.example/\r\nHost: x", read: nil),
    Reading(text: "https://index.exa mple/", read: nil),
    Reading(text: "https://", read: nil),
    Reading(text: "https://:80/", read: nil),
    Reading(text: "https://index.example:99999/", read: nil),
    Reading(text: "ftp://index.example/", read: nil),
    Reading(text: "index.example/simple", read: nil),
    Reading(text: "", read: nil),
  ])
  func `an address is read into its canonical form`(reading: Reading) {
    let address = WebAddress(reading.text)
    #expect(address?.text == reading.read)
    #expect(address?.userInformation == reading.userInformation)
  }

  @Test func `a message shows neither credentials nor query`() {
    let address = WebAddress("https://me:secret@index.example/a.whl?signature=secret")
    #expect(address?.redacted == "https://index.example/a.whl?…")
    #expect("\(address.map { "\($0)" } ?? "")".contains("secret") == false)
    #expect(redacted("ftp://me:secret@index.example") == "ftp://****@index.example")
    #expect(redacted("me:secret@index.example") == "****@index.example")
  }

  // RFC 3986 §5.4.1, those that HTTP has, and §5.4.2.
  @Test(arguments: [
    ("g", "http://a/b/c/g"), ("./g", "http://a/b/c/g"), ("g/", "http://a/b/c/g/"), ("/g", "http://a/g"),
    ("//g", "http://g/"), ("?y", "http://a/b/c/d;p?y"), ("g?y", "http://a/b/c/g?y"),
    ("g#s", "http://a/b/c/g"),
    (";x", "http://a/b/c/;x"), ("", "http://a/b/c/d;p?q"), (".", "http://a/b/c/"), ("..", "http://a/b/"),
    ("../g", "http://a/b/g"), ("../..", "http://a/"), ("../../../g", "http://a/g"),
    ("g/../h", "http://a/b/c/h"),
    ("https://x/y", "https://x/y"), ("/./g", "http://a/g"), ("g;x=1/./y", "http://a/b/c/g;x=1/y"),
  ])
  func `a reference is resolved`(reference: String, expected: String) {
    #expect(WebAddress("http://u:p@a/b/c/d;p?q")?.resolving(reference)?.text == expected)
    #expect(WebAddress("http://u:p@a/b/c/d;p?q")?.resolving("g")?.userInformation == nil)
  }

  @Test(arguments: ["ftp://x/", "mailto:a@b", "a\nb"])
  func `a reference that HTTP can't follow is none`(reference: String) {
    #expect(WebAddress("http://a/b")?.resolving(reference) == nil)
  }

  @Test func `a suffix goes before the query`() {
    #expect(
      WebAddress("http://a/b.whl?x=1")?.appending(toPath: ".metadata").text == "http://a/b.whl.metadata?x=1")
  }
}
