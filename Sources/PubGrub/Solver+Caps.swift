extension Solver {
  /// Whether a conflict comes of a cap: what the affected package brings allows, of the other package or what that brings,
  /// only versions below those still possible.
  ///
  /// Example: `b` has left `d` 7, and `a` is turned down as it needs `c`, which needs a `d` below 5: a cap. Where `c` needs
  /// a `d` from 9 on, there is none: older releases of `c` will do.
  ///
  /// - Parameters:
  ///   - other: the other package's numbers: it may be several of the solver's packages.
  ///   - packages: the affected package's.
  ///   - label: the label of dependencies that are no caps, whatever they allow.
  package func isCapped(
    _ other: [PackageID], by packages: [PackageID], in conflict: Conflict, butBy label: UInt32
  ) -> Bool {
    let needs = needs(behind: conflict)
    let theirs = Self.brought(by: other, needs)
    let own = Self.brought(by: packages, needs).subtracting(theirs)
    for cap in needs where own.contains(cap.package) && cap.label != label {
      guard let most = cap.allowed.max else { continue }
      let known = solution.current[cap.target.offset]
      if theirs.contains(cap.target), known.isPositive, known.versions.first.lowerBound > most { return true }
    }
    return false
  }

  /// That versions of one package need another within a set.
  private struct Need {
    let package: PackageID
    let target: PackageID
    let allowed: VersionRanges
    let label: UInt32
  }

  /// How many incompatibilities are looked at to explain one conflict.
  private static var greatestExplanation: Int { 512 }

  /// The needs that a conflict comes of, and those that led to what is known of its packages but the affected one.
  private func needs(behind conflict: Conflict) -> [Need] {
    var needs: [Need] = []
    var seen: Set<IncompatibilityID> = [conflict.incompatibility]
    var explained: Set<PackageID> = [conflict.affected, Solver.root]
    var pending = [conflict.incompatibility]
    var place = 0
    func wait(for id: IncompatibilityID) {
      if seen.insert(id).inserted { pending.append(id) }
    }
    while place < pending.count, place < Self.greatestExplanation {
      let id = pending[place]
      place += 1
      switch store[id].cause {
      case .dependency(let package, _, let target, let allowed, let label):
        needs.append(Need(package: package, target: target, allowed: allowed, label: label))
      case .conflict(let first, let second):
        wait(for: first)
        wait(for: second)
      case .root, .unavailable, .noVersions: break
      }
      for entry in store.terms(of: id) where explained.insert(entry.package).inserted {
        for assignment in solution.assignments[entry.package.offset] {
          if let cause = assignment.cause { wait(for: cause) }
        }
      }
    }
    return needs
  }

  /// Packages, and what follows from them by needs.
  private static func brought(by packages: [PackageID], _ needs: [Need]) -> Set<PackageID> {
    var brought = Set(packages)
    var isGrowing = true
    while isGrowing {
      isGrowing = false
      for need in needs where brought.contains(need.package) && brought.insert(need.target).inserted {
        isGrowing = true
      }
    }
    return brought
  }
}
