import PythonPackaging

extension UpdateSearch {
  /// What an answer changes and why, and what it could not get.
  mutating func report(
    _ answer: Answer, from present: Answer
  ) async throws(ResolutionError<Index.Failure>) -> LeastUpdate {
    let changes = changed(in: answer)
    let added = answer.graph.pins.filter { pinned[$0.name] == nil }
    var held = HeldBack()
    var unusable = Unusable()
    let terms = terms(serving: served)
    for pin in answer.graph.pins where pinned[pin.name] != pin.version {
      held.add(passedOver(for: pin, in: answer, terms), of: pin.name)
    }
    var blocked: [LeastUpdate.BlockedTarget] = []
    for (target, proof) in refused {
      do throws(Index.Failure) {
        let obstacle = try await self.obstacle(to: target, proof: proof, in: answer, &held, &unusable)
        blocked.append(
          LeastUpdate.BlockedTarget(
            target: target, obstacle: obstacle, nearBounds: try await nearBounds(of: target)))
      } catch {
        throw .index(error)
      }
    }
    return LeastUpdate(
      graph: answer.graph,
      changed: changes.map { name, old, new in
        LeastUpdate.ChangedPin(
          name: name, old: old, new: new, causes: causes(of: name, old, in: answer, from: present, terms))
      },
      added: added,
      removed: pinned.filter { answer.versions[$0.key] == nil }.sorted { $0.key < $1.key }
        .map { LeastUpdate.RemovedPin(name: $0.key, version: $0.value) },
      blocked: blocked, heldBack: held.sorted, unusable: unusable.sorted, exempted: exempted(in: answer),
      unproven: unproven, solves: solves)
  }

  /// Why a pin has changed.
  private func causes(
    of name: PackageName, _ old: Version, in answer: Answer, from present: Answer, _ terms: UpdateTerms
  ) -> [LeastUpdate.Cause] {
    var causes: [LeastUpdate.Cause] = []
    func add(_ cause: LeastUpdate.Cause) {
      if !causes.contains(cause) { causes.append(cause) }
    }
    func isMet(_ requirement: Requirement, by version: Version) -> Bool {
      requirement.url != nil || requirement.specifiers.allows(version)
    }
    for target in served where request.targets[target].name == name {
      let own = self.terms(serving: [target])
      if own.barrier(to: old, of: name, files: { [] }) != nil { add(.target(target)) }
    }
    if let pin = answer.graph.pin(name) {
      if !pin.hasRelease(old) { add(.withdrawn) }
      if let reason = unusability(of: old, of: name, in: pin.releases) { add(.unusable(reason)) }
    }
    for edge in answer.graph.edges
    where edge.requirement.name == name && edge.askingProject != name && !isMet(edge.requirement, by: old) {
      add(.pulled(edge))
    }
    let resolution = request.resolution
    for (place, constraint) in resolution.constraints.enumerated()
    where constraint.name == name && constraint.applies(in: resolution.environment.markers) {
      if !isMet(constraint, by: old) { add(.constrained(place)) }
    }
    if present.versions[name] == old {
      for edge in present.graph.edges where edge.askingProject == name && edge.requirement.name != name {
        guard let version = answer.versions[edge.requirement.name], !isMet(edge.requirement, by: version)
        else { continue }
        add(.lets(edge.requirement.name, move: edge.requirement))
      }
    }
    return causes
  }

  /// Why a release that the index has can't be used, as far as that can be told without waiting; nil: it can, or the index
  /// hasn't got it.
  private func unusability(
    of version: Version, of name: PackageName, in releases: any ProjectReleases
  ) -> UnavailabilityReason? {
    guard let place = releases.positions(within: VersionSet(exactly: version)).first?.first else {
      return nil
    }
    let selector = CandidateSelector(request.resolution)
    switch selector.verdict(on: releases.distributions(at: place), of: name) {
    case .unusable(let reason): return reason
    case .usable(let file, yanked: _):
      guard case .metadata(let metadata)? = resolver.index.knownMetadata(of: file, project: name),
        let required = metadata.requiresPython, !selector.admits(required)
      else { return nil }
      return .requiresPython(required.description)
    }
  }

  /// The picked releases that are too young and may be picked all the same.
  private func exempted(in answer: Answer) -> [LeastUpdate.ExemptedPin] {
    guard let cooldown = request.rules.cooldown else { return [] }
    return answer.graph.pins.compactMap { pin in
      guard pinned[pin.name] != pin.version,
        case .exempt(let reason) = cooldown(pin.name, pin.version, pin.distributions)
      else { return nil }
      return LeastUpdate.ExemptedPin(name: pin.name, version: pin.version, reason: reason)
    }
  }

  /// The releases that would have been picked before a pin's, were they not held back.
  private func passedOver(
    for pin: ResolvedPin, in answer: Answer, _ terms: UpdateTerms
  ) -> [(version: Version, barrier: ReleaseBarrier)] {
    let versions: VersionSet
    if let old = terms.pivot(of: pin.name) {
      versions = pin.version > old ? .below(pin.version).intersection(.above(old)) : .above(old)
    } else {
      versions = .above(pin.version)
    }
    let asked = answer.graph.edges.map(\.requirement).filter { $0.name == pin.name }
    return barred(among: versions, of: pin.name, in: pin.releases, terms).filter { release in
      asked.allSatisfy { $0.specifiers.allows(release.version) } && release.barrier.isOfHolding
    }
  }
}

/// Releases that are held back, by project and reason.
struct HeldBack {
  private struct Key: Hashable {
    let name: PackageName
    let reason: ReleaseBarrier
  }

  private var versions: [Key: Set<Version>] = [:]

  mutating func add(_ releases: [(version: Version, barrier: ReleaseBarrier)], of name: PackageName) {
    for (version, barrier) in releases {
      versions[Key(name: name, reason: barrier), default: []].insert(version)
    }
  }

  /// By name, then by the oldest of the releases.
  var sorted: [LeastUpdate.HeldBackReleases] {
    versions.map {
      LeastUpdate.HeldBackReleases(name: $0.key.name, versions: $0.value.sorted(), reason: $0.key.reason)
    }.sorted { left, right in
      (left.name, left.versions[0], "\(left.reason)") < (right.name, right.versions[0], "\(right.reason)")
    }
  }
}

/// Releases that can't be used, by project and kind of reason.
struct Unusable {
  private struct Key: Hashable {
    let name: PackageName
    let kind: UnavailabilityReason.Kind
  }

  private var releases: [Key: [Version: UnavailabilityReason]] = [:]

  mutating func add(_ added: [(version: Version, reason: UnavailabilityReason)], of name: PackageName) {
    for (version, reason) in added {
      releases[Key(name: name, kind: reason.kind), default: [:]][version] = reason
    }
  }

  /// By name, then by the oldest of the releases.
  var sorted: [LeastUpdate.UnusableReleases] {
    releases.map { key, releases in
      let ascending = releases.sorted { $0.key < $1.key }
      var reasons: [UnavailabilityReason] = []
      for (_, reason) in ascending where !reasons.contains(reason) { reasons.append(reason) }
      return LeastUpdate.UnusableReleases(
        name: key.name, versions: ascending.map(\.key), reasons: reasons)
    }.sorted { left, right in
      (left.name, left.versions[0], "\(left.reasons)") < (right.name, right.versions[0], "\(right.reasons)")
    }
  }
}

extension ReleaseBarrier {
  /// Whether it holds back what may be picked later or by other limits.
  var isOfHolding: Bool {
    switch self {
    case .coolingDown, .largerStep: true
    case .affected, .replaced, .notRaised, .outsideBounds, .held: false
    }
  }
}

extension ResolvedPin {
  /// Whether the index has another release of the pin's project.
  fileprivate func hasRelease(_ version: Version) -> Bool {
    let releases = releases
    return !releases.positions(within: VersionSet(exactly: version)).isEmpty
  }
}

extension ProjectReleases {
  /// The positions of the releases among some versions.
  func positions(within versions: VersionSet) -> [Range<Int>] {
    versions.ranges(count: versionCount) { version(at: $0) }
  }
}
