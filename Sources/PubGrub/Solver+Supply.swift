extension Solver {
  /// Answers ``Step/chooseVersion(_:_:)``: this version is tried next.
  ///
  /// The version must be among the asked ones and not said to be unavailable since. Another needed package than the asked one may be chosen too.
  package mutating func supply(version: UInt32, of package: PackageID) {
    let term = solution.current[package.offset]
    precondition(
      term.isPositive && term.versions.contains(version)
        && !facts[package.offset].excluded.contains(version) && !solution.isDecided(package),
      "the version isn't one that can be chosen"
    )
    chosen = (package, version)
  }

  /// Answers ``Step/chooseVersion(_:_:)``: beyond the versions that were said to be unavailable, there is none.
  package mutating func supply(noVersionOf package: PackageID) {
    let term = solution.current[package.offset]
    precondition(term.isPositive, "the package isn't needed")
    supply(noneOf: term.versions.subtracting(facts[package.offset].excluded), of: package)
  }

  /// Says that none of the versions can be chosen, for no reason of the caller's.
  mutating func supply(noneOf versions: VersionRanges, of package: PackageID) {
    changed.insert(package)
    if versions.isEmpty { return }
    exclude(versions, of: package, key: .noVersions(package), cause: .noVersions)
  }

  /// Says at any time that versions of a package can't be used; the label is the caller's reason and comes back in
  /// ``Cause/unavailable(_:)``. Versions with the same label become one incompatibility.
  package mutating func supply(unavailable versions: VersionRanges, of package: PackageID, label: UInt32) {
    let own = versions.intersection(.all(count: facts[package.offset].versionCount))
    changed.insert(package)
    if own.isEmpty { return }
    exclude(own, of: package, key: .unavailable(package, label: label), cause: .unavailable(label))
  }

  private mutating func exclude(
    _ versions: VersionRanges, of package: PackageID, key: MergeKey, cause: Cause
  ) {
    facts[package.offset].excluded = facts[package.offset].excluded.union(versions)
    if let chosen, chosen.package == package, versions.contains(chosen.version) {
      self.chosen = nil
    }
    guard let indexed = mergeable[key] else {
      let id = store.add(PackageTerm(package: package, term: .positive(versions)), cause: cause)
      mergeable[key] = id
      index(id)
      return
    }
    let before = store.term(of: store.latest[indexed.offset], for: package).versions
    if versions.isSubset(of: before) { return }
    let united = Term.positive(before.union(versions))
    note(store.add(PackageTerm(package: package, term: united), cause: cause), inPlaceOf: indexed)
  }

  /// Answers ``Step/dependencies(_:version:)``: what the version depends on, together with any others that are known
  /// to have the same dependencies. May be said of any version at any time; of a version that was spoken of before,
  /// the first word stands.
  ///
  /// Versions of a package that depend on another within the same set and with the same label share one
  /// incompatibility, however far apart they are, so that the number of incompatibilities is bounded by the number
  /// of different requirements. Of the chosen package, the version is decided at once unless that would contradict
  /// what is known (dart-lang/pub `doc/solver.md`, "Decision Making").
  package mutating func supply(
    dependencies: [Dependency], of package: PackageID, versions: VersionRanges
  ) {
    let facts = facts[package.offset]
    let own = versions.intersection(.all(count: facts.versionCount))
    let fresh = own.subtracting(facts.known)
    self.facts[package.offset].known = facts.known.union(own)
    if fresh.isEmpty { return }
    var added: [IncompatibilityID] = []
    // Propagation goes from the newest to the oldest: the first dependency must be the newest to be met first.
    for dependency in dependencies.reversed() {
      if let id = add(dependency, of: package, versions: fresh) { added.append(id) }
    }
    changed.insert(package)
    guard let chosen, chosen.package == package, fresh.contains(chosen.version) else { return }
    self.chosen = nil
    if package == Solver.root { return }
    var isInConflict = false
    let decision = Term.positive(VersionRanges(chosen.version))
    for id in added where isSatisfied(id, assuming: decision, of: package) {
      isInConflict = true
      noteConflict(id, affected: package)
    }
    if !isInConflict { solution.decide(package, version: chosen.version) }
  }

  /// Says at any time that versions of a package depend on another; it need not be all that they depend on.
  ///
  /// Unlike ``supply(dependencies:of:versions:)`` it answers no question. It is for what holds between packages by
  /// their nature, of which only as much is said as the search comes to need. Example: two packages that are always
  /// of one version, of which the one is left with `{2..<4}`: of that one `{2..<4}` depends on the other's `{2..<4}`.
  package mutating func supply(need: Dependency, of package: PackageID, versions: VersionRanges) {
    let own = versions.intersection(.all(count: facts[package.offset].versionCount))
    if own.isEmpty { return }
    _ = add(need, of: package, versions: own)
    changed.insert(package)
  }

  /// Adds the incompatibility `{package versions, not dependency}`, or adds versions to the one there is; nil if it
  /// can never be satisfied.
  private mutating func add(
    _ dependency: Dependency, of package: PackageID, versions: VersionRanges
  ) -> IncompatibilityID? {
    let target = dependency.package
    let label = dependency.label
    let allowed = dependency.versions.intersection(.all(count: facts[target.offset].versionCount))
    // Of a package on itself: the versions that are allowed are no news.
    let depending = target == package ? versions.subtracting(allowed) : versions
    if depending.isEmpty { return nil }
    let key = MergeKey.dependency(of: package, on: target, allowed: allowed, label: label)
    let indexed = mergeable[key]
    var united = depending
    if let indexed {
      united = united.union(store.term(of: store.latest[indexed.offset], for: package).versions)
    }
    let cause = Cause.dependency(of: package, versions: united, on: target, allowed: allowed, label: label)
    let depender = PackageTerm(package: package, term: .positive(united))
    let id =
      target == package
      ? store.add(depender, cause: cause)
      : store.add(depender, PackageTerm(package: target, term: .negative(allowed)), cause: cause)
    if let indexed {
      note(id, inPlaceOf: indexed)
    } else {
      mergeable[key] = id
      index(id)
    }
    return id
  }

  /// Lets an incompatibility be found from each of its packages.
  mutating func index(_ id: IncompatibilityID) {
    fillContradictionLevels()
    for position in store[id].terms {
      incompatibilitiesByPackage[store.terms[position].package.offset].append(id)
    }
  }

  /// Lets an incompatibility be found where one that it implies was.
  private mutating func note(_ id: IncompatibilityID, inPlaceOf indexed: IncompatibilityID) {
    fillContradictionLevels()
    store.replace(indexed, by: id)
  }

  private mutating func fillContradictionLevels() {
    while contradictionLevels.count < store.incompatibilities.count {
      contradictionLevels.append(Solver.notContradicted)
    }
  }
}
