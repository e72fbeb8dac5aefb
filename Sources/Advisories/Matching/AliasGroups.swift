/// Which records are about the same problem: those that ids and aliases join, over any number of steps.
///
/// A union-find over ids: a record joins its id and its aliases into one set.
///
/// A withdrawn record joins nothing. That one id is another's alias is what it said, and it was taken back; a wrong alias
/// may be why. Two findings of one problem are noise, but two problems joined are one that nobody sees, and an ignore
/// of the one would silence the other.
struct AliasGroups {
  private var nodes: [AdvisoryID: Int] = [:]
  private var parents: [Int] = []

  /// The records that aren't withdrawn, as indices, in groups; the groups and what is in them in the order of the
  /// records.
  static func groups(of records: [AdvisoryRecord]) -> [[Int]] {
    var sets = AliasGroups()
    for record in records where !record.isWithdrawn {
      let root = sets.node(record.id)
      for alias in record.aliases { sets.join(root, sets.node(alias)) }
    }
    var groups: [[Int]] = []
    var groupOfRoot: [Int: Int] = [:]
    for (index, record) in records.enumerated() where !record.isWithdrawn {
      let root = sets.root(of: sets.node(record.id))
      if let group = groupOfRoot[root] {
        groups[group].append(index)
      } else {
        groupOfRoot[root] = groups.count
        groups.append([index])
      }
    }
    return groups
  }

  private mutating func node(_ id: AdvisoryID) -> Int {
    if let node = nodes[id] { return node }
    nodes[id] = parents.count
    parents.append(parents.count)
    return parents.count - 1
  }

  private mutating func root(of node: Int) -> Int {
    var node = node
    while parents[node] != node {
      parents[node] = parents[parents[node]]
      node = parents[node]
    }
    return node
  }

  private mutating func join(_ left: Int, _ right: Int) {
    let (left, right) = (root(of: left), root(of: right))
    // The older set's root stays one: paths are halved with each walk, which keeps them short.
    parents[max(left, right)] = min(left, right)
  }
}
