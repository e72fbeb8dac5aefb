/// The packages that must be selected but have no version yet, the next to decide first.
///
/// A binary heap that knows where each package stands in it, so that adding, removing and moving one are O(log n). The
/// greatest priority is first; equal ones come in the order in which they were first added, ever.
struct DecisionQueue: Sendable {
  private static let absent = -1
  private static let unseen = Int.max

  private(set) var heap: [PackageID] = []
  private var places: [Int] = []
  private var priorities: [UInt64] = []
  private var ranks: [Int] = []

  /// Every package that was ever added, in the order of its first time.
  private(set) var seen: [PackageID] = []

  /// The package to decide next.
  var first: PackageID? { heap.first }

  /// Makes room for one more package.
  mutating func extend() {
    places.append(Self.absent)
    priorities.append(0)
    ranks.append(Self.unseen)
  }

  /// All packages in the order in which they would be decided.
  var sorted: [PackageID] { heap.sorted { precedes($0, $1) } }

  mutating func setPriority(_ priority: UInt64, of package: PackageID) {
    priorities[package.offset] = priority
    let place = places[package.offset]
    if place != Self.absent { restore(at: place) }
  }

  /// Adds a package that isn't in the queue.
  mutating func insert(_ package: PackageID) {
    if ranks[package.offset] == Self.unseen {
      ranks[package.offset] = seen.count
      seen.append(package)
    }
    places[package.offset] = heap.count
    heap.append(package)
    restore(at: heap.count - 1)
  }

  /// Removes a package; nothing happens if it isn't in the queue.
  mutating func remove(_ package: PackageID) {
    let place = places[package.offset]
    if place == Self.absent { return }
    places[package.offset] = Self.absent
    let last = heap.removeLast()
    if last != package {
      heap[place] = last
      places[last.offset] = place
      restore(at: place)
    }
  }

  private func precedes(_ left: PackageID, _ right: PackageID) -> Bool {
    let mine = priorities[left.offset]
    let its = priorities[right.offset]
    return mine != its ? mine > its : ranks[left.offset] < ranks[right.offset]
  }

  /// Moves the package at a place up or down to where it belongs.
  private mutating func restore(at start: Int) {
    var place = start
    while place > 0 {
      let parent = (place - 1) / 2
      if !precedes(heap[place], heap[parent]) { break }
      exchange(place, parent)
      place = parent
    }
    while true {
      var best = place
      for child in [2 * place + 1, 2 * place + 2] where child < heap.count {
        if precedes(heap[child], heap[best]) { best = child }
      }
      if best == place { return }
      exchange(place, best)
      place = best
    }
  }

  private mutating func exchange(_ one: Int, _ other: Int) {
    heap.swapAt(one, other)
    places[heap[one].offset] = one
    places[heap[other].offset] = other
  }
}
