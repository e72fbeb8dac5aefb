import Testing

@testable import Reports

@Suite("Documents of JSON are written in one form") struct JSONWriterTests {
  @Test func form() {
    var json = JSONWriter()
    json.beginObject()
    json.write("a\"\\\n\u{202E}##[x]\u{E0041}日", "text")
    json.write([], "empty")
    json.write(["one": .number(1), "none": nil, "yes": .word("true")], "members")
    json.write(nil, "nothing")
    json.beginList("list")
    json.write(["x", [:]])
    for _ in 0..<2 { json.end() }
    #expect(
      json.text == """
        {
          "text": "a\\"\\\\\\u000a\\u202e#\\u0023[x]\u{E0041}日",
          "empty": [],
          "members": {
            "one": 1,
            "yes": true
          },
          "list": [
            [
              "x",
              {}
            ]
          ]
        }
        """)
  }

  @Test(arguments: Hostile.texts) func textsAreReadBack(_ text: String) throws {
    var json = JSONWriter()
    json.write(.text(text))
    #expect(try JSONValue(json.text) == .string(text))
    #expect(json.text.unicodeScalars.allSatisfy { $0.value >= 0x20 })
  }
}
