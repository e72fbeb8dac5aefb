import PubGrub
import PythonPackaging

/// Finds what would help against a failure, by its study: nothing is resolved anew.
///
/// A hint is told only if following it takes away what it is about: what it names could be picked as far as the request,
/// the user's other lines and the index's pages tell.
struct FailureHints {
  let study: FailureStudy
  let words: RequirementsVocabulary
  /// Names that the user may have meant.
  let knownNames: [PackageName]

  var failed: UnsatisfiableRequirements { study.failed }

  /// The most hints that are told.
  private static let mostHints = 2

  /// The hints, most telling first, each once.
  var all: [FailureHint] {
    var hints: [FailureHint] = []
    if failed.isIncomplete {
      hints.append(
        FailureHint(.goOnline, nil, "what isn't cached may be on the index: leave out `--offline`"))
    }
    hints += unknownNames.map(forUnknown) + forUnaskedIndexes + forReasons + forLines
    let order = FailureHint.Kind.allCases
    let sorted = hints.enumerated().sorted { left, right in
      let ranks = [left, right].map { order.firstIndex(of: $0.element.kind) ?? order.count }
      return (ranks[0], left.offset) < (ranks[1], right.offset)
    }.map(\.element)
    var told: [FailureHint] = []
    for hint in sorted where !told.contains(hint) { told.append(hint) }
    // Of two ways out of what releases are refused for, a line of the user's own is the second.
    let lead = told.first.map { [$0] } ?? []
    let rest = told.dropFirst()
    let isOfName = lead.first.map { $0.kind == .otherName || $0.kind == .otherIndex } ?? false
    let second = isOfName ? nil : rest.first { $0.kind.isOfLine }
    return Array((lead + (second.map { [$0] } ?? []) + rest.filter { $0 != second }).prefix(Self.mostHints))
  }

  // MARK: Names

  /// The projects that no index has, ascending: those in the proof, and all that the user asks for.
  private var unknownNames: [PackageName] {
    var names = Set(failed.request.requirements.map(\.name).filter { study.package($0) != nil })
    names.formUnion(study.projects)
    return names.filter { failed.releases[$0] == nil && !failed.uncached.contains($0) }.sorted()
  }

  private func forUnknown(_ name: PackageName) -> FailureHint {
    let unknown = unknownNames
    let near = NearNames.of(
      name.normalized, among: knownNames.filter { !unknown.contains($0) }.map(\.normalized))
    let shown = RequirementsVocabulary.shown(name)
    if near.isEmpty {
      return FailureHint(
        .otherIndex, name,
        study.setting.isWithoutIndex
          ? "`\(shown)` may be misspelt, or where nobody looks: name that by `--find-links`, or leave out `--no-index`"
          : "`\(shown)` may be misspelt, or on an index that isn't asked: `--extra-index-url`")
    }
    let names = near.map { "`\(PrintableText.excerpt($0, limit: 60))`" }.joined(separator: " or ")
    return FailureHint(
      .otherName, name,
      "\(study.setting.isWithoutIndex ? "nothing that is looked at" : "no index") has `\(shown)`; did you mean \(names)?"
    )
  }

  // MARK: Other indexes

  /// Where more releases may be of a project that has none in range: on indexes that aren't asked as an earlier one has
  /// the name.
  private var forUnaskedIndexes: [FailureHint] {
    let names = study.facts.compactMap { fact -> PackageName? in
      guard case .dependency(_, _, on: let target, allowed: let allowed, _) = fact.cause, allowed.isEmpty
      else { return nil }
      return study.project(of: target)
    }
    return Set(names).sorted().compactMap { name in
      guard let indexes = study.unaskedIndexes[name], !indexes.isEmpty else { return nil }
      let addresses = indexes.prefix(3).map { "`\(RequirementsVocabulary.oneLine($0))`" }
      return FailureHint(
        .otherIndex, name,
        "`\(RequirementsVocabulary.shown(name))` isn't looked for on \(addresses.joined(separator: ", ")), as an "
          + "earlier index has the name: `--index-strategy unsafe-best-match` takes releases from all, and asks all "
          + "for every name, private ones too")
    }
  }
}
