/// One commit that changed a file, and what the file was after it.
package struct GitRevision: Sendable, Hashable {
  /// The commit, in hexadecimal.
  package var commit: String
  /// Its committer's time as the commit has it, in seconds since 1970-01-01 00:00 UTC.
  package var committedAt: Int64
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
  /// A clock that was wrong shouldn't move what other clocks said: the longest run of committers' times that doesn't
  /// fall is kept, and what is off it takes the time of the revision before. Several commits of one second, as of a
  /// rebase, are told apart by seconds added. No time is before `floor`, which has been recorded already.
  ///
  ///     committed 10 20 99 30 30 → 10 20 21 30 31
  static func assignTimes(_ revisions: inout [GitRevision], after floor: Int64?) {
    let kept = longestRun(revisions.map(\.committedAt))
    var last = floor
    var next = 0
    for index in revisions.indices {
      let isKept = next < kept.count && kept[next] == index
      if isKept { next += 1 }
      let own = revisions[index].committedAt
      // What comes before all that is kept takes the time of the first that is.
      let first = kept.first.map { revisions[$0].committedAt - Int64($0 - index) } ?? own
      let wanted = isKept ? own : last.map { $0 + 1 } ?? first
      let time = last.map { max($0 + 1, wanted) } ?? wanted
      revisions[index].takenAt = time
      last = time
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
