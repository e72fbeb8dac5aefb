import PubGrub
import PythonPackaging

extension ResolutionSearch {
  /// Asks, beside the solver, for the releases that its undecided packages would be decided to as things stand.
  ///
  /// What runs ahead guesses from the requirements alone. Where conflicts have led the search away from what it guessed,
  /// to an old release whose requirements pin a hundred projects to old releases, this is what fetches these all at
  /// once. It is done when the search must wait for an answer, and only where nothing was turned down since it last had
  /// to: while it goes down a project's releases, what each of them needs is mostly never wanted.
  mutating func askForUndecided() {
    defer { retreatsAtWait = solver.retreatCount }
    guard retreatsAtWait == solver.retreatCount else { return }
    var files: [(Distribution, PackageName, [ExtraName])] = []
    for (package, possible) in solver.undecided {
      guard case .project(let name) = packages[Int(package.index)], expected[name] != possible,
        // Taken out while it is worked on, as in choosing.
        var state = projects.removeValue(forKey: name)
      else { continue }
      expected[name] = possible
      let position = state.likely(among: possible, by: selector)
      if let position, state.metadata[position] == nil,
        case .usable(let file, _) = state.verdict(at: position, by: selector),
        index.knownMetadata(of: file, project: name) == nil
      {
        let extras = extras[name, default: []].compactMap { extra -> ExtraName? in
          guard case .extra(_, let name) = packages[Int(extra.index)],
            solver.possibleVersions(of: extra) != nil
          else { return nil }
          return name
        }
        files.append((file, name, extras))
      }
      projects[name] = state
    }
    if files.isEmpty { return }
    let ahead = ahead
    errands.append(
      Task { [files] in
        await withDiscardingTaskGroup { group in
          for (file, name, extras) in files {
            group.addTask { await ahead.follow(file, of: name, extras: extras) }
          }
        }
      })
  }
}

extension ProjectState {
  /// The release that is picked of those possible, as long as none of them was asked for: the one to keep, else the first
  /// usable one in the project's order that isn't yanked.
  fileprivate mutating func likely(among possible: VersionRanges, by selector: CandidateSelector) -> Int? {
    guard let releases else { return nil }
    if let kept, possible.contains(kept), refusal(at: Int(kept), by: selector) == nil { return Int(kept) }
    let ranges = possible.ranges.map { Int($0.lowerBound)..<Int($0.upperBound) }
    return order.first(in: ranges, of: releases) { position in
      if case .usable(_, yanked: nil) = verdict(at: position, by: selector) { true } else { false }
    }
  }
}
