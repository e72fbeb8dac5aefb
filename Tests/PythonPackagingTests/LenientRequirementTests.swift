import PythonPackaging
import Testing

/// What `Requires-Dist` of old metadata says, and what it is read as.
struct LenientRequirementTests {
  struct Case: CustomTestStringConvertible, Sendable {
    let written: String
    let read: String
    /// Whether the strict reader takes it as well.
    let isStrict: Bool
    var testDescription: String { written }

    init(_ written: String, _ read: String, isStrict: Bool = false) {
      self.written = written
      self.read = read
      self.isStrict = isStrict
    }
  }

  static let cases = [
    Case("foo (>=1.0)", "foo>=1.0", isStrict: true),
    Case("foo(>1,<2)", "foo<2,>1", isStrict: true),
    Case("foo>=1; python_version>'3'", "foo>=1; python_version > \"3\"", isStrict: true),
    Case("foo (>=1.0,)", "foo>=1.0", isStrict: true),
    Case("foo >=1.0.*", "foo>=1.0"),
    Case("foo (>=7.2.0<8.0.0)", "foo<8.0.0,>=7.2.0"),
    Case("foo >=1.0 <2", "foo<2,>=1.0"),
    Case("foo (>= '1.0')", "foo>=1.0"),
    Case("foo (!=3.0*)", "foo!=3.0.*"),
    Case("foo (>=1.0", "foo>=1.0"),
    Case("foo >=1.0)", "foo>=1.0"),
    Case("foo (>=1,,<2)", "foo<2,>=1"),
    Case("foo;", "foo"),
    Case("foo>=1 ; ", "foo>=1"),
    Case("foo>=1 ;; os_name == 'nt'", "foo>=1; os_name == \"nt\""),
    Case("foo[a,]>=1", "foo[a]>=1"),
    Case("foo\n >=1", "foo>=1"),
    Case("foo (>=1.0.*) ; extra == 'Dev'", "foo>=1.0; extra == \"dev\""),
  ]

  @Test(arguments: cases)
  func readsOldMetadata(_ row: Case) throws {
    #expect(try Requirement(lenient: row.written).description == row.read)
    #expect(((try? Requirement(row.written)) != nil) == row.isStrict)
  }

  @Test(arguments: [
    "", "foo bar", "foo (>=x)", "foo ; bogus == '1'", ">=1", "foo; os_name", "foo[", "foo @ ",
  ])
  func refusesWhatNobodyCanRead(_ text: String) {
    #expect(throws: RequirementError.self) { try Requirement(lenient: text) }
  }

  @Test func putsTheFaultWhereItIs() throws {
    let marked = MarkedText("foo (>=1.0.*, <1️⃣bogus)")
    let error = try #require(throws: RequirementError.self) { try Requirement(lenient: marked.text) }
    #expect(error.offset == marked.offset)
  }
}
