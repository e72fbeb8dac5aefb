/// One commit that changed a file, and what the file was after it.
package struct GitRevision: Sendable, Hashable {
  /// The commit, in hexadecimal.
  package var commit: String
  /// Its committer's time as the commit has it, in seconds since 1970-01-01 00:00 UTC; nil where git tells none, as of a
  /// time before that.
  package var committedAt: Int64?
  /// A time fit for a history: later than that of the revision before, and the committer's wherever that can be.
  package var takenAt: Int64
  /// The file's path at this commit, from the top of the repository.
  package var path: String
  /// The object with the file's bytes, in hexadecimal; nil if there is no file: it was deleted, renamed away, or is a
  /// symbolic link or a submodule.
  package var blob: String?
}

extension GitRevision {
  /// Gives revisions, the oldest first, times that grow with them.
  ///
  /// A clock that was wrong shouldn't move what other clocks said. A committer's time is believed if it is neither before
  /// 1970 nor after `now`, and belongs to the longest run of such times that doesn't fall. A revision whose time isn't
  /// believed takes the second after the revision before it; before the first that is believed, the seconds before that
  /// one. If its time is after `now`, and none is believed after it, it takes `now`. Several commits of one second, as of a
  /// rebase, are told apart by seconds added, and no time is after `now`, which takes seconds from those before.
  ///
  ///     committed 10 20 99 30 30 → 10 20 21 30 31
  ///     committed 10 20 2030 (in 2026) → 10 20 now
  ///
  /// A commit that has been recorded keeps its time, and what comes before and after it gives way. If none of the
  /// revisions has been, they come after the end of `progress`, whatever `now` is.
  static func assignTimes(
    _ revisions: inout [GitRevision], _ progress: ImportProgress = ImportProgress(), now: Int64
  ) {
    let recorded = revisions.map { progress.commits[$0.commit] }
    let floor = recorded.contains { $0 != nil } ? nil : progress.end?.takenAt
    var times = wantedTimes(revisions.map(\.committedAt), after: floor, now: now)
    var next = now + 1
    for index in times.indices.reversed() {
      times[index] = recorded[index] ?? min(times[index], next - 1)
      next = times[index]
    }
    var last = floor
    for index in times.indices {
      let least = last.map { $0 + 1 } ?? times[index]
      times[index] = recorded[index] ?? max(times[index], least)
      last = times[index]
      revisions[index].takenAt = times[index]
    }
  }

  /// Times that grow and are after `floor`, of committers' times alone.
  private static func wantedTimes(_ committed: [Int64?], after floor: Int64?, now: Int64) -> [Int64] {
    let possible = committed.indices.filter { index in committed[index].map { 0 <= $0 && $0 <= now } ?? false
    }
    let run = longestRun(possible.compactMap { committed[$0] }).map { possible[$0] }
    let believed = Set(run)
    var last = floor
    return committed.indices.map { index in
      let wanted: Int64
      if believed.contains(index), let own = committed[index] {
        wanted = own
      } else if let own = committed[index], own > now, run.last.map({ $0 < index }) ?? true {
        wanted = now
      } else if let last {
        wanted = last + 1
      } else if let first = run.first, let own = committed[first] {
        wanted = own - Int64(first - index)
      } else {
        wanted = now - Int64(committed.count - 1 - index)
      }
      let time = last.map { max($0 + 1, wanted) } ?? wanted
      last = time
      return time
    }
  }

  /// The positions of the longest subsequence that doesn't fall, by patience sorting: the least possible last times of
  /// runs of each length are kept in order.
  private static func longestRun(_ times: [Int64]) -> [Int] {
    var ends: [Int] = []
    var previous = [Int](repeating: -1, count: times.count)
    for (index, time) in times.enumerated() {
      var low = 0
      var high = ends.count
      while low < high {
        let middle = (low + high) / 2
        if times[ends[middle]] <= time { low = middle + 1 } else { high = middle }
      }
      if low > 0 { previous[index] = ends[low - 1] }
      if low == ends.count { ends.append(index) } else { ends[low] = index }
    }
    var run: [Int] = []
    var at = ends.last ?? -1
    while at >= 0 {
      run.append(at)
      at = previous[at]
    }
    return run.reversed()
  }
}
