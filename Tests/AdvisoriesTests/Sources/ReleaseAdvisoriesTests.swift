import PythonPackaging
import Testing

@testable import Advisories

@Suite struct ReleaseAdvisoriesTests {
  private static let base = "https://index.example/pypi"

  private func release(_ name: String, _ version: String, isPublic: Bool = true) throws -> AskedRelease {
    AskedRelease(try PackageName(name), try Version(version), isPublic: isPublic)
  }

  private func ask(
    _ pages: [String: ScriptedFetching.Answer], _ releases: AskedRelease...
  ) async -> (answer: AdvisoryAnswer, asked: [String]) {
    let server = ScriptedFetching(
      Dictionary(uniqueKeysWithValues: pages.map { ("\(Self.base)/\($0.key)/json", $0.value) }))
    let answer = await ReleaseAdvisories(base: Self.base, by: server).advisories(for: releases)
    return (answer, server.takeAsked().sorted())
  }

  private func unanswered(_ answer: AdvisoryAnswer) -> [String] {
    answer.unanswered.map { "\($0.release.package) \($0.release.version): \($0.reason)" }
  }

  @Test func `what an index tells becomes a record of that version`() async throws {
    let text = """
      {"info": {"name": "a"}, "vulnerabilities": [{"id": "PYSEC-2024-1", "aliases": ["CVE-2024-1", "no id"],
       "summary": "One\\nline", "details": "Text", "fixed_in": ["1.0.5", "2.0.1", "nonsense"], "withdrawn": null,
       "link": "https://osv.example/PYSEC-2024-1", "source": "osv"},
       {"id": "PYSEC-2024-2", "fixed_in": [], "withdrawn": "2024-01-01T00:00:00Z", "link": "javascript:alert(1)"}]}
      """
    let (answer, asked) = await ask(["a/2.0": .ok(text)], try release("A", "2.0"))
    #expect(asked == ["\(Self.base)/a/2.0/json"])
    let records = try #require(answer.records[try PackageName("a")])
    #expect(records.map(\.id.description) == ["PYSEC-2024-1", "PYSEC-2024-2"])
    #expect(records[0].aliases.map(\.description) == ["CVE-2024-1"])
    #expect(records[0].details == "Text" && !records[0].summary.contains("\n") && !records[0].isWithdrawn)
    #expect(records[0].references.map(\.url) == ["https://osv.example/PYSEC-2024-1"])
    #expect(records[1].isWithdrawn && records[1].references.isEmpty)
    let affected = AffectedVersions(try #require(records[0].affected[try PackageName("a")]))
    for (version, isAffected) in [
      ("1.9", false), ("2.0", true), ("2.0.0", true), ("2.0.0.1", true), ("2.0.1", false), ("3", false),
    ] {
      #expect(affected.contains(try Version(version)) == isAffected, "\(version)")
    }
    #expect(answer.isComplete)
  }

  @Test func `a version that was asked about and is free ends what affects one below it`() async throws {
    let told = ScriptedFetching.Answer.ok(#"{"vulnerabilities":[{"id":"P-1","fixed_in":["5.0"]}]}"#)
    let free = ScriptedFetching.Answer.ok(#"{"vulnerabilities":[]}"#)
    let (answer, _) = await ask(
      ["a/1.0": told, "a/2.0": free, "a/3.0": told, "a/4.0": told],
      try release("a", "3.0"), try release("a", "1.0"), try release("a", "4.0"), try release("a", "2.0"))
    let record = try #require(answer.records[try PackageName("a")]?.first)
    let affected = AffectedVersions(try #require(record.affected[try PackageName("a")]))
    for (version, isAffected) in [
      ("1.0", true), ("1.5", true), ("2.0", false), ("2.5", false), ("3.0", true), ("4.5", true),
      ("5.0", false),
    ] {
      #expect(affected.contains(try Version(version)) == isAffected, "\(version)")
    }
  }

  struct Failing: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var answer: ScriptedFetching.Answer
    var reason: String
  }

  private static let address = "https://index.example/pypi/a/1.0/json"

  @Test(arguments: [
    Failing(testDescription: "404", answer: .status(404), reason: "the source doesn't know the release"),
    Failing(
      testDescription: "503", answer: .status(503), reason: "\(address): the server answers with status 503"),
    Failing(
      testDescription: "no answer", answer: .failure(.unreachable(reason: "reset")),
      reason: "\(address): reset"),
    Failing(
      testDescription: "no vulnerabilities", answer: .ok(#"{"info":{}}"#),
      reason: "the source tells nothing of advisories"),
    Failing(
      testDescription: "vulnerabilities of another kind", answer: .ok(#"{"vulnerabilities":null}"#),
      reason: "the source tells nothing of advisories"),
    Failing(
      testDescription: "no JSON", answer: .ok("<html>"), reason: "\(address): expected an object, found `<`"),
    Failing(
      testDescription: "cut", answer: .ok(#"{"vulnerabilities":[]"#),
      reason: "\(address): expected `,` or `}`, found the end"),
    Failing(
      testDescription: "an id that is none", answer: .ok(#"{"vulnerabilities":[{"id":"a b"}]}"#),
      reason: "a b: the index gives it an id that is none, or tells too many"),
    Failing(
      testDescription: "an advisory that is no object", answer: .ok(#"{"vulnerabilities":["P-1"]}"#),
      reason: "an advisory: the index tells it as no object"),
  ])
  func `what fails is unanswered and never clean`(failing: Failing) async throws {
    let (answer, _) = await ask(["a/1.0": failing.answer], try release("a", "1.0"))
    #expect(answer.records.isEmpty)
    #expect(unanswered(answer) == ["a 1.0: \(failing.reason)"])
  }

  @Test func `private names aren't sent, and versions are written for an address`() async throws {
    let (answer, asked) = await ask(
      ["b/1%212.0%2Bx.1": .ok(#"{"vulnerabilities":[]}"#)], try release("secret", "1.0", isPublic: false),
      try release("b", "1!2.0+x.1"))
    #expect(asked == ["\(Self.base)/b/1%212.0%2Bx.1/json"])
    #expect(unanswered(answer) == ["secret 1.0: its name is private, and isn't sent"])
  }
}
