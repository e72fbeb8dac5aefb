import PythonPackaging
import Resolution
import UpdatePolicy

extension UpdateReport {
  /// Why packages change, by name.
  var reasons: [PackageName: String] {
    var reasons: [PackageName: String] = [:]
    for change in changes {
      let words =
        (change.isDowngrade ? ["a downgrade, there is no other way"] : []) + change.reasons.map(\.text)
      if !words.isEmpty { reasons[change.change.name] = words.joined(separator: "; ") }
    }
    return reasons
  }

  /// Says what couldn't be had, and what else there is to know, a line or more each.
  func sayRest(on terminal: Terminal) {
    for lines in blocked.map(text) + givenUp.map(Self.text) {
      terminal.say("\(terminal.styled("blocked:", .warning)) \(lines[0])")
      for line in lines.dropFirst() { terminal.say("  \(line)") }
    }
    for pin in kept { terminal.say("\(pin.name) \(pin.version) is within \(pin.bounds) already") }
    for held in heldBack { terminal.say("held back: \(Self.text(of: held))") }
    for releases in unusable {
      terminal.say("\(releases.isCutOff ? "held back" : "unusable"): \(text(of: releases))")
    }
    for pin in exempted {
      terminal.say("exempt from the cooldown: \(pin.name) \(pin.version) \(pin.reason)")
    }
    if !unproven.isEmpty {
      terminal.say("not found out within the limits: \(unproven.map(\.text).joined(separator: ", "))")
    }
  }

  /// Warns of picked releases that advisories affect.
  func sayWarnings(on terminal: Terminal) {
    for pin in chosen {
      let least = pin.advisories.compactMap { $0.fix(after: pin.version) }.max()
      let remedy = least.map {
        "; `repin update '\(pin.name)>=\($0)'` fixes \(pin.advisories.count == 1 ? "it" : "them")"
      }
      terminal.warn(
        "\(pin.name) \(pin.version), which you ask for, is affected by "
          + pin.advisories.sorted { $0.id < $1.id }.map { advisory in
            let id = PrintableText.excerpt(advisory.id, limit: 130)
            return advisory.fix(after: pin.version).map { "\(id) (fixed in \($0))" }
              ?? "\(id) (no release fixes it)"
          }.joined(separator: ", ") + (remedy ?? ""))
    }
    for (name, ids) in affected {
      terminal.warn(
        "\(name) \(graph.pin(name)?.version.description ?? "") is affected by \(ids.joined(separator: ", ")), which "
          + "was learnt too late")
    }
  }

  // MARK: What can't be had

  /// `urllib3 1.26.3 → 1.26.4 is held by botocore 1.20.5 (urllib3<1.26.4), via boto3 1.17.5, requirements.in:3; botocore
  /// 1.20.40 lifts it`, and what keeps the graph from that, a line each.
  func text(of blocked: Blocked) -> [String] {
    let name = blocked.aim.target.name
    let now = "\(name)\(blocked.version.map { " \($0)" } ?? "")"
    switch blocked.obstacle {
    case .noRelease: return ["\(now) stays: \(Self.lack(of: blocked))"]
    case .undecided: return ["\(now) stays: what would change it wasn't found out within the limits"]
    case .held(let nearest, let blockers, let ways, _):
      let words = BlockerWords(
        subject: name, lines: lines, heldBack: heldBackNames, lockfile: { lower.layer(of: $0)?.output })
      let change = "\(now) → \(nearest)"
      let near = blockers.filter { $0.level == 0 }
      var text: [String]
      if near.isEmpty {
        text = ["\(change) can't be had"] + blocked.proof
      } else {
        text = ["\(change) is held by \(near.map { held(by: $0, words) }.joined(separator: "; and by "))"]
      }
      text += blockers.filter { $0.level > 0 }.map { blocker in
        "in the way of \(blocker.wanted.shown): \(words.text(of: blocker))"
      }
      text += lowerRemedies(for: blockers)
      // What is pinned in another lockfile isn't changed there.
      var own = ways
      own.found.removeAll { way in way.changes.allSatisfy { lower.layer(of: lines.written($0.line)) != nil } }
      return own.found.isEmpty && !ways.found.isEmpty ? text : text + words.text(of: own)
    }
  }

  /// `urllib3 stays: dev.txt can't follow`, and why.
  static func text(of givenUp: UpdateRun.GivenUp) -> [String] {
    ["\(givenUp.aim.target.name) stays: \(givenUp.lockfile) can't follow"] + givenUp.reason
  }

  /// What can be done about pins of other lockfiles that stand in the way, each once.
  private func lowerRemedies(for blockers: [PinBlocker]) -> [String] {
    var remedies: [String] = []
    for blocker in blockers {
      guard let layer = lower.layer(of: lines.written(blocker.asker)) else { continue }
      let remedy = lower.remedy(for: blocker.requirement.name, in: layer)
      if !remedies.contains(remedy) { remedies.append(remedy) }
    }
    return remedies
  }

  private func held(by blocker: PinBlocker, _ words: BlockerWords) -> String {
    guard case .pin(let name, let version, let extra) = blocker.asker else {
      return "\(words.ownLine(blocker.asker)) (\(words.ownNoun(blocker.asker)))"
    }
    let shown = "\(name)\(extra.map { "[\($0)]" } ?? "") \(version)"
    let way = AskingPath(to: name, in: graph, lines: lines).text
    let lift =
      if case .release(let version) = blocker.lift {
        "\(name) \(version) lifts it"
      } else {
        words.lift(of: blocker, by: name) { "\(name) \($0)" }
      }
    return "\(shown) (\(blocker.requirement.shown))\(way.isEmpty ? "" : ", via \(way)"); \(lift)"
  }

  private static func lack(of blocked: Blocked) -> String {
    let aim = blocked.aim
    return switch aim.reason {
    case .vulnerable(let ids): "no release may be picked that fixes \(ids.joined(separator: ", "))"
    case .quarantined: "it is quarantined, and no other release may be picked"
    case .withdrawn: "it is gone from the index, and no other release may be picked"
    case .yanked: "it is yanked, and no other release may be picked"
    case .stale, .newest: "no newer release may be picked"
    case .asked, .neededBy:
      if case .within(let bounds) = aim.target.need, let near = blocked.nearBounds {
        "the index has no release within \(bounds), "
          + (bounds.exactVersion == nil
            ? "it has \(near.map(\.description).joined(separator: " to "))"
            : "and next to it \(near.map(\.description).joined(separator: " and "))")
      } else if case .within(let bounds) = aim.target.need {
        "no release within \(bounds) may be picked"
      } else {
        "no newer release may be picked"
      }
    }
  }

  // MARK: Releases that were passed over

  /// `urllib3 1.26.6 is younger than the cooldown of 3 days`.
  static func text(of held: LeastUpdate.HeldBackReleases) -> String {
    "\(held.name) \(listed(held.versions))\(held.versions.count > 1 ? ": each" : "") \(held.reason.phrase)"
  }

  /// `idna 3.7 is newer than the cutoff of …`.
  func text(of releases: LeastUpdate.UnusableReleases) -> String {
    let remedy = releases.isCutOff ? "; \(cutoffs.remedy(for: releases.name))" : ""
    return "\(releases.name) \(Self.listed(releases.versions)) \(reason(of: releases))\(remedy)"
  }

  /// `is newer than the cutoff of …`.
  func reason(of releases: LeastUpdate.UnusableReleases) -> String {
    unavailability(cutoffs.text(for: releases.name))
      .predicate(releases.reasons, isPlural: releases.versions.count > 1)
  }

  private static func listed(_ versions: [Version]) -> String {
    let shown = versions.prefix(5).map(\.description).joined(separator: ", ")
    return shown + (versions.count > 5 ? " and \(versions.count - 5) more" : "")
  }
}

extension LeastUpdate.UnusableReleases {
  /// Whether a cutoff of uploads keeps them away.
  var isCutOff: Bool {
    switch reasons.first {
    case .newerThanCutoff, .noUploadTime: true
    default: false
    }
  }
}

extension AdvisoryFacts {
  /// The nearest newer release that fixes it.
  fileprivate func fix(after version: Version) -> Version? { fixedVersions.filter { $0 > version }.min() }
}

extension UpdateReason {
  /// In words.
  var text: String {
    switch self {
    case .fixes(let ids):
      "fixes \(ids.map { PrintableText.excerpt($0, limit: 130) }.joined(separator: ", "))"
    case .wasQuarantined: "was quarantined"
    case .wasYanked: "was yanked"
    case .wasWithdrawn: "was gone from the index"
    case .wasStale(let behind): behind < 86_400 ? "was stale" : "was \(behind / 86_400) days behind"
    case .asked: "asked for"
    case .newest: "the newest that can be had"
    case .neededByLockfile(let lockfile): "needed by \(lockfile)"
    case .pulled(let name?, let version, _): "needed by \(name)\(version.map { " \($0)" } ?? "")"
    case .pulled(nil, _, let place): "asked for at \(place ?? "your requirements")"
    case .lets(let name): "lets \(name) move"
    case .constrained(let place): "bounded at \(place)"
    case .unneeded: "nothing asks for it any more"
    case .unusable(let phrase): "its old release \(phrase)"
    case .together: "goes with the others"
    }
  }
}

extension ReleaseBarrier {
  /// What is to be said of a release that may not be picked.
  var phrase: String {
    switch self {
    case .affected(let ids): "is affected by \(ids.joined(separator: ", "))"
    case .coolingDown(let phrase), .replaced(let phrase): phrase
    case .largerStep(let step): "is a larger step than \(step.rawValue)"
    case .notRaised: "isn't newer"
    case .outsideBounds(let bounds): "isn't within \(bounds)"
    case .held: "is held"
    }
  }
}

extension LeastUpdate.Guarantee {
  /// What isn't known where it isn't proven.
  var text: String {
    switch self {
    case .served: "whether more can be had"
    case .raised: "whether all downgrades are needed"
    case .stable: "whether all pre-releases are needed"
    case .newest: "whether newer releases can be had"
    case .fewest: "whether fewer pins could change"
    case .nearest: "whether pins could make smaller steps"
    }
  }
}
