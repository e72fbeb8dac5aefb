import PubGrub
import PythonPackaging
import Resolution

/// Requirements that can't be met, told in the user's words, and what would help.
struct UnsatisfiableReport: Sendable {
  let failed: UnsatisfiableRequirements
  let requirementPlaces: [String]
  let constraintPlaces: [String]
  let overridePlaces: [String]
  /// Whether a long proof is told whole.
  let isWhole: Bool
  /// Names that the user may have meant.
  let knownNames: [PackageName]

  init(
    _ failed: UnsatisfiableRequirements, request: CompileRequest, lockedNames: [PackageName], isWhole: Bool
  ) {
    self.isWhole = isWhole
    self.failed = failed
    requirementPlaces = request.requirementPlaces
    constraintPlaces = request.constraintPlaces
    overridePlaces = request.overridePlaces
    let met = failed.releases.keys + lockedNames + request.resolution.requirements.map(\.name)
    knownNames = Set(met).subtracting(Self.unknownNames(failed)).sorted()
  }

  /// The steps of a proof that are told where it isn't told whole: the last ones, which lead to what the user wrote.
  private static let longestProof = 12

  /// The proof, a sentence a line.
  var text: String {
    let words = RequirementsVocabulary(
      failed, requirementPlaces: requirementPlaces, constraintPlaces: constraintPlaces,
      overridePlaces: overridePlaces)
    var lines = failed.explanation.prose(in: words).split(separator: "\n", omittingEmptySubsequences: false)
      .map { $0.isEmpty ? "" : "  \($0)" }
    if !isWhole, lines.count > Self.longestProof {
      let left = lines.count - Self.longestProof
      lines.replaceSubrange(
        ..<left,
        with: ["  (\(left) \(left == 1 ? "line" : "lines") of the proof before these: `--verbose` shows all)"]
      )
    }
    return (["the requirements can't be met"] + lines).joined(separator: "\n")
  }

  /// What would help, most telling first, each once.
  var hints: [String] {
    var hints: [String] = []
    if failed.isIncomplete { hints.append("what isn't cached may be on the index: leave out `--offline`") }
    for name in Self.unknownNames(failed).sorted() {
      let near = NearNames.of(name.normalized, among: knownNames.map(\.normalized))
      hints.append(
        near.isEmpty
          ? "`\(name)` may be misspelt, or on an index that isn't asked: `--extra-index-url`"
          : "no index has `\(name)`; did you mean \(near.map { "`\($0)`" }.joined(separator: " or "))?")
    }
    for (project, reason) in failed.unavailable {
      let name = project.map { "`\($0)`" } ?? "the package"
      let hint: String? =
        switch reason {
        case .preRelease: "pre-releases of \(name) exist: `--pre` admits them"
        case .requiresPython:
          "releases of \(name) exist for another Python: `--python-version` says which is meant"
        case .noCompatibleWheel:
          "\(name) has wheels for other targets: `--python-version` and `--python-platform` say which is meant"
        case .constraint(let index):
          "the constraint on \(name) stands at \(constraintPlaces[index])"
        case .yanked: "a yanked release of \(name) is taken only if a requirement of yours names it with `==`"
        case .needsBuild: "leave out `--no-build` for \(name), or name a Python to build with by `--python`"
        case .excludedKind(.binaryOnly): "leave out `--only-binary` for \(name) to admit source distributions"
        case .excludedKind: "leave out `--no-binary` for \(name) to admit wheels"
        case .otherHashes: "take out the `--hash` of \(name), or give one of the release that is meant"
        case .newerThanCutoff, .noUploadTime, .noFiles, .unreadableMetadata, .directURL,
          .offline:
          nil
        }
      if let hint, !hints.contains(hint) { hints.append(hint) }
    }
    return hints
  }

  /// The projects in the proof that no index has.
  private static func unknownNames(_ failed: UnsatisfiableRequirements) -> Set<PackageName> {
    var names: Set<PackageName> = []
    for fact in failed.explanation.facts {
      for term in fact.terms {
        if let name = failed.packages[Int(term.package.index)].project { names.insert(name) }
      }
      if case .dependency(of: _, versions: _, on: let target, allowed: _, label: _) = fact.cause,
        let name = failed.packages[Int(target.index)].project
      {
        names.insert(name)
      }
    }
    return names.filter { failed.releases[$0] == nil && !failed.uncached.contains($0) }
  }
}
