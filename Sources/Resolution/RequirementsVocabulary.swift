package import PubGrub
import PythonPackaging

/// The words of an explanation in the terms of a person's own requirements: what they wrote and where, versions as the
/// releases that exist, refused releases with their reason.
package struct RequirementsVocabulary: ExplanationVocabulary {
  /// The failed resolution.
  let failed: UnsatisfiableRequirements
  let setting: FailureSetting

  /// Words for a failed resolution; the setting's places are by index into its request.
  init(_ failed: UnsatisfiableRequirements, in setting: FailureSetting) {
    self.failed = failed
    self.setting = setting
  }

  package var failure: String { "your requirements can't be met" }

  package func prohibition(isPlural: Bool) -> String { "can't be used" }

  package func isSelfEvident(_ label: UInt32) -> Bool { failed.labels[Int(label)] == .sameVersion }

  package func verb(_ package: PackageID, isExternal: Bool, isPlural: Bool) -> String {
    if package == Solver.root { return isExternal ? "ask for" : "need" }
    return switch (isExternal, isPlural) {
    case (true, false): "depends on"
    case (true, true): "depend on"
    case (false, false): "needs"
    case (false, true): "need"
    }
  }

  package func subject(_ package: PackageID, _ versions: VersionRanges) -> ExplanationNoun {
    if package == Solver.root { return ExplanationNoun("your requirements", isPlural: true) }
    return noun(package, versions)
  }

  package func object(_ package: PackageID, _ versions: VersionRanges, label: UInt32?) -> ExplanationNoun {
    if package == Solver.root { return ExplanationNoun("your requirements", isPlural: true) }
    guard let label else { return wanted(package, versions) }
    let text: String
    switch failed.labels[Int(label)] {
    case .requirement(let index): text = asked(index)
    case .dependency(let requirement): text = written(requirement, of: project(package))
    case .override(let index, instead: _):
      text =
        "\(written(failed.request.overrides[index], of: project(package))) (\(Self.override(setting.overridePlaces[index])))"
    case .united(let dependencies):
      if !versions.isEmpty { return wanted(package, versions) }
      text = Self.alternatives(dependencies.map { written($0.requirement, of: project(package)) })
    case .sameVersion, .unavailable: return noun(package, versions)
    }
    guard versions.isEmpty else { return ExplanationNoun(text) }
    guard let newest = newest(of: package) else {
      return ExplanationNoun("\(text), which \(absenceOfAll(package))", endsInClause: true)
    }
    let matched =
      isUncached(package)
      ? "no release at hand matches (the newest is \(Self.shown(newest)); the index's are not in the cache)"
      : "no release matches (the newest is \(Self.shown(newest)))"
    return ExplanationNoun("\(text), which \(matched)", endsInClause: true)
  }

  package func absence(_ package: PackageID, _ versions: VersionRanges) -> String {
    guard let newest = newest(of: package) else {
      return isUncached(package) || isEmpty(package)
        ? "\(project(package)) \(absenceOfAll(package))" : "no index has \(project(package))"
    }
    if versions.isEmpty {
      return "there is no such release of \(project(package)) (the newest is \(Self.shown(newest)))"
    }
    return "no usable release is in \(noun(package, versions).text)"
  }

  /// Versions that something needs: "needs every release of" would read as if it took them all.
  private func wanted(_ package: PackageID, _ versions: VersionRanges) -> ExplanationNoun {
    guard let count = releases(of: package)?.versionCount, count > 1, count == versions.count else {
      return noun(package, versions)
    }
    return ExplanationNoun(project(package))
  }
}

// MARK: - Requirements

extension RequirementsVocabulary {
  /// A requirement of the user's own, and where: `werkzeug<3 (requirements.in:4)`.
  func asked(_ index: Int) -> String {
    "\(written(failed.request.requirements[index])) (\(setting.requirementPlaces[index]))"
  }

  /// A constraint, and where.
  func constraint(_ index: Int) -> String {
    "\(written(failed.request.constraints[index])) (\(setting.constraintPlaces[index]))"
  }

  /// `override over.txt:1`; what is asked on the command line is no override of the user's own.
  private static func override(_ place: RequirementPlace) -> String {
    place == .question ? place.description : "override \(place)"
  }

  /// A requirement as far as it takes part in a proof: without its marker, on one line and not too long.
  func written(_ requirement: Requirement, of project: String? = nil) -> String {
    let extras = requirement.extras.map(\.normalized).joined(separator: ",")
    let name = project ?? requirement.name.normalized + (extras.isEmpty ? "" : "[\(extras)]")
    return Self.oneLine(name + (requirement.url.map { " @ \($0)" } ?? requirement.specifiers.description))
  }

  /// `b>=9, b>=8 or 3 others`, each once.
  private static func alternatives(_ texts: [String]) -> String {
    var different: [String] = []
    for text in texts where !different.contains(text) { different.append(text) }
    let shown = different.prefix(different.count > longestList ? longestList - 1 : longestList)
    let left = different.count - shown.count
    if left > 0 { return shown.joined(separator: ", ") + " or \(left) others like it" }
    guard let last = shown.last, shown.count > 1 else { return shown.first ?? "" }
    return shown.dropLast().joined(separator: ", ") + " or \(last)"
  }

  /// Text from outside, fit for a terminal.
  static func oneLine(_ text: String) -> String { PrintableText.excerpt(text, limit: longestText) }

  /// A name, and not too long.
  static func shown(_ name: PackageName) -> String {
    PrintableText.excerpt(name.normalized, limit: longestName)
  }

  /// A version, and not too long.
  static func shown(_ version: Version) -> String {
    PrintableText.excerpt(version.description, limit: longestName)
  }

  static let longestText = 120
  static let longestName = 60

  /// How many of a kind are told.
  static let longestList = 3
}
