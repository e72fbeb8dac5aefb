/// How much of a report a page shows, so that a browser opens it at once; what is left out is counted.
struct PageRoom {
  let lockfiles: Int
  let findings = 2_000
  /// Of each list of sentences.
  let listed = 200
  /// Of each lockfile.
  let pins: Int
  let timelines: Int
  let treeNodes: Int
  /// Of each package.
  let stays = 60

  init(lockfiles count: Int) {
    lockfiles = min(count, 1_500)
    let shown = max(1, lockfiles)
    pins = max(10, min(2_000, 20_000 / shown))
    timelines = max(3, min(500, 4_000 / shown))
    treeNodes = max(10, min(3_000, 15_000 / shown))
  }
}
