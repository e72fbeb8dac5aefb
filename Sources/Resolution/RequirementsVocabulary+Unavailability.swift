package import PubGrub
import PythonPackaging

extension RequirementsVocabulary {
  /// Releases of one project that can't be used for one kind of reason.
  private struct Refused {
    let kind: UnavailabilityReason.Kind
    var reasons: [UnavailabilityReason]
    var versions: VersionRanges
  }

  package func unavailability(
    _ package: PackageID, _ facts: [(versions: VersionRanges, label: UInt32)]
  ) -> [String] {
    var refused: [Refused] = []
    for (versions, label) in facts {
      guard case .unavailable(let reason) = failed.labels[Int(label)] else { continue }
      // Constraints are of the user's own writing, and each is told.
      if let place = refused.firstIndex(where: { $0.kind == reason.kind && reason.kind != .constraint }) {
        refused[place].reasons.append(reason)
        refused[place].versions = refused[place].versions.union(versions)
      } else {
        refused.append(Refused(kind: reason.kind, reasons: [reason], versions: versions))
      }
    }
    refused.sort { ($0.versions.max ?? 0) > ($1.versions.max ?? 0) }
    var clauses = refused.prefix(Self.longestList).map { group in
      let subject = noun(package, group.versions)
      return "\(subject.text) \(predicate(group.reasons, isPlural: subject.isPlural))"
    }
    if refused.count > Self.longestList {
      let rest = refused.dropFirst(Self.longestList).reduce(VersionRanges()) { $0.union($1.versions) }
      let subject = noun(package, rest)
      clauses.append("\(subject.text) can't be used for other reasons")
    }
    return clauses
  }

  private func predicate(_ reasons: [UnavailabilityReason], isPlural: Bool) -> String {
    UnavailabilityWords(environment: failed.request.environment, constraint: constraint)
      .predicate(reasons, isPlural: isPlural)
  }
}
