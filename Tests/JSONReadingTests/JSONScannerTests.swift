import PythonPackaging
import Testing

@testable import JSONReading

@Suite("The JSON scanner")
struct JSONScannerTests {
  struct Accepted: Sendable, CustomTestStringConvertible {
    let json: String
    let value: String
    var testDescription: String { json }

    init(_ json: String, _ value: String) {
      self.json = json
      self.value = value
    }
  }

  static let accepted: [Accepted] = [
    Accepted("null", "null"), Accepted("true", "true"), Accepted(" false\t\r\n", "false"),
    Accepted("0", "0"), Accepted("-0", "0"), Accepted("12", "12"), Accepted("-12", "-12"),
    Accepted("9223372036854775807", "9223372036854775807"),
    Accepted("-9223372036854775808", "-9223372036854775808"),
    Accepted("9223372036854775808", "9.223372036854776e+18"),
    Accepted("1.5", "1.5"), Accepted("-1.5e2", "-150.0"), Accepted("1E+2", "100.0"), Accepted("1e-2", "0.01"),
    Accepted("1e999", "infinite"),
    Accepted("\"\"", "''"), Accepted("\"a\"", "'a'"), Accepted("\"é😀\"", "'é😀'"),
    Accepted(#""\"\\\/\b\f\n\r\t""#, "'\"\\/\u{8}\u{c}\n\r\t'"),
    Accepted(#""\u0041\u00e9\u00E9\u20ac""#, "'Aéé€'"), Accepted(#""\ud83d\ude00""#, "'😀'"),
    Accepted(#""\ud83d""#, "'\u{FFFD}'"), Accepted(#""\ude00""#, "'\u{FFFD}'"),
    Accepted(#""\ud83dx""#, "'\u{FFFD}x'"), Accepted(#""\ud83d\n""#, "'\u{FFFD}\n'"),
    Accepted(#""\ud83d\ud83d\ude00""#, "'\u{FFFD}😀'"), Accepted(#""\u0000""#, "'\0'"),
    Accepted("\"\u{7F}\"", "'\u{7F}'"), Accepted("\"1234567\\n12345678\\n\"", "'1234567\n12345678\n'"),
    Accepted("[]", "[]"), Accepted("[ ]", "[]"), Accepted("[1,2]", "[1,2]"),
    Accepted("[[],[[]],{}]", "[[],[[]],{}]"),
    Accepted("{}", "{}"), Accepted("{ }", "{}"), Accepted(#"{"a":1,"b":[{}]}"#, "{a:1,b:[{}]}"),
    Accepted(#"{"a":1,"a":2}"#, "{a:1,a:2}"), Accepted(#" { "" : null , "\u0061" : "x" } "#, "{:null,a:'x'}"),
    Accepted("\u{FEFF}[1]", "[1]"),
  ]

  @Test("What is JSON is read", arguments: accepted)
  func accepts(_ example: Accepted) throws {
    let bytes = Array(example.json.utf8)
    var scanner = JSONScanner(bytes)
    #expect(try value(&scanner) == example.value)
    try scanner.finish()
    #expect(scanner.depth == 0)
    var skipper = JSONScanner(bytes)
    try skipper.skipValue()
    try skipper.finish()
    #expect(skipper.offset == scanner.offset)
  }

  @Test("Bytes that aren't UTF-8 are repaired")
  func repairs() throws {
    var scanner = JSONScanner([UInt8(ascii: "\""), 0xFF, 0xC3, UInt8(ascii: "\"")])
    #expect(try scanner.string() == "\u{FFFD}\u{FFFD}")
  }

  struct Rejected: Sendable, CustomTestStringConvertible {
    let json: String
    let offset: Int
    let expected: JSONError.Expected
    var testDescription: String { json }

    init(_ json: String, _ offset: Int, _ expected: JSONError.Expected) {
      self.json = json
      self.offset = offset
      self.expected = expected
    }
  }

  static let rejected: [Rejected] = [
    Rejected("", 0, .value), Rejected("  ", 2, .value), Rejected("x", 0, .value), Rejected("'a'", 0, .value),
    Rejected("\0", 0, .value), Rejected("nul", 3, .null), Rejected("nulL", 3, .null),
    Rejected("tru", 3, .boolean), Rejected("falsy", 4, .boolean), Rejected("NaN", 0, .value),
    Rejected("+1", 0, .value), Rejected("-", 1, .digit), Rejected("-x", 1, .digit), Rejected(".5", 0, .value),
    Rejected("1.", 2, .digit), Rejected("1.e1", 2, .digit), Rejected("1e", 2, .digit),
    Rejected("1e+", 3, .digit),
    Rejected("01", 1, .end), Rejected("-01", 2, .end), Rejected("1 2", 2, .end), Rejected("0x1", 1, .end),
    Rejected("\"", 1, .stringCharacter), Rejected("\"a", 2, .stringCharacter),
    Rejected("\"a\nb\"", 2, .stringCharacter), Rejected("\"12345678\u{1}\"", 9, .stringCharacter),
    Rejected(#""\x""#, 2, .escape), Rejected(#""\"#, 2, .escape),
    Rejected(#""\u12g4""#, 5, .hexadecimalDigit),
    Rejected(#""\u12"#, 5, .hexadecimalDigit), Rejected(#""\U0041""#, 2, .escape),
    Rejected("[", 1, .value), Rejected("[1", 2, .commaOrArrayEnd), Rejected("[1 2]", 3, .commaOrArrayEnd),
    Rejected("[1,]", 3, .value), Rejected("[,1]", 1, .value), Rejected("[1}", 2, .commaOrArrayEnd),
    Rejected("]", 0, .value), Rejected("[]]", 2, .end), Rejected("{", 1, .nameOrEnd),
    Rejected("{1:2}", 1, .nameOrEnd), Rejected("{,}", 1, .nameOrEnd), Rejected(#"{"a"}"#, 4, .colon),
    Rejected(#"{"a" 1}"#, 5, .colon), Rejected(#"{"a":}"#, 5, .value),
    Rejected(#"{"a":1"#, 6, .commaOrObjectEnd),
    Rejected(#"{"a":1]"#, 6, .commaOrObjectEnd), Rejected(#"{"a":1,}"#, 7, .name),
    Rejected(#"{"a":1 "b":2}"#, 7, .commaOrObjectEnd), Rejected(#"{"a":[1,{"b":x}]}"#, 13, .value),
    Rejected("[1] // end", 4, .end),
  ]

  @Test("What isn't JSON is refused where it stops being JSON", arguments: rejected)
  func rejects(_ example: Rejected) {
    let bytes = Array(example.json.utf8)
    let found: JSONError.Found = example.offset < bytes.count ? .byte(bytes[example.offset]) : .end
    let error = #expect(throws: JSONError.self) { try read(bytes) }
    #expect(error == JSONError(offset: example.offset, found: found, expected: example.expected))
    let skipped = #expect(throws: JSONError.self) { try skip(bytes) }
    #expect(skipped?.offset == example.offset)
    #expect(skipped?.found == found)
  }

  @Test("A text cut short fails at its end, wherever it is cut")
  func truncated() {
    let json =
      #" {"a\u00e9" : [ -1.5e+10 , true , false,null , "x\n\ud83d\ude00" , {} , [ ] ] , "b" : {"c" : 0} }"#
    let bytes = Array(json.utf8)
    #expect(throws: Never.self) { try read(bytes) }
    for count in 0..<bytes.count {
      let prefix = Array(bytes[..<count])
      for failure in [error { try read(prefix) }, error { try skip(prefix) }] {
        if failure?.offset != count || failure?.found != .end {
          Issue.record("cut at \(count): \(String(describing: failure))")
        }
      }
    }
  }

  @Test("Levels are counted to a limit", arguments: [1, 2, 63, 64])
  func depth(_ limit: Int) throws {
    let deepest = String(repeating: "[", count: limit) + String(repeating: "]", count: limit)
    for text in [deepest, deepest.replacing("[]", with: "{}")] {
      var scanner = JSONScanner(Array(text.utf8), maximumDepth: limit)
      try scanner.skipValue()
      try scanner.finish()
      let tooDeep = Array("[\(text)]".utf8)
      var skipper = JSONScanner(tooDeep, maximumDepth: limit)
      let error = #expect(throws: JSONError.self) { try skipper.skipValue() }
      #expect(error?.offset == limit && error?.expected == .depth(limit: limit))
      var reader = JSONScanner(tooDeep, maximumDepth: limit)
      let read = #expect(throws: JSONError.self) { try value(&reader) }
      #expect(read == error)
    }
  }

  @Test("A value that is skipped inside others leaves the rest in place")
  func skipsInside() throws {
    var scanner = JSONScanner(Array(#"{"a":[1,[{"x":[2]}],3],"b":4}"#.utf8))
    try scanner.beginObject()
    var names: [String] = []
    while let name = try scanner.nextName() {
      names.append(scanner.string(of: name))
      try scanner.skipValue()
    }
    try scanner.finish()
    #expect(names == ["a", "b"])
  }

  @Test("Another kind of value than the one asked for is an error that consumes nothing")
  func kinds() {
    let text = Array("[1]".utf8)
    var scanner = JSONScanner(text)
    #expect(throws: JSONError(offset: 0, found: .byte(0x5B), expected: .object)) { try scanner.beginObject() }
    #expect(throws: JSONError(offset: 0, found: .byte(0x5B), expected: .string)) { try scanner.text() }
    #expect(throws: JSONError(offset: 0, found: .byte(0x5B), expected: .number)) { try scanner.integer() }
    #expect(throws: JSONError(offset: 0, found: .byte(0x5B), expected: .boolean)) { try scanner.boolean() }
    #expect(throws: JSONError(offset: 0, found: .byte(0x5B), expected: .null)) { try scanner.null() }
    #expect(scanner.offset == 0)
    var object = JSONScanner(Array("{}".utf8))
    #expect(throws: JSONError(offset: 0, found: .byte(0x7B), expected: .array)) { try object.beginArray() }
  }

  @Test(
    "A name is compared by its value, however it is written",
    arguments: [#"id"#, #"\u0069d"#, #"\u0069\u0064"#])
  func names(_ written: String) throws {
    var scanner = JSONScanner(Array("\"\(written)\"".utf8))
    let text = try scanner.text()
    #expect(scanner.value(of: text, is: "id"))
    #expect(!scanner.value(of: text, is: "ie") && !scanner.value(of: text, is: "idd"))
    #expect(scanner.length(of: text) == 2)
  }

  @Test("A scanner may begin at a value within a damaged text")
  func fromOffset() throws {
    let bytes = Array(#"{"a": , "b": {"c": [1]}}"#.utf8)
    var scanner = JSONScanner(bytes, from: 13)
    try scanner.beginObject()
    let name = try #require(try scanner.nextName())
    #expect(scanner.value(of: name, is: "c"))
    try scanner.skipValue()
    #expect(try scanner.nextName() == nil)
    #expect(scanner.offset == 23)
    #expect(scanner.depth == 0)
    var broken = JSONScanner(bytes, from: 6)
    #expect(throws: JSONError(offset: 6, found: .byte(0x2C), expected: .value)) { try broken.skipValue() }
  }

  @Test("An error's parts are phrases of their own")
  func parts() {
    let error = JSONError(offset: 0, found: .byte(0x7D), expected: .value)
    #expect([error.foundPhrase, error.expectedPhrase] == ["`}`", "a value"])
    let deep = JSONError(offset: 0, found: .byte(0x5B), expected: .depth(limit: 4))
    #expect(
      [deep.foundPhrase, deep.expectedPhrase] == [
        "more than 4 levels inside one another", "at most 4 levels",
      ])
  }

  @Test("An error is a phrase without raw control characters")
  func phrases() {
    let errors = [UInt8](0...255).map { JSONError(offset: 0, found: .byte($0), expected: .value).description }
    #expect(errors.allSatisfy { $0.unicodeScalars.allSatisfy(PrintableText.isPrintable) })
    #expect(errors[Int(UInt8(ascii: "}"))] == "expected a value, found `}`")
    #expect(errors[0x1B] == "expected a value, found byte 27")
  }

  // MARK: Readers

  private func read(_ bytes: [UInt8]) throws {
    var scanner = JSONScanner(bytes)
    _ = try value(&scanner)
    try scanner.finish()
  }

  private func skip(_ bytes: [UInt8]) throws {
    var scanner = JSONScanner(bytes)
    try scanner.skipValue()
    try scanner.finish()
  }

  private func error(_ body: () throws -> Void) -> JSONError? {
    do { try body() } catch { return error as? JSONError }
    return nil
  }

  /// Reads a value by the methods for its parts, and writes it.
  private func value(_ scanner: inout JSONScanner) throws(JSONError) -> String {
    switch try scanner.kind() {
    case .null:
      try scanner.null()
      return "null"
    case .boolean: return try scanner.boolean() ? "true" : "false"
    case .string: return "'\(try scanner.string())'"
    case .number:
      let start = scanner
      if let integer = try scanner.integer() { return "\(integer)" }
      scanner = start
      return try scanner.double().map { "\($0)" } ?? "infinite"
    case .array:
      var parts: [String] = []
      try scanner.beginArray()
      while try scanner.nextElement() { parts.append(try value(&scanner)) }
      return "[\(parts.joined(separator: ","))]"
    case .object:
      var parts: [String] = []
      try scanner.beginObject()
      while let name = try scanner.nextName() {
        let text = scanner.string(of: name)
        parts.append("\(text):\(try value(&scanner))")
      }
      return "{\(parts.joined(separator: ","))}"
    }
  }
}
