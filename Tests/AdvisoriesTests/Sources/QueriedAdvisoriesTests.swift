import PythonPackaging
import Testing

@testable import Advisories

@Suite struct QueriedAdvisoriesTests {
  private static let base = "https://osv.example"

  private func release(_ name: String, _ version: String, isPublic: Bool = true) throws -> AskedRelease {
    AskedRelease(try PackageName(name), try Version(version), isPublic: isPublic)
  }

  private func server(_ posts: ScriptedFetching.Answer..., records: [String: String] = [:])
    -> ScriptedFetching
  {
    var answers: [String: ScriptedFetching.Answer] = [:]
    for (id, text) in records { answers["\(Self.base)/v1/vulns/\(id)"] = .ok(text) }
    return ScriptedFetching(answers, posts: posts)
  }

  private func records(_ answer: AdvisoryAnswer) -> [String] {
    answer.records.sorted { $0.key < $1.key }.map { name, records in
      "\(name): \(records.map(\.id.description).joined(separator: " "))"
    }
  }

  private func unanswered(_ answer: AdvisoryAnswer) -> [String] {
    answer.unanswered.map { "\($0.release.package) \($0.release.version): \($0.reason)" }
  }

  @Test func `ids by release, then each record once`() async throws {
    let server = server(
      .ok(#"{"results":[{"vulns":[{"id":"P-1","modified":"x"},{"id":"P-2"}]},{},{"vulns":[{"id":"P-1"}]}]}"#),
      records: [
        "P-1": DatabaseFixture.record("P-1", "a", "c"), "P-2": DatabaseFixture.record("P-2", "a"),
      ])
    let answer = await QueriedAdvisories(base: Self.base + "/", by: server).advisories(for: [
      try release("C", "3.0"), try release("a", "1.0"), try release("b", "1!2.0+x"), try release("a", "1.0"),
    ])
    #expect(records(answer) == ["a: P-1 P-2", "c: P-1"])
    #expect(answer.isComplete)
    #expect(
      server.bodies == [
        #"{"queries":[{"package":{"name":"a","ecosystem":"PyPI"},"version":"1.0"},{"package":{"name":"b","ecosystem":"PyPI"},"version":"1!2.0+x"},{"package":{"name":"c","ecosystem":"PyPI"},"version":"3.0"}]}"#
      ])
    #expect(
      server.takeAsked().sorted()
        == ["\(Self.base)/v1/querybatch", "\(Self.base)/v1/vulns/P-1", "\(Self.base)/v1/vulns/P-2"])
  }

  @Test func `private names aren't sent, and are named as unanswered`() async throws {
    let server = server(.ok(#"{"results":[{}]}"#))
    let source = QueriedAdvisories(base: Self.base, by: server)
    let answer = await source.advisories(for: [
      try release("secret-name", "1.0", isPublic: false), try release("b", "1.0"),
    ])
    #expect(server.bodies.count == 1 && !server.bodies.joined().contains("secret"))
    #expect(unanswered(answer) == ["secret-name 1.0: its name is private, and isn't sent"])
    _ = server.takeAsked()
    _ = await source.advisories(for: [try release("secret-name", "1.0", isPublic: false)])
    #expect(server.takeAsked() == [])
  }

  @Test func `pages are followed per release, empty ones too`() async throws {
    let server = server(
      .ok(
        #"{"results":[{"vulns":[],"next_page_token":"t\"1"},{"vulns":[{"id":"P-3"}]},{"next_page_token":"u"}]}"#
      ),
      .ok(
        #"{"results":[{"vulns":[{"id":"P-1"}],"next_page_token":"t2"},{"vulns":[{"id":"P-4"}],"next_page_token":""}]}"#
      ),
      .ok(#"{"results":[{"vulns":[{"id":"P-2"}]}]}"#),
      records: [
        "P-1": DatabaseFixture.record("P-1", "a"), "P-2": DatabaseFixture.record("P-2", "a"),
        "P-3": DatabaseFixture.record("P-3", "b"), "P-4": DatabaseFixture.record("P-4", "c"),
      ])
    let answer = await QueriedAdvisories(base: Self.base, by: server).advisories(for: [
      try release("a", "1"), try release("b", "1"), try release("c", "1"),
    ])
    #expect(records(answer) == ["a: P-1 P-2", "b: P-3", "c: P-4"])
    #expect(answer.isComplete)
    #expect(
      server.bodies[1]
        == #"{"queries":[{"package":{"name":"a","ecosystem":"PyPI"},"version":"1","page_token":"t\"1"},{"package":{"name":"c","ecosystem":"PyPI"},"version":"1","page_token":"u"}]}"#
    )
    #expect(server.bodies.count == 3)
  }

  @Test func `pages without end are given up, and their release isn't clean`() async throws {
    let page = ScriptedFetching.Answer.ok(#"{"results":[{"next_page_token":"again"}]}"#)
    let server = server(page, page, page, page)
    var limits = QueriedAdvisories.Limits()
    limits.pages = 3
    let answer = await QueriedAdvisories(base: Self.base, by: server, limits: limits).advisories(for: [
      try release("a", "1")
    ])
    #expect(server.bodies.count == 3)
    #expect(unanswered(answer) == ["a 1: https://osv.example: its answer has more than 3 pages"])
  }

  struct Failing: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var answer: ScriptedFetching.Answer
    var reason: String
  }

  @Test(arguments: [
    Failing(
      testDescription: "fewer results", answer: .ok(#"{"results":[{}]}"#),
      reason: "the answer has 1 results to 2 queries"),
    Failing(
      testDescription: "more results", answer: .ok(#"{"results":[{},{},{}]}"#),
      reason: "the answer has 3 results to 2 queries"),
    Failing(testDescription: "no results", answer: .ok("{}"), reason: "the answer has no `results`"),
    Failing(
      testDescription: "results of another kind", answer: .ok(#"{"results":{}}"#),
      reason: "the answer has no `results`"),
    Failing(
      testDescription: "no JSON", answer: .ok("<html>"),
      reason: "the answer is no JSON as it should be: at byte 0 expected an object, found `<`"),
    Failing(
      testDescription: "cut", answer: .ok(#"{"results":[{},{}"#),
      reason: "the answer is no JSON as it should be: at byte 17 expected `,` or `]`, found the end"),
    Failing(testDescription: "an error", answer: .status(502), reason: "the server answers with status 502"),
    Failing(
      testDescription: "no answer", answer: .failure(.unreachable(reason: "connection refused")),
      reason: "connection refused"),
    Failing(
      testDescription: "too much", answer: .ok(String(repeating: " ", count: 70 << 20)),
      reason: "the answer is larger than 67108864 bytes"),
  ])
  func `a batch that fails leaves its releases unanswered`(failing: Failing) async throws {
    let answer = await QueriedAdvisories(base: Self.base, by: server(failing.answer)).advisories(for: [
      try release("a", "1"), try release("b", "1"),
    ])
    #expect(answer.records.isEmpty)
    #expect(
      unanswered(answer)
        == ["a", "b"].map { "\($0) 1: https://osv.example/v1/querybatch: \(failing.reason)" })
  }

  @Test func `a record that fails leaves its releases incomplete, and no others`() async throws {
    let server = server(
      .ok(
        #"{"results":[{"vulns":[{"id":"P-1"},{"id":"P-2"}]},{"vulns":[{"id":"P-3"},{"id":"P-4"},{"id":"../x"},{}]},{"vulns":[{"id":"P-1"}]}]}"#
      ),
      records: [
        "P-1": DatabaseFixture.record("P-1", "a", "c"), "P-2": "nonsense",
        "P-3": DatabaseFixture.record("P-3", "z"),
      ])
    let answer = await QueriedAdvisories(base: Self.base, by: server).advisories(for: [
      try release("a", "1"), try release("b", "1"), try release("c", "1"),
    ])
    #expect(records(answer) == ["a: P-1", "c: P-1"])
    #expect(
      unanswered(answer) == [
        "a 1: P-2: is no OSV record in JSON: expected an object, found `n`",
        "b 1: ../x: the source gives it an id that is none",
        "b 1: P-3: the record doesn't name b",
        "b 1: P-4: the server answers with status 404",
        "b 1: an advisory: the source gives it an id that is none",
      ])
    #expect(!server.takeAsked().contains { $0.contains("..") })
  }

  @Test func `a batch takes no more than a thousand`() async throws {
    let releases = try (0..<2500).map { try release("p\($0)", "1") }
    func page(_ count: Int) -> ScriptedFetching.Answer {
      .ok(#"{"results":["# + Array(repeating: "{}", count: count).joined(separator: ",") + "]}")
    }
    let server = server(page(1000), page(1000), page(500))
    let answer = await QueriedAdvisories(base: Self.base, by: server).advisories(for: releases)
    #expect(answer.isComplete)
    #expect(server.bodies.map { $0.components(of: #""version""#) } == [1000, 1000, 500])
  }
}

extension String {
  /// How often another text is in it.
  fileprivate func components(of part: String) -> Int {
    let (text, part) = (Array(utf8), Array(part.utf8))
    return text.indices.count { text[$0...].starts(with: part) }
  }
}
