import PubGrub
import PythonPackaging

/// A requirement, a constraint or an override of the request.
struct AskedLine: Hashable, Comparable {
  let kind: FailureReport.Asked.Kind
  /// Its place among those of its kind.
  let index: Int

  init(kind: FailureReport.Asked.Kind, index: Int) {
    self.kind = kind
    self.index = index
  }

  /// What a label stands for, if the user wrote it.
  init?(_ label: ResolutionLabel) {
    switch label {
    case .requirement(let index): self.init(kind: .requirement, index: index)
    case .unavailable(.constraint(let index)): self.init(kind: .constraint, index: index)
    case .override(let index, instead: _): self.init(kind: .override, index: index)
    default: return nil
    }
  }

  static func < (left: AskedLine, right: AskedLine) -> Bool {
    func rank(_ kind: FailureReport.Asked.Kind) -> Int {
      switch kind {
      case .requirement: 0
      case .constraint: 1
      case .override: 2
      }
    }
    return (rank(left.kind), left.index) < (rank(right.kind), right.index)
  }
}

extension RequirementsVocabulary {
  /// A line of the user's own, and where it is.
  func line(_ line: AskedLine) -> (requirement: Requirement, place: RequirementPlace) {
    switch line.kind {
    case .requirement: (failed.request.requirements[line.index], setting.requirementPlaces[line.index])
    case .constraint: (failed.request.constraints[line.index], setting.constraintPlaces[line.index])
    case .override: (failed.request.overrides[line.index], setting.overridePlaces[line.index])
    }
  }

  /// A line of the user's own as data.
  func data(_ line: AskedLine) -> FailureReport.Asked {
    let (requirement, place) = self.line(line)
    return FailureReport.Asked(
      kind: line.kind, project: requirement.name.normalized, text: Self.oneLine(requirement.description),
      source: place.source, line: place.line)
  }

  /// Releases as data.
  func releases(_ package: PackageID, _ versions: VersionRanges) -> FailureReport.Releases {
    let known = releases(of: package)
    var extra: String?
    if case .extra(_, let name) = failed.packages[Int(package.index)] { extra = name.normalized }
    return FailureReport.Releases(
      project: failed.packages[Int(package.index)].project?.normalized ?? project(package), extra: extra,
      range: versions.isEmpty ? "no release of \(project(package))" : noun(package, versions).text,
      count: versions.count,
      oldest: versions.min.flatMap { place in known?.version(at: Int(place)).description },
      newest: versions.max.flatMap { place in known?.version(at: Int(place)).description })
  }

  /// A fact about what can't be used as data; nil if it is another.
  func unavailable(_ fact: Explanation.Statement) -> FailureReport.Unavailable? {
    guard case .unavailable(let label) = fact.cause, let term = fact.terms.first,
      case .unavailable(let reason) = failed.labels[Int(label)]
    else { return nil }
    var tags: [String]?
    if case .noCompatibleWheel(let own) = reason { tags = own.map(Self.oneLine) }
    let detail: String? =
      switch reason {
      case .yanked(let text): text
      case .requiresPython(let text), .unreadableMetadata(let text): text
      case .directURL(let text): text
      case .constraint(let index): constraint(index)
      case .barred(let barrier): barrier.detail
      default: nil
      }
    return FailureReport.Unavailable(
      releases: releases(term.package, term.versions), reason: reason.kind,
      detail: detail.map(Self.oneLine), tags: tags,
      clause: unavailability(term.package, [(term.versions, label)]).joined(separator: " and "))
  }
}
