/// The packages about which something new is known, oldest news first, each at most once.
struct ChangeQueue: Sendable {
  private var queue: [PackageID] = []
  private var head = 0
  private var isQueued: [Bool] = []

  /// Makes room for one more package.
  mutating func extend() {
    isQueued.append(false)
  }

  mutating func insert(_ package: PackageID) {
    if isQueued[package.offset] { return }
    isQueued[package.offset] = true
    queue.append(package)
  }

  mutating func removeFirst() -> PackageID? {
    if head == queue.count {
      queue.removeAll(keepingCapacity: true)
      head = 0
      return nil
    }
    let package = queue[head]
    head += 1
    isQueued[package.offset] = false
    return package
  }
}
