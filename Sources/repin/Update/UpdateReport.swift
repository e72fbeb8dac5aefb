import PythonPackaging
import Resolution
import UpdatePolicy

/// What an update of one lockfile came to; every rendering comes from it.
struct UpdateReport {
  /// What became of one package.
  struct Change {
    let change: LockfileChange
    let reasons: [UpdateReason]
    let isDowngrade: Bool
  }

  /// Something that can't be had.
  struct Blocked {
    let aim: UpdateAim
    /// The present pin.
    let version: Version?
    let obstacle: LeastUpdate.Obstacle
    /// What tells why where nothing that is pinned stands in the way by itself.
    let proof: [String]
    /// Where the index has no release at all within the bounds that were asked for: the nearest.
    let nearBounds: [Version]?
  }

  /// A release that a person names exactly, and has though advisories affect it.
  struct Chosen {
    let name: PackageName
    let version: Version
    let advisories: [AdvisoryFacts]
  }

  /// As messages show it.
  let lockfile: String
  /// Ascending by name.
  let changes: [Change]
  let blocked: [Blocked]
  /// What another lockfile of the set can't follow.
  let givenUp: [UpdateRun.GivenUp]
  let heldBack: [LeastUpdate.HeldBackReleases]
  /// Releases that would have served, and that no compile would pick either.
  let unusable: [LeastUpdate.UnusableReleases]
  let exempted: [LeastUpdate.ExemptedPin]
  /// What isn't promised of it.
  let unproven: [LeastUpdate.Guarantee]
  /// Picked releases that advisories affect.
  let affected: [(name: PackageName, ids: [String])]
  /// Those that a person asks for all the same.
  let chosen: [Chosen]
  /// Pins that were within the bounds that were asked for already.
  let kept: [(name: PackageName, version: Version, bounds: SpecifierSet)]
  let cutoffs: CutoffWords
  let unavailability: (_ cutoff: String) -> UnavailabilityWords
  let graph: ResolvedGraph
  let lines: WrittenLines
  let heldBackNames: Set<PackageName>
  let lower: LowerLockfiles

  init(_ outcome: UpdateRun.Outcome, judgement: UpdateJudgement, lower: LowerLockfiles) {
    self.lower = lower
    let found = outcome.found
    let update = found.update
    lockfile = outcome.lockfile.layer.output
    lines = WrittenLines(found.request)
    graph = update.graph
    heldBackNames = found.heldBack
    let changed = Dictionary(uniqueKeysWithValues: update.changed.map { ($0.name, $0) })
    let added = Set(update.added.map(\.name))
    let lines = lines
    let cutoffs = CutoffWords(
      resolution: outcome.run.command.resolution, settings: outcome.lockfile.layer.settings,
      now: judgement.now)
    let environment = found.request.resolution.environment
    let unavailability = { (cutoff: String) in
      UnavailabilityWords(environment: environment, cutoff: cutoff) { place in
        let line = lines.constraints[place]
        return "\(PrintableText.escaped(line.text, limit: 300)) (\(line.shownPlace))"
      }
    }
    self.cutoffs = cutoffs
    self.unavailability = unavailability
    let words = UpdateReasons(
      found: found, lines: lines, judgement: judgement, cutoffs: cutoffs, unavailability: unavailability)
    changes = outcome.run.summary(of: outcome.compiled).changes.map { change in
      if let pin = changed[change.name] {
        return Change(change: change, reasons: words.reasons(of: pin), isDowngrade: pin.isDowngrade)
      }
      let reasons =
        added.contains(change.name)
        ? words.reasons(ofAdded: change.name) : change.after == nil ? [.unneeded] : []
      return Change(change: change, reasons: reasons, isDowngrade: false)
    }
    blocked = update.blocked.map { blocked in
      let aim = found.aims[blocked.target]
      return Blocked(
        aim: aim, version: found.request.resolution.preferences[aim.target.name],
        obstacle: blocked.obstacle,
        proof: found.proofs[blocked.target] ?? [], nearBounds: blocked.nearBounds)
    }
    givenUp = outcome.givenUp
    heldBack = update.heldBack
    unusable = update.unusable
    exempted = update.exempted
    unproven = LeastUpdate.Guarantee.allCases.filter(update.unproven.contains)
    affected = found.affected.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    let missed = Set(update.blocked.map(\.target))
    let had = found.aims.enumerated().filter { !missed.contains($0.offset) }.map(\.element)
    kept = had.compactMap { aim in
      guard aim.reason == .asked, case .within(let bounds) = aim.target.need,
        let version = update.graph.pin(aim.target.name)?.version,
        version == found.request.resolution.preferences[aim.target.name]
      else { return nil }
      return (aim.target.name, version, bounds)
    }
    chosen = had.compactMap { aim in
      guard let version = update.graph.pin(aim.target.name)?.version, aim.names(version) else { return nil }
      let advisories = judgement.counting(aim.target.name, version)
      if advisories.isEmpty { return nil }
      return Chosen(name: aim.target.name, version: version, advisories: advisories)
    }
  }

  /// Whether all that was asked for was had.
  var isAllHad: Bool {
    !blocked.contains(where: \.aim.isAskedFor) && !givenUp.contains(where: \.aim.isAskedFor)
      && affected.isEmpty
  }
}

/// Why a package changes.
enum UpdateReason: Sendable, Hashable {
  /// Advisories no longer affect it.
  case fixes([String])
  case wasQuarantined
  case wasYanked
  case wasWithdrawn
  case wasStale(timeBehind: Int64)
  case asked
  case newest
  case neededByLockfile(String)
  /// A pin of the new graph needs it so; nil: a line of the user's own at this place.
  case pulled(by: PackageName?, Version?, place: String?)
  /// Its old release kept another pin from moving.
  case lets(PackageName)
  /// A constraint at this place.
  case constrained(String)
  /// Nothing asks for it any more.
  case unneeded
  /// Its old release can't be used; the phrase says why: "needs Python >=3.13 (the target is 3.12.0)".
  case unusable(String)
  /// It takes part in what others need together.
  case together
}

/// Tells why packages change.
struct UpdateReasons {
  let found: UpdateRun.Found
  let lines: WrittenLines
  let judgement: UpdateJudgement
  let cutoffs: CutoffWords
  let unavailability: (_ cutoff: String) -> UnavailabilityWords

  /// Why a pin changes, targets first.
  func reasons(of pin: LeastUpdate.ChangedPin) -> [UpdateReason] {
    let left = judgement.affecting(pin.name, pin.new)
    let fixed = judgement.affecting(pin.name, pin.old).filter { !left.contains($0) }
    var reasons: [UpdateReason] = fixed.isEmpty ? [] : [.fixes(fixed)]
    for cause in pin.causes {
      let reason = reason(cause, of: pin.name)
      if let reason, !reasons.contains(reason) { reasons.append(reason) }
    }
    return reasons.isEmpty ? [.together] : reasons
  }

  /// Why there is a new pin.
  func reasons(ofAdded name: PackageName) -> [UpdateReason] {
    let edges = found.update.graph.edges.filter { $0.requirement.name == name }
    let reasons = edges.map { pulled(by: $0) }
    return Array(reasons.prefix(1))
  }

  /// Nil where another tells it.
  private func reason(_ cause: LeastUpdate.Cause, of name: PackageName) -> UpdateReason? {
    switch cause {
    case .target(let place):
      switch found.aims[place].reason {
      case .vulnerable: nil
      case .quarantined: .wasQuarantined
      case .withdrawn: .wasWithdrawn
      case .yanked: .wasYanked
      case .stale(let behind): .wasStale(timeBehind: behind)
      case .asked: .asked
      case .newest: .newest
      case .neededBy(let lockfile): .neededByLockfile(lockfile)
      }
    case .pulled(let edge): pulled(by: edge)
    case .lets(let name, move: _): .lets(name)
    case .constrained(let place): .constrained(lines.constraints[place].shownPlace)
    case .withdrawn: .wasWithdrawn
    case .unusable(let reason):
      .unusable(unavailability(cutoffs.text(for: name)).predicate([reason], isPlural: false))
    }
  }

  private func pulled(by edge: ResolvedEdge) -> UpdateReason {
    switch edge.asker {
    case .requirement(let place):
      .pulled(by: nil, nil, place: lines.requirements[place].shownPlace)
    case .pin(let name, extra: _):
      .pulled(by: name, found.update.graph.pin(name)?.version, place: nil)
    }
  }
}
