import Testing

@testable import TOMLReading

/// Texts made to exhaust or crash a reader.
@Suite struct HostileTOMLTests {
  struct Bomb: Sendable, CustomTestStringConvertible {
    var testDescription: String
    /// The text that nests so many levels.
    var text: @Sendable (Int) -> String
    /// The levels that its form has beside what nests.
    var outer = 0
  }

  static let bombs = [
    Bomb(testDescription: "arrays", text: { "a = " + many("[", $0) + many("]", $0) }),
    Bomb(testDescription: "open arrays", text: { "a = " + many("[", $0) }),
    Bomb(testDescription: "inline tables", text: { many("a = {", $0) + many("}", $0) }),
    Bomb(testDescription: "dotted keys", text: { "a" + many(".a", $0 - 1) + " = 1" }),
    Bomb(testDescription: "a header", text: { "[a" + many(".a", $0 - 1) + "]" }),
    Bomb(testDescription: "a header of an array", text: { "[[a" + many(".a", $0 - 1) + "]]" }, outer: 1),
    Bomb(
      testDescription: "headers of arrays",
      text: { depth in
        (1...max(1, depth / 2)).map { "[[a" + many(".a", $0 - 1) + "]]\n" }.joined()
      }),
    Bomb(
      testDescription: "dotted keys in tables in arrays",
      text: { depth in
        "x = [" + many("{a.b = [", depth / 3) + many("]}", depth / 3) + "]"
      }),
  ]

  @Test(arguments: bombs)
  func nesting(bomb: Bomb) {
    let limit = TOMLDocument.greatestDepth
    #expect(TOMLDocument.error(bomb.text(limit + 3))?.reason == .tooDeep(limit: limit))
    if bomb.testDescription != "open arrays" {
      #expect(TOMLDocument.error(bomb.text(limit - 2)) == nil)
    }
    // the place is where the first level too many begins, however many follow
    let error = TOMLDocument.error(bomb.text(3_000))
    #expect(error?.reason == .tooDeep(limit: limit))
  }

  @Test func depthIsCountedExactly() {
    let limit = TOMLDocument.greatestDepth
    #expect(TOMLDocument.error("a" + Self.many(".a", limit - 1) + " = 1") == nil)
    let error = TOMLDocument.error("a" + Self.many(".a", limit) + " = 1")
    #expect(error?.place == TOMLPlace(line: 1, column: 2 * limit + 1))
    #expect(
      error?.description == "found tables and arrays that nest deeper, expected at most 64 levels")
  }

  @Test func size() {
    let limit = TOMLDocument.greatestLength
    let error = TOMLDocument.error([UInt8](repeating: UInt8(ascii: " "), count: limit + 1))
    #expect(error == TOMLError(place: .start, reason: .tooLarge(limit: limit)))
    #expect(error?.description == "found a longer text, expected at most 4194304 bytes")
    #expect(TOMLDocument.error([UInt8](repeating: UInt8(ascii: "\n"), count: limit)) == nil)
  }

  @Test func count() {
    let limit = TOMLDocument.greatestCount
    #expect(TOMLDocument.error("a = [" + Self.many("1,", limit - 1) + "]") == nil)
    let error = TOMLDocument.error("a = [" + Self.many("1,", limit) + "]")
    #expect(error?.reason == .tooMany(limit: limit))
    #expect(error?.place == TOMLPlace(line: 1, column: 6 + 2 * (limit - 1)))
    #expect(error?.description == "found more keys and items, expected at most 65536")
  }

  struct Bytes: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var bytes: [UInt8]
    var place: TOMLPlace
    var description: String

    init(_ name: String, _ bytes: [UInt8], _ line: Int, _ column: Int, _ description: String) {
      testDescription = name
      self.bytes = bytes
      place = TOMLPlace(line: line, column: column)
      self.description = description
    }
  }

  static let bytes = [
    Bytes("NUL", Array("é = 1\nb = '\0'".utf8), 2, 6, "found a NUL character, expected text without one"),
    Bytes("NUL in a comment", Array("#\0".utf8), 1, 2, "found a NUL character, expected text without one"),
    Bytes(
      "an escaped NUL", Array("a = 'é'\nb = \"é\\u0000\"".utf8), 2, 7,
      "found a NUL character, expected text without one"),
    Bytes(
      "an escaped NUL and a digit", Array("a = \"\\u00001\"".utf8), 1, 6,
      "found a NUL character, expected text without one"),
    Bytes(
      "a long escaped NUL in a key", Array("\"\\U00000000\" = 1".utf8), 1, 2,
      "found a NUL character, expected text without one"),
    Bytes(
      "invalid UTF-8", [0x61, 0x20, 0x3D, 0x20, 0x27, 0xC3, 0xA9, 0xFF, 0x27], 1, 7,
      "found a byte 0xFF that isn't UTF-8, expected UTF-8 text"),
    Bytes(
      "a surrogate in UTF-8", [0x0A, 0x23, 0xED, 0xA0, 0x80], 2, 2,
      "found a byte 0xED that isn't UTF-8, expected UTF-8 text"),
    Bytes(
      "half a scalar", [0x23, 0xF0, 0x9F], 1, 2, "found a byte 0xF0 that isn't UTF-8, expected UTF-8 text"),
    Bytes(
      "UTF-16", [0xFF, 0xFE, 0x61, 0x00], 1, 1, "found a byte 0xFF that isn't UTF-8, expected UTF-8 text"),
  ]

  @Test(arguments: bytes)
  func characters(row: Bytes) {
    let error = TOMLDocument.error(row.bytes)
    #expect(error?.place == row.place)
    #expect(error?.description == row.description)
  }

  /// An escape that only looks like NUL is none.
  @Test(arguments: [
    ("\"\\\\u0000\"", "\\u0000"), ("'\\u0000'", "\\u0000"), ("\"\\u0001\"", "\u{1}"),
    ("\"\\U0000000a\"", "\n"),
  ])
  func notNUL(text: String, value: String) throws {
    #expect(try TOMLDocument("a = \(text)").root["a"] == .string(value))
  }

  /// A document cut off anywhere gives a value or an error with a place inside it.
  @Test func truncated() {
    let text = """
      [project] # é
      name = "a\\u00e9\\"b"
      'k'.x = [ '''c
      '' ''', \"\"\"d\\
        e\"\"\"\"\", { f = 2026-12-31 07:32:00Z, g.h = [1, +2.5e-3] }, ]
      [[a."b.c"]]
      x = inf
      """
    let bytes = Array(text.utf8)
    #expect(TOMLDocument.error(bytes) == nil)
    var failures = 0
    for length in bytes.indices {
      let part = Array(bytes[..<length])
      guard let error = TOMLDocument.error(part) else { continue }
      failures += 1
      #expect(error.place.line <= part.count { $0 == UInt8(ascii: "\n") } + 1, "after \(length) bytes")
    }
    #expect(failures > 100)
  }

  /// A document with any byte replaced gives a value or an error, and never ends the process.
  @Test func replaced() {
    let text = Array(
      "[a.'b']\nc = [\"d\\u00e9\", {e = '''f'''}]\n[[g]]\nh = 2026-12-31\n\"i\" = \"\"\"j\"\"\"\n".utf8)
    var errors = 0
    for index in text.indices {
      for byte in Array("\"'[]{}=.,#\n\r\\ \t0a-_\u{7F}\0".utf8) + [0xC3, 0xFF] {
        var changed = text
        changed[index] = byte
        if TOMLDocument.error(changed) != nil { errors += 1 }
      }
    }
    #expect(errors > 500)
  }

  static let words = [
    "true", "false", "-17", "1_000", "0xdead_beef", "0o17", "0b1_0", "-0.0", "1e6", "2.5E-3", "+inf", "nan",
    "1979-05-27", "07:32:00.25", "1979-05-27T07:32:00Z", "1979-05-27 07:32:00", "1979-05-27t00:32:00.9-07:00",
  ]

  /// A number or a date with any byte replaced, left out or put in gives a value or an error: the library has
  /// assertions, which would end the process (`1979-05-27T:`).
  @Test(arguments: words)
  func changedWord(word: String) {
    #expect(TOMLDocument.error("a = \(word)") == nil)
    let bytes = Array(word.utf8)
    var errors = 0
    for index in 0...bytes.count {
      for byte in Array("019_+-.:eEinftaxobTZz ".utf8) {
        for length in 0...min(2, bytes.count - index) {
          let changed = bytes[..<index] + [byte] + bytes[(index + length)...]
          if TOMLDocument.error(Array("a = ".utf8) + changed) != nil { errors += 1 }
          // what is cut off right behind the change
          if TOMLDocument.error(Array("a = ".utf8) + bytes[..<index] + [byte]) != nil { errors += 1 }
        }
      }
    }
    #expect(errors > 50)
  }

  /// The library looks 127 characters ahead; no word is let through that is as long.
  @Test(arguments: [1, 10, 63, 64, 95, 98, 99, 100, 126, 127, 128, 129, 500])
  func longWords(length: Int) {
    let digits = Self.many("1", length)
    for word in [
      digits, "0.\(digits)", "1e\(digits)", "0x\(digits)", "07:32:00.\(digits)",
      "1979-05-27 07:32:00.\(digits)Z",
    ] {
      let error = TOMLDocument.error("a = \(word)")
      if word.utf8.count > TOMLWord.greatestLength {
        #expect(error?.place == TOMLPlace(line: 1, column: 5))
        #expect((error?.description.utf8.count ?? .max) < 200)
      }
    }
  }

  /// Long keys and strings are read, and don't fill a message.
  @Test func longKeys() throws {
    let key = Self.many("k", 1_000_000)
    let root = try TOMLDocument("\(key) = '\(key)'").root
    #expect(root.keys == [key])
    let error = TOMLDocument.error("\(key) = 1\n\(key) = 2")
    #expect(error?.place == TOMLPlace(line: 2, column: 1_000_004))
    #expect((error?.description.utf8.count ?? .max) < 300)
  }

  static func many(_ text: String, _ count: Int) -> String {
    String(repeating: text, count: max(0, count))
  }
}
