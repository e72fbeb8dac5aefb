/// Where the keys and items of a document stand, in the document's order, whatever their values are.
///
/// Nodes are named by their index; 0 is the root. A child's depth is its parent's and one, and no more than
/// ``TOMLDocument/greatestDepth``; so what walks over the tree may recurse.
struct TOMLOutline: Sendable {
  /// A key or an item.
  struct Node: Sendable {
    /// The key, escapes resolved; empty for an item.
    let name: [UInt8]
    let depth: Int
    /// Where the key stands, of an item the item.
    var place: TOMLPlace
    /// Where the value begins.
    var valuePlace: TOMLPlace
    /// See ``TOMLItem/textStart``.
    var textStart: TOMLPlace?
    /// The bytes of a value that is neither string nor array nor table.
    var source: Range<Int>?
    /// Whether the items are made by headers `[[a]]`.
    var isTableArray = false
    var children: [Int] = []
  }

  private struct Child: Hashable {
    let parent: Int
    let name: [UInt8]
  }

  /// The text that the nodes' sources are ranges of.
  let bytes: [UInt8]
  private(set) var nodes = [Node(name: [], depth: 0, place: .start, valuePlace: .start)]
  private var named: [Child: Int] = [:]

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
  }

  subscript(node: Int) -> Node {
    get { nodes[node] }
    _modify { yield &nodes[node] }
  }

  /// The node of a key, made if there is none.
  mutating func child(
    of parent: Int, named name: [UInt8], at place: TOMLPlace
  ) throws(TOMLError) -> Int {
    let child = Child(parent: parent, name: name)
    if let known = named[child] { return known }
    let made = try add(to: parent, named: name, at: place)
    named[child] = made
    return made
  }

  /// A new node of an array's next item.
  mutating func item(of parent: Int, at place: TOMLPlace) throws(TOMLError) -> Int {
    try add(to: parent, named: [], at: place)
  }

  /// The table that keys below this node belong to: the last one of an array of tables, else the node.
  func openTable(_ node: Int) -> Int {
    nodes[node].isTableArray ? nodes[node].children.last ?? node : node
  }

  private mutating func add(to parent: Int, named name: [UInt8], at place: TOMLPlace) throws(TOMLError)
    -> Int
  {
    let depth = nodes[parent].depth + 1
    guard depth <= TOMLDocument.greatestDepth else {
      throw TOMLError(place: place, reason: .tooDeep(limit: TOMLDocument.greatestDepth))
    }
    guard nodes.count <= TOMLDocument.greatestCount else {
      throw TOMLError(place: place, reason: .tooMany(limit: TOMLDocument.greatestCount))
    }
    nodes[parent].children.append(nodes.count)
    nodes.append(Node(name: name, depth: depth, place: place, valuePlace: place))
    return nodes.count - 1
  }
}
