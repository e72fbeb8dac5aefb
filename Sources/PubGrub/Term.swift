/// A statement about one package that a selection of versions makes true or false (Weizenbaum, *PubGrub*, "Term";
/// dart-lang/pub `doc/solver.md`).
///
/// A positive term says that the package is selected, at one of ``versions``. A negative term says that it isn't: it
/// is absent or at another version. Seen as a set of a package's possible states, the versions and *absent*, a
/// negative term is the complement of the positive one, so terms are closed under union, intersection and negation
/// without knowing how many versions there are.
///
/// Example: with versions 0, 1, 2, the term `not {1..<2}` is true if the package is absent, at 0 or at 2.
struct Term: Sendable, Hashable {
  /// Whether the package must be selected for the term to be true.
  var isPositive: Bool

  /// The versions that make a positive term true, or a negative one false.
  var versions: VersionRanges

  /// The term that is always true: what an empty partial solution knows of a package.
  static let any = Term(isPositive: false, versions: VersionRanges())

  static func positive(_ versions: VersionRanges) -> Term { Term(isPositive: true, versions: versions) }

  static func negative(_ versions: VersionRanges) -> Term { Term(isPositive: false, versions: versions) }

  /// Whether the term is true of every selection.
  var isAny: Bool { !isPositive && versions.isEmpty }

  /// Whether the term is true of no selection.
  var isImpossible: Bool { isPositive && versions.isEmpty }

  /// The term that is true exactly when this one is false.
  var negated: Term { Term(isPositive: !isPositive, versions: versions) }

  /// The term that is true when both are.
  func intersection(_ other: Term) -> Term {
    switch (isPositive, other.isPositive) {
    case (true, true): .positive(versions.intersection(other.versions))
    case (true, false): .positive(versions.subtracting(other.versions))
    case (false, true): .positive(other.versions.subtracting(versions))
    case (false, false): .negative(versions.union(other.versions))
    }
  }

  /// The term that is true when either is.
  func union(_ other: Term) -> Term {
    switch (isPositive, other.isPositive) {
    case (true, true): .positive(versions.union(other.versions))
    case (true, false): .negative(other.versions.subtracting(versions))
    case (false, true): .negative(versions.subtracting(other.versions))
    case (false, false): .negative(versions.intersection(other.versions))
    }
  }

  /// Whether the other term is true whenever this one is.
  func satisfies(_ other: Term) -> Bool {
    switch (isPositive, other.isPositive) {
    case (true, true): versions.isSubset(of: other.versions)
    case (true, false): versions.isDisjoint(with: other.versions)
    case (false, true): false  // the package may be absent
    case (false, false): other.versions.isSubset(of: versions)
    }
  }

  /// Whether the other term is false whenever this one is true.
  func contradicts(_ other: Term) -> Bool {
    switch (isPositive, other.isPositive) {
    case (true, true): versions.isDisjoint(with: other.versions)
    case (true, false): versions.isSubset(of: other.versions)
    case (false, true): other.versions.isSubset(of: versions)
    case (false, false): false  // the package may be absent
    }
  }
}
