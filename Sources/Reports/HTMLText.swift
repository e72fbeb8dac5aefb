import PythonPackaging

/// Text from outside in HTML, and in the SVG within it.
enum HTMLText {
  /// The text between tags or in a quoted attribute's value, where nothing of it is markup. What HTML has no character for
  /// (section 13.2.3.5, noncharacters and controls) is U+FFFD; `#` is a reference, so that no runner of a workflow that
  /// sees the page takes `##[` for a command.
  static func escaped(_ text: String) -> String {
    let isBare = text.utf8.allSatisfy { byte in
      (0x20..<0x7F).contains(byte) && !"&<>\"'#".utf8.contains(byte)
    }
    if isBare { return text }
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&", "<", ">", "\"", "'", "#": result.append(contentsOf: "&#\(scalar.value);".unicodeScalars)
      default: result.append(isCharacter(scalar) ? scalar : "\u{FFFD}")
      }
    }
    return String(result)
  }

  private static func isCharacter(_ scalar: Unicode.Scalar) -> Bool {
    PrintableText.isPrintable(scalar) && scalar.value & 0xFFFE != 0xFFFE
      && !(0xFDD0...0xFDEF).contains(scalar.value)
  }

  /// An address that may be a link: `https` or `http`, printable ASCII without credentials, at most 2 000 characters; nil:
  /// it is none.
  static func address(_ text: String) -> String? {
    let bytes = text.utf8
    let scheme = bytes.prefix { $0 != UInt8(ascii: ":") }.map { $0 | 0x20 }
    guard bytes.count <= 2_000, scheme.elementsEqual("https".utf8) || scheme.elementsEqual("http".utf8),
      bytes.dropFirst(scheme.count).starts(with: "://".utf8), bytes.count > scheme.count + 3,
      bytes.allSatisfy({ (0x21..<0x7F).contains($0) && !"\\\"<>^`{|}@".utf8.contains($0) })
    else { return nil }
    return text
  }
}

/// HTML in the making. Names of elements and attributes are ours, as the type says, and every element is closed; what is
/// from outside can only be text.
final class HTMLWriter {
  private(set) var html = ""

  init() { html.reserveCapacity(1 << 16) }

  /// Our own markup.
  func markup(_ html: StaticString) { self.html += "\(html)" }

  /// Our own text that isn't escaped: the style, the script, the policy.
  func ours(_ text: String) { html += text }

  /// What has no markup.
  func text(_ text: String) { html += HTMLText.escaped(text) }

  /// An element that has no content: `meta`, `input`; within `svg` one that is closed at once.
  func void(_ name: StaticString, _ attributes: KeyValuePairs<StaticString, String?>, isSVG: Bool = false) {
    open(name, attributes, end: isSVG ? "/>" : ">")
  }

  /// An attribute without a value isn't there.
  func element(
    _ name: StaticString, _ attributes: KeyValuePairs<StaticString, String?> = [:], _ content: () -> Void
  ) {
    open(name, attributes, end: ">")
    content()
    html += "</\(name)>"
  }

  func element(_ name: StaticString, _ attributes: KeyValuePairs<StaticString, String?>, _ text: String) {
    element(name, attributes) { self.text(text) }
  }

  func element(_ name: StaticString, _ text: String) { element(name, [:], text) }

  /// A link, or the text alone where the address isn't one of the web.
  func link(_ text: String, to address: String?) {
    guard let address = address.flatMap(HTMLText.address) else { return self.text(text) }
    element("a", ["href": address, "rel": "noreferrer noopener"], text)
  }

  private func open(
    _ name: StaticString, _ attributes: KeyValuePairs<StaticString, String?>, end: StaticString
  ) {
    html += "<\(name)"
    for (key, value) in attributes {
      if let value { html += " \(key)=\"\(HTMLText.escaped(value))\"" }
    }
    html += "\(end)"
  }
}
