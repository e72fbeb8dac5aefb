import Testing

@testable import PackageIndex

@Suite("The HTML scanner")
struct HTMLScannerTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let html: String
    /// Each tag as `name(attribute=value,…)`.
    let tags: String
    var testDescription: String { html }

    init(_ html: String, _ tags: String) {
      self.html = html
      self.tags = tags
    }
  }

  static let cases: [Case] = [
    Case("", ""), Case("text & more > text", ""), Case("1 < 2 <3", ""),
    Case("<a>", "a()"), Case("<A HREF=x>", "A(HREF=x)"), Case("<a href=\"x>y\">", "a(href=x>y)"),
    Case("<a href='x\"y' b>", "a(href=x\"y,b=)"), Case("<a\n\thref = \"x\"\n>", "a(href=x)"),
    Case("<a href=x/y>", "a(href=x/y)"), Case("<br/>", "br()"), Case("<br a=1 />", "br(a=1)"),
    Case("<a/href=x/>", "a(href=x/)"), Case("<a href=>", "a(href=)"), Case("<a href=\"\">", "a(href=)"),
    Case("<a =x>", "a(=x=)"), Case("<a x='1'y=\"2\">", "a(x=1,y=2)"), Case("<a><b>", "a() b()"),
    Case("<!DOCTYPE html><a>", "a()"), Case("<?xml version='1'?><a>", "a()"), Case("</a><b>", "b()"),
    Case("</a href='>'><b>", "b()"), Case("</ x><b>", "b()"), Case("<!-- <a> --><b>", "b()"),
    Case("<!--><b>", "b()"), Case("<!---><b>", "b()"), Case("<!----><b>", "b()"),
    Case("<!-- > <a> --!><b>", "b()"), Case("<!-- -- ><a> --><b>", "b()"), Case("<!- <a --><b>", "b()"),
    Case("<script>if (a<b) '<a href=x>' </scripty> </script ><b>", "script() b()"),
    Case("<SCRIPT src=x><a></Script><b>", "SCRIPT(src=x) b()"), Case("<style><a></style><b>", "style() b()"),
    Case("<title><a></title><b>", "title() b()"), Case("<textarea><a></textarea>", "textarea()"),
    Case("<scripts><a>", "scripts() a()"),
  ]

  @Test("Start tags and their attributes", arguments: cases)
  func reads(_ example: Case) throws {
    #expect(try tags(Array(example.html.utf8)) == example.tags)
  }

  struct Unfinished: Sendable, CustomTestStringConvertible {
    let html: String
    let offset: Int
    let part: HTMLError.Part
    var testDescription: String { html }

    init(_ html: String, _ offset: Int, _ part: HTMLError.Part) {
      self.html = html
      self.offset = offset
      self.part = part
    }
  }

  static let unfinished: [Unfinished] = [
    Unfinished("<", 0, .tag), Unfinished("<p><", 3, .tag), Unfinished("<a", 0, .tag),
    Unfinished("<a ", 0, .tag),
    Unfinished("<p><a href", 3, .tag), Unfinished("<a href=", 0, .tag), Unfinished("<a href=x", 0, .tag),
    Unfinished("<a href=\"x", 0, .tag), Unfinished("<a href='x\">", 0, .tag), Unfinished("x</a", 1, .tag),
    Unfinished("x</", 1, .declaration), Unfinished("<!DOCTYPE", 0, .declaration),
    Unfinished("<?x", 0, .declaration),
    Unfinished("<b><!--", 3, .comment), Unfinished("<!-- x -- >", 0, .comment),
    Unfinished("<!---><!--", 6, .comment),
    Unfinished("<b><script>x</b>", 3, .element), Unfinished("<style></styl", 0, .element),
    Unfinished("<title>x</title", 0, .element),
  ]

  @Test("A text that ends too early", arguments: unfinished)
  func refuses(_ example: Unfinished) {
    let error = #expect(throws: HTMLError.self) { try tags(Array(example.html.utf8)) }
    #expect(error == HTMLError(offset: example.offset, unfinished: example.part))
  }

  struct Reference: Sendable, CustomTestStringConvertible {
    let written: String
    let text: String
    var testDescription: String { written }

    init(_ written: String, _ text: String) {
      self.written = written
      self.text = text
    }
  }

  static let references: [Reference] = [
    Reference("", ""), Reference("&gt;=3.8, &lt;4", ">=3.8, <4"), Reference("&amp;gt;", "&gt;"),
    Reference("&quot;&apos;&nbsp;", "\"'\u{A0}"), Reference("&GT;&LT;&AMP;&QUOT;", "><&\""),
    Reference("&#62;&#x3e;&#X3E;", ">>>"), Reference("&#62 &#x3e.", "> >."), Reference("&#128512;", "😀"),
    Reference("&#0;&#xD800;&#x110000;", "\u{FFFD}\u{FFFD}\u{FFFD}"),
    Reference("&#99999999999999999999999999;", "\u{FFFD}"), Reference("&#;&#x;&#xg", "&#;&#x;&#xg"),
    Reference("a=1&b=2&gt=3&ltx", "a=1&b=2&gt=3&ltx"), Reference("&gt &gt", "> >"),
    Reference("&apos", "&apos"),
    Reference("&", "&"), Reference("&unknown;", "&unknown;"), Reference("&equals;&plus;&sol;", "=+/"),
    Reference("é&lowbar;é", "é_é"),
  ]

  @Test("Character references", arguments: references)
  func resolves(_ example: Reference) {
    let bytes = Array("..\(example.written)".utf8)
    #expect(String(decoding: CharacterReference.resolved(bytes[2...]), as: UTF8.self) == example.text)
  }

  private func tags(_ bytes: [UInt8]) throws(HTMLError) -> String {
    var scanner = HTMLScanner(bytes)
    var tags: [String] = []
    while let name = try scanner.nextTag() {
      var attributes: [String] = []
      while let attribute = try scanner.nextAttribute() {
        attributes.append("\(text(attribute.name, bytes))=\(text(attribute.value, bytes))")
      }
      tags.append("\(text(name, bytes))(\(attributes.joined(separator: ",")))")
    }
    return tags.joined(separator: " ")
  }

  private func text(_ range: Range<Int>, _ bytes: [UInt8]) -> String {
    String(decoding: bytes[range], as: UTF8.self)
  }
}
