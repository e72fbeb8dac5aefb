import Resolution
import Testing

/// A hint that is followed to the letter leads to an answer; only what isn't cached may turn out to be another reason.
@Suite struct HintFollowingTests {
  private static let library = ScenarioLibrary()

  @Test(arguments: FailureReportTests.cases) func `helps against a golden refusal`(_ given: FailureCase)
    async throws
  {
    let leadsOn = try await follow(given.question(), "")
    #expect(leadsOn == given.leadsOn)
  }

  @Test(arguments: library.refusals) func `helps against a scenario's refusal`(_ scenario: Scenario)
    async throws
  {
    var index = try ServedIndex(scenario.index)
    index.isBuildRuledOut = scenario.isBuildRuledOut
    let leadsOn = try await follow(HintedQuestion(request: scenario.request, index: index), scenario.place)
    #expect(!leadsOn, Comment(rawValue: scenario.place))
  }

  /// Follows each hint of a refusal; tells whether one leads to another reason.
  private func follow(_ question: HintedQuestion, _ place: String) async throws -> Bool {
    let report = try #require(try await question.report())
    #expect(report.hints.count <= 2)
    var leadsOn = false
    for hint in report.hints {
      guard let next = try await question.following(hint)?.report() else { continue }
      #expect(next.proof != report.proof, "\(place) \(hint.text)")
      leadsOn = true
    }
    return leadsOn
  }
}

extension FailureReport {
  /// The facts that the proof rests on, as they are told.
  fileprivate var proof: Set<String> { Set(steps.flatMap(\.premises).map(\.clause)) }
}

extension ScenarioLibrary {
  /// The scenarios that have no answer.
  var refusals: [Scenario] {
    scenarios.filter { if case .refused = $0.answer { true } else { false } }
  }
}
