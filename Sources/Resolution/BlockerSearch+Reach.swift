import PythonPackaging

extension BlockerSearch {
  /// Whether a release of a pin's project can be picked together with all that is wanted, beside those of the user's
  /// lines that have no part in it: a release that lifts a blocker helps nobody where another line, or what the index
  /// has, rules it out. Nil where that wasn't found out.
  ///
  /// Lines that lead to what is wanted are left out: whether they stand in the way is what the search tells.
  func isReachable(_ pin: ResolvedPin, _ version: Version, for wish: Wish) async -> Bool? {
    let names = leading(to: [question.wanted.name, wish.requirement.name, pin.name])
    var request = question.request
    request.requirements.removeAll { names.contains($0.name) }
    request.constraints.removeAll { names.contains($0.name) }
    request.overrides.removeAll { names.contains($0.name) }
    request.requirements += [
      Requirement(name: pin.name, extras: pin.extras, specifiers: SpecifierSet(exactly: version)),
      wish.requirement, question.wanted,
    ]
    request.preferences = Dictionary(question.graph.pins.map { ($0.name, $0.version) }) { first, _ in first }
    switch await Resolver(index: index).attempt(request, mostTries: Self.mostTries) {
    case .resolved: return true
    case .refused: return false
    case .undecided: return nil
    }
  }

  /// The user's own requirements and constraints on a project that hold.
  func ownRequirements(on name: PackageName) -> [Requirement] {
    let request = question.request
    return (request.requirements + request.constraints).filter {
      $0.name == name && $0.applies(in: request.environment.markers)
    }
  }

  /// The projects from which some can be reached, those among them.
  private func leading(to names: [PackageName]) -> Set<PackageName> {
    var leading = Set(names)
    var count = 0
    while count < leading.count {
      count = leading.count
      for edge in question.graph.edges where leading.contains(edge.requirement.name) {
        if let asking = edge.askingProject { leading.insert(asking) }
      }
    }
    return leading
  }
}
