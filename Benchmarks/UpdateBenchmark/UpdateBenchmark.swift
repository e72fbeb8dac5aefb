import CapturedMetadata
import PythonPackaging
import Resolution

/// Forbids one pin after the other of an aged lockfile of a captured set, all metadata in memory, and tells what the
/// least update that replaces it takes.
///
///     UpdateBenchmark SET [PERCENT]      → a line per pin: SET, pin, milliseconds, solves, pins changed, outcome; by tabs
@main
enum UpdateBenchmark {
  static func main() async throws {
    let arguments = CommandLine.arguments.dropFirst()
    guard let set = arguments.first else {
      print("usage: UpdateBenchmark SET [PERCENT]")
      return
    }
    let percent = arguments.dropFirst().first.flatMap { Int($0) } ?? 60
    let index = try CapturedIndex(set)
    let resolver = Resolver(index: index)
    let (request, lock) = try await aged(percent, index, resolver)
    print("# \(set): \(lock.pins.count) pins at \(percent) %")
    for pin in lock.pins {
      let target = pin.name
      let affected = pin.version
      let rules = UpdateRules(affecting: { $0 == target && $1 <= affected ? ["GHSA-0000"] : [] })
      let update = UpdateRequest(
        resolution: request, targets: [UpdateTarget(target, .cleared)], rules: rules)
      let start = ContinuousClock.now
      let found = try await resolver.update(update)
      let time = (ContinuousClock.now - start) / .milliseconds(1)
      let changes = found.changed.map { "\($0.name) \($0.old)->\($0.new)" }.joined(separator: ", ")
      let outcome = found.blocked.first.map { blocked in
        switch blocked.obstacle {
        case .noRelease: "no release"
        case .held(_, let blockers, _, _): "held by \(blockers.count)"
        case .undecided: "undecided"
        }
      }
      let shown = Double(Int(time * 100)) / 100
      let unproven = found.unproven.isEmpty ? "" : " unproven"
      print(
        "\(set)\t\(pin.name)==\(pin.version)\t\(shown)\t\(found.solves)\t\(found.changed.count)\t"
          + "\(outcome ?? changes)\(unproven)")
    }
  }

  /// A set's lockfile as if its projects had but their oldest releases, so many in a hundred.
  private static func aged(
    _ percent: Int, _ index: CapturedIndex, _ resolver: Resolver<CapturedIndex>
  ) async throws -> (ResolutionRequest, ResolvedGraph) {
    var request = ResolutionRequest(
      requirements: index.requirements,
      environment: try TargetEnvironment(pythonVersion: "3.12", platformName: "linux"))
    var lock = try await resolver.resolve(request)
    for _ in 0..<4 {
      for pin in lock.pins {
        guard let releases = index.knownReleases(of: pin.name)?.known else { continue }
        let stable = (0..<releases.versionCount).filter { !releases.isPreRelease(at: $0) }
        guard !stable.isEmpty else { continue }
        request.preferences[pin.name] = releases.version(at: stable[(stable.count - 1) * percent / 100])
      }
      lock = try await resolver.resolve(request)
    }
    request.preferences = Dictionary(uniqueKeysWithValues: lock.pins.map { ($0.name, $0.version) })
    return (request, lock)
  }
}
