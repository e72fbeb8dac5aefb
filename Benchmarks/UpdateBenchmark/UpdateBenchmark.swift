import CapturedMetadata
import PythonPackaging
import Resolution

/// Tells what the least updates of an aged lockfile of a captured set take, all metadata in memory: one for each of its
/// pins, which an advisory affects up to its version, and one that raises all of them.
///
///     UpdateBenchmark SET [PERCENT]      → SET, pin or `all`, milliseconds, graphs looked for, pins changed, outcome; by tabs
@main
enum UpdateBenchmark {
  static func main() async throws {
    let arguments = CommandLine.arguments.dropFirst()
    guard let set = arguments.first else {
      print("usage: UpdateBenchmark SET [PERCENT]")
      return
    }
    let index = try CapturedIndex(set)
    let request = try await index.aged(percent: arguments.dropFirst().first.flatMap { Int($0) } ?? 60)
    let pins = request.preferences.sorted { $0.key < $1.key }
    let resolver = Resolver(index: index)
    func tell(_ what: String, _ update: UpdateRequest) async throws {
      let start = ContinuousClock.now
      let found = try await resolver.update(update)
      let time = Double(Int((ContinuousClock.now - start) / .milliseconds(1) * 100)) / 100
      let changes = found.changed.prefix(8).map { "\($0.name) \($0.old) > \($0.new)" }
      let blocked = found.blocked.prefix(8).map { "blocked \(update.targets[$0.target].name)" }
      let unproven = found.unproven.map { "unproven: \($0)" }.sorted()
      print(
        [set, what, "\(time)", "\(found.solves)", "\(found.changed.count)"].joined(separator: "\t")
          + "\t" + (changes + blocked + unproven).joined(separator: ", "))
    }
    for (name, version) in pins {
      let rules = UpdateRules(affecting: { $0 == name && $1 <= version ? ["GHSA-0000"] : [] })
      try await tell(
        "\(name)==\(version)",
        UpdateRequest(resolution: request, targets: [UpdateTarget(name, .cleared)], rules: rules))
    }
    let all = pins.map { UpdateTarget($0.key, .raised(), takesNewest: true) }
    try await tell("all", UpdateRequest(resolution: request, targets: all, takesNewest: true))
  }
}
