import PythonPackaging
import Testing

/// Where an unreadable requirement is at fault, and in which words that is said.
struct RequirementErrorTests {
  struct Case: CustomTestStringConvertible, Sendable {
    let marked: MarkedText
    let message: String
    var testDescription: String { marked.testDescription }

    init(_ marked: String, _ message: String) {
      self.marked = MarkedText(marked)
      self.message = message
    }
  }

  static let requirements = [
    Case("1️⃣", "expected a package name, found the end"),
    Case("  1️⃣>=1", "expected a package name, found `>`"),
    Case("1️⃣-flask", "expected a package name, found `-`"),
    Case("flask1️⃣-", "a name must begin and end with a letter or a digit, not `-`"),
    Case("flask1️⃣_ >=1", "a name must begin and end with a letter or a digit, not `_`"),
    Case("flask 1️⃣async", "expected a version specifier, `;` or the end, found `a`"),
    Case("fl1️⃣äsk", "expected a version specifier, `;` or the end, found `ä`"),
    Case("flask 1️⃣1.0", "expected a version specifier, `;` or the end, found `1`"),
    Case("flask>=1.0 1️⃣<2", "expected `,`, `;` or the end, found `<`"),
    Case("flask>=1.0,1️⃣,<2", "expected `,`, `;` or the end, found `,`"),
    Case("flask (>=1.01️⃣", "expected `,` or `)`, found the end"),
    Case("flask (>=1.0 1️⃣; os_name == 'nt'", "expected `,` or `)`, found `;`"),
    Case("flask[async1️⃣", "expected `,` or `]`, found the end"),
    Case("flask[async 1️⃣dotenv]", "expected `,` or `]`, found `d`"),
    Case("flask[async,1️⃣]", "expected an extra's name, found `]`"),
    Case("flask[1️⃣,]", "expected an extra's name, found `,`"),
    Case("flask[dev1️⃣.]", "a name must begin and end with a letter or a digit, not `.`"),
    Case("flask @ 1️⃣", "expected a URL after `@`, found the end"),
    Case("flask @ https://x.example 1️⃣os_name == 'nt'", "expected `;` or the end, found `o`"),
    Case("flask @ https://x1️⃣\u{1B}[2J", "the control character U+001B is not allowed"),
    Case("flask;1️⃣", "expected a marker variable or a quoted string, found the end"),
    Case("flask; 1️⃣python == '3'", "expected a marker variable or a quoted string, found `p`"),
    Case("flask; python_version 1️⃣= '3'", "expected one of " + operators + ", found `=`"),
    Case("flask; python_version1️⃣", "expected one of " + operators + ", found the end"),
    Case("flask; python_version >= 1️⃣3", "expected a marker variable or a quoted string, found `3`"),
    Case("flask; python_version >= '31️⃣", "expected the closing quote, found the end"),
    Case("flask; python_version not 1️⃣== '3'", "expected `in` after `not`, found `=`"),
    Case("flask; python_version not1️⃣'3'", "expected a space after `not`, found `'`"),
    Case("flask; os_name == 'nt' 1️⃣& extra == 'x'", "expected `and`, `or` or the end, found `&`"),
    Case("flask; (os_name == 'nt' 1️⃣", "expected `and`, `or` or `)`, found the end"),
    Case("flask; os_name == 'nt'1️⃣)", "expected `and`, `or` or the end, found `)`"),
    Case("flask; os_name == 'n1️⃣\\x1'", badEscape),
    Case("flask; os_name == 'n1️⃣\\x07'", "the control character U+0007 is not allowed"),
    Case("flask; os_name == 'n1️⃣\u{7}'", "the control character U+0007 is not allowed"),
    Case("flask; os_name == 'n1️⃣\\'t\\x22'", badEscape),
    Case("flask; os_name == 1️⃣'n\\x27t\\x22'", "a quoted string can't hold both `'` and `\"`"),
    Case("1️⃣é", "expected a package name, found `é`"),
  ]
  private static let badEscape = "the backslash begins no escape sequence that a quoted string may have"
  private static let operators = "`==`, `!=`, `<=`, `>=`, `<`, `>`, `~=`, `===`, `in`, `not in`"

  @Test(arguments: requirements)
  func tellsThePlaceAndTheReason(_ row: Case) throws {
    let error = try #require(throws: RequirementError.self) { try Requirement(row.marked.text) }
    #expect(error.offset == row.marked.offset)
    #expect(error.description == row.message)
  }

  @Test func placesTheFaultOfASpecifierInTheRequirement() throws {
    let marked = MarkedText("flask [a] (>=1.0, <1️⃣x)")
    let error = try #require(throws: RequirementError.self) { try Requirement(marked.text) }
    #expect(error.offset == marked.offset)
    guard case .specifier = error.reason else {
      Issue.record("\(error.reason)")
      return
    }
  }

  @Test func boundsDepthAndLength() throws {
    let limit = 64
    func nested(_ depth: Int) -> String {
      String(repeating: "(", count: depth) + "os_name == 'nt'" + String(repeating: ")", count: depth)
    }
    #expect(try Marker(nested(limit)).description == "os_name == \"nt\"")
    #expect(throws: RequirementError(offset: limit, reason: .tooDeep(limit: limit))) {
      try Marker(nested(limit + 1))
    }
    #expect(throws: RequirementError.self) { try Marker(String(repeating: "(", count: 60_000)) }
    let long = String(repeating: "a", count: 65_537)
    #expect(throws: RequirementError(offset: 65_536, reason: .tooLong(limit: 65_536))) {
      try Requirement(long)
    }
    let wide = (0..<2000).map { "extra == 'e\($0)'" }.joined(separator: " or ")
    #expect(try Marker(wide).removingExtraTerms() == nil)
  }

  @Test(arguments: [
    ("", "the name is empty", 0), ("a b", "a space is not allowed in a name", 1),
    ("a\nb", "U+000A is not allowed in a name", 1), ("naïve", "`ï` is not allowed in a name", 2),
    ("_a", "a name must begin and end with a letter or a digit, not `_`", 0),
    ("a--", "a name must begin and end with a letter or a digit, not `-`", 2),
  ])
  func tellsWhyANameIsNone(text: String, message: String, offset: Int) throws {
    let error = try #require(throws: NameError.self) { try PackageName(text) }
    #expect(error.description == message)
    #expect(error.offset == offset)
    #expect(throws: error) { try ExtraName(text) }
  }
}
