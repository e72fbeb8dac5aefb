import PythonPackaging
import Resolution

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
  }

  /// As messages show it.
  let lockfile: String
  /// Ascending by name.
  let changes: [Change]
  let blocked: [Blocked]
  /// What another lockfile of the set can't follow.
  let givenUp: [UpdateRun.GivenUp]
  let heldBack: [LeastUpdate.HeldBackReleases]
  let exempted: [LeastUpdate.ExemptedPin]
  /// What isn't promised of it.
  let unproven: [LeastUpdate.Guarantee]
  /// Picked releases that advisories affect.
  let affected: [(name: PackageName, ids: [String])]
  let graph: ResolvedGraph
  let lines: WrittenLines
  let heldBackNames: Set<PackageName>

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
    let words = UpdateReasons(found: found, lines: lines, judgement: judgement)
    changes = outcome.run.summary(of: outcome.compiled).changes.map { change in
      if let pin = changed[change.name] {
        return Change(change: change, reasons: words.reasons(of: pin), isDowngrade: pin.isDowngrade)
      }
      let reasons =
        added.contains(change.name)
        ? words.reasons(ofAdded: change.name) : change.after == nil ? [.unneeded] : []
  let lower: LowerLockfiles
      return Change(change: change, reasons: reasons, isDowngrade: false)
    }
    blocked = update.blocked.map { blocked in
      let aim = found.aims[blocked.target]
      return Blocked(
        aim: aim, version: found.request.resolution.preferences[aim.target.name],
        obstacle: blocked.obstacle,
        proof: found.proofs[blocked.target] ?? [])
    }
    givenUp = outcome.givenUp
    heldBack = update.heldBack
    exempted = update.exempted
    unproven = LeastUpdate.Guarantee.allCases.filter(update.unproven.contains)
    affected = found.affected.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
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
  /// It takes part in what others need together.
  case together
}

/// Tells why packages change.
struct UpdateReasons {
  let found: UpdateRun.Found
  let lines: WrittenLines
  let judgement: UpdateJudgement

  /// Why a pin changes, targets first.
  func reasons(of pin: LeastUpdate.ChangedPin) -> [UpdateReason] {
    let left = judgement.affecting(pin.name, pin.new)
    let fixed = judgement.affecting(pin.name, pin.old).filter { !left.contains($0) }
    var reasons: [UpdateReason] = fixed.isEmpty ? [] : [.fixes(fixed)]
    for cause in pin.causes {
      let reason = reason(cause)
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
  private func reason(_ cause: LeastUpdate.Cause) -> UpdateReason? {
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
