/// The words of an explanation that only the caller knows: how packages, versions and external facts are said.
///
/// Example, of a package `foo`: subject "every version of foo", object "foo >=2".
package protocol ExplanationVocabulary {
  /// Versions of a package as what depends: "flask 3.1 and later", "every version of foo", "your requirements".
  func subject(_ package: PackageID, _ versions: VersionRanges) -> ExplanationNoun

  /// Versions of a package as what is depended on, or is forbidden: "foo >=2". The label is that of the dependency
  /// being said (``Solver/Dependency/label``), nil where it isn't one that a caller has supplied. The versions may
  /// be empty only with a label.
  func object(_ package: PackageID, _ versions: VersionRanges, label: UInt32?) -> ExplanationNoun

  /// That versions of one package can't be used, and why, as clauses: "foo 2 was yanked". The facts come in the order
  /// of the proof, at least one, and each label once.
  func unavailability(_ package: PackageID, _ facts: [(versions: VersionRanges, label: UInt32)]) -> [String]

  /// That none of the versions could be chosen, as a clause: "there is no usable version of foo".
  func absence(_ package: PackageID, _ versions: VersionRanges) -> String

  /// The verb between a package that depends and what it depends on: "depends on" for a fact, "requires" for what
  /// was concluded.
  func verb(_ package: PackageID, isExternal: Bool, isPlural: Bool) -> String

  /// What is said of versions that were concluded not to be possible: "is forbidden".
  func prohibition(isPlural: Bool) -> String

  /// Whether a dependency with the label goes without saying.
  func isSelfEvident(_ label: UInt32) -> Bool

  /// That there is no solution, as a clause.
  var failure: String { get }
}

extension ExplanationVocabulary {
  package var failure: String { "version solving failed" }

  package func isSelfEvident(_ label: UInt32) -> Bool { false }

  package func prohibition(isPlural: Bool) -> String { isPlural ? "are forbidden" : "is forbidden" }

  package func verb(_ package: PackageID, isExternal: Bool, isPlural: Bool) -> String {
    switch (isExternal, isPlural) {
    case (true, false): "depends on"
    case (true, true): "depend on"
    case (false, false): "requires"
    case (false, true): "require"
    }
  }
}
