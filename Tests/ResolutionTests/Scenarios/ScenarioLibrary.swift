import FoundationEssentials

/// All scenarios of `Fixtures/scenarios`, and what is wrong with their files.
struct ScenarioLibrary: Sendable {
  private(set) var scenarios: [Scenario] = []
  private(set) var problems: [String] = []

  init() {
    let directory = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Fixtures/scenarios")
    var places: [String: String] = [:]
    do {
      let names = try FileManager.default.contentsOfDirectory(atPath: directory.path)
      for name in names.sorted() where name.hasSuffix(".scenarios") {
        let data = try Data(contentsOf: directory.appending(path: name))
        let reader = ScenarioReader(file: name, text: String(decoding: data, as: UTF8.self))
        problems += reader.problems
        if reader.scenarios.isEmpty { problems.append("\(name): no scenario") }
        for scenario in reader.scenarios {
          if let first = places.updateValue(scenario.place, forKey: scenario.rule) {
            problems.append("\(scenario.place): the rule of \(first) again: \(scenario.rule)")
          }
          scenarios.append(scenario)
        }
      }
    } catch {
      problems.append("\(directory.path): \(error)")
    }
  }
}
