/// A statement of the form "the subject depends on the object".
struct ExplanationNeed {
  let package: PackageID
  /// The versions said to depend.
  let versions: VersionRanges
  /// Those that do when other facts of the statement are taken into account.
  let covered: VersionRanges
  /// False for what was derived: "requires" instead of "depends on".
  let isExternal: Bool
  let target: PackageID
  /// The versions of the target that are said to do.
  let allowed: VersionRanges
  /// Those that are left when other facts of the statement are taken into account.
  let left: VersionRanges
  /// The caller's label of the dependency; nil for what was derived.
  let label: UInt32?
  /// ` (1)`, where an earlier step has said it.
  let reference: String

  /// Reads a statement; nil if it has another form.
  init?(_ premise: ExplanationPremise) {
    reference = premise.reference
    let terms = premise.statement.terms
    if case .dependency(let package, let versions, let target, let allowed, let label) = premise.statement
      .cause
    {
      self.package = package
      self.versions = versions
      self.target = target
      self.allowed = allowed
      self.label = label
      isExternal = true
      left = terms.first { $0.package == target && !$0.isPositive }?.versions ?? VersionRanges()
      covered = terms.first { $0.package == package && $0.isPositive }?.versions ?? versions
    } else {
      guard premise.statement.cause.isDerived, premise.statement.asides.isEmpty, terms.count == 2,
        let depender = terms.first(where: \.isPositive), let target = terms.first(where: { !$0.isPositive })
      else { return nil }
      package = depender.package
      versions = depender.versions
      covered = depender.versions
      self.target = target.package
      allowed = target.versions
      left = target.versions
      label = nil
      isExternal = false
    }
  }

  /// Whether both speak of the same versions of the same package.
  func hasSubject(of other: ExplanationNeed) -> Bool {
    package == other.package && versions == other.versions && covered == other.covered
  }

  /// Whether "which …" behind the object can tell the other.
  func leads(to other: ExplanationNeed) -> Bool {
    target == other.package && !left.isEmpty && left.isSubset(of: other.covered)
  }
}

/// A statement that a sentence argues from.
struct ExplanationPremise {
  let statement: Explanation.Statement
  /// ` (1)`, where an earlier step has said it.
  var reference = ""
}
