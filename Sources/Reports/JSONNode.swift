import PythonPackaging

/// A value of JSON on its way into a document.
///
///     ["id": .text(id), "line": .number(12), "fix": fix.map { .text($0) }]     // a member that is nil isn't there
indirect enum JSONNode: ExpressibleByStringLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
  case text(String)
  /// A number or a truth value as JSON writes it.
  case word(String)
  case list([JSONNode])
  case object([(String, JSONNode)])

  init(stringLiteral text: String) { self = .text(text) }
  init(arrayLiteral items: JSONNode...) { self = .list(items) }
  init(dictionaryLiteral members: (String, JSONNode?)...) {
    self = .object(members.compactMap { name, node in node.map { (name, $0) } })
  }

  static func number(_ number: Int) -> JSONNode { .word(String(number)) }

  /// The texts of a list; nil if there are none.
  static func texts(_ texts: [String]) -> JSONNode? { some(texts.map(JSONNode.text)) }

  /// The items of a list; nil if there are none.
  static func some(_ items: [JSONNode]) -> JSONNode? { items.isEmpty ? nil : .list(items) }
}

/// A document of JSON that is written while its parts come, so that only the text of a large one is kept: members in the order
/// in which they are written, two spaces a level, everything that isn't printable escaped.
struct JSONWriter {
  private var bytes: [UInt8] = []
  /// The brackets that are to come, the innermost last.
  private var closings: [UInt8] = []
  /// Whether nothing stands in the innermost brackets yet.
  private var isFirst = true

  /// The document; all that was begun must have been ended.
  var text: String { String(decoding: bytes, as: UTF8.self) }

  /// Begins an object, as a member of the one around it where it has a name.
  mutating func beginObject(_ name: String? = nil) { begin(name, "{", "}") }

  /// Begins a list.
  mutating func beginList(_ name: String? = nil) { begin(name, "[", "]") }

  private mutating func begin(_ name: String?, _ opening: Unicode.Scalar, _ closing: Unicode.Scalar) {
    start(name)
    bytes.append(UInt8(ascii: opening))
    closings.append(UInt8(ascii: closing))
    isFirst = true
  }

  /// Ends the innermost object or list.
  mutating func end() {
    let closing = closings.removeLast()
    if !isFirst { startLine() }
    bytes.append(closing)
    isFirst = false
  }

  /// Writes a value, as a member where it has a name; nothing if there is none.
  mutating func write(_ node: JSONNode?, _ name: String? = nil) {
    switch node {
    case nil: return
    case .text(let text):
      start(name)
      quote(text)
    case .word(let word):
      start(name)
      bytes += word.utf8
    case .list(let items):
      beginList(name)
      for item in items { write(item) }
      end()
    case .object(let members):
      beginObject(name)
      for (name, node) in members { write(node, name) }
      end()
    }
  }

  private mutating func start(_ name: String?) {
    if !isFirst { bytes.append(UInt8(ascii: ",")) }
    if !closings.isEmpty { startLine() }
    isFirst = false
    if let name {
      quote(name)
      bytes += ": ".utf8
    }
  }

  private mutating func startLine() {
    bytes.append(UInt8(ascii: "\n"))
    bytes += repeatElement(UInt8(ascii: " "), count: 2 * closings.count)
  }

  /// A string (RFC 8259, section 7). Of `##`, with which commands of workflows begin, the second is escaped too.
  private mutating func quote(_ text: String) {
    bytes.append(UInt8(ascii: "\""))
    var isBehindHash = false
    for scalar in text.unicodeScalars {
      let isHash = scalar == "#"
      if isHash && isBehindHash || !PrintableText.isPrintable(scalar) {
        for unit in scalar.utf16 {
          let digits = String(unit, radix: 16)
          bytes += "\\u\(String(repeating: "0", count: 4 - digits.count))\(digits)".utf8
        }
      } else {
        if scalar == "\"" || scalar == "\\" { bytes.append(UInt8(ascii: "\\")) }
        bytes += scalar.utf8
      }
      isBehindHash = isHash
    }
    bytes.append(UInt8(ascii: "\""))
  }
}
