package import PythonPackaging

/// Finds what in a graph keeps a project from the releases that are wanted, and what would lift it, up to the user's own
/// lines.
///
/// Looks at what is pinned, a requirement at a time: where one lets none of the wanted releases through, or none of those
/// that the others let through, it is a blocker. A blocker that a newer release of its package lifts leads to the next
/// question, what keeps the graph from that release.
struct BlockerSearch<Index: ReleaseIndex> {
  /// How many blockers are told at most.
  static var mostBlockers: Int { 50 }
  /// How many newer releases of one package are looked at.
  static var mostReleases: Int { 400 }
  /// How many are asked for at a time.
  static var batch: Int { 16 }

  private let question: PinQuestion
  private let index: Index
  private let search: ResolutionSearch<Index>

  init(_ question: PinQuestion, index: Index) {
    self.question = question
    self.index = index
    search = ResolutionSearch(request: question.asking, index: index)
  }

  /// Releases of a project that are wanted, ascending.
  private struct Wish {
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
        guard case .pin(let name, _, _) = blocker.asker, let lifting = blocker.lift.version else { continue }
        let isOlder = blocker.lift == .older(lifting)
        let specifiers = (try? SpecifierSet("\(isOlder ? "<=" : ">=")\(lifting)")) ?? SpecifierSet()
        let requirement = Requirement(name: name, specifiers: specifiers)
        guard seen.insert(requirement).inserted else { continue }
        let versions = try await usable(name).map(\.version)
          .filter { isOlder ? $0 <= lifting : $0 >= lifting }
        wishes.append(Wish(requirement: requirement, versions: versions, level: wish.level + 1))
      }
    }
    return Array(blockers.prefix(Self.mostBlockers))
  }

  private func blockers(of wish: Wish) async throws(Index.Failure) -> [PinBlocker] {
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
      guard constraint.marker?.evaluate(in: request.environment.markers, extras: []) ?? true else { continue }
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
        let lift = try await self.lift(of: pin, on: name, to: kept)
        add(.pin(asking, pin.version, extra: extra), edge.requirement, lift)
      }
    }
    return blockers
  }

  /// Whether a requirement lets a release through.
  private func allows(_ requirement: Requirement, _ version: Version) -> Bool {
    requirement.url == nil && requirement.specifiers.allows(version)
  }

  // MARK: Releases

  /// The first newer release of a pin's project that lets one of some releases of another through; else, where those
  /// are older than what is pinned, the newest older one.
  private func lift(
    of pin: ResolvedPin, on name: PackageName, to versions: [Version]
  ) async throws(Index.Failure) -> PinBlocker.Lift {
    let all = try await usable(pin.name)
    let newer = try await lift(
      of: pin, among: all.filter { $0.version > pin.version }, on: name, to: versions)
    guard newer == .nothing(older: false), let pinned = question.graph.pin(name)?.version,
      versions.allSatisfy({ $0 < pinned })
    else { return newer }
    let lift = try await lift(
      of: pin, among: all.reversed().filter { $0.version < pin.version }, on: name, to: versions)
    if lift == .nothing(older: false) { return .nothing(older: true) }
    return lift.version.map { .older($0) } ?? lift
  }

  /// The first of some releases of a pin's project that lets one of some releases of another through.
  private func lift(
    of pin: ResolvedPin, among releases: [(version: Version, file: Distribution)], on name: PackageName,
    to versions: [Version]
  ) async throws(Index.Failure) -> PinBlocker.Lift {
    let looked = releases.prefix(Self.mostReleases)
    let packages = [SolverPackage.project(pin.name)] + pin.extras.map { .extra(pin.name, $0) }
    for start in stride(from: 0, to: looked.count, by: Self.batch) {
      let part = Array(looked.dropFirst(start).prefix(Self.batch))
      for (release, answer) in zip(part, try await metadata(of: part, project: pin.name)) {
        guard case .metadata(let metadata) = answer else {
          if case .offline = answer { return .uncached }
          continue
        }
        if let required = metadata.requiresPython, !search.selector.admits(required) { continue }
        let asked = packages.flatMap { search.neededRequirements(of: metadata, as: $0) }
          .filter { $0.name == name }
        if asked.isEmpty { return .dropping(release.version) }
        if versions.contains(where: { version in asked.allSatisfy { allows($0, version) } }) {
          return .release(release.version)
        }
      }
    }
    return releases.count > looked.count ? .notAmong(looked.count) : .nothing(older: false)
  }

  /// The releases of a project that could be picked, ascending, each with the file to read metadata from: the stable
  /// ones, or all where there is none, or where pre-releases are like others.
  private func usable(
    _ name: PackageName
  ) async throws(Index.Failure) -> [(version: Version, file: Distribution)] {
    guard let releases = try await index.releases(of: name).known else { return [] }
    let isNamed = name == question.wanted.name && !question.wanted.specifiers.isEmpty
    var stable: [(Version, Distribution)] = []
    var all: [(Version, Distribution)] = []
    for place in 0..<releases.versionCount {
      let version = releases.version(at: place)
      // The bounds first: files are decoded only of releases that are looked at.
      if isNamed, !question.wanted.specifiers.allows(version) { continue }
      guard
        case .usable(let file, yanked: nil) = search.selector.verdict(
          on: releases.distributions(at: place), of: name)
      else { continue }
      all.append((version, file))
      if !releases.isPreRelease(at: place) { stable.append((version, file)) }
    }
    let admitted =
      switch search.orders.order(of: name).preReleases {
      case .amongOthers: all
      case .last: stable.isEmpty ? all : stable
      case .never: stable
      }
    return admitted.map { (version: $0.0, file: $0.1) }
  }

  /// What the index says of files, in their order; nothing is built for it.
  private func metadata(
    of files: [(version: Version, file: Distribution)], project: PackageName
  ) async throws(Index.Failure) -> [MetadataAnswer] {
    let index = index
    let answers = await withTaskGroup(of: (Int, Result<MetadataAnswer, Index.Failure>).self) { group in
      for (place, (_, file)) in files.enumerated() {
        group.addTask {
          do throws(Index.Failure) {
            return (place, .success(try await index.metadata(of: file, project: project, mayBuild: false)))
          } catch {
            return (place, .failure(error))
          }
        }
      }
      var answers: [(Int, Result<MetadataAnswer, Index.Failure>)] = []
      for await answer in group { answers.append(answer) }
      return answers.sorted { $0.0 < $1.0 }.map(\.1)
    }
    var known: [MetadataAnswer] = []
    for answer in answers { known.append(try answer.get()) }
    return known
  }
}

extension PinBlocker.Lift {
  /// The release that lifts it, if one is known.
  package var version: Version? {
    switch self {
    case .release(let version), .dropping(let version), .older(let version): version
    case .own, .nothing, .notAmong, .uncached: nil
    }
  }
}
