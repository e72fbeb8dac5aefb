import PythonPackaging
import RequirementsFiles
import Resolution

/// Several lockfiles updated as one: each sees what those that it is made of came to, and what keeps one of them from a
/// release is raised where it is pinned. Where one can't follow what another came to, that is given up.
struct UpdateSet {
  /// In the order in which they are made.
  let lockfiles: [UpdatePlan.Lockfile]
  /// What is to be got, by path.
  let aims: [String: [UpdateAim]]
  let goals: UpdateGoals
  let judgement: UpdateJudgement
  let advisories: UpdateAdvisories
  let context: CommandContext
  /// Whether nothing may be built for it.
  var isBuildBarred = false

  /// What is to be got in one lockfile.
  private struct Place: Hashable {
    let path: String
    let target: UpdateTarget
  }

  /// What one lockfile is to have because another can't have what it wants else.
  private struct Lift: Hashable {
    /// Who wants it, and what.
    let wanted: Place
    /// Where it is pinned, and what is to become of it there.
    let path: String
    let aim: UpdateAim

    var place: Place { Place(path: path, target: aim.target) }
  }

  /// What is done in one round.
  private struct Round {
    var lifts: [Lift] = []
    var givenUp: [Place: UpdateRun.GivenUp] = [:]
  }

  private enum Attempt {
    case done([UpdateRun.Outcome])
    /// A lockfile can't be made of what those before it came to.
    case stuck(UpdatePlan.Lockfile, CommandFailure, after: [UpdateRun.Outcome])
  }

  /// So often the set is done again for what was found.
  private static let mostRounds = 24

  /// The least changes to those that something is to be got of, or that others before them change.
  func outcomes() async throws(CommandFailure) -> [UpdateRun.Outcome] {
    var round = Round()
    var useless: Set<Lift> = []
    var rounds = 0
    while true {
      rounds += 1
      switch try await attempt(round) {
      case .stuck(let lockfile, let failure, let outcomes):
        guard rounds < Self.mostRounds, let place = hindrance(to: lockfile, in: outcomes) else {
          throw failure
        }
        round.givenUp[place.0] = UpdateRun.GivenUp(
          aim: place.1, lockfile: lockfile.layer.output, reason: Self.reason(of: failure))
      case .done(let outcomes):
        let vain = round.lifts.filter { isBlocked($0.wanted, in: outcomes) }
        let more = lifts(for: outcomes).filter {
          !round.lifts.contains($0) && !useless.contains($0) && round.givenUp[$0.place] == nil
        }
        if rounds >= Self.mostRounds || (vain.isEmpty && more.isEmpty) { return outcomes }
        if more.isEmpty {
          useless.formUnion(vain)
          round.lifts.removeAll { vain.contains($0) }
        } else {
          round.lifts += more
        }
      }
    }
  }

  private func attempt(_ round: Round) async throws(CommandFailure) -> Attempt {
    var pending: [String: [UInt8]] = [:]
    var outcomes: [UpdateRun.Outcome] = []
    for lockfile in lockfiles {
      let layer = lockfile.layer
      var aims = aims[layer.path] ?? []
      for lift in round.lifts where lift.path == layer.path && !aims.contains(lift.aim) {
        aims.append(lift.aim)
      }
      let isAsked = !aims.isEmpty
      aims.removeAll { round.givenUp[Place(path: layer.path, target: $0.target)] != nil }
      let isMoved = layer.reads.contains { pending[$0] != nil }
      guard isAsked || isMoved else { continue }
      var compile = CompileRun(command: layer.command, context: context, pending: pending)
      compile.isBuildBarred = isBuildBarred
      let run = UpdateRun(
        lockfile: lockfile, run: compile, aims: aims, goals: goals, judgement: judgement,
        advisories: advisories)
      do throws(CommandFailure) {
        var outcome = try await run.outcome()
        outcome.givenUp = Self.each(of: round.givenUp.filter { $0.key.path == layer.path }.map(\.value))
        if !outcome.isUnchanged { pending[layer.path] = outcome.compiled.bytes }
        outcomes.append(outcome)
      } catch {
        let placed = error.placed(among: layer.settings)
        let failure = lockfiles.count == 1 ? placed : .layer(output: layer.output, placed)
        if case .unsatisfiable = error, isMoved { return .stuck(lockfile, failure, after: outcomes) }
        throw failure
      }
    }
    return .done(outcomes)
  }

  /// What is given up of each project and for each lockfile, once: what was wanted of it, and what another one needs, may be
  /// given up for the same.
  private static func each(of givenUp: [UpdateRun.GivenUp]) -> [UpdateRun.GivenUp] {
    func isNeed(_ aim: UpdateAim) -> Int { if case .neededBy = aim.reason { 1 } else { 0 } }
    let ordered = givenUp.sorted { left, right in
      (left.aim.target.name, left.lockfile, isNeed(left.aim), left.aim.target.rank)
        < (right.aim.target.name, right.lockfile, isNeed(right.aim), right.aim.target.rank)
    }
    var told: [UpdateRun.GivenUp] = []
    for one in ordered
    where told.last?.aim.target.name != one.aim.target.name || told.last?.lockfile != one.lockfile {
      told.append(one)
    }
    return told
  }

  /// What is to be given up so that a lockfile can follow: of what was had in those that it is made of, what it pins itself,
  /// and of that the least grave.
  private func hindrance(
    to lockfile: UpdatePlan.Lockfile, in outcomes: [UpdateRun.Outcome]
  ) -> (Place, UpdateAim)? {
    var candidates: [(place: Place, aim: UpdateAim, isShared: Bool)] = []
    for outcome in outcomes where lockfile.layer.reads.contains(outcome.lockfile.layer.path) {
      let blocked = Set(outcome.found.update.blocked.map(\.target))
      for (index, aim) in outcome.found.aims.enumerated() where !blocked.contains(index) {
        let place = Place(path: outcome.lockfile.layer.path, target: aim.target)
        candidates.append((place, aim, lockfile.pins[aim.target.name] != nil))
      }
    }
    return candidates.min { left, right in
      (left.isShared ? 0 : 1, -left.aim.target.rank, left.aim.target.name)
        < (right.isShared ? 0 : 1, -right.aim.target.rank, right.aim.target.name)
    }.map { ($0.place, $0.aim) }
  }

  /// The sentences of a proof.
  private static func reason(of failure: CommandFailure) -> [String] {
    guard let report = failure.report else { return [] }
    return report.text(isWhole: false).split(separator: "\n").dropFirst().map { line in
      String(line.drop { $0 == " " })
    }
  }

  /// Whether what a lockfile wants can't be had all the same.
  private func isBlocked(_ wanted: Place, in outcomes: [UpdateRun.Outcome]) -> Bool {
    guard let outcome = outcomes.first(where: { $0.lockfile.layer.path == wanted.path }) else { return true }
    return outcome.found.update.blocked.contains { outcome.found.aims[$0.target].target == wanted.target }
  }

  /// Pins of lockfiles that stand in the way in ones that are made of them, and those that have to change for a way out.
  private func lifts(for outcomes: [UpdateRun.Outcome]) -> [Lift] {
    var lifts: [Lift] = []
    for outcome in outcomes {
      for blocked in outcome.found.update.blocked {
        guard case .held(_, let blockers, let ways, _) = blocked.obstacle else { continue }
        let wanted = outcome.found.aims[blocked.target].target
        for blocker in blockers {
          guard let lift = lift(blocker.wanted, behind: blocker.asker, for: wanted, of: outcome) else {
            continue
          }
          lifts.append(lift)
        }
        for way in ways.found {
          let changes = way.changes.map { change in
            bounds(of: change, in: outcome).flatMap {
              lift($0, behind: change.line, for: wanted, of: outcome)
            }
          }
          // A way that takes other lines too isn't one.
          guard changes.allSatisfy({ $0 != nil }) else { continue }
          lifts += changes.compactMap(\.self)
          break
        }
      }
    }
    return lifts
  }

  /// What is to become of a pin of a lockfile that stands in the way.
  private func lift(
    _ needed: Requirement, behind asker: PinBlocker.Asker, for wanted: UpdateTarget,
    of outcome: UpdateRun.Outcome
  ) -> Lift? {
    guard let below = lockfile(behind: asker, of: outcome), below.pins[needed.name] != nil else { return nil }
    let target = UpdateTarget(
      needed.name, .within(needed.specifiers), rank: wanted.rank, takesNewest: wanted.takesNewest)
    return Lift(
      wanted: Place(path: outcome.lockfile.layer.path, target: wanted), path: below.layer.path,
      aim: UpdateAim(target: target, reason: .neededBy(lockfile: outcome.lockfile.layer.output)))
  }

  /// The release that a line has to admit, and those beyond it.
  private func bounds(of change: WayOut.Change, in outcome: UpdateRun.Outcome) -> Requirement? {
    guard let version = change.version, let below = lockfile(behind: change.line, of: outcome),
      let pinned = below.pins[change.requirement.name]
    else { return nil }
    let sign = version >= pinned ? ">=" : "<="
    return try? Requirement("\(change.requirement.name)\(sign)\(version.public)")
  }

  /// The lockfile of the set that has a line which stands in the way of another.
  private func lockfile(
    behind asker: PinBlocker.Asker, of outcome: UpdateRun.Outcome
  ) -> UpdatePlan.Lockfile? {
    guard let file = outcome.found.request.file(of: asker) else { return nil }
    let path = context.normalized(file)
    return lockfiles.first { $0.layer.path == path && path != outcome.lockfile.layer.path }
  }
}

extension CompileRequest {
  /// The file of a line that stands in the way; nil for a pin.
  fileprivate func file(of asker: PinBlocker.Asker) -> String? {
    switch asker {
    case .requirement(let place): requirements[place].location.file
    case .constraint(let place): constraints[place]?.location.file
    case .override(let place): overrides[place].location.file
    case .pin: nil
    }
  }
}
