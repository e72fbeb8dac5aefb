import FoundationEssentials
import TestSupport
import Testing

/// `repin why --format json`: the examples of docs/why.md are what it writes.
@Suite struct WhyDocumentTests {
  typealias Case = WhyTests.Case

  /// In the order of the examples.
  static let examples: [Case] = [
    Case(testDescription: "paths", arguments: ["pysocks", "--format", "json"], output: ""),
    Case(
      testDescription: "what stands in the way",
      files: ["requirements.in": "requests[socks]\n\ncloud-core<2\n"],
      arguments: ["urllib3>=2.5", "--format=json"], status: 1, output: ""),
  ]

  @Test(arguments: examples.indices) func example(_ place: Int) async throws {
    let given = Self.examples[place]
    let fixture = try await WhyTests.fixture()
    fixture.write(given.files)
    let outcome = try await fixture.run(["why"] + given.arguments + CommandFixture.target)
    #expect(outcome.status == given.status, Comment(rawValue: outcome.errors))
    let blocks = try Self.documented()
    try #require(blocks.count == Self.examples.count)
    #expect(Self.withoutProof(outcome.output) == Self.withoutProof(blocks[place]))
  }

  /// A document without the sentences of its proof, which are the explanation's to word, and without the tests' own
  /// options.
  private static func withoutProof(_ text: String) -> String {
    text.replacing(WhyTests.options, with: "")
      .replacing(/"proof" : \[\n(?:\s+".*\n)+\s+\]/, with: "\"proof\" : […]")
  }

  /// The JSON of docs/why.md.
  private static func documented() throws -> [String] {
    let root = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
    let text = try String(contentsOfFile: "/\(root)/docs/why.md", encoding: .utf8)
    return text.components(separatedBy: "```json\n").dropFirst().map { part in
      part.components(separatedBy: "```")[0]
    }
  }

  /// Parts of other documents, without white space.
  static let parts: [Case] = [
    Case(
      testDescription: "a price", arguments: ["urllib3>=2.5"],
      output: """
        "answer":{"by":"upgrade","changes":[{"after":"2.0","before":"1.0","package":"cloud"},\
        {"after":"3.0","before":"1.0","package":"cloud-core"},{"after":"1.0","package":"signing"},\
        {"after":"2.5","before":"1.26","package":"urllib3"}],\
        "command":"repincompile-P'urllib3>=2.5'--python-platform=linux--python-version=3.12","possible":true,\
        "version":"2.5"}
        """),
    Case(
      testDescription: "it has it already", arguments: ["urllib3>=1"],
      output: #""answer":{"changes":[],"possible":true,"version":"1.26"}"#),
    Case(
      testDescription: "near names", arguments: ["urlib3"], status: 1,
      output: #""absence":{"near":["urllib3"],"reason":"unknown"}"#),
    Case(
      testDescription: "held back", arguments: ["setuptools"], status: 1,
      output: #""absence":{"reason":"held-back"}"#),
    Case(
      testDescription: "an extra that there isn't", arguments: ["requests[sock]"], status: 1,
      output: #"""
        "absence":{"extra":"sock","extras":["br","socks"],"near":["socks"],"reason":"no-such-extra","version":"2.0"}
        """#),
    Case(
      testDescription: "by a line", arguments: ["brotli>=1"],
      output: #"""
        "answer":{"by":"line","changes":[{"after":"1.0","package":"brotli"}],\#
        "command":"repincompile--python-platform=linux--python-version=3.12","line":"brotli>=1",
        """#),
    Case(
      testDescription: "who asks is held back", files: ["requirements.in": "gadget\n"],
      arguments: ["gizmo"],
      output: #""by":{"heldBack":true,"package":"distribute","version":"0.7"}"#),
    Case(
      testDescription: "what doesn't hold", arguments: ["brotli"], status: 1,
      output: #"""
        "absence":{"excluded":[{"by":{"package":"requests","version":"2.0"},\#
        "text":"brotli;extra==\"br\""}],"reason":"excluded"}
        """#),
    Case(
      testDescription: "out of date",
      files: ["requirements.txt": "cloud==1.0\n", "requirements.in": "cloud<2"],
      arguments: ["cloud"], output: #""changed":["cloud-core","transfer","urllib3"]"#),
    Case(
      testDescription: "no lockfile", files: ["app.in": "brotli"], arguments: ["brotli", "app.in"],
      output: #""state":"missing""#),
  ]

  @Test(arguments: parts) func part(_ given: Case) async throws {
    let fixture = try await WhyTests.fixture()
    fixture.write(given.files)
    let outcome = try await fixture.run(
      ["why"] + given.arguments + ["--format", "json"] + CommandFixture.target)
    #expect(outcome.status == given.status, Comment(rawValue: outcome.errors))
    #expect(
      outcome.output.filter { !$0.isWhitespace }.contains(given.output), Comment(rawValue: outcome.output))
    #expect(outcome.output.contains("\"version\" : 1\n}"))
  }
}
