import FoundationEssentials
import PythonPackaging
import TestSupport
import Testing

/// The names of platforms that the help and docs/platforms.md list are those that are taken.
@Suite struct PlatformNameTests {
  @Test func `the help has them`() async throws {
    let outcome = try await CommandFixture().run(["compile", "--help"])
    // The help is broken into lines at spaces.
    let words = outcome.output.split(whereSeparator: \.isWhitespace).map(String.init)
    for pattern in TargetEnvironment.platformNamePatterns {
      #expect(words.contains { $0 == "\(pattern)," || $0 == "\(pattern);" }, "\(pattern)")
    }
  }

  @Test func `the document has them`() throws {
    let path = #filePath.split(separator: "/").dropLast(3).map { "/\($0)" }.joined() + "/docs/platforms.md"
    let text = String(decoding: try Data(contentsOf: URL(filePath: path)), as: UTF8.self)
    let first = text.split(separator: "\n").filter { $0.hasPrefix("| `") }.compactMap { row in
      row.split(separator: "`").dropFirst().first.map(String.init)
    }
    #expect(first == TargetEnvironment.platformNamePatterns)
  }
}
