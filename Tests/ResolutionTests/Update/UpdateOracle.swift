import PythonPackaging
import Resolution

/// What is promised of an update, by looking at every graph that there is.
struct UpdateOracle {
  let world: UpdateWorld
  /// All graphs that meet the requirements.
  let all: [UpdateWorld.Graph]

  init(_ world: UpdateWorld) {
    self.world = world
    all = world.graphs
  }

  // MARK: What may be picked

  /// Whether a version may be in a graph that serves some targets.
  func isAdmitted(_ version: Int, of package: Int, serving targets: [Int]) -> Bool {
    let pin = world.pinned[package]
    let number = world.versions[package][version]
    for target in targets.map({ world.targets[$0] }) where target.package == package {
      switch target.need {
      case .cleared: if world.affected[package].contains(version) { return false }
      case .replaced: if version == pin { return false }
      case .raised(let least):
        if let pin, version <= pin { return false }
        if let least, number < least { return false }
      case .within(let bounds): if !bounds.allows(number) { return false }
      }
    }
    if version == pin { return true }
    if world.affected[package].contains(version) || world.held[package].contains(version) { return false }
    guard let pin else { return true }
    return UpdateStep(from: world.versions[package][pin], to: number) <= world.largestStep
  }

  /// The graphs that serve some targets.
  func admissible(_ targets: [Int]) -> [UpdateWorld.Graph] {
    all.filter { graph in
      graph.indices.allSatisfy { package in
        graph[package].map { isAdmitted($0, of: package, serving: targets) } ?? true
      }
    }
  }

  /// The targets that can be served, each beside those before it; nil: there is no graph at all.
  var servable: [Int]? {
    guard !admissible([]).isEmpty else { return nil }
    let order = world.targets.indices.sorted { left, right in
      let (mine, its) = (world.targets[left], world.targets[right])
      return (mine.rank, mine.package, left) < (its.rank, its.package, right)
    }
    var served: [Int] = []
    for target in order where !admissible(served + [target]).isEmpty { served.append(target) }
    return served.sorted()
  }

  // MARK: What a graph changes

  func downgraded(_ graph: UpdateWorld.Graph) -> Set<Int> {
    Set(
      moved(graph).filter { package in
        graph[package].flatMap { new in world.pinned[package].map { new < $0 } } ?? false
      })
  }

  /// The packages that have another version than the lockfile.
  func moved(_ graph: UpdateWorld.Graph) -> Set<Int> {
    Set(graph.indices.filter { graph[$0] != nil && world.pinned[$0] != nil && graph[$0] != world.pinned[$0] })
  }

  /// Those of them that have a pre-release.
  func unstable(_ graph: UpdateWorld.Graph) -> Set<Int> {
    moved(graph).filter { package in
      graph[package].map { world.versions[package][$0].isPreRelease } ?? false
    }
  }

  /// The same, but for those that may not stay.
  func changed(_ graph: UpdateWorld.Graph, _ targets: [Int]) -> Set<Int> {
    moved(graph).filter { package in
      world.pinned[package].map { isAdmitted($0, of: package, serving: targets) } ?? false
    }
  }

  func step(_ package: Int, in graph: UpdateWorld.Graph) -> UpdateStep? {
    guard let old = world.pinned[package], let new = graph[package] else { return nil }
    return UpdateStep(from: world.versions[package][old], to: world.versions[package][new])
  }

  /// The packages that are to be as new as can be, in order.
  func raised(_ targets: [Int]) -> [Int] {
    var packages: [Int] = []
    for target in targets.map({ world.targets[$0] }).sorted(by: {
      ($0.rank, $0.package) < ($1.rank, $1.package)
    })
    where (world.takesNewest || target.takesNewest) && !packages.contains(target.package) {
      packages.append(target.package)
    }
    return packages
  }

  func takesNewest(_ package: Int, _ targets: [Int]) -> Bool {
    world.takesNewest
      || targets.contains { world.targets[$0].package == package && world.targets[$0].takesNewest }
  }

  // MARK: The promises

  /// What is wrong with an answer.
  func faults(of graph: UpdateWorld.Graph, serving targets: [Int], isWhole: Bool) -> [String] {
    let admissible = admissible(targets)
    guard admissible.contains(graph) else { return ["the graph isn't admissible"] }
    if admissible.contains(world.pinned), raised(targets).isEmpty {
      return graph == world.pinned ? [] : ["nothing had to change"]
    }
    let lowered = downgraded(graph)
    if admissible.contains(where: { downgraded($0).isStrictSubset(of: lowered) }) {
      return ["fewer downgrades do"]
    }
    var others = admissible.filter { downgraded($0).isSubset(of: lowered) }
    let unstable = unstable(graph)
    if others.contains(where: { self.unstable($0).isStrictSubset(of: unstable) }) {
      return ["fewer pre-releases do"]
    }
    others = others.filter { self.unstable($0).isSubset(of: unstable) }
    return newest(graph, others, targets) + fewest(graph, others, targets, isWhole: isWhole)
      + nearest(graph, others, targets) + additions(graph, admissible)
  }

  /// Whether another graph has what is to be new no older than this one.
  private func isAsNew(_ other: UpdateWorld.Graph, as graph: UpdateWorld.Graph, _ packages: [Int]) -> Bool {
    packages.allSatisfy { package in
      guard let new = other[package] else { return true }
      return graph[package].map { new >= $0 } ?? false
    }
  }

  private func mustMove(_ package: Int, _ targets: [Int]) -> Bool {
    world.pinned[package].map { !isAdmitted($0, of: package, serving: targets) } ?? true
  }

  private func newest(
    _ graph: UpdateWorld.Graph, _ others: [UpdateWorld.Graph], _ targets: [Int]
  ) -> [String] {
    let packages = raised(targets)
    return packages.enumerated().compactMap { place, package in
      guard let version = graph[package], mustMove(package, targets),
        let better = others.first(where: { other in
          isAsNew(other, as: graph, Array(packages[..<place])) && other[package].map { $0 > version } ?? false
        })
      else { return nil }
      return "\(world.names[package]) can be newer: \(better)"
    }
  }

  private func fewest(
    _ graph: UpdateWorld.Graph, _ others: [UpdateWorld.Graph], _ targets: [Int], isWhole: Bool
  ) -> [String] {
    let changed = changed(graph, targets)
    let levels = raised(targets)
    let better = others.first { other in
      guard self.changed(other, targets).isStrictSubset(of: changed), isAsNew(other, as: graph, levels) else {
        return false
      }
      return isWhole
        || moved(graph).allSatisfy { package in
          guard let step = step(package, in: other) else { return true }
          return step <= self.step(package, in: graph) ?? .patch
        }
    }
    return better.map { ["fewer changes do: \($0)"] } ?? []
  }

  private func nearest(
    _ graph: UpdateWorld.Graph, _ others: [UpdateWorld.Graph], _ targets: [Int]
  ) -> [String] {
    let moved = moved(graph)
    let levels = raised(targets)
    func isNoWorse(_ package: Int, _ other: UpdateWorld.Graph) -> Bool {
      guard let old = world.pinned[package], let its = other[package] else { return true }
      guard moved.contains(package), let mine = graph[package] else { return its == old }
      if levels.contains(package) { return its >= mine }
      if mine < old { return mine <= its && its <= old }
      return takesNewest(package, targets) ? its >= mine : old <= its && its <= mine
    }
    let better = others.first { other in
      graph.indices.allSatisfy { isNoWorse($0, other) }
        && moved.contains { package in
          !levels.contains(package) && other[package] != nil && other[package] != graph[package]
        }
    }
    return better.map { ["nearer versions do: \($0)"] } ?? []
  }

  /// Whether a compile would rather pick a version.
  private func isBetter(_ version: Int, than other: Int, of package: Int) -> Bool {
    let (mine, its) = (world.versions[package][version], world.versions[package][other])
    return mine.isPreRelease == its.isPreRelease ? version > other : its.isPreRelease
  }

  /// What is new is what a compile picks.
  private func additions(_ graph: UpdateWorld.Graph, _ admissible: [UpdateWorld.Graph]) -> [String] {
    graph.indices.compactMap { package in
      guard let version = graph[package], world.pinned[package] == nil else { return nil }
      let better = admissible.first { other in
        other[package].map { isBetter($0, than: version, of: package) } ?? false
          && graph.indices.allSatisfy { $0 == package || graph[$0] == nil || graph[$0] == other[$0] }
          && graph.indices.allSatisfy { world.pinned[$0] == nil || graph[$0] == other[$0] }
      }
      return better.map { "\(world.names[package]) isn't the newest: \($0)" }
    }
  }
}
