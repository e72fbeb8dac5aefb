import PythonPackaging
import Testing

/// What the tables of `packaging` can't hold: several extras at once, and joined markers.
struct MarkerTests {
  static let environment = try? TargetEnvironment(pythonVersion: "3.12", platformName: "linux").markers

  @Test(arguments: [
    ("extra == 'a'", ["a", "b"], true), ("extra == 'c'", ["a", "b"], false), ("extra == 'A'", ["a"], true),
    ("extra != 'a'", ["a", "b"], false), ("extra != 'c'", ["a", "b"], true), ("extra != 'a'", [], true),
    ("extra == 'a' and extra == 'b'", ["a", "b"], true), ("extra == 'a' and extra == 'b'", ["a"], false),
    ("'a' == extra", ["a", "b"], true), ("extra in 'a c'", ["b", "c"], true),
    ("extra not in 'a c'", ["b", "c"], false),
    ("extra == 'a' and os_name == 'nt'", ["a"], false), ("extra == 'a' or os_name == 'posix'", [], true),
    ("'b' in extras", ["a", "b"], true), ("'b' not in extras", ["a", "b"], false),
  ])
  func evaluatesSeveralExtras(text: String, extras: [String], expected: Bool) throws {
    let environment = try #require(Self.environment)
    let names = try extras.map { try ExtraName($0) }
    #expect(try Marker(text).evaluate(in: environment, extras: names) == expected)
  }

  @Test func joins() throws {
    let (a, b) = (try Marker("os_name == 'a'"), try Marker("os_name == 'b' or os_name == 'c'"))
    #expect(a.and(b).description == "os_name == \"a\" and (os_name == \"b\" or os_name == \"c\")")
    #expect(b.or(a).description == "os_name == \"b\" or os_name == \"c\" or os_name == \"a\"")
    #expect(try Marker(b.or(a).description) == b.or(a))
    #expect(
      a.and(a.and(b)).description
        == "os_name == \"a\" and os_name == \"a\" and (os_name == \"b\" or os_name == \"c\")")
    #expect(b.and(b).description == "(\(b)) and (\(b))")
    #expect(a.mentionsExtra == false)
    #expect(a.and(try Marker("'x' == extra")).mentionsExtra)
  }

  @Test func keepsWhatHasNoExtraAsItIs() throws {
    let marker = try Marker("((os_name == 'nt')) and ((python_version > '3' or os_name == 'x'))")
    #expect(marker.removingExtraTerms() == marker)
    // Only a left side counts, as in pip-compile.
    #expect(try Marker("'x' == extra").removingExtraTerms() == Marker("'x' == extra"))
  }
}
