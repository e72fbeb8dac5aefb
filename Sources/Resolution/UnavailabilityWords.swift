package import PythonPackaging

/// Says why releases can't be used: `is yanked (broken)`, `needs Python >=3.13 (the target is 3.12.0)`.
package struct UnavailabilityWords {
  /// What is pinned for.
  private let environment: TargetEnvironment
  /// A constraint by its index, and where it stands.
  private let constraint: (Int) -> String
  /// The option that gives the cutoff, and where it stands; empty: it isn't told.
  private let cutoff: String

  package init(
    environment: TargetEnvironment, cutoff: String = "", constraint: @escaping (Int) -> String
  ) {
    self.environment = environment
    self.constraint = constraint
    self.cutoff = cutoff
  }

  private var shownCutoff: String { cutoff.isEmpty ? "" : " of \(cutoff)" }

  /// What is said of releases for reasons of one kind, each different.
  package func predicate(_ reasons: [UnavailabilityReason], isPlural: Bool) -> String {
    let be = isPlural ? "are" : "is"
    let have = isPlural ? "have" : "has"
    guard let first = reasons.first else { return "can't be used" }
    return switch first {
    case .yanked:
      "\(be) yanked"
        + Self.inParentheses(
          reasons.compactMap { reason in
            if case .yanked(let why?) = reason { return why.isEmpty ? nil : why }
            return nil
          })
    case .requiresPython: pythonPredicate(reasons, isPlural: isPlural)
    case .noCompatibleWheel:
      "\(have) wheels for other targets only"
        + Self.inParentheses(
          reasons.reduce(into: [String]()) { tags, reason in
            if case .noCompatibleWheel(let own) = reason { tags += own.filter { !tags.contains($0) } }
          }, and: "the target is \(targetTag)")
    case .needsBuild: "\(have) no wheel and would have to be built, which isn't allowed"
    case .excludedKind(.binaryOnly): "\(have) only source distributions, which `--only-binary` rules out"
    case .excludedKind: "\(have) only wheels, which `--no-binary` rules out"
    case .otherHashes: "\(have) no file with a hash that your requirement gives"
    case .newerThanCutoff: "\(be) newer than the cutoff\(shownCutoff)"
    case .noUploadTime: "\(have) no upload time on the index to hold against the cutoff\(shownCutoff)"
    case .noFiles: "\(have) no usable file"
    case .unreadableMetadata:
      "\(have) unusable metadata"
        + Self.inParentheses(
          reasons.compactMap { reason in
            if case .unreadableMetadata(let how) = reason { how } else { nil }
          })
    case .directURL:
      "\(isPlural ? "depend" : "depends") on a URL, which only your own requirements may"
        + Self.inParentheses(
          reasons.compactMap { reason in
            if case .directURL(let requirement) = reason { requirement } else { nil }
          })
    case .preRelease: isPlural ? "are pre-releases" : "is a pre-release"
    case .constraint(let index): "\(be) ruled out by the constraint \(constraint(index))"
    case .offline: "\(be) missing from the cache"
    case .barred(let barrier): barred(barrier, reasons, isPlural: isPlural)
    }
  }

  /// What is said of releases that an update may not pick, for reasons of one kind.
  private func barred(
    _ barrier: ReleaseBarrier, _ reasons: [UnavailabilityReason], isPlural: Bool
  ) -> String {
    let be = isPlural ? "are" : "is"
    switch barrier {
    case .affected:
      var ids: [String] = []
      for case .barred(.affected(let own)) in reasons { ids += own.filter { !ids.contains($0) } }
      return "\(be) affected by advisories" + Self.inParentheses(ids)
    case .coolingDown, .replaced:
      let phrases = reasons.compactMap { reason -> String? in
        switch reason {
        case .barred(.coolingDown(let phrase)), .barred(.replaced(let phrase)): phrase
        default: nil
        }
      }
      return "can't be picked" + Self.inParentheses(phrases)
    case .largerStep(let step): return "\(be) a larger step than `--max \(step.rawValue)` allows"
    case .notRaised(let least?):
      return "\(be) older than \(RequirementsVocabulary.shown(least)), to which it is to be raised"
    case .notRaised: return "\(be) not newer than what is pinned"
    case .outsideBounds(let bounds):
      return
        "\(be) outside `\(RequirementsVocabulary.oneLine(bounds.description))`, which is asked for of this update"
    case .held: return "\(be) not among what this attempt keeps to"
    }
  }

  /// The tag of the wheel that would suit the target best: `cp312-cp312-manylinux_2_28_x86_64`.
  private var targetTag: String {
    let tags = environment.tags.all
    return tags.first { !$0.contains("-linux_") } ?? tags.first ?? "another"
  }

  /// "needs Python >=3.13 (the target is 3.12.0)", or of several wishes what they have in common.
  private func pythonPredicate(_ reasons: [UnavailabilityReason], isPlural: Bool) -> String {
    let target = environment.python
    let need = isPlural ? "need" : "needs"
    var texts: [String] = []
    for case .requiresPython(let text) in reasons where !texts.contains(text) { texts.append(text) }
    if texts.count == 1 {
      return "\(need) Python \(RequirementsVocabulary.oneLine(texts[0])) (the target is \(target))"
    }
    let nearest = PythonAdmission(of: texts, target: target)
    let ways = Set(
      texts.map { PythonAdmission(of: [$0], target: target) }.map { $0.version == nil ? nil : $0.isNewer })
    if let text = nearest.text, ways.count == 1 {
      return nearest.isNewer
        ? "\(need) a newer Python than \(target) (\(text) at the least)"
        : "\(need) an older Python than \(target) (\(text) at the most)"
    }
    return "\(need) another Python than \(target)" + Self.inParentheses(texts)
  }

  /// ` (one; other; 3 more)`, each once; nothing if there is nothing.
  private static func inParentheses(_ texts: [String], and last: String? = nil) -> String {
    var different: [String] = []
    for text in texts where !different.contains(text) { different.append(text) }
    var shown = different.prefix(RequirementsVocabulary.longestList).map(RequirementsVocabulary.oneLine)
    if different.count > shown.count { shown.append("\(different.count - shown.count) more") }
    let separator = last == nil ? "; " : ", "
    let list = shown.joined(separator: separator)
    let all = [list, last ?? ""].filter { !$0.isEmpty }.joined(separator: "; ")
    return all.isEmpty ? "" : " (\(all))"
  }
}
