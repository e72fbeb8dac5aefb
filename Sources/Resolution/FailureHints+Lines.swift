import PubGrub
import PythonPackaging

extension FailureHints {
  /// What of the user's own lines would have to change, and to admit which releases.
  var forLines: [FailureHint] {
    let remedies = study.remedies
    let settled = contradictions(among: study.askedLines)
    let ofOverrides = Set(settled.map(\.project))
    return settled
      + remedies.compactMap { remedy in
        if remedy.line.asked.kind == .override, ofOverrides.contains(remedy.name.normalized) { return nil }
        return hint(for: remedy)
      }
  }

  // MARK: Overrides

  /// Overrides of one project that no release meets together.
  private func contradictions(among asked: [AskedLine]) -> [FailureHint] {
    let overrides = asked.filter { $0.kind == .override }
    var told: Set<PackageName> = []
    return overrides.compactMap { line in
      let name = words.line(line).requirement.name
      let lines = study.ownLines(on: name).filter { overrides.contains($0.asked) }
      guard told.insert(name).inserted, lines.count > 1,
        !lines.contains(where: { words.line($0.asked).place == .question }),
        lines.dropFirst().reduce(lines[0].allowed, { $0.intersection($1.allowed) }).isEmpty
      else { return nil }
      return FailureHint(
        .settleOverrides, name, at: words.line(lines[0].asked).place,
        "your overrides contradict each other: leave out \(Self.list(lines.map { written([$0], isKindSaid: false) }, or: true))"
      )
    }
  }

  // MARK: Lines

  private func hint(for remedy: LineRemedy) -> FailureHint? {
    let place = words.line(remedy.line.asked).place
    guard !remedy.lines.contains(where: { words.line($0.asked).place == .question }) else { return nil }
    var wanted = remedy.wanted
    var range = remedy.range
    switch study.liftings[remedy.line.asked] {
    case .newest(let position)?:
      let release = VersionRanges(position)
      let (kind, verb) = direction(of: release, against: remedy)
      let noun = words.noun(remedy.package, release).text
      return FailureHint(
        kind, remedy.name, at: place,
        "\(verb) \(written(remedy.lines)): \(noun) is the newest that allows \(needed(by: remedy))")
    case .notFound(let left)?:
      wanted = left
      range = left
      if left.isEmpty { return nil }
    case nil: break
    }
    let (kind, verb) = direction(of: wanted, against: remedy)
    let text = "\(verb) \(written(remedy.lines))"
    if remedy.line.requirement.specifiers.versions.isEmpty {
      return FailureHint(
        .change, remedy.name, at: place,
        "change \(written(remedy.lines)): its own bounds contradict each other")
    }
    if remedy.line.allowed.isEmpty {
      if failed.uncached.contains(remedy.name) { return nil }
      return FailureHint(kind, remedy.name, at: place, "\(text): \(nearest(wanted, remedy, kind))")
    }
    return FailureHint(
      kind, remedy.name, at: place, "\(text) to admit \(words.noun(remedy.package, range).text)")
  }

  /// Which way a line would have to be changed.
  private func direction(
    of wanted: VersionRanges, against remedy: LineRemedy
  ) -> (kind: FailureHint.Kind, verb: String) {
    let admitted = remedy.line.allowed
    guard let low = wanted.min, let high = wanted.max else { return (.change, "change") }
    if let least = admitted.min, let most = admitted.max {
      return low > most ? (.raise, "raise") : high < least ? (.lower, "lower") : (.change, "change")
    }
    // It admits no release: it is a matter of its own bounds.
    let specifiers = remedy.line.requirement.specifiers.specifiers.filter { $0.operator != .notEqual }
    if specifiers.allSatisfy({ [.less, .lessOrEqual].contains($0.operator) }) { return (.raise, "raise") }
    if specifiers.allSatisfy({ [.greater, .greaterOrEqual, .compatible].contains($0.operator) }) {
      return (.lower, "lower")
    }
    let bounds = specifiers.compactMap(\.version)
    guard let releases = words.releases(of: remedy.package), let least = bounds.min(), let most = bounds.max()
    else { return (.change, "change") }
    if releases.version(at: Int(high)) < least { return (.lower, "lower") }
    return releases.version(at: Int(low)) > most ? (.raise, "raise") : (.change, "change")
  }

  /// Where the nearest releases are, of a line that admits none.
  private func nearest(_ wanted: VersionRanges, _ remedy: LineRemedy, _ kind: FailureHint.Kind) -> String {
    guard let releases = words.releases(of: remedy.package), let low = wanted.min, let high = wanted.max
    else { return "no release is near" }
    let bounds = remedy.line.requirement.specifiers.specifiers.compactMap {
      $0.operator == .notEqual ? nil : $0.version
    }
    func version(_ place: UInt32) -> Version { releases.version(at: Int(place)) }
    let places = Array(wanted.ranges.joined())
    let below = bounds.max().flatMap { most in places.last { version($0) < most } } ?? low
    let above = bounds.min().flatMap { least in places.first { version($0) > least } } ?? high
    func noun(_ isLast: Bool) -> String { isLast ? "release" : "that could be picked" }
    return switch kind {
    case .lower:
      "the newest \(noun(Int(high) == releases.versionCount - 1)) is \(RequirementsVocabulary.shown(version(high)))"
    case .raise: "the oldest \(noun(low == 0)) is \(RequirementsVocabulary.shown(version(low)))"
    case _ where below == above: "the nearest release is \(RequirementsVocabulary.shown(version(below)))"
    default:
      "the nearest releases are \(RequirementsVocabulary.shown(version(below))) and "
        + "\(RequirementsVocabulary.shown(version(above)))"
    }
  }

  /// What a remedy's project is to allow: the user's own line on a child, else the releases of it that the rest leaves.
  private func needed(by remedy: LineRemedy) -> String {
    let asked = study.askedLines
    for child in remedy.children {
      guard let name = study.project(of: child) else { continue }
      let lines = study.ownLines(on: name).filter { asked.contains($0.asked) }
      if lines.count == 1 {
        return words.written(Requirement(name: name, specifiers: lines[0].requirement.specifiers))
      }
    }
    guard let child = remedy.children.first else { return "the rest" }
    let versions = study.possible(child, by: remedy)
    return versions.isEmpty ? words.project(child) : words.noun(child, versions).text
  }

  /// Lines as they are written, and where, those of one wording together: `a<2` (app.in:1, more.in:3).
  private func written(_ lines: [OwnLine], isKindSaid: Bool = true) -> String {
    var groups: [(text: String, places: [String])] = []
    for line in lines {
      let (requirement, place) = words.line(line.asked)
      let kind = line.asked.kind == .requirement || !isKindSaid ? "" : "the \(line.asked.kind.rawValue) "
      let text = "\(kind)`\(PrintableText.excerpt(words.written(requirement), limit: 40))`"
      if let known = groups.firstIndex(where: { $0.text == text }) {
        groups[known].places.append("\(place)")
      } else {
        groups.append((text, ["\(place)"]))
      }
    }
    return Self.list(groups.map { "\($0.text) (\($0.places.joined(separator: ", ")))" })
  }

  private static func list(_ texts: [String], or: Bool = false) -> String {
    guard let last = texts.last, texts.count > 1 else { return texts.first ?? "" }
    return "\(texts.dropLast().joined(separator: ", ")) \(or ? "or" : "and") \(last)"
  }
}
