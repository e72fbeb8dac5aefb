import Testing

@testable import Advisories

@Suite struct YAMLDocumentTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var yaml: String
    var json: String
  }

  @Test(arguments: [
    Case(
      testDescription: "every scalar is a string",
      yaml: "a: 1.10\nb: 2024-01-31\nc: true\nd: 0x1F\ne: 1_000\n",
      json: #"{"a":"1.10","b":"2024-01-31","c":"true","d":"0x1F","e":"1_000"}"#),
    Case(
      testDescription: "words for null", yaml: "a:\nb: ~\nc: null\nd: NULL\ne: 'null'\nf: \"\"\n",
      json: #"{"a":null,"b":null,"c":null,"d":null,"e":"null","f":""}"#),
    Case(
      testDescription: "sequences and mappings inside one another",
      yaml: "- a: [1, {b: c}]\n  d:\n  - e\n  -\n- []\n- {}\n",
      json: #"[{"a":["1",{"b":"c"}],"d":["e",null]},[],{}]"#),
    Case(testDescription: "one scalar", yaml: "text", json: #""text""#),
    Case(
      testDescription: "quotes, escapes and other scripts",
      yaml: #"a: "\"\\\n\t\x1b\u00e9 😀"\#nb: 'it''s'\#n"#,
      json: #"{"a":"\"\\\u000a\u0009\u001bé 😀","b":"it's"}"#),
    Case(
      testDescription: "folded and literal blocks", yaml: "a: |\n  one\n   two\nb: >-\n  one\n  two\n",
      json: #"{"a":"one\u000a two\u000a","b":"one two"}"#),
    Case(
      testDescription: "a long plain scalar over lines", yaml: "a: one\n  two\n", json: #"{"a":"one two"}"#),
    Case(
      testDescription: "comments, a start and an end", yaml: "# c\n%YAML 1.1\n---\na: b # c\n...\n",
      json: #"{"a":"b"}"#),
    Case(
      testDescription: "tags and anchors say nothing here",
      yaml: "a: &x !!int 1\nb: !<tag:yaml.org,2002:python/object/apply:os.system> [ls]\n",
      json: #"{"a":"1","b":["ls"]}"#),
    Case(
      testDescription: "a key of null's word is a key", yaml: "null: 1\n~: 2\n",
      json: #"{"null":"1","~":"2"}"#),
  ])
  func `a document becomes JSON`(yamlCase: Case) throws {
    let json = try YAMLDocument.json(Array(yamlCase.yaml.utf8))
    #expect(String(decoding: json, as: UTF8.self) == yamlCase.json)
  }

  struct Refused: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var yaml: String
    var description: String
  }

  /// Nine levels of ten aliases each: a billion when they are followed.
  private static let bomb = (0..<9).reduce("a0: &a0 [x]\n") { text, level in
    text
      + "a\(level + 1): &a\(level + 1) [\(Array(repeating: "*a\(level)", count: 10).joined(separator: ","))]\n"
  }

  @Test(arguments: [
    Refused(testDescription: "nothing", yaml: "", description: "line 1, column 1: nothing"),
    Refused(testDescription: "only a comment", yaml: "# c\n", description: "line 1, column 1: nothing"),
    Refused(testDescription: "only null", yaml: "~\n", description: "line 1, column 1: nothing"),
    Refused(
      testDescription: "an alias", yaml: "a: &x 1\nb: *x\n",
      description: "line 2, column 4: an alias, which isn't read here"),
    Refused(
      testDescription: "a bomb of aliases", yaml: bomb,
      description: "line 2, column 10: an alias, which isn't read here"),
    Refused(
      testDescription: "a merge", yaml: "a: &x {b: 1}\nc:\n  <<: *x\n",
      description: "line 3, column 7: an alias, which isn't read here"),
    Refused(
      testDescription: "a key twice", yaml: "id: A\nb: 1\nid: C\n",
      description: "line 3, column 1: the key `id` for the second time"),
    Refused(
      testDescription: "a mapping as a key", yaml: "? {a: b}\n: c\n",
      description: "line 1, column 3: a key that is no scalar"),
    Refused(
      testDescription: "a sequence as a key", yaml: "[a, b]: c\n",
      description: "line 1, column 1: a key that is no scalar"),
    Refused(
      testDescription: "two documents", yaml: "a: b\n---\nc: d\n",
      description: "line 2, column 1: a second document"),
    Refused(
      testDescription: "too deep", yaml: String(repeating: "[", count: 33),
      description: "line 1, column 33: more than 32 levels inside one another"),
    Refused(
      testDescription: "far too deep", yaml: String(repeating: "[", count: 200_000),
      description: "line 1, column 33: more than 32 levels inside one another"),
    Refused(
      testDescription: "no YAML", yaml: "a: [b\nc: d\n",
      description: "line 2, column 2: no YAML: did not find expected ',' or ']'"),
    Refused(
      testDescription: "a tab as an indent", yaml: "a:\n\tb: c\n",
      description: "line 2, column 1: no YAML: found character that cannot start any token"),
    Refused(
      testDescription: "a control character", yaml: "a: \u{1}\n",
      description: "line 1, column 1: no YAML: control characters are not allowed"),
    Refused(
      testDescription: "too large", yaml: String(repeating: "#", count: 4 << 20) + "\n",
      description: "line 1, column 1: the text is larger than 4194304 bytes"),
  ])
  func `a document that is hostile or none is refused`(refused: Refused) {
    let error = #expect(throws: YAMLError.self) { try YAMLDocument.json(Array(refused.yaml.utf8)) }
    #expect(error?.description == refused.description)
  }

  @Test func `bytes that aren't UTF-8 are refused`() {
    #expect(throws: YAMLError.self) { try YAMLDocument.json([0x61, 0x3A, 0x20, 0xFF]) }
    // UTF-16 with its mark.
    #expect(throws: YAMLError.self) { try YAMLDocument.json([0xFF, 0xFE, 0x61, 0x00]) }
  }

  @Test func `any cut of a document is JSON or an error`() {
    let text = Array("id: A\naffected:\n- package: {name: \"b\\n\", x: [1, 2]}\n  versions: |\n    c\n".utf8)
    for count in 0...text.count {
      guard let json = try? YAMLDocument.json(Array(text.prefix(count))) else { continue }
      let first = json.first.map { Character(Unicode.Scalar($0)) }
      #expect(first == "{" || first == "\"")
      #expect(json.last == (first == "{" ? UInt8(ascii: "}") : UInt8(ascii: "\"")))
    }
  }
}
