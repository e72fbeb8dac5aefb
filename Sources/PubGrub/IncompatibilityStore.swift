/// The arena of all incompatibilities ever made: they are never changed nor removed, and named by index.
///
/// An incompatibility that takes in another (see ``Solver/supply(dependencies:of:versions:)``) is a new one; the
/// *latest* of the old one's line is looked up when it is reached through an index, so that taking in is O(1).
struct IncompatibilityStore: Sendable {
  private(set) var incompatibilities: [Incompatibility] = []

  /// The terms of all incompatibilities, one after another.
  private(set) var terms: [PackageTerm] = []

  /// For an incompatibility that stands in an index, the one that has taken its place there, itself at first.
  private(set) var latest: [IncompatibilityID] = []

  subscript(id: IncompatibilityID) -> Incompatibility { incompatibilities[id.offset] }

  /// The terms of an incompatibility.
  func terms(of id: IncompatibilityID) -> ArraySlice<PackageTerm> {
    terms[incompatibilities[id.offset].terms]
  }

  /// The incompatibility's term for a package it has one for.
  func term(of id: IncompatibilityID, for package: PackageID) -> Term {
    for position in incompatibilities[id.offset].terms where terms[position].package == package {
      return terms[position].term
    }
    fatalError("the incompatibility says nothing about the package")
  }

  /// Adds an incompatibility of one package.
  mutating func add(_ term: PackageTerm, cause: Cause) -> IncompatibilityID {
    let start = terms.count
    if !term.term.isAny { terms.append(term) }
    return finish(from: start, cause: cause)
  }

  /// Adds an incompatibility of two packages.
  mutating func add(_ first: PackageTerm, _ second: PackageTerm, cause: Cause) -> IncompatibilityID {
    precondition(first.package != second.package)
    let start = terms.count
    let (low, high) = first.package < second.package ? (first, second) : (second, first)
    if !low.term.isAny { terms.append(low) }
    if !high.term.isAny { terms.append(high) }
    return finish(from: start, cause: cause)
  }

  /// Adds what follows by resolution from two incompatibilities that both have a term for `pivot`.
  ///
  /// From `{t1, q}` and `{t2, r}` follows `{t1 ∪ t2, q, r}` (dart-lang/pub `doc/solver.md`, "Conflict Resolution"),
  /// where a package of both `q` and `r` keeps the intersection of its terms. Positive terms of the root go, unless
  /// one is the only term: the root is always selected.
  mutating func add(
    resolving first: IncompatibilityID, with second: IncompatibilityID, on pivot: PackageID
  ) -> IncompatibilityID {
    let start = terms.count
    let left = incompatibilities[first.offset].terms
    let right = incompatibilities[second.offset].terms
    var i = left.lowerBound
    var j = right.lowerBound
    terms.reserveCapacity(start + left.count + right.count)
    var rootTerm: PackageTerm?
    while i < left.upperBound || j < right.upperBound {
      let next: PackageTerm
      if j == right.upperBound || (i < left.upperBound && terms[i].package < terms[j].package) {
        next = terms[i]
        i += 1
      } else if i == left.upperBound || terms[j].package < terms[i].package {
        next = terms[j]
        j += 1
      } else {
        let package = terms[i].package
        let term =
          package == pivot
          ? terms[i].term.union(terms[j].term) : terms[i].term.intersection(terms[j].term)
        next = PackageTerm(package: package, term: term)
        i += 1
        j += 1
      }
      if next.term.isAny { continue }
      if next.package == Solver.root && next.term.isPositive {
        rootTerm = next
      } else {
        terms.append(next)
      }
    }
    if let rootTerm, terms.count == start { terms.append(rootTerm) }
    return finish(from: start, cause: .conflict(first, second))
  }

  private mutating func finish(from start: Int, cause: Cause) -> IncompatibilityID {
    let id = IncompatibilityID(index: UInt32(incompatibilities.count))
    incompatibilities.append(Incompatibility(terms: start..<terms.count, cause: cause))
    latest.append(id)
    return id
  }

  /// Puts one incompatibility in the place that an indexed one has in the indices.
  mutating func replace(_ indexed: IncompatibilityID, by id: IncompatibilityID) {
    latest[indexed.offset] = id
  }
}
