import FoundationEssentials

/// All scenarios of `Fixtures/scenarios` and all worked examples of `docs/resolution.md`, and what is wrong with their
/// files.
struct ScenarioLibrary: Sendable {
  private(set) var scenarios: [Scenario] = []
  private(set) var problems: [String] = []

  init() {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let directory = root.appending(path: "Fixtures/scenarios")
    var places: [String: String] = [:]
    do {
      let names = try FileManager.default.contentsOfDirectory(atPath: directory.path)
      for name in names.sorted() where name.hasSuffix(".scenarios") {
        let data = try Data(contentsOf: directory.appending(path: name))
        add(
          ScenarioReader(file: name, text: String(decoding: data, as: UTF8.self)), of: name, places: &places)
      }
      let document = try Data(contentsOf: root.appending(path: "docs/resolution.md"))
      let examples = Self.examples(in: String(decoding: document, as: UTF8.self))
      add(ScenarioReader(file: "resolution.md", text: examples), of: "resolution.md", places: &places)
    } catch {
      problems.append("\(directory.path): \(error)")
    }
  }

  private mutating func add(_ reader: ScenarioReader, of name: String, places: inout [String: String]) {
    problems += reader.problems
    if reader.scenarios.isEmpty { problems.append("\(name): no scenario") }
    for scenario in reader.scenarios {
      if let first = places.updateValue(scenario.place, forKey: scenario.rule) {
        problems.append("\(scenario.place): the rule of \(first) again: \(scenario.rule)")
      }
      scenarios.append(scenario)
    }
  }

  /// The blocks of a document that are scenarios, at their lines.
  private static func examples(in text: String) -> String {
    var isInside = false
    return text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      if line.hasPrefix("```") {
        isInside = line == "```scenarios"
        return ""
      }
      return isInside ? String(line) : ""
    }.joined(separator: "\n")
  }
}
