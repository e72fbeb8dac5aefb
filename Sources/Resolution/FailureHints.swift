import PubGrub
import PythonPackaging

/// Finds what would help against a failure, from its proof alone: nothing is resolved anew.
struct FailureHints {
  let failed: UnsatisfiableRequirements
  let words: RequirementsVocabulary
  /// What the proof rests on, and all that was found not to be usable.
  let proof: ProofFacts
  /// The facts of the proof, in its order.
  let facts: [Explanation.Statement]
  /// Names that the user may have meant.
  let knownNames: [PackageName]

  /// The most hints that are told.
  private static let mostHints = 4

  /// The hints, most telling first, each once.
  var all: [FailureHint] {
    var hints: [FailureHint] = []
    if failed.isIncomplete {
      hints.append(
        FailureHint(.goOnline, nil, "what isn't cached may be on the index: leave out `--offline`"))
    }
    hints += unknownNames.map(forUnknown) + forReasons + forLines
    let order = FailureHint.Kind.allCases
    let sorted = hints.enumerated().sorted { left, right in
      let ranks = [left, right].map { order.firstIndex(of: $0.element.kind) ?? order.count }
      return (ranks[0], left.offset) < (ranks[1], right.offset)
    }.map(\.element)
    var told: [FailureHint] = []
    for hint in sorted where !told.contains(hint) { told.append(hint) }
    return Array(told.prefix(Self.mostHints))
  }

  // MARK: Names

  /// The projects that no index has, ascending: those in the proof, and all that the user asks for.
  private var unknownNames: [PackageName] {
    var names = Set(failed.request.requirements.map(\.name).filter { package($0) != nil })
    for fact in facts {
      for package in fact.terms.map(\.package) {
        if let name = failed.packages[Int(package.index)].project { names.insert(name) }
      }
      if case .dependency(of: _, versions: _, on: let target, allowed: _, label: _) = fact.cause,
        let name = failed.packages[Int(target.index)].project
      {
        names.insert(name)
      }
    }
    return names.filter { failed.releases[$0] == nil && !failed.uncached.contains($0) }.sorted()
  }

  private func forUnknown(_ name: PackageName) -> FailureHint {
    let unknown = unknownNames
    let near = NearNames.of(
      name.normalized, among: knownNames.filter { !unknown.contains($0) }.map(\.normalized))
    if near.isEmpty {
      return FailureHint(
        .otherIndex, name, "`\(name)` may be misspelt, or on an index that isn't asked: `--extra-index-url`")
    }
    let names = near.map { "`\($0)`" }.joined(separator: " or ")
    return FailureHint(.otherName, name, "no index has `\(name)`; did you mean \(names)?")
  }

  // MARK: The user's own lines

  /// What of the user's own lines would have to change, and to admit which releases.
  private var forLines: [FailureHint] {
    return words.asked(in: facts).compactMap { line in
      let (requirement, place) = words.line(line)
      guard place != .question, !requirement.specifiers.isEmpty, let package = package(requirement.name),
        let count = failed.releases[requirement.name]?.versionCount
      else { return nil }
      let labels = failed.labels.indices.filter { AskedLine(failed.labels[$0]) == line }.map { UInt32($0) }
      let kind = line.kind == .requirement ? "" : "the \(line.kind.rawValue) "
      let text = "\(kind)`\(RequirementsVocabulary.cut(words.written(requirement), to: 40))` (\(place))"
      let admitted = admitted(by: Set(labels), of: package, count: count)
      if admitted.isEmpty, line.kind != .constraint { return forNothingInRange(requirement, text, place) }
      guard let possible = proof.possibleVersions(of: package, without: Set(labels)) else { return nil }
      return change(text, package, from: admitted, to: possible, place)
    }
  }

  /// The releases that a line of the user's own admits.
  private func admitted(by labels: Set<UInt32>, of package: PackageID, count: Int) -> VersionRanges {
    var refused = VersionRanges()
    for fact in facts {
      switch fact.cause {
      case .dependency(_, _, package, let allowed, let label) where labels.contains(label): return allowed
      case .unavailable(let label) where labels.contains(label):
        for term in fact.terms where term.package == package { refused = refused.union(term.versions) }
      default: continue
      }
    }
    return refused.complement(within: count)
  }

  private func change(
    _ text: String, _ package: PackageID, from admitted: VersionRanges, to possible: VersionRanges,
    _ place: RequirementPlace
  ) -> FailureHint? {
    let name = failed.packages[Int(package.index)].project
    let wanted = possible.subtracting(admitted)
    guard let low = wanted.min, let high = wanted.max else { return nil }
    let noun = words.noun(package, wanted).text
    if admitted.max.map({ low > $0 }) ?? false {
      return FailureHint(.raise, name, at: place, "raise \(text) to admit \(noun)")
    }
    if admitted.min.map({ high < $0 }) ?? false {
      return FailureHint(.lower, name, at: place, "lower \(text) to admit \(noun)")
    }
    return FailureHint(.change, name, at: place, "change \(text) to admit \(noun)")
  }

  /// No release matches: where the nearest ones are.
  private func forNothingInRange(
    _ requirement: Requirement, _ text: String, _ place: RequirementPlace
  ) -> FailureHint? {
    guard let releases = failed.releases[requirement.name], releases.versionCount > 0,
      !failed.uncached.contains(requirement.name)
    else { return nil }
    let name = requirement.name
    let oldest = releases.version(at: 0)
    let newest = releases.version(at: releases.versionCount - 1)
    let bounds = requirement.specifiers.specifiers.compactMap { $0.operator == .notEqual ? nil : $0.version }
    if let bound = bounds.max(), bound > newest {
      return FailureHint(.lower, name, at: place, "lower \(text): the newest release is \(newest)")
    }
    if let bound = bounds.min(), bound <= oldest {
      return FailureHint(.raise, name, at: place, "raise \(text): the oldest release is \(oldest)")
    }
    guard let bound = bounds.max() else { return nil }
    let next = (0..<releases.versionCount).first { releases.version(at: $0) > bound }
    guard let next, next > 0 else { return nil }
    let pair = "\(releases.version(at: next - 1)) and \(releases.version(at: next))"
    return FailureHint(.change, name, at: place, "change \(text): the nearest releases are \(pair)")
  }

  private func package(_ name: PackageName) -> PackageID? {
    failed.packages.firstIndex(of: .project(name)).map { PackageID(index: UInt32($0)) }
  }
}
