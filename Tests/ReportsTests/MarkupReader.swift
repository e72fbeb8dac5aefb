/// A strict reader of the pages' HTML: each element but the void ones is closed, in the order of nesting; each attribute is
/// quoted and there once; a bare `<`, `>`, `&` or quote is an error.
///
/// It reads by code points, as browsers do: a mark that combines with a `>` makes no other character of it.
struct MarkupReader {
  final class Element {
    let name: String
    let attributes: [String: String]
    var children: [Element] = []
    /// Of the element and of all within.
    var text = ""

    init(name: String, attributes: [String: String]) {
      self.name = name
      self.attributes = attributes
    }

    /// Those of a name within, in the order of the document.
    func all(_ name: String) -> [Element] {
      children.flatMap { ($0.name == name ? [$0] : []) + $0.all(name) }
    }

    var everything: [Element] { children.flatMap { [$0] + $0.everything } }

    subscript(attribute: String) -> String? { attributes[attribute] }
  }

  struct Failure: Error, CustomStringConvertible {
    let description: String
  }

  private static let void: Set = ["meta", "input"]
  private static let raw: Set = ["style", "script"]

  private let scalars: [Unicode.Scalar]
  private var place = 0
  private var open = [Element(name: "", attributes: [:])]

  /// The document's root, whose one child is `html`.
  static func read(_ html: String) throws -> Element {
    var reader = MarkupReader(scalars: Array(html.unicodeScalars))
    try reader.readDocument()
    return reader.open[0]
  }

  private init(scalars: [Unicode.Scalar]) { self.scalars = scalars }

  private func failure(_ text: String) -> Failure {
    let around = scalars[max(0, place - 60)..<min(scalars.count, place + 30)]
    return Failure(description: "\(text) at \(place): \(String(String.UnicodeScalarView(around)))")
  }

  private func starts(with text: String) -> Bool { scalars[place...].starts(with: text.unicodeScalars) }

  private mutating func readDocument() throws {
    guard starts(with: "<!DOCTYPE html>\n") else { throw failure("no doctype") }
    place += 16
    while place < scalars.count {
      if scalars[place] == "<" { try readTag() } else { try readText() }
    }
    guard open.count == 1 else { throw failure("\(open.map(\.name)) are open") }
  }

  private mutating func readText() throws {
    var text = ""
    while place < scalars.count, scalars[place] != "<" { text.unicodeScalars.append(try scalar()) }
    for element in open { element.text += text }
  }

  /// A scalar or what a reference stands for.
  private mutating func scalar() throws -> Unicode.Scalar {
    let scalar = scalars[place]
    if [">", "\"", "'"].contains(scalar) { throw failure("a bare \(scalar)") }
    guard scalar == "&" else {
      place += 1
      return scalar
    }
    guard let end = scalars[place...].prefix(8).firstIndex(of: ";"), starts(with: "&#"),
      let number = UInt32(String(String.UnicodeScalarView(scalars[place + 2..<end]))),
      let referred = Unicode.Scalar(number)
    else { throw failure("a bare &") }
    place = end + 1
    return referred
  }

  private mutating func name() throws -> String {
    var name = ""
    while place < scalars.count, scalars[place].isASCII,
      scalars[place].properties.isAlphabetic || scalars[place].properties.numericType != nil
        || scalars[place] == "-"
    {
      name.unicodeScalars.append(scalars[place])
      place += 1
    }
    if name.isEmpty { throw failure("no name") }
    return name
  }

  private mutating func readTag() throws {
    place += 1
    if starts(with: "/") {
      place += 1
      let name = try name()
      guard starts(with: ">"), open.count > 1, open.removeLast().name == name else {
        throw failure("</\(name)> closes nothing")
      }
      place += 1
      return
    }
    let name = try name()
    var attributes: [String: String] = [:]
    while starts(with: " ") {
      place += 1
      let key = try self.name()
      guard attributes[key] == nil, starts(with: "=\"") else { throw failure("attribute \(key)") }
      place += 2
      attributes[key] = key == "content" && name == "meta" ? try rawValue() : try value()
    }
    let element = Element(name: name, attributes: attributes)
    open[open.count - 1].children.append(element)
    if starts(with: "/>") {
      guard open.contains(where: { $0.name == "svg" }) else { throw failure("<\(name)/> outside of SVG") }
      place += 2
      return
    }
    guard starts(with: ">") else { throw failure("<\(name) has no end") }
    place += 1
    if Self.void.contains(name) { return }
    open.append(element)
    if Self.raw.contains(name) { try readRaw(name) }
  }

  private mutating func value() throws -> String {
    var value = ""
    while place < scalars.count, scalars[place] != "\"" {
      if scalars[place] == "<" { throw failure("a bare <") }
      value.unicodeScalars.append(try scalar())
    }
    place += 1
    return value
  }

  /// The value of a `meta` of ours, which has apostrophes.
  private mutating func rawValue() throws -> String {
    var value = ""
    while place < scalars.count, scalars[place] != "\"" {
      if "<>&".unicodeScalars.contains(scalars[place]) { throw failure("in a meta's content") }
      value.unicodeScalars.append(scalars[place])
      place += 1
    }
    place += 1
    return value
  }

  private mutating func readRaw(_ name: String) throws {
    let end = "</\(name)>"
    var text = String.UnicodeScalarView()
    while place < scalars.count, !starts(with: end) {
      text.append(scalars[place])
      place += 1
    }
    open[open.count - 1].text = String(text)
  }
}
