import Testing

@testable import PackageIndex

@Suite("References to URLs")
struct URLReferenceTests {
  struct Resolution: Sendable, CustomTestStringConvertible {
    let reference: String
    let target: String
    var testDescription: String { "\(reference) -> \(target)" }

    init(_ reference: String, _ target: String) {
      self.reference = reference
      self.target = target
    }
  }

  /// RFC 3986, section 5.4, against `http://a/b/c/d;p?q`; a fragment isn't kept.
  static let standard: [Resolution] = [
    Resolution("g:h", "g:h"), Resolution("g", "http://a/b/c/g"), Resolution("./g", "http://a/b/c/g"),
    Resolution("g/", "http://a/b/c/g/"), Resolution("/g", "http://a/g"), Resolution("//g", "http://g"),
    Resolution("?y", "http://a/b/c/d;p?y"), Resolution("g?y", "http://a/b/c/g?y"),
    Resolution("#s", "http://a/b/c/d;p?q"), Resolution("g#s", "http://a/b/c/g"),
    Resolution("g?y#s", "http://a/b/c/g?y"), Resolution(";x", "http://a/b/c/;x"),
    Resolution("g;x", "http://a/b/c/g;x"), Resolution("g;x?y#s", "http://a/b/c/g;x?y"),
    Resolution("", "http://a/b/c/d;p?q"), Resolution(".", "http://a/b/c/"), Resolution("./", "http://a/b/c/"),
    Resolution("..", "http://a/b/"), Resolution("../", "http://a/b/"), Resolution("../g", "http://a/b/g"),
    Resolution("../..", "http://a/"), Resolution("../../", "http://a/"), Resolution("../../g", "http://a/g"),
    Resolution("../../../g", "http://a/g"), Resolution("../../../../g", "http://a/g"),
    Resolution("/./g", "http://a/g"), Resolution("/../g", "http://a/g"), Resolution("g.", "http://a/b/c/g."),
    Resolution(".g", "http://a/b/c/.g"), Resolution("g..", "http://a/b/c/g.."),
    Resolution("..g", "http://a/b/c/..g"), Resolution("./../g", "http://a/b/g"),
    Resolution("./g/.", "http://a/b/c/g/"), Resolution("g/./h", "http://a/b/c/g/h"),
    Resolution("g/../h", "http://a/b/c/h"), Resolution("g;x=1/./y", "http://a/b/c/g;x=1/y"),
    Resolution("g;x=1/../y", "http://a/b/c/y"), Resolution("g?y/./x", "http://a/b/c/g?y/./x"),
    Resolution("g?y/../x", "http://a/b/c/g?y/../x"), Resolution("g#s/./x", "http://a/b/c/g"),
    Resolution("g#s/../x", "http://a/b/c/g"), Resolution("http:g", "http:g"),
  ]

  @Test("RFC 3986, section 5.4", arguments: standard)
  func resolvesStandard(_ example: Resolution) throws {
    let base = try #require(URLReference("http://a/b/c/d;p?q".utf8))
    let reference = try #require(URLReference(example.reference.utf8))
    #expect(String(decoding: reference.resolved(against: base).bytes, as: UTF8.self) == example.target)
  }

  struct Base: Sendable, CustomTestStringConvertible {
    let base: String
    let reference: String
    let target: String
    var testDescription: String { "\(base) + \(reference)" }
  }

  static let others: [Base] = [
    Base(base: "https://index.example", reference: "x.whl", target: "https://index.example/x.whl"),
    Base(
      base: "https://index.example/simple/a/?page=2", reference: "../../x.whl",
      target: "https://index.example/x.whl"),
    Base(base: "https://index.example/simple/a", reference: "x", target: "https://index.example/simple/x"),
    Base(base: "https://index.example/a/", reference: "HTTPS://h/x", target: "https://h/x"),
    Base(
      base: "https://index.example/a/", reference: " x y.whl\n", target: "https://index.example/a/x%20y.whl"),
    Base(
      base: "https://index.example/a/", reference: "é\"<>\\^`{|}",
      target: "https://index.example/a/%C3%A9%22%3C%3E%5C%5E%60%7B%7C%7D"),
    Base(base: "https://index.example/a/", reference: "%41%2f..", target: "https://index.example/a/%41%2f.."),
    Base(base: "https://index.example/a/", reference: "b//../c", target: "https://index.example/a/b/c"),
    Base(base: "file:///srv/simple/a/", reference: "../x.whl", target: "file:///srv/simple/x.whl"),
  ]

  @Test("Other bases and bytes that URLs don't have", arguments: others)
  func resolvesOthers(_ example: Base) throws {
    let base = try #require(URLReference(example.base.utf8))
    let reference = try #require(URLReference(example.reference.utf8))
    #expect(String(decoding: reference.resolved(against: base).bytes, as: UTF8.self) == example.target)
  }

  @Test(
    "Control characters and endless addresses are refused",
    arguments: ["a\u{1B}[2Jb", "a\nb", "a\u{0}b", "a\u{7F}", String(repeating: "a", count: 16_385)])
  func refused(_ text: String) { #expect(URLReference(text.utf8) == nil) }

  struct Scheme: Sendable, CustomTestStringConvertible {
    let url: String
    let isDownloadable: Bool
    var testDescription: String { url }
  }

  static let schemes: [Scheme] = [
    Scheme(url: "https://h/x", isDownloadable: true), Scheme(url: "http://h", isDownloadable: true),
    Scheme(url: "file:///x", isDownloadable: true), Scheme(url: "file:/x", isDownloadable: true),
    Scheme(url: "https:///x", isDownloadable: false), Scheme(url: "https:x", isDownloadable: false),
    Scheme(url: "file:x", isDownloadable: false), Scheme(url: "ftp://h/x", isDownloadable: false),
    Scheme(url: "javascript:alert(1)", isDownloadable: false), Scheme(url: "x.whl", isDownloadable: false),
  ]

  @Test("What a file can be had from", arguments: schemes)
  func downloadable(_ example: Scheme) throws {
    #expect(try #require(URLReference(example.url.utf8)).isDownloadable == example.isDownloadable)
  }

  @Test("The bytes that may stay as they are", arguments: UInt8.min...UInt8.max)
  func verbatim(_ byte: UInt8) {
    let isExpected = byte > 0x20 && byte < 0x7F && !"\"<>\\^`{|}".utf8.contains(byte)
    #expect(URLReference.isVerbatim(byte) == isExpected)
  }
}
