import PubGrub
import PythonPackaging

extension ResolutionSearch {
  /// How many releases of a project are tried one by one before more are asked for at once.
  private static var patienceWithOne: Int { 5 }
  private static var largestBatch: Int { 50 }

  /// Asks, beside the solver, for the releases of a project that it will come to next, once it has turned down several:
  /// a walk through hundreds must not wait for each.
  ///
  /// Each batch is about twice as large as the one before, and begins while half of that is still to be tried. What
  /// is possible now comes first, in the order in which it is tried. Where that is little, releases beyond follow: when
  /// each release of one project allows but a few of another, the search goes down both.
  mutating func runDown(_ name: PackageName, from version: Int) {
    guard let state = projects[name], let releases = state.releases, let package = ids[.project(name)],
      let possible = solver.possibleVersions(of: package)
    else { return }
    let tried = state.metadata.count
    guard tried >= Self.patienceWithOne, tried >= nextBatch[name] ?? 0 else { return }
    let size = min(Self.largestBatch, 2 * tried)
    nextBatch[name] = tried + size / 2

    var asked = askedAhead[name] ?? []
    var files: [Distribution] = []
    func take(_ position: Int) -> Bool {
      guard !asked.contains(position), state.metadata[position] == nil,
        case .usable(let file, yanked: nil) = selector.verdict(
          on: releases.distributions(at: position), of: name)
      else { return false }
      asked.insert(position)
      files.append(file)
      return files.count == size
    }
    let ranges = possible.ranges.map { Int($0.lowerBound)..<Int($0.upperBound) }
    if state.order.first(in: ranges, of: releases, where: take) == nil {
      let beyond = state.order.isAscending ? version + 1..<state.count : 0..<version
      _ = state.order.first(in: [beyond], of: releases) { !releases.isPreRelease(at: $0) && take($0) }
    }
    askedAhead[name] = asked

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
}
