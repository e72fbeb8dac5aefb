import PythonPackaging
import Resolution

/// The shortest way from a pin up to a line of the user's own that brings it in.
struct AskingPath {
  /// The pins between, nearest first.
  private(set) var pins: [(name: PackageName, version: Version)] = []
  /// The line.
  private(set) var line: WrittenRequirement?

  init(to target: PackageName, in graph: ResolvedGraph, lines: WrittenLines) {
    var next: [PackageName] = [target]
    var asker: [PackageName: PackageName] = [:]
    var seen: Set<PackageName> = [target]
    var place = 0
    while place < next.count {
      let name = next[place]
      place += 1
      let edges = graph.edges.filter { $0.requirement.name == name }
      for edge in edges {
        guard case .requirement(let index) = edge.asker else { continue }
        line = lines.requirements[index]
        var current = name
        var way: [PackageName] = []
        while current != target, let below = asker[current] {
          way.append(current)
          current = below
        }
        pins = way.reversed().compactMap { name in graph.pin(name).map { (name, $0.version) } }
        return
      }
      for parent in edges.compactMap(\.askingProject) where seen.insert(parent).inserted {
        asker[parent] = name
        next.append(parent)
      }
    }
  }

  /// `boto3 1.17.5, requirements.in:3`; empty where there is none.
  var text: String {
    (pins.map { "\($0.name) \($0.version)" } + (line.map { [$0.shownPlace] } ?? [])).joined(separator: ", ")
  }
}
