/// A repository on a forge: its owner, deeper groups on GitLab, and its name, with `/` between them.
///
/// Examples: `shop/web`, `company/platform/shop/web`.
package struct RepositoryPath: Sendable, Hashable, CustomStringConvertible {
  package let text: String

  /// A leading `/` and a trailing `/` or `.git` are those of an address, and left out.
  package init(_ text: String) throws(PullRequestValueError) {
    var bare = text[...]
    while bare.hasPrefix("/") { bare = bare.dropFirst() }
    while bare.hasSuffix("/") { bare = bare.dropLast() }
    if bare.hasSuffix(".git") { bare = bare.dropLast(4) }
    let parts = bare.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count >= 2, bare.utf8.count <= 500, parts.allSatisfy(Self.isPart) else {
      throw PullRequestValueError(.repository, found: text)
    }
    self.text = String(bare)
  }

  package var description: String { text }

  /// The first part.
  var owner: Substring { text.prefix { $0 != "/" } }

  /// Whether it has an owner and a name, and nothing between them.
  var isFlat: Bool { text.utf8.count { $0 == UInt8(ascii: "/") } == 1 }

  private static func isPart(_ part: Substring) -> Bool {
    guard let first = part.utf8.first, first != UInt8(ascii: "-"), part != ".", part != ".." else {
      return false
    }
    return part.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."):
        true
      default: false
      }
    }
  }
}
