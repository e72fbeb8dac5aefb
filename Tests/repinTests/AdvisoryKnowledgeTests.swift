import Advisories
import PythonPackaging
import Testing

@testable import repin

/// What isn't known where names may not be told.
@Suite struct AdvisoryKnowledgeTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var hidden: [String]
    var isAll = true
    var isStrict = false
    var isFailure: Bool
  }

  @Test(arguments: [
    Case(testDescription: "none is hidden", hidden: [], isFailure: false),
    Case(testDescription: "one of two", hidden: ["a"], isFailure: false),
    Case(testDescription: "one of two, strictly", hidden: ["a"], isStrict: true, isFailure: true),
    Case(testDescription: "all of all", hidden: ["a", "b"], isFailure: true),
    Case(
      testDescription: "all of those asked about later", hidden: ["a", "b"], isAll: false, isFailure: false),
  ])
  func hiddenNames(_ example: Case) throws {
    let version = try Version("1.0")
    let asked = try Set(
      ["a", "b"].map { AskedRelease(try PackageName($0), version, isPublic: !example.hidden.contains($0)) })
    var answer = AdvisoryAnswer(origin: .init(place: "https://api.example"))
    answer.leaveUnanswered(asked.filter { !$0.isPublic }, .isPrivate)
    let knowledge = AdvisoryKnowledge(
      [answer], asked: asked, isAll: example.isAll, isStrict: example.isStrict)
    let failures = knowledge.failures(of: asked.map { ($0.package, $0.version) })
    #expect(failures.isEmpty == !example.isFailure)
  }
}
