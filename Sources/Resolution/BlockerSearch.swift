import PythonPackaging

/// Finds what in a graph keeps a project from the releases that are wanted, and what would lift it, up to the user's own
/// lines.
///
/// Looks at what is pinned, a requirement at a time: where one lets none of the wanted releases through, or none of those
/// that the others let through, it is a blocker. A blocker that a newer release of its package lifts leads to the next
/// question, what keeps the graph from that release.
struct BlockerSearch<Index: ReleaseIndex> {
  /// How many blockers are told at most.
  static var mostBlockers: Int { 50 }
  /// How many releases are looked at for a question.
  static var mostReleases: Int { 400 }
  /// How many are asked for at a time.
  static var batch: Int { 16 }
  /// How many that lift one blocker are tried beside what else the user asks for.
  static var mostTrials: Int { 6 }
  /// How many are tried for a question.
  static var mostTrialsInAll: Int { 24 }
  /// How many releases one of these trials may ask for.
  static var mostTries: Int { 400 }

  let question: PinQuestion
  let index: Index
  let search: ResolutionSearch<Index>
  /// The files that were looked at.
  var looked: Set<String> = []
  /// What came of the trials; nil where they didn't tell.
  var trials: [Trial: Bool?] = [:]

  /// A release tried together with what it is to let through.
  struct Trial: Hashable {
    let name: PackageName
    let version: Version
    let wanted: Requirement
  }

  init(_ question: PinQuestion, index: Index) {
    self.question = question
    self.index = index
    search = ResolutionSearch(request: question.asking, index: index)
  }

  /// Releases of a project that are wanted, ascending.
  struct Wish {
    let requirement: Requirement
    let versions: [Version]
    let level: Int
  }

  /// The blockers, nearest first, those of one project in the graph's order.
  mutating func run() async throws(Index.Failure) -> [PinBlocker] {
    let wanted = question.wanted
    let versions = try await usable(wanted.name).map(\.version).filter { wanted.specifiers.allows($0) }
    var wishes = [Wish(requirement: wanted, versions: versions, level: 0)]
    var seen: Set<Requirement> = [wanted]
    var blockers: [PinBlocker] = []
    var next = 0
    while next < wishes.count, blockers.count < Self.mostBlockers {
      let wish = wishes[next]
      next += 1
      for blocker in try await self.blockers(of: wish) {
        blockers.append(blocker)
        for next in try await self.wishes(after: blocker) where seen.insert(next.requirement).inserted {
          wishes.append(next)
        }
      }
    }
    return Array(blockers.prefix(Self.mostBlockers))
  }

  /// What would be wanted next for a blocker to be gone.
  private func wishes(after blocker: PinBlocker) async throws(Index.Failure) -> [Wish] {
    guard case .pin(let name, let pinned, _) = blocker.asker, let lifting = blocker.lift.version else {
      return []
    }
    let level = blocker.level + 1
    if blocker.lift == .unreachable(lifting) {
      var wishes: [Wish] = []
      for need in try await unmetNeeds(of: name, lifting) {
        let versions = try await usable(need.name).map(\.version).filter { allows(need, $0) }
        wishes.append(Wish(requirement: need, versions: versions, level: level))
      }
      return wishes
    }
    let isOlder = lifting < pinned
    let specifiers = (try? SpecifierSet("\(isOlder ? "<=" : ">=")\(lifting)")) ?? SpecifierSet()
    let versions = try await usable(name, withPreReleases: lifting.isPreRelease).map(\.version)
      .filter { isOlder ? $0 <= lifting : $0 >= lifting }
    return [
      Wish(requirement: Requirement(name: name, specifiers: specifiers), versions: versions, level: level)
    ]
  }

  private mutating func blockers(of wish: Wish) async throws(Index.Failure) -> [PinBlocker] {
    guard !wish.versions.isEmpty else { return [] }
    let name = wish.requirement.name
    var rest = wish.versions
    var blockers: [PinBlocker] = []
    /// The wanted releases that a requirement keeps back, if it is a blocker.
    func kept(by requirement: Requirement) -> [Version]? {
      let passing = wish.versions.filter { allows(requirement, $0) }
      let both = rest.filter(passing.contains)
      guard both.isEmpty else {
        rest = both
        return nil
      }
      return passing.isEmpty ? wish.versions : rest
    }
    func add(_ asker: PinBlocker.Asker, _ requirement: Requirement, _ lift: PinBlocker.Lift) {
      blockers.append(
        PinBlocker(
          asker: asker, requirement: requirement, wanted: wish.requirement, level: wish.level, lift: lift))
    }
    let request = question.request
    for (place, constraint) in request.constraints.enumerated() where constraint.name == name {
      guard constraint.applies(in: request.environment.markers) else { continue }
      if kept(by: constraint) != nil { add(.constraint(place), constraint, .own) }
    }
    for edge in question.graph.edges where edge.requirement.name == name && edge.askingProject != name {
      guard let kept = kept(by: edge.requirement) else { continue }
      if let override = edge.override {
        if !blockers.contains(where: { $0.asker == .override(override) }) {
          add(.override(override), edge.requirement, .own)
        }
        continue
      }
      switch edge.asker {
      case .requirement(let place): add(.requirement(place), edge.requirement, .own)
      case .pin(let asking, let extra):
        guard let pin = question.graph.pin(asking) else { continue }
        let lift = try await self.lift(of: pin, for: wish, to: kept)
        add(.pin(asking, pin.version, extra: extra), edge.requirement, lift)
      }
    }
    return blockers
  }

  /// Whether a requirement lets a release through.
  func allows(_ requirement: Requirement, _ version: Version) -> Bool {
    requirement.url == nil && requirement.specifiers.allows(version)
  }
}
