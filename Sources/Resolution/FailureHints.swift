import PubGrub
import PythonPackaging

/// Finds what may help against a failure, by its study.
///
/// What is proposed could be picked as far as the request, the user's other lines and the index's pages tell.
struct FailureHints {
  let study: FailureStudy

  var failed: UnsatisfiableRequirements { study.failed }
  var words: RequirementsVocabulary { study.words }

  /// What may help, in the order in which it is told.
  var proposals: [HintProposal] {
    var found: [HintProposal] = []
    if failed.isIncomplete {
      found.append(
        HintProposal(.goOnline, nil, "what isn't cached may be on the index: leave out `--offline`"))
    }
    found += unknownNames.map(forUnknown) + forUnaskedIndexes + forReasons + forLines
    let order = FailureHint.Kind.allCases
    let sorted = found.enumerated().sorted { left, right in
      let ranks = [left, right].map { order.firstIndex(of: $0.element.kind) ?? order.count }
      return (ranks[0], left.offset) < (ranks[1], right.offset)
    }.map(\.element)
    guard let lead = sorted.first, lead.kind != .otherName, lead.kind != .otherIndex else { return sorted }
    // Of two ways out of what releases are refused for, a line of the user's own is the second.
    var rest = Array(sorted.dropFirst())
    if let second = rest.firstIndex(where: { $0.kind.isOfLine }) {
      rest.insert(rest.remove(at: second), at: 0)
    }
    return [lead] + rest
  }

  // MARK: Names

  /// The projects that no index has, ascending: those in the proof, and all that the user asks for.
  private var unknownNames: [PackageName] {
    var names = Set(failed.request.requirements.map(\.name).filter { study.package($0) != nil })
    names.formUnion(study.projects)
    return names.filter { failed.releases[$0] == nil && !failed.uncached.contains($0) }.sorted()
  }

  private func forUnknown(_ name: PackageName) -> HintProposal {
    let unknown = unknownNames
    let knownNames = Set(failed.releases.keys).union(failed.uncached).union(study.setting.knownNames)
    let near = NearNames.of(
      name.normalized, among: knownNames.sorted().filter { !unknown.contains($0) }.map(\.normalized))
    let shown = RequirementsVocabulary.shown(name)
    if near.isEmpty {
      return HintProposal(
        .otherIndex, name,
        study.setting.isWithoutIndex
          ? "`\(shown)` may be misspelt, or where nobody looks: name that by `--find-links`, or leave out `--no-index`"
          : "`\(shown)` may be misspelt, or on an index that isn't asked: `--extra-index-url`")
    }
    let names = near.map { "`\(PrintableText.excerpt($0, limit: 60))`" }.joined(separator: " or ")
    return HintProposal(
      .otherName, name,
      "\(study.setting.isWithoutIndex ? "nothing that is looked at" : "no index") has `\(shown)`; did you mean \(names)?"
    )
  }

  // MARK: Other indexes

  /// Where more releases may be of a project that has none in range: on indexes that aren't asked as an earlier one has
  /// the name.
  private var forUnaskedIndexes: [HintProposal] {
    let names = study.facts.compactMap { fact -> PackageName? in
      guard case .dependency(_, _, on: let target, allowed: let allowed, _) = fact.cause, allowed.isEmpty
      else { return nil }
      return study.project(of: target)
    }
    return Set(names).sorted().compactMap { name in
      guard let indexes = study.unaskedIndexes[name], !indexes.isEmpty else { return nil }
      let addresses = indexes.prefix(3).map { "`\(RequirementsVocabulary.oneLine($0))`" }
      return HintProposal(
        .otherIndex, name,
        "`\(RequirementsVocabulary.shown(name))` isn't looked for on \(addresses.joined(separator: ", ")), as an "
          + "earlier index has the name: `--index-strategy unsafe-best-match` takes releases from all, and asks all "
          + "for every name, private ones too")
    }
  }
}
