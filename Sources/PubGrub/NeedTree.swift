/// What is said of one subject, and behind each of its objects what is said of that: "a depends on b which depends on
/// c, and on d".
///
/// Invariant: the branches are not empty, and their needs have one subject.
struct NeedTree {
  /// One object, and what follows it by "which".
  struct Branch {
    let need: ExplanationNeed
    var follower: NeedTree?
  }

  var branches: [Branch]

  /// The needs as trees, each need once; one tree for each subject that doesn't follow another, in the order met.
  static func forest(_ needs: [ExplanationNeed]) -> [NeedTree] {
    var groups: [[ExplanationNeed]] = []
    for need in needs {
      if let place = groups.firstIndex(where: { $0[0].hasSubject(of: need) }) {
        groups[place].append(need)
      } else {
        groups.append([need])
      }
    }
    // For each group, the group and the need in it that it follows.
    var parents: [Int: (group: Int, need: Int)] = [:]
    func isBelow(_ group: Int, _ other: Int) -> Bool {
      var next: Int? = group
      while let place = next {
        if place == other { return true }
        next = parents[place]?.group
      }
      return false
    }
    for place in groups.indices {
      for other in groups.indices where other != place && !isBelow(other, place) {
        let need = groups[other].indices.first { position in
          let need = groups[other][position]
          let isTaken = parents.values.contains { $0 == (other, position) }
          // Several packages of one requirement of the caller's: what follows must say which is meant.
          let isShared = need.label != nil && groups[other].filter { $0.label == need.label }.count > 1
          return !isTaken && !isShared && need.leads(to: groups[place][0])
        }
        if let need {
          parents[place] = (other, need)
          break
        }
      }
    }
    func tree(_ place: Int) -> NeedTree {
      NeedTree(
        branches: groups[place].indices.map { position in
          let follower = groups.indices.first { group in
            parents[group].map { $0 == (place, position) } ?? false
          }
          return Branch(need: groups[place][position], follower: follower.map(tree))
        })
    }
    return groups.indices.filter { parents[$0] == nil }.map(tree)
  }

  /// How many "which" stand behind each other at most.
  var depth: Int { branches.map { $0.follower.map { 1 + $0.depth } ?? 0 }.max() ?? 0 }
}
