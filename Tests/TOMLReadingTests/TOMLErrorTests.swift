import Testing

@testable import TOMLReading

/// Where and how reading fails. In a row's text `👉` marks the place the error must name.
@Suite struct TOMLErrorTests {
  struct Row: Sendable, CustomTestStringConvertible {
    var marked: MarkedText
    var description: String
    var testDescription: String { marked.testDescription }

    init(_ text: String, _ description: String) {
      marked = MarkedText(text)
      self.description = description
    }
  }

  static let value = "a number, a date, `true`, `false` or a string in quotes"

  /// What the scanner finds.
  static let structure = [
    Row("a👉", "found the end of the file, expected `.` or `=` after the key"),
    Row("a = 1\né👉b = 2".replacing("é👉", with: "👉é"), "found `é`, expected a key"),
    Row("a 👉b = 1", "found `b`, expected `.` or `=` after the key"),
    Row("a👉\n= 1", "found the end of the line, expected `.` or `=` after the key"),
    Row("a.👉 = 1".replacing("👉 ", with: " 👉"), "found `=`, expected a key"),
    Row("\"\"👉\"a\"\"\" = 1", "found `\"`, expected `.` or `=` after the key"),
    Row("a =👉", "found the end of the file, expected a value"),
    Row("a = 👉\r\nb = 1", "found the end of the line, expected a value"),
    Row("'é' = 👉foo", "found `foo`, expected \(value)"),
    Row("a = [true, 👉_1]", "found `_1`, expected \(value)"),
    Row("a = 👉1979-05-27 7", "found `1979-05-27 7`, expected \(value)"),
    Row("a = 👉+-1", "found `+-1`, expected \(value)"),
    Row("a = 👉# c", "found `#`, expected a value"),
    Row("a = 👉é", "found `é`, expected a value"),
    Row("a = 👉`", "found a backtick, expected a value"),
    Row("a = 👉\u{1}", "found U+0001, expected a value"),
    Row("a = 👉\u{202E}", "found U+202E, expected a value"),
    Row("a = 1 👉b = 2", "found `b`, expected the end of the line"),
    Row("a = '😀' 👉]", "found `]`, expected the end of the line"),
    Row("a = 1👉\rb = 2", "found the end of the line, expected the end of the line"),
    Row("[a👉", "found the end of the file, expected `.` or `]` after the key"),
    Row("[a👉 b]".replacing("👉 ", with: " 👉"), "found `b`, expected `.` or `]` after the key"),
    Row("[👉]", "found `]`, expected a key"),
    Row("[a] 👉b = 1", "found `b`, expected the end of the line"),
    Row("[👉[a]]".replacing("[👉[", with: "[ 👉["), "found `[`, expected a key"),
    Row("[[a👉\n", "found the end of the line, expected `.` or `]]` after the key"),
    Row("[[a]👉\n", "found the end of the line, expected `.` or `]]` after the key"),
    Row("a = [1 👉2]", "found `2`, expected `,` or `]`"),
    Row("a = [1,\n👉, 2]", "found `,`, expected a value"),
    Row("a = [👉", "found the end of the file, expected a value"),
    Row("a = [1\n# ]\n👉", "found the end of the file, expected `,` or `]`"),
    Row("a = {👉, b = 1}", "found `,`, expected a key or `}`"),
    Row("a = {👉\nb = 1}", "found the end of the line, expected a key or `}`"),
    Row("a = {b = 1, 👉}", "found `}`, expected a key"),
    Row("a = {b = 1 👉c = 2}", "found `c`, expected `,` or `}`"),
    Row("a = {b = 1👉\n}", "found the end of the line, expected `,` or `}`"),
    Row(
      "x = 1\na = 'b👉\n'", "found the end of the line, expected `'` to close the string that begins at 2:5"),
    Row("a = \"b\\👉", "found the end of the file, expected `\"` to close the string that begins at 1:5"),
    Row("a = \"b\\👉\n\"", "found the end of the line, expected `\"` to close the string that begins at 1:5"),
    Row("a = \"b\\\"👉", "found the end of the file, expected `\"` to close the string that begins at 1:5"),
    Row("a = '''b''\n👉", "found the end of the file, expected `'''` to close the string that begins at 1:5"),
    Row(
      "a = \"\"\"b\\\"\"\"\n👉",
      "found the end of the file, expected `\"\"\"` to close the string that begins at 1:5"),
    Row("'a👉", "found the end of the file, expected `'` to close the string that begins at 1:1"),
  ]

  /// What the library finds.
  static let meaning = [
    Row(
      "a = 1\na = 👉2",
      "found invalid TOML (cannot redefine existing integer 'a'), expected a document of TOML 1.0"),
    Row(
      "[a]\n👉[a]", "found invalid TOML (cannot redefine existing table 'a'), expected a document of TOML 1.0"),
    Row(
      "a = \"é\\👉q\"", "found invalid TOML (unknown escape sequence '\\q'), expected a document of TOML 1.0"),
    Row(
      "a = 2026-02-30👉",
      "found invalid TOML (expected day between 1 and 28 (inclusive), saw 30), expected a document of TOML 1.0"
    ),
    Row(
      "a = \"\\ud800👉\"",
      "found invalid TOML (unicode surrogates (U+D800 - U+DFFF) are explicitly prohibited), "
        + "expected a document of TOML 1.0"),
    Row(
      "# 👉\u{1}",
      "found invalid TOML (control characters other than TAB (U+0009) are explicitly prohibited in comments), "
        + "expected a document of TOML 1.0"),
    Row(
      "a = 9223372036854775808👉",
      "found invalid TOML ('9223372036854775808' is not representable in 64 bits), expected a document of TOML 1.0"
    ),
    Row(
      "a = \"\\👉\u{202E}\"",
      "found invalid TOML (unknown escape sequence '\\\u{FFFD}'), expected a document of TOML 1.0"),
  ]

  @Test(arguments: structure + meaning)
  func fails(row: Row) {
    let error = TOMLDocument.error(row.marked.text)
    #expect(error?.description == row.description)
    #expect(error?.place == row.marked.place)
  }
}
