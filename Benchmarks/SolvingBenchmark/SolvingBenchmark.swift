import CapturedMetadata
import PythonPackaging
import Resolution

/// Solves a captured set some times over, all metadata in memory, and tells what one time takes.
///
///     SolvingBenchmark SET TIMES [REQUIREMENT…]      → SET, milliseconds (median), tries, pins; by tabs
@main
enum SolvingBenchmark {
  static func main() async throws {
    let arguments = CommandLine.arguments.dropFirst()
    guard let set = arguments.first, let times = arguments.dropFirst().first.flatMap({ Int($0) }), times > 0
    else {
      print("usage: SolvingBenchmark SET TIMES [REQUIREMENT…]")
      return
    }
    let index = try CapturedIndex(set)
    let given = try arguments.dropFirst(2).map { try Requirement($0) }
    let request = ResolutionRequest(
      requirements: given.isEmpty ? index.requirements : given,
      environment: try TargetEnvironment(pythonVersion: "3.12", platformName: "linux"))
    var durations: [Duration] = []
    var graph: ResolvedGraph?
    for _ in 0..<times {
      let start = ContinuousClock.now
      do {
        graph = try await Resolver(index: index).resolve(request)
      } catch {
        print("\(set) has no solution")
        return
      }
      durations.append(ContinuousClock.now - start)
    }
    let median = durations.sorted()[times / 2] / .milliseconds(1)
    let shown = Double(Int(median * 100)) / 100
    print("\(set)\t\(shown)\t\(graph?.tries ?? 0)\t\(graph?.pins.count ?? 0)")
  }
}
