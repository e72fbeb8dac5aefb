import PythonPackaging
import UpdatePolicy

/// Who asks for whom in a lockfile, as a page shows it: from what people write down to the pins.
///
/// A package is unfolded once, where the way to it is the shortest, and elsewhere it is a link to there; so the tree is no
/// larger than the lockfile has packages and edges.
struct PageTree {
  /// What a pin has, or leads to.
  struct Mark: OptionSet {
    let rawValue: Int
    static let vulnerable = Mark(rawValue: 1)
    static let stale = Mark(rawValue: 2)
  }

  private struct Node {
    /// Nil: what people write.
    let package: PackageName?
    let title: String
    var children: [Int] = []
    /// Of its own.
    var own: Mark = []
    /// Of what it asks for, directly or not.
    var below: Mark = []
    /// Who unfolds it.
    var parent: Int?
    var isRoot = false

    /// Vulnerable ones first, then stale ones.
    var rank: Int {
      let all = own.union(below)
      return all.contains(.vulnerable) ? 0 : all.contains(.stale) ? 1 : 2
    }
  }

  /// So many levels are unfolded.
  private static let mostLevels = 24

  private var nodes: [Node] = []
  private let versions: [PackageName: String]
  private let idPrefix: String

  /// - Parameter idPrefix: what tells the places of this tree from those of others.
  init(_ lock: CheckedLock, _ origins: [PinOrigin], idPrefix: String) {
    self.idPrefix = idPrefix
    var versions: [PackageName: String] = [:]
    for pin in lock.assessment.pins where versions[pin.package] == nil {
      versions[pin.package] = pin.version.description
    }
    self.versions = versions
    if origins.isEmpty { return }
    var own: [PackageName: Mark] = [:]
    for finding in lock.assessment.findings where finding.ignore == nil {
      switch finding.kind {
      case .vulnerable: own[finding.package, default: []].insert(.vulnerable)
      case .stale: own[finding.package, default: []].insert(.stale)
      case .quarantined, .withdrawn, .yanked, .archived, .deprecated, .old: break
      }
    }
    connect(origins, own)
    spreadMarks()
    for index in nodes.indices { sortChildren(of: index) }
    chooseParents()
  }

  private mutating func connect(_ origins: [PinOrigin], _ own: [PackageName: Mark]) {
    var inputs: [String: Int] = [:]
    var places: [PackageName: Int] = [:]
    let writtenInputs = Set(origins.flatMap(\.inputs)).sorted()
    for input in writtenInputs {
      inputs[input] = nodes.count
      nodes.append(Node(package: nil, title: OutsideText.name(input), isRoot: true))
    }
    let packages = Set(origins.flatMap { [$0.package] + $0.askers }).union(versions.keys).sorted()
    for package in packages {
      places[package] = nodes.count
      nodes.append(Node(package: package, title: package.normalized, own: own[package] ?? []))
    }
    for origin in origins {
      guard let child = places[origin.package] else { continue }
      let askers = origin.inputs.compactMap { inputs[$0] } + origin.askers.compactMap { places[$0] }
      for asker in Set(askers) where asker != child { nodes[asker].children.append(child) }
    }
    for index in nodes.indices { nodes[index].children = Set(nodes[index].children).sorted() }
  }

  /// Each mark goes up to all that lead to it, each of them once.
  private mutating func spreadMarks() {
    var askers = [[Int]](repeating: [], count: nodes.count)
    for (index, node) in nodes.enumerated() {
      for child in node.children { askers[child].append(index) }
    }
    for mark in [Mark.vulnerable, .stale] {
      var next = nodes.indices.filter { nodes[$0].own.contains(mark) }
      while let index = next.popLast() {
        for asker in askers[index] where !nodes[asker].below.contains(mark) {
          nodes[asker].below.insert(mark)
          next.append(asker)
        }
      }
    }
  }

  private mutating func sortChildren(of index: Int) {
    nodes[index].children = nodes[index].children.sorted {
      (nodes[$0].rank, $0) < (nodes[$1].rank, $1)
    }
  }

  /// By breadth from what people write; what nothing written leads to begins trees of its own, what nobody asks for first.
  private mutating func chooseParents() {
    var isReached = [Bool](repeating: false, count: nodes.count)
    var next: [Int] = []
    let asked = Set(nodes.flatMap(\.children))
    let starts =
      nodes.indices.filter { nodes[$0].package == nil } + nodes.indices.filter { !asked.contains($0) }
      + nodes.indices
    for start in starts where !isReached[start] {
      isReached[start] = true
      nodes[start].isRoot = true
      // All that is written begins at once, so that the shortest way is the shortest of all.
      next.append(start)
      if nodes[start].package == nil, start + 1 < nodes.count, nodes[start + 1].package == nil { continue }
      var place = 0
      while place < next.count {
        let asker = next[place]
        place += 1
        for child in nodes[asker].children where !isReached[child] {
          isReached[child] = true
          nodes[child].parent = asker
          next.append(child)
        }
      }
      next = []
    }
  }

  /// Writes at most so many packages and links to them.
  func write(to writer: HTMLWriter, most: Int) {
    var left = most
    var count = 0
    let roots = nodes.indices.filter { nodes[$0].isRoot }.sorted {
      (nodes[$0].package == nil ? 0 : 1, nodes[$0].rank, $0)
        < (nodes[$1].package == nil ? 0 : 1, nodes[$1].rank, $1)
    }
    writer.element("ul", ["class": "tree"]) {
      for root in roots where left > 0 {
        write(root, under: nil, level: 0, to: writer, left: &left, count: &count)
      }
    }
    let missing = nodes.count - count
    if missing > 0 {
      writer.element("p", ["class": "more"], "and \(ShownCount.text(missing, "more package"))")
    }
  }

  private func write(
    _ index: Int, under asker: Int?, level: Int, to writer: HTMLWriter, left: inout Int, count: inout Int
  ) {
    left -= 1
    let node = nodes[index]
    let isElsewhere = node.parent != asker || (asker != nil && node.isRoot)
    let all = node.own.union(node.below)
    if !isElsewhere { count += 1 }
    let color = all.contains(.vulnerable) ? "v" : all.contains(.stale) ? "s" : nil
    // `element` takes what doesn't escape, which may change what is passed in.
    writer.element("li", ["class": color]) {
      if isElsewhere || node.children.isEmpty || level >= Self.mostLevels {
        writer.element("span") { label(node, index, isElsewhere: isElsewhere, to: writer) }
      } else {
        writer.element("details", ["open": all.isEmpty && level > 0 ? nil : ""]) {
          writer.element("summary") { label(node, index, isElsewhere: false, to: writer) }
          writer.element("ul") {
            for child in node.children where left > 0 {
              write(child, under: index, level: level + 1, to: writer, left: &left, count: &count)
            }
          }
        }
      }
    }
  }

  private func label(_ node: Node, _ index: Int, isElsewhere: Bool, to writer: HTMLWriter) {
    if isElsewhere {
      writer.element(
        "a", ["href": "#\(idPrefix)\(index)", "title": "shown elsewhere in the tree"], node.title)
    } else {
      writer.element("code", ["id": "\(idPrefix)\(index)"], node.title)
    }
    if let version = node.package.flatMap({ versions[$0] }) { writer.text(" \(version)") }
    for (mark, word, color) in [(Mark.vulnerable, "vulnerable", "now"), (.stale, "stale", "window")] {
      if node.own.contains(mark) {
        writer.element("b", ["class": "b \(color)"], word)
      } else if node.below.contains(mark) {
        writer.element("i", ["class": "\(color)"], "\(word) below")
      }
    }
  }
}
