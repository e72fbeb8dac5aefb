import PythonPackaging

extension BlockerSearch {
  /// One release and the file to read its metadata from.
  typealias Release = (version: Version, file: Distribution)

  /// The first newer release of a pin's project that lets one of some releases of another through; else, where those
  /// are older than what is pinned, the newest older one.
  ///
  /// - Parameters:
  ///   - wish: what the pin stands in the way of.
  ///   - versions: the releases that its requirement keeps back.
  mutating func lift(
    of pin: ResolvedPin, for wish: Wish, to versions: [Version]
  ) async throws(Index.Failure) -> PinBlocker.Lift {
    let newer = try await lift(of: pin, for: wish, to: versions) { $0 > pin.version }
    guard newer == .nothing(older: false), let pinned = question.graph.pin(wish.requirement.name)?.version,
      versions.allSatisfy({ $0 < pinned })
    else { return newer }
    let lift = try await lift(of: pin, for: wish, to: versions, descending: true) { $0 < pin.version }
    switch lift {
    case .nothing: return .nothing(older: true)
    case .release(let version), .dropping(let version): return .older(version)
    case .notAmong(let count, older: _): return .notAmong(count, older: true)
    case .unbuilt: return .unbuilt(older: true)
    case .own, .older, .unreachable, .untried, .uncached: return lift
    }
  }

  /// The same among some releases: stable ones, and others where no stable one does and such may be picked.
  private mutating func lift(
    of pin: ResolvedPin, for wish: Wish, to versions: [Version], descending isDescending: Bool = false,
    among isMeant: (Version) -> Bool
  ) async throws(Index.Failure) -> PinBlocker.Lift {
    func meant(_ releases: [Release]) -> [Release] {
      let meant = releases.filter { isMeant($0.version) }
      return isDescending ? meant.reversed() : meant
    }
    let stable = try await lift(of: pin, among: meant(usable(pin.name)), for: wish, to: versions)
    guard stable == .nothing(older: false) else { return stable }
    let others = try await usable(pin.name, withPreReleases: true).filter { $0.version.isPreRelease }
    return try await lift(of: pin, among: meant(others), for: wish, to: versions)
  }

  private mutating func lift(
    of pin: ResolvedPin, among releases: [Release], for wish: Wish, to versions: [Version]
  ) async throws(Index.Failure) -> PinBlocker.Lift {
    let name = wish.requirement.name
    let looked = lookedAt(of: releases)
    let packages = [SolverPackage.project(pin.name)] + pin.extras.map { .extra(pin.name, $0) }
    var lifting: [PinBlocker.Lift] = []
    var isUntold = false
    for start in stride(from: 0, to: looked.count, by: Self.batch) where lifting.count <= Self.mostTrials {
      let part = Array(looked.dropFirst(start).prefix(Self.batch))
      self.looked.formUnion(part.map(\.file.filename))
      for (release, answer) in zip(part, try await metadata(of: part, project: pin.name)) {
        guard case .metadata(let metadata) = answer else {
          if case .offline = answer, lifting.isEmpty { return .uncached }
          if case .needsBuild = answer { isUntold = true }
          continue
        }
        if let required = metadata.requiresPython, !search.selector.admits(required) { continue }
        let asked = packages.flatMap { search.neededRequirements(of: metadata, as: $0) }
          .filter { $0.name == name }
        if asked.isEmpty {
          lifting.append(.dropping(release.version))
        } else if versions.contains(where: { version in asked.allSatisfy { allows($0, version) } }) {
          lifting.append(.release(release.version))
        }
      }
    }
    guard let first = lifting.first?.version else {
      if releases.count > looked.count { return .notAmong(looked.count, older: false) }
      return isUntold ? .unbuilt(older: false) : .nothing(older: false)
    }
    let own = ownRequirements(on: pin.name)
    let (admitted, others) = (lifting.filter { isAdmitted($0) }, lifting.filter { !isAdmitted($0) })
    func isAdmitted(_ lift: PinBlocker.Lift) -> Bool {
      guard let version = lift.version else { return false }
      return own.allSatisfy { allows($0, version) }
    }
    var untold: Version?
    let ordered = admitted + others
    for lift in ordered.prefix(Self.mostTrials) {
      guard let version = lift.version else { continue }
      let trial = Trial(name: pin.name, version: version, wanted: wish.requirement)
      guard trials.count < Self.mostTrialsInAll || trials.keys.contains(trial) else {
        return .untried(untold ?? version)
      }
      let isReachable: Bool?
      if let known = trials[trial] {
        isReachable = known
      } else {
        isReachable = await self.isReachable(pin, version, for: wish)
        trials.updateValue(isReachable, forKey: trial)
      }
      switch isReachable {
      case true: return lift
      case false: continue
      case nil: untold = untold ?? version
      }
    }
    if ordered.count > Self.mostTrials { untold = untold ?? ordered[Self.mostTrials].version }
    return untold.map { .untried($0) } ?? .unreachable(first)
  }

  /// Those of some releases, up to the first that would be one too many for the question.
  private func lookedAt(of releases: [Release]) -> ArraySlice<Release> {
    var rest = Self.mostReleases - looked.count
    return releases.prefix { release in
      if looked.contains(release.file.filename) { return true }
      rest -= 1
      return rest >= 0
    }
  }

  /// The releases of a project that could be picked, ascending: the stable ones, or all where there is none, or where
  /// pre-releases are like others.
  ///
  /// - Parameter withPreReleases: all of them wherever pre-releases may be picked.
  func usable(
    _ name: PackageName, withPreReleases: Bool = false
  ) async throws(Index.Failure) -> [Release] {
    guard let releases = try await index.releases(of: name).known else { return [] }
    let isNamed = name == question.wanted.name && !question.wanted.specifiers.isEmpty
    var stable: [Release] = []
    var all: [Release] = []
    for place in 0..<releases.versionCount {
      let version = releases.version(at: place)
      // The bounds first: files are decoded only of releases that are looked at.
      if isNamed, !question.wanted.specifiers.allows(version) { continue }
      guard
        case .usable(let file, yanked: nil) = search.selector.verdict(at: place, in: releases, of: name)
      else { continue }
      all.append((version, file))
      if !releases.isPreRelease(at: place) { stable.append((version, file)) }
    }
    return switch search.orders.order(of: name).preReleases {
    case .amongOthers: all
    case .last: stable.isEmpty || withPreReleases ? all : stable
    case .never: stable
    }
  }

  /// What the index says of files, in their order; nothing is built for it.
  private func metadata(
    of files: [Release], project: PackageName
  ) async throws(Index.Failure) -> [MetadataAnswer] {
    let index = index
    let answers = await orderedAnswers(of: files) { release -> Result<MetadataAnswer, Index.Failure> in
      do throws(Index.Failure) {
        return .success(try await index.metadata(of: release.file, project: project, mayBuild: false))
      } catch {
        return .failure(error)
      }
    }
    var known: [MetadataAnswer] = []
    for answer in answers { known.append(try answer.get()) }
    return known
  }

  /// What a release needs that the graph's pins don't meet.
  func unmetNeeds(of name: PackageName, _ version: Version) async throws(Index.Failure) -> [Requirement] {
    guard let pin = question.graph.pin(name),
      let release = try await usable(name, withPreReleases: true).first(where: { $0.version == version }),
      case .metadata(let metadata)? = try await metadata(of: [release], project: name).first
    else { return [] }
    let packages = [SolverPackage.project(name)] + pin.extras.map { .extra(name, $0) }
    return packages.flatMap { search.neededRequirements(of: metadata, as: $0) }.compactMap { need in
      guard let pinned = question.graph.pin(need.name)?.version, !allows(need, pinned) else { return nil }
      return Requirement(name: need.name, specifiers: need.specifiers)
    }
  }
}
