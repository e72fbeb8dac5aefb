package import PythonPackaging

/// Every path from what the user wrote down to one pin, as a tree in which what a package asks for is told once.
///
/// A graph may have more paths than anyone can read. Here a package that several others lead to is told below the first
/// of them, and behind the others it is ``Line/isAbove``: there are never more lines than requirements. What a package
/// asks for with an extra is below only those that ask for the extra.
///
/// Example: the paths to `c`, where `a` needs `b` and `c`, and `b` needs `c`:
///
///     requirements.in:1: a
///       a==1.0 needs c
///       a==1.0 needs b>=1
///         b==1.0 needs c<2
package struct DependencyTree: Sendable, Hashable {
  /// One requirement on the way.
  package struct Line: Sendable, Hashable {
    /// How many requirements are above it.
    package let depth: Int
    /// Who asks.
    package let asker: Asker
    /// What is asked for.
    package let requirement: Requirement
    /// The override of the user's own that stands instead of what was asked for.
    package let override: WrittenRequirement?
    /// Whether what follows from it, or a part of that, is told above.
    package let isAbove: Bool
  }

  /// Who asks, with what a reader knows it by.
  package enum Asker: Sendable, Hashable {
    /// A line of the user's own.
    case written(WrittenRequirement)
    /// A pin, perhaps by one of its extras.
    case pin(PackageName, Version, extra: ExtraName?)
  }

  /// The project that the paths lead to.
  package let target: PackageName
  /// The tree in the order it is read: each line is below the nearest one above it that is less deep.
  package let lines: [Line]

  /// The paths to a project.
  ///
  /// - Parameters:
  ///   - extras: only what asks for one of these of the project; none: whatever asks for the project.
  ///   - written: the user's requirements, by index of the request.
  ///   - overrides: the user's overrides, likewise.
  package init(
    to target: PackageName, extras: [ExtraName] = [], in graph: ResolvedGraph, written: [WrittenRequirement],
    overrides: [WrittenRequirement] = []
  ) {
    self.target = target
    let way = Way(to: target, extras: extras, edges: graph.edges)
    let versions = Dictionary(graph.pins.map { ($0.name, $0.version) }) { first, _ in first }
    var lines: [Line] = []
    var told: Set<Way.Node> = []
    var rest = way.roots.reversed().map { (edge: $0, depth: 0) }
    while let (place, depth) = rest.popLast() {
      let edge = graph.edges[place]
      let nodes = edge.requirement.name == target ? [] : way.nodes(of: edge).filter(way.isOnTheWay)
      let fresh = nodes.filter { !told.contains($0) }
      let asker: Asker
      switch edge.asker {
      case .requirement(let index): asker = .written(written[index])
      case .pin(let name, let extra):
        guard let version = versions[name] else { continue }
        asker = .pin(name, version, extra: extra)
      }
      lines.append(
        Line(
          depth: depth, asker: asker, requirement: edge.requirement,
          override: edge.override.map { overrides[$0] }, isAbove: fresh.count < nodes.count))
      told.formUnion(fresh)
      rest += fresh.flatMap(way.edges).reversed().map { (edge: $0, depth: depth + 1) }
    }
    self.lines = lines
  }
}

/// A requirement as the user wrote it.
package struct WrittenRequirement: Sendable, Hashable {
  /// The file as it is shown to people.
  package let file: String
  /// The line, from 1; nil where only the file is known.
  package let line: Int?
  /// What is written there.
  package let text: String

  package init(file: String, line: Int?, text: String) {
    self.file = file
    self.line = line
    self.text = text
  }

  /// `requirements.in:4`.
  package var place: String { line.map { "\(file):\($0)" } ?? file }
}

/// The part of a graph from which one project can be reached.
private struct Way {
  /// A project, or what an extra adds to it.
  struct Node: Hashable {
    let name: PackageName
    let extra: ExtraName?
  }

  private let target: PackageName
  /// The requirements on the way that each node asks for, the shortest way first.
  private var asked: [Node: [Int]] = [:]
  /// The user's own requirements on the way, in the order written.
  private(set) var roots: [Int] = []

  init(to target: PackageName, extras: [ExtraName], edges: [ResolvedEdge]) {
    self.target = target
    var leading: [Node: [Int]] = [:]
    var steps: [Int: Int] = [:]
    var found: [Int] = []
    for (place, edge) in edges.enumerated() where edge.askingProject != target {
      guard edge.requirement.name == target else {
        for node in nodes(of: edge) { leading[node, default: []].append(place) }
        continue
      }
      guard extras.isEmpty || edge.requirement.extras.contains(where: extras.contains) else { continue }
      steps[place] = 0
      found.append(place)
    }
    var next = 0
    while next < found.count {
      let place = found[next]
      next += 1
      guard case .pin(let name, let extra) = edges[place].asker else {
        roots.append(place)
        continue
      }
      let node = Node(name: name, extra: extra)
      asked[node, default: []].append(place)
      guard asked[node]?.count == 1 else { continue }
      for leader in leading[node] ?? [] where steps[leader] == nil {
        steps[leader] = (steps[place] ?? 0) + 1
        found.append(leader)
      }
    }
    roots.sort()
    for (node, places) in asked {
      asked[node] = places.sorted { (steps[$0] ?? 0, $0) < (steps[$1] ?? 0, $1) }
    }
  }

  func isOnTheWay(_ node: Node) -> Bool { asked[node] != nil }

  func edges(of node: Node) -> [Int] { asked[node] ?? [] }

  /// What a requirement leads to: the project, and each of the extras asked for.
  func nodes(of edge: ResolvedEdge) -> [Node] {
    let name = edge.requirement.name
    return [Node(name: name, extra: nil)] + edge.requirement.extras.map { Node(name: name, extra: $0) }
  }
}
