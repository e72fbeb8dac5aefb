import PubGrub
import PythonPackaging

extension ResolutionSearch {
  /// How many releases are under way at once at most: so many for each that was tried, and no more than the limit.
  private static var growth: Int { 8 }
  private static var limit: Int { 100 }

  /// Asks, beside the solver, for the releases of a project that it will come to next, once it has turned down one: most
  /// compiles never do, and those that do mostly turn down several. A walk through hundreds must not wait for each.
  ///
  /// More are asked for when half of those under way have been tried, and when none of them was wanted. What is possible
  /// now comes first, in the order in which it is tried. Where that is little, releases beyond follow, of those that the
  /// user's own lines admit: when each release of one project allows but a few of another, the search goes down both.
  mutating func runDown(_ name: PackageName, from version: Int) {
    let tried = projects[name]?.metadata.count ?? 0
    var asked = askedAhead[name] ?? []
    guard tried > 0, !asked.contains(version) || tried >= nextBatch[name] ?? 0 else { return }
    guard let package = ids[.project(name)], let possible = solver.possibleVersions(of: package),
      // Taken out while it is worked on, as in choosing.
      var state = projects.removeValue(forKey: name)
    else { return }
    defer { projects[name] = state }
    guard let releases = state.releases else { return }
    let most = min(Self.limit, Self.growth * tried)
    var files: [Distribution] = []
    var underWay = 0
    func ask(_ position: Int) -> Bool {
      if state.metadata[position] != nil { return false }
      if asked.contains(position) {
        underWay += 1
      } else if case .usable(let file, yanked: nil) = state.verdict(at: position, by: selector), isLight(file)
      {
        asked.insert(position)
        files.append(file)
        underWay += 1
      }
      return underWay >= most
    }
    let ranges = possible.ranges.map { Int($0.lowerBound)..<Int($0.upperBound) }
    if state.order.first(in: ranges, of: releases, where: ask) == nil {
      let beyond = VersionRanges(
        state.order.isAscending ? UInt32(version + 1)..<UInt32(state.count) : 0..<UInt32(version))
      let admitted = beyond.intersection(ownRanges(of: state)).subtracting(possible).ranges
      _ = state.order.first(
        in: admitted.map { Int($0.lowerBound)..<Int($0.upperBound) }, of: releases
      ) { !releases.isPreRelease(at: $0) && ask($0) }
    }
    askedAhead[name] = asked
    nextBatch[name] = tried + max(1, underWay / 2)

    if files.isEmpty { return }
    let index = index
    errands.append(
      Task { [files] in
        await withDiscardingTaskGroup { group in
          for file in files where index.knownMetadata(of: file, project: name) == nil {
            group.addTask { _ = try? await index.metadata(of: file, project: name, mayBuild: false) }
          }
        }
      })
  }

  /// Whether a file is worth asking ahead for.
  private func isLight(_ file: Distribution) -> Bool {
    file.isCheaplyRead && (file.isWheel || !isTrial)
  }

  /// The releases of a project that the user's own lines admit together.
  private func ownRanges(of state: ProjectState<Index.Releases>) -> VersionRanges {
    let name = state.name
    let own = requirementsByProject[name, default: []].map { request.requirements[$0] }
    let bounds =
      (overrides.entries(of: name)?.map(\.requirement) ?? own)
      + constraintsByProject[name, default: []].map { request.constraints[$0] }
    return bounds.reduce(VersionRanges(0..<UInt32(state.count))) { admitted, line in
      admitted.intersection(VersionRanges(state.ranges(of: line.specifiers)))
    }
  }
}
