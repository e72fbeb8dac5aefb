import PythonPackaging
import Resolution

/// Questions and answers in words.
extension UpdateTests {
  static func request(_ given: Case) throws -> UpdateRequest {
    func pins(_ text: String) throws -> [PackageName: Set<Version>] {
      var pins: [PackageName: Set<Version>] = [:]
      for pin in text.split(separator: " ") {
        let requirement = try Requirement(String(pin))
        pins[requirement.name, default: []].formUnion(requirement.specifiers.specifiers.compactMap(\.version))
      }
      return pins
    }
    let present = try pins(given.pins)
    let resolution = ResolutionRequest(
      requirements: try given.asks.map { try Requirement($0) },
      constraints: try given.constraints.map { try Requirement($0) },
      preferences: present.compactMapValues(\.first),
      environment: try TargetEnvironment(pythonVersion: "3.12", platformName: "linux"),
      preReleases: given.preReleases)
    let (affected, young, exempt) = (try pins(given.affected), try pins(given.young), try pins(given.exempt))
    let rules = UpdateRules(
      affecting: { affected[$0]?.contains($1) ?? false ? ["GHSA-\($0)"] : [] },
      cooldown: { name, version, files in
        if files.isEmpty || young[name]?.contains(version) ?? false { return .heldBack("is young") }
        return exempt[name]?.contains(version) ?? false ? .exempt("fixes it") : .over
      }, largestStep: given.largestStep)
    let targets = try given.targets.split(separator: " ").enumerated().map { rank, text in
      try target(String(text), rank: rank)
    }
    return UpdateRequest(
      resolution: resolution, targets: targets, rules: rules, takesNewest: given.takesNewest)
  }

  private static func target(_ text: String, rank: Int) throws -> UpdateTarget {
    if let mark = text.firstIndex(of: "^") {
      let least = text[text.index(after: mark)...]
      return UpdateTarget(
        try PackageName(String(text[..<mark])), .raised(to: least.isEmpty ? nil : try Version(String(least))),
        rank: rank)
    }
    if text.hasSuffix("!") {
      return UpdateTarget(try PackageName(String(text.dropLast())), .replaced("is yanked"), rank: rank)
    }
    let requirement = try Requirement(text)
    let need: UpdateTarget.Need = requirement.specifiers.isEmpty ? .cleared : .within(requirement.specifiers)
    return UpdateTarget(requirement.name, need, rank: rank)
  }

  static func told(_ update: LeastUpdate, _ request: UpdateRequest) -> [String] {
    update.changed.map { pin in
      "~ \(pin.name) \(pin.old) > \(pin.new) (\(pin.causes.map(told).joined(separator: ", ")))"
    } + update.added.map { "+ \($0.name) \($0.version)" }
      + update.removed.map { "- \($0.name) \($0.version)" }
      + update.blocked.map { blocked in
        let near = blocked.nearBounds.map { ", near \($0.map(\.description).joined(separator: " "))" } ?? ""
        return "blocked \(request.targets[blocked.target].name): \(told(blocked.obstacle))\(near)"
      }
      + update.heldBack.map { held in
        "held \(held.name) \(held.versions.map(\.description).joined(separator: " ")): \(told(held.reason))"
      }
      + update.unusable.map { releases in
        let kinds = Set(releases.reasons.map(\.kind.rawValue)).sorted().joined(separator: " ")
        return
          "unusable \(releases.name) \(releases.versions.map(\.description).joined(separator: " ")): \(kinds)"
      } + update.exempted.map { "exempt \($0.name) \($0.version): \($0.reason)" }
  }

  private static func told(_ cause: LeastUpdate.Cause) -> String {
    switch cause {
    case .target(let place): "target \(place)"
    case .pulled(let edge):
      switch edge.asker {
      case .requirement(let place): "line \(place) needs \(edge.requirement)"
      case .pin(let name, _): "\(name) needs \(edge.requirement)"
      }
    case .lets(_, let requirement): "lets \(requirement)"
    case .constrained(let place): "constraint \(place)"
    case .withdrawn: "withdrawn"
    case .unusable(let reason): "unusable: \(reason.kind.rawValue)"
    }
  }

  private static func told(_ barrier: ReleaseBarrier) -> String {
    switch barrier {
    case .affected(let ids): "affected \(ids.joined(separator: " "))"
    case .coolingDown(let phrase), .replaced(let phrase): phrase
    case .largerStep(let step): "larger than \(step.rawValue)"
    case .notRaised: "not raised"
    case .outsideBounds(let bounds): "outside \(bounds)"
    case .held: "held"
    }
  }

  private static func told(_ obstacle: LeastUpdate.Obstacle) -> String {
    switch obstacle {
    case .noRelease: return "no release"
    case .undecided: return "undecided"
    case .held(let nearest, let blockers, let ways, _):
      let texts = blockers.map { blocker in
        let lift = blocker.lift.version.map { version in
          if case .pin(let name, _, _) = blocker.asker { ", \(name) \(version) lifts" } else { "" }
        }
        let asker =
          switch blocker.asker {
          case .requirement(let place): "line \(place)"
          case .constraint(let place): "constraint \(place)"
          case .override(let place): "override \(place)"
          case .pin(let name, let version, _): "\(name)==\(version)"
          }
        return "\(asker) needs \(blocker.requirement)\(lift ?? "")"
      }
      let changes = ways.found.map { way in
        "or "
          + way.changes.map { "\($0.requirement) -> \($0.replacement?.description ?? "nothing")" }
          .joined(separator: ", ")
      }
      let all = texts + changes
      return "\(nearest): \(all.isEmpty ? "nothing" : all.joined(separator: "; "))"
    }
  }
}
