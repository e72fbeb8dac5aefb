import PythonPackaging
import Resolution

/// What stands in a pin's way, and what would help, in words.
struct BlockerWords {
  /// The project that is asked about.
  let subject: PackageName
  /// The lines of the user's own that stand in the way.
  let lines: WrittenLines
  /// The projects that are resolved and held back from the lockfile.
  let heldBack: Set<PackageName>
  /// The lockfile of a set that a line is pinned in, and that nobody changes by hand; nil: it is somebody's own line.
  var lockfile: (WrittenRequirement?) -> String? = { _ in nil }

  /// `botocore==1.29.0 needs urllib3<1.27 (botocore==1.31.0 is the first release that lifts it)`.
  func text(of blocker: PinBlocker) -> String {
    guard case .pin(let name, let version, let extra) = blocker.asker else {
      return "\(ownLine(blocker.asker)) (\(ownNoun(blocker.asker)))"
    }
    let asker = DependencyTree.Asker.pin(name, version, extra: extra).name(heldBack: heldBack)
    let lift = lift(of: blocker, by: name) { "\(name)==\($0)" }
    return "\(asker) needs \(blocker.requirement.shown) (\(lift))"
  }

  /// `requirements.in:4: botocore<1.30`.
  func ownLine(_ asker: PinBlocker.Asker) -> String {
    lines.written(asker).map { "\($0.shownPlace): \(PrintableText.escaped($0.text, limit: 300))" } ?? ""
  }

  /// What sort of line it is.
  func ownNoun(_ asker: PinBlocker.Asker) -> String {
    if lockfile(lines.written(asker)) != nil { return "a pin of another lockfile" }
    return switch asker {
    case .requirement, .pin: "yours to change"
    case .override: "an override, yours to change"
    case .constraint: "a constraint, yours to change"
    }
  }

  /// Which release of a pin's project lifts a blocker.
  ///
  /// - Parameter shown: a release of it as it is shown.
  func lift(of blocker: PinBlocker, by name: PackageName, shown: (Version) -> String) -> String {
    switch blocker.lift {
    case .own: "yours to change"
    case .release(let version): "\(shown(version)) is the first release that lifts it"
    case .dropping(let version): "\(shown(version)) is the first release without it"
    case .older(let version): "\(shown(version)) is the newest release that lifts it"
    case .unreachable(let version):
      "\(shown(version)) lifts it, but can't be had beside the rest of what you ask for"
    case .nothing(older: false): "no newer release of \(name) lifts it"
    case .nothing(older: true): "no other release of \(name) lifts it"
    case .untried(let version):
      "\(shown(version)) allows it; whether it goes with the rest of what you ask for wasn't found out"
    case .notAmong(0, older: false): "the newer releases of \(name) weren't looked at"
    case .notAmong(0, older: true):
      "no newer release of \(name) lifts it, and older ones weren't looked at"
    case .notAmong(let count, older: false):
      "none of the next \(count) releases of \(name) lifts it, and the rest weren't looked at"
    case .notAmong(let count, older: true):
      "no newer release of \(name) lifts it, nor one of the \(count) before it, and the rest weren't looked at"
    case .unbuilt(older: false):
      "no newer release of \(name) that tells its needs without a build lifts it"
    case .unbuilt(older: true):
      "no other release of \(name) that tells its needs without a build lifts it"
    case .uncached: "what is cached doesn't tell which release of \(name) lifts it"
    }
  }

  /// The ways out, a line each; or, where lines of the user's own stand in the way and none was found, how far was looked.
  ///
  /// `change mlflow<2.5 (requirements.in:4): mlflow==2.17.2 goes with sqlalchemy==2.0.40`
  func text(of ways: WaysOut) -> [String] {
    if ways.tried == 0 { return [] }
    if ways.found.isEmpty {
      guard !ways.isComplete else { return ["no change to the bounds of your lines gives it"] }
      let count = ways.tried == 1 ? "1 change of your lines was" : "\(ways.tried) changes of your lines were"
      return ["\(count) tried, and none was found that gives it; others weren't tried"]
    }
    return ways.found.enumerated().map { place, way in
      let changed = way.changes.map { change in
        let line = lines.written(change.line)
        let text = line.map { "\(PrintableText.escaped($0.text, limit: 300)) (\($0.shownPlace))" }
        return "\(change.version == nil ? "take out" : "change") \(text ?? "")"
      }
      let releases = way.changes.compactMap { change -> String? in
        let name = change.requirement.name
        return name == subject ? nil : change.version.map { "\(name)==\($0)" }
      }
      let wanted = "\(subject)==\(way.version)"
      let outcome =
        releases.isEmpty
        ? "\(wanted) can be had"
        : "\(releases.joined(separator: " and ")) \(releases.count == 1 ? "goes" : "go") with \(wanted)"
      return "\(place == 0 ? "" : "or ")\(changed.joined(separator: " and ")): \(outcome)"
    }
  }

  /// What to write for a way out: ``write `a==2` instead of `a<2` (requirements.in:1)``.
  func instructions(for way: WayOut) -> [String] {
    way.changes.map { change in
      let line = lines.written(change.line)
      let old = "`\(PrintableText.escaped(line?.text ?? "", limit: 300))` (\(line?.shownPlace ?? ""))"
      return change.replacement.map { "write `\($0.shown)` instead of \(old)" } ?? "take out \(old)"
    }
  }
}

extension WrittenLines {
  /// A line that stands in the way; nil for a pin.
  func written(_ asker: PinBlocker.Asker) -> WrittenRequirement? {
    switch asker {
    case .requirement(let place): requirements[place]
    case .constraint(let place): constraints[place]
    case .override(let place): overrides[place]
    case .pin: nil
    }
  }
}
