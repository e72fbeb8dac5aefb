/// A commit as git stores it: its tree, its parents and its message.
struct CommitObject: Sendable, Hashable {
  let tree: String
  let parents: [String]
  let message: String

  /// Header lines, an empty line, the message; nil for anything else.
  init?(_ bytes: [UInt8]) {
    var tree: String?
    var parents: [String] = []
    var rest = bytes[...]
    while let end = rest.firstIndex(of: UInt8(ascii: "\n")), end > rest.startIndex {
      let line = String(decoding: rest[..<end], as: UTF8.self)
      if line.hasPrefix("tree ") { tree = String(line.dropFirst(5)) }
      if line.hasPrefix("parent ") { parents.append(String(line.dropFirst(7))) }
      rest = rest[(end + 1)...]
    }
    guard let tree, GitRepository.isID(tree), parents.allSatisfy({ GitRepository.isID($0) }) else {
      return nil
    }
    self.tree = tree
    self.parents = parents
    message = String(decoding: rest.dropFirst(), as: UTF8.self)
  }
}

/// The last line of repin's commits, by which it knows them again: `Repin-Run: TREE CHANGE`.
///
/// `TREE` is the commit's tree: who amends the commit changes that, and the mark isn't true anymore. `CHANGE` is the digest of
/// what the commit changes, which stays true where a forge rebases the commit or merges the base into the branch.
struct CommitMark: Sendable, Hashable {
  let tree: String
  let change: String

  init(tree: String, change: String) {
    self.tree = tree
    self.change = change
  }

  /// The mark at the end of a message.
  init?(in message: String) {
    let lines = message.split(separator: "\n", omittingEmptySubsequences: true)
    guard let last = lines.last, last.hasPrefix(Self.key) else { return nil }
    let words = last.dropFirst(Self.key.count).split(separator: " ")
    guard words.count == 2, words.allSatisfy({ GitRepository.isID($0) }) else { return nil }
    (tree, change) = (String(words[0]), String(words[1]))
  }

  private static let key = "Repin-Run: "

  /// A message with the mark as its last paragraph.
  func signed(_ message: String) -> String {
    var text = message[...]
    while let last = text.last, last.isWhitespace { text = text.dropLast() }
    return "\(text)\n\n\(Self.key)\(tree) \(change)\n"
  }
}
