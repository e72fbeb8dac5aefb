import PubGrub
import PythonPackaging

extension ResolutionSearch {
  /// How many releases of a project are tried one by one before more are asked for at once.
  private static var patienceWithOne: Int { 5 }
  private static var largestBatch: Int { 50 }

  /// Asks, beside the solver, for the releases of a project that it will come to next, once it has turned down several:
  /// a walk through hundreds must not wait for each.
  ///
  /// Each batch is about twice as large as the one before, and begins while half of that is still to be tried.
  mutating func runDown(_ name: PackageName, from version: Int) {
    guard let state = projects[name], let releases = state.releases, let package = ids[.project(name)],
      let possible = solver.possibleVersions(of: package)
    else { return }
    let tried = state.metadata.count
    guard tried >= nextBatch[name] ?? Self.patienceWithOne else { return }
    let size = min(Self.largestBatch, 2 * tried)
    nextBatch[name] = tried + size / 2
    let next = state.order.isAscending ? Array(version + 1..<state.count) : Array((0..<version).reversed())
    var files: [Distribution] = []
    for position in next where possible.contains(UInt32(position)) && state.metadata[position] == nil {
      if releases.isPreRelease(at: position), state.order.preReleases != .amongOthers { continue }
      guard
        case .usable(let file, yanked: nil) = selector.verdict(
          on: releases.distributions(at: position), of: name)
      else { continue }
      files.append(file)
      if files.count == size { break }
    }
    let index = index
    errands.append(
      Task {
        await withDiscardingTaskGroup { group in
          for file in files where index.knownMetadata(of: file, project: name) == nil {
            group.addTask { _ = try? await index.metadata(of: file, project: name, mayBuild: false) }
          }
        }
      })
  }
}
