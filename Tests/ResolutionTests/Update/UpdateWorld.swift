import PythonPackaging
import Resolution

/// A small random index, a lockfile, what is to be got of it, and what may not be picked: all by numbers, so that every
/// graph can be listed.
struct UpdateWorld {
  /// What asks for a package: which of its versions, and whether its extra too.
  struct Need {
    let package: Int
    let versions: Set<Int>
    let hasExtra: Bool
    /// As written.
    let text: String
  }

  /// One version of a package.
  struct Release {
    var needs: [Need] = []
    /// What its extra adds.
    var extraNeeds: [Need] = []
  }

  /// What must become of a package.
  struct Target {
    let package: Int
    let need: UpdateTarget.Need
    let rank: Int
    let takesNewest: Bool
  }

  /// A version of each package, none where it isn't in the graph.
  typealias Graph = [Int?]

  let names: [PackageName]
  /// Of each package, its versions, ascending.
  let versions: [[Version]]
  private(set) var releases: [[Release]]
  private(set) var asks: [Need] = []
  /// Every graph that meets the requirements, whatever may not be picked.
  private(set) var graphs: [Graph] = []
  /// The lockfile.
  private(set) var pinned: Graph = []
  private(set) var affected: [Set<Int>]
  /// Versions that are too young.
  private(set) var held: [Set<Int>]
  private(set) var largestStep = UpdateStep.major
  private(set) var targets: [Target] = []
  private(set) var takesNewest = false
  private var random: SeededNumbers

  private static let texts = ["1.0", "1.0.1", "1.1", "1.2", "2.0rc1", "2.0", "2.1", "3.0"]

  /// - Parameter isWhole: whether the user asks for every package, so that none can leave.
  init?(seed: Int, isWhole: Bool = false) throws {
    var random = SeededNumbers(state: UInt64(seed))
    let count = 3 + random.next(3)
    names = try (0..<count).map { try PackageName(["a", "b", "c", "d", "e"][$0]) }
    versions = try names.map { _ in
      let most = 2 + random.next(4)
      var places: Set<Int> = []
      while places.count < most { places.insert(random.next(Self.texts.count)) }
      return try places.sorted().map { try Version(Self.texts[$0]) }
    }
    releases = versions.map { $0.map { _ in Release() } }
    affected = versions.map { _ in [] }
    held = versions.map { _ in [] }
    self.random = random
    for package in names.indices {
      for version in versions[package].indices {
        releases[package][version].needs = try needs(of: package, oneIn: 3)
        releases[package][version].extraNeeds = try needs(of: package, oneIn: 5)
      }
    }
    for package in names.indices where isWhole || self.random.next(3) == 0 || package == 0 {
      asks.append(try need(of: package, isLoose: true))
    }
    var found: [Graph] = []
    extend(names.map { _ in nil }, &found)
    graphs = found
    guard !graphs.isEmpty, graphs.count < 1000 else { return nil }
    // Lockfiles are rather old.
    pinned = graphs[min(self.random.next(graphs.count), self.random.next(graphs.count))]
    // The lockfile may be out of date.
    if self.random.next(12) == 0 {
      let package = self.random.next(count)
      pinned[package] = self.random.next(versions[package].count)
    }
    try forbid()
    try aim()
  }

  private mutating func needs(of package: Int, oneIn bound: Int) throws -> [Need] {
    try names.indices.filter { $0 != package && random.next(bound) == 0 }.map { try need(of: $0) }
  }

  private mutating func need(of package: Int, isLoose: Bool = false) throws -> Need {
    let kind = random.next(isLoose ? 14 : 8)
    let bound = versions[package][random.next(versions[package].count)]
    let specifier =
      switch kind {
      case 0, 1: "<=\(bound)"
      case 2, 3, 4: ">=\(bound)"
      case 5: "==\(bound)"
      case 6: "!=\(bound)"
      default: ""
      }
    let hasExtra = random.next(4) == 0
    let requirement = try Requirement("\(names[package])\(hasExtra ? "[x]" : "")\(specifier)")
    let allowed = versions[package].indices.filter {
      requirement.specifiers.allows(versions[package][$0])
    }
    return Need(
      package: package, versions: Set(allowed), hasExtra: hasExtra, text: requirement.description)
  }

  private mutating func forbid() throws {
    let isCooling = random.next(3) == 0
    for package in names.indices {
      let pin = pinned[package] ?? 0
      if random.next(3) == 0 {
        // An advisory is mostly of some releases in a row.
        affected[package].formUnion(pin..<min(pin + 1 + random.next(3), versions[package].count))
      }
      for version in versions[package].indices {
        if random.next(10) == 0 { affected[package].insert(version) }
        if isCooling, random.next(4) == 0 { held[package].insert(version) }
      }
    }
    largestStep = [.major, .major, .major, .major, .minor, .patch][random.next(6)]
    takesNewest = random.next(5) == 0
  }

  private mutating func aim() throws {
    for package in names.indices {
      guard let pin = pinned[package] else { continue }
      let newest = random.next(6) == 0
      if affected[package].contains(pin), random.next(8) > 0 {
        targets.append(
          Target(package: package, need: .cleared, rank: random.next(3), takesNewest: newest))
      }
      guard random.next(7) == 0 else { continue }
      let bound = versions[package][random.next(versions[package].count)]
      let need: UpdateTarget.Need =
        switch random.next(4) {
        case 0: .raised()
        case 1: .raised(to: bound)
        case 2: .replaced("is yanked")
        default: .within(try SpecifierSet(["==\(bound)", ">=\(bound)", "<\(bound)"][random.next(3)]))
        }
      targets.append(Target(package: package, need: need, rank: random.next(3), takesNewest: newest))
    }
  }
}

// MARK: - The world as the resolver sees it

extension UpdateWorld {
  func index() throws -> ServedIndex {
    var served: [ServedIndex.Served] = []
    for package in names.indices {
      for version in versions[package].indices {
        let release = releases[package][version]
        let extras = release.extraNeeds.map { "\($0.text); extra == 'x'" }
        served.append(
          serve(
            names[package].normalized, versions[package][version].description,
            requires: release.needs.map(\.text) + extras, extras: ["x"]))
      }
    }
    return try ServedIndex(served)
  }

  func request() throws -> UpdateRequest {
    let pins = names.indices.compactMap { package in
      pinned[package].map { (names[package], versions[package][$0]) }
    }
    let resolution = ResolutionRequest(
      requirements: try asks.map { try Requirement($0.text) },
      preferences: Dictionary(uniqueKeysWithValues: pins),
      environment: try TargetEnvironment(pythonVersion: "3.12", platformName: "linux"))
    let affected = byName(affected)
    let held = byName(held)
    let rules = UpdateRules(
      affecting: { affected[$0]?.contains($1) ?? false ? ["GHSA-\($0)"] : [] },
      cooldown: { name, version, _ in
        held[name]?.contains(version) ?? false ? .heldBack("is too young") : .over
      },
      largestStep: largestStep)
    return UpdateRequest(
      resolution: resolution,
      targets: targets.map {
        UpdateTarget(names[$0.package], $0.need, rank: $0.rank, takesNewest: $0.takesNewest)
      },
      rules: rules, takesNewest: takesNewest)
  }

  private func byName(_ places: [Set<Int>]) -> [PackageName: Set<Version>] {
    var known: [PackageName: Set<Version>] = [:]
    for (package, own) in places.enumerated() {
      known[names[package]] = Set(own.map { versions[package][$0] })
    }
    return known
  }

  /// The pins of a resolved graph; nil if it has what the world hasn't.
  func graph(of resolved: ResolvedGraph) -> Graph? {
    var graph: Graph = names.map { _ in nil }
    for pin in resolved.pins {
      guard let package = names.firstIndex(of: pin.name),
        let version = versions[package].firstIndex(of: pin.version)
      else { return nil }
      graph[package] = version
    }
    return graph
  }
}

// MARK: - All graphs

extension UpdateWorld {
  /// Adds the graphs that have what one has.
  private func extend(_ graph: Graph, _ found: inout [Graph]) {
    var hasExtra = names.map { _ in false }
    var isNeeded = hasExtra
    var pending = asks
    while let need = pending.popLast() {
      let package = need.package
      if let version = graph[package], !need.versions.contains(version) { return }
      let isNews = !isNeeded[package]
      let isNewsOfExtra = need.hasExtra && !hasExtra[package]
      isNeeded[package] = true
      if need.hasExtra { hasExtra[package] = true }
      guard let version = graph[package] else { continue }
      if isNews { pending += releases[package][version].needs }
      if isNewsOfExtra { pending += releases[package][version].extraNeeds }
    }
    guard let open = names.indices.first(where: { isNeeded[$0] && graph[$0] == nil }) else {
      found.append(graph)
      return
    }
    for version in versions[open].indices {
      var next = graph
      next[open] = version
      extend(next, &found)
    }
  }
}
