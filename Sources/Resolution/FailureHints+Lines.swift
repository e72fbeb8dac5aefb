import PubGrub
import PythonPackaging

extension FailureHints {
  /// What of the user's own lines would have to change, and to admit which releases.
  var forLines: [HintProposal] {
    let remedies = study.remedies
    let settled = contradictions(among: study.askedLines)
    let ofOverrides = Set(settled.compactMap(\.project))
    return settled
      + remedies.compactMap { remedy in
        if remedy.line.asked.kind == .override, ofOverrides.contains(remedy.name) { return nil }
        return proposal(for: remedy)
      }
  }

  // MARK: Overrides

  /// Overrides of one project that no release meets together.
  private func contradictions(among asked: [AskedLine]) -> [HintProposal] {
    let overrides = asked.filter { $0.kind == .override }
    var told: Set<PackageName> = []
    return overrides.compactMap { line in
      let name = words.line(line).requirement.name
      let lines = study.ownLines(on: name).filter { overrides.contains($0.asked) }
      guard told.insert(name).inserted, lines.count > 1,
        !lines.contains(where: { words.line($0.asked).place == .question }),
        lines.dropFirst().reduce(lines[0].allowed, { $0.intersection($1.allowed) }).isEmpty
      else { return nil }
      let last = lines[lines.count - 1].asked.index
      return HintProposal(
        .settleOverrides, name, at: words.line(lines[0].asked).place,
        changing: { $0.overrides.remove(at: last) },
        "your overrides contradict each other: leave out \(Self.list(lines.map { written([$0], isKindSaid: false) }, or: true))"
      )
    }
  }

  // MARK: Lines

  private func proposal(for remedy: LineRemedy) -> HintProposal? {
    let place = words.line(remedy.line.asked).place
    guard !remedy.lines.contains(where: { words.line($0.asked).place == .question }) else { return nil }
    if remedy.line.allowed.isEmpty, failed.uncached.contains(remedy.name) { return nil }
    var proposal = HintProposal(
      direction(of: remedy.wanted, against: remedy.line).kind, remedy.name, at: place
    ) { told(of: remedy, in: $0) }
    proposal.combination = .together
    proposal.change = { request in
      for line in remedy.lines.map(\.asked) {
        switch line.kind {
        case .requirement: request.requirements[line.index].specifiers = SpecifierSet()
        case .constraint: request.constraints[line.index].specifiers = SpecifierSet()
        case .override: request.overrides[line.index].specifiers = SpecifierSet()
        }
      }
    }
    return proposal
  }

  /// What to do with a remedy's lines, given what came of doing without them.
  private func told(
    of remedy: LineRemedy, in graph: ResolvedGraph?
  ) -> (kind: FailureHint.Kind, clause: String) {
    if remedy.line.requirement.specifiers.versions.isEmpty {
      return (.change, "change \(written(remedy.lines)): its own bounds contradict each other")
    }
    let (kind, verb) = direction(of: remedy.wanted, against: remedy.line)
    if remedy.line.allowed.isEmpty {
      return (kind, "\(verb) \(written(remedy.lines)): \(nearest(remedy, kind))")
    }
    if let picked = picked(of: remedy, in: graph), !isWhole(remedy, picked) {
      let lines = remedy.lines.filter { !$0.allowed.contains(picked) }
      let line = lines.first ?? remedy.line
      let release = VersionRanges(picked)
      let (kind, verb) = direction(of: release, against: line)
      let what = lines.isEmpty ? remedy.lines : lines
      return (kind, "\(verb) \(written(what)) to admit \(words.noun(remedy.package, release).text)")
    }
    return (
      kind, "\(verb) \(written(remedy.lines)) to admit \(words.noun(remedy.package, remedy.range).text)"
    )
  }

  /// Whether all that a remedy would admit may be told as one range, of which a release was picked.
  ///
  /// Not if newer ones of it were passed over, nor if the proof tells of few of them what they need.
  private func isWhole(_ remedy: LineRemedy, _ picked: UInt32) -> Bool {
    guard !remedy.isOfNeeds, remedy.range.ranges.count == 1, remedy.wanted.contains(picked),
      let releases = failed.releases[remedy.name]
    else { return false }
    return remedy.wanted.ranges.joined().allSatisfy { $0 <= picked || releases.isPreRelease(at: Int($0)) }
  }

  /// The release of a remedy's project that was picked without its lines.
  private func picked(of remedy: LineRemedy, in graph: ResolvedGraph?) -> UInt32? {
    guard let version = graph?.pin(remedy.name)?.version, let releases = failed.releases[remedy.name]
    else { return nil }
    return (0..<releases.versionCount).first { releases.version(at: $0) == version }.map { UInt32($0) }
  }

  /// Which way a line would have to be changed.
  private func direction(
    of wanted: VersionRanges, against line: OwnLine
  ) -> (kind: FailureHint.Kind, verb: String) {
    let admitted = line.allowed
    guard let low = wanted.min, let high = wanted.max else { return (.change, "change") }
    if let least = admitted.min, let most = admitted.max {
      return low > most ? (.raise, "raise") : high < least ? (.lower, "lower") : (.change, "change")
    }
    // It admits no release: it is a matter of its own bounds.
    let specifiers = line.requirement.specifiers.specifiers.filter { $0.operator != .notEqual }
    if specifiers.allSatisfy({ [.less, .lessOrEqual].contains($0.operator) }) { return (.raise, "raise") }
    if specifiers.allSatisfy({ [.greater, .greaterOrEqual, .compatible].contains($0.operator) }) {
      return (.lower, "lower")
    }
    let bounds = specifiers.compactMap(\.version)
    guard let releases = failed.releases[line.requirement.name], let least = bounds.min(),
      let most = bounds.max()
    else { return (.change, "change") }
    if releases.version(at: Int(high)) < least { return (.lower, "lower") }
    return releases.version(at: Int(low)) > most ? (.raise, "raise") : (.change, "change")
  }

  /// Where the nearest releases are, of a line that admits none.
  private func nearest(_ remedy: LineRemedy, _ kind: FailureHint.Kind) -> String {
    let wanted = remedy.wanted
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
