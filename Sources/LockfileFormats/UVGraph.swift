import PythonPackaging
import TOMLReading

/// Who asks for whom in a `uv.lock`, so that each pin's groups can be told.
///
/// The roots are the project and the members of its workspace: what they depend on is `main`, each of their extras and
/// groups is a part of its own, and what those depend on belongs to the part as well.
struct UVGraph {
  /// A dependency as it is written: a name, and a version where the file has several.
  private struct Edge {
    let name: PackageName
    let version: Version?
    let extras: [String]
  }

  private struct Node {
    let pin: FilePin
    var dependencies: [Edge]
    var extras: [(name: String, edges: [Edge])]
    var groups: [(name: String, edges: [Edge])]
  }

  /// The greatest number of parts that are told apart, and of steps that all of them may take.
  private static let greatestPartCount = 64
  private static let greatestStepCount = 2_000_000

  private var nodes: [Node] = []
  private var indices: [PackageName: [Int]] = [:]

  var count: Int { nodes.count }

  /// Adds a pin with its package's table.
  mutating func add(_ pin: FilePin, _ table: TOMLTable) {
    if let name = pin.name { indices[name, default: []].append(nodes.count) }
    nodes.append(
      Node(
        pin: pin, dependencies: Self.edges(table["dependencies"]),
        extras: Self.parts(table["optional-dependencies"]), groups: Self.parts(table["dev-dependencies"])))
  }

  private static func parts(_ value: TOMLValue?) -> [(name: String, edges: [Edge])] {
    guard case .table(let table)? = value else { return [] }
    return table.entries.map { ($0.key, edges($0.item.value)) }
  }

  /// What isn't as uv writes it is left out: it is no pin.
  private static func edges(_ value: TOMLValue?) -> [Edge] {
    guard case .array(let items)? = value else { return [] }
    return items.compactMap { item in
      guard case .table(let table) = item.value, case .string(let text)? = table["name"],
        let name = try? PackageName(text)
      else { return nil }
      var version: Version?
      if case .string(let text)? = table["version"] { version = try? Version(text) }
      var extras: [String] = []
      if case .array(let names)? = table["extra"] {
        extras = names.compactMap { if case .string(let name) = $0.value { name } else { nil } }
      }
      return Edge(name: name, version: version, extras: extras)
    }
  }

  /// The parts that each node belongs to, sorted, in the order of the nodes.
  func groups() -> [[PinGroup]] {
    var starts: [PinGroup: [Edge]] = [:]
    for node in nodes {
      guard case .project = node.pin.source else { continue }
      starts[.main, default: []] += node.dependencies
      for (name, edges) in node.extras { starts[.extra(Self.shown(name)), default: []] += edges }
      for (name, edges) in node.groups { starts[.group(Self.shown(name)), default: []] += edges }
    }
    var groups = [[PinGroup]](repeating: [], count: nodes.count)
    var steps = 0
    for part in starts.keys.sorted().prefix(Self.greatestPartCount) {
      for index in reached(from: starts[part] ?? [], &steps) { groups[index].append(part) }
    }
    return groups
  }

  private struct State: Hashable {
    let index: Int
    let extra: String?
  }

  private func reached(from edges: [Edge], _ steps: inout Int) -> Set<Int> {
    var reached: Set<Int> = []
    var seen: Set<State> = []
    var pending = edges
    while let edge = pending.popLast(), steps < Self.greatestStepCount {
      steps += 1
      for index in indices[edge.name] ?? [] {
        steps += 1
        let node = nodes[index]
        if case .project = node.pin.source { continue }
        guard edge.version == nil || node.pin.version == nil || edge.version == node.pin.version else {
          continue
        }
        reached.insert(index)
        if seen.insert(State(index: index, extra: nil)).inserted { pending += node.dependencies }
        for extra in edge.extras where seen.insert(State(index: index, extra: extra)).inserted {
          steps += node.extras.count
          pending += node.extras.first { $0.name == extra }?.edges ?? []
        }
      }
    }
    return reached
  }

  private static func shown(_ name: String) -> String { PrintableText.excerpt(name, limit: 200) }
}
