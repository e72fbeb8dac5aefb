import PythonPackaging
import Resolution
import Testing

/// Every rule of selection, as the scenarios of `Fixtures/scenarios` have it.
@Suite struct ScenarioTests {
  private static let library = ScenarioLibrary()

  @Test func `every scenario can be read, and there are enough of them`() {
    #expect(Self.library.problems == [])
    #expect(Self.library.scenarios.count >= 250)
  }

  /// Each as it is written, in every other order of its requirements unless that matters, and over an index that
  /// needn't be waited for.
  @Test(arguments: library.scenarios) func answers(_ scenario: Scenario) async throws {
    try await check(scenario, "")
    try await check(scenario, "at once", answersAtOnce: true)
    if scenario.isOrdered { return }
    var request = scenario.request
    for _ in scenario.request.requirements.dropFirst() {
      request.requirements.append(request.requirements.removeFirst())
      try await check(scenario, "turned", request)
    }
    request.requirements = scenario.request.requirements.reversed()
    request.constraints.reverse()
    try await check(scenario, "reversed", request)
  }

  /// Resolves a scenario, perhaps with its question put otherwise, and holds the answer against the right one.
  private func check(
    _ scenario: Scenario, _ how: String, _ request: ResolutionRequest? = nil, answersAtOnce: Bool = false
  ) async throws {
    var index = try ServedIndex(scenario.index)
    index.isBuildRuledOut = scenario.isBuildRuledOut
    index.answersAtOnce = answersAtOnce
    let place = Comment(rawValue: "\(scenario.place) \(how)")
    do {
      let graph = try await Resolver(index: index).resolve(request ?? scenario.request)
      #expect("\(Scenario.Answer(graph))" == "\(scenario.answer)", place)
      #expect(graph.notices.map(\.words).sorted() == scenario.notices, place)
      if let tries = scenario.tries { #expect(graph.tries <= tries, place) }
    } catch .unsatisfiable(let refusal) {
      #expect("\(Scenario.Answer(refusal))" == "\(scenario.answer)", place)
    } catch .index(let failure) {
      Issue.record("\(scenario.place): the index failed: \(failure)")
    }
  }
}
