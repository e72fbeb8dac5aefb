import PythonPackaging

/// What a URL names after its `@`: a branch, a tag, a commit or a revision of gitrevisions(7).
///
/// It never begins with a hyphen and holds no control character and none of what neither a name of git-check-ref-format(1)
/// nor a commit's expression has, so that it is no option, no pattern and no pair of names.
struct GitReference: Sendable, Hashable {
  /// Decoded.
  let text: String

  /// What stands for no reference.
  static let head = GitReference(unchecked: "HEAD")

  init?(_ text: String) {
    guard !text.isEmpty, text.utf8.count <= 1024, !text.hasPrefix("-"),
      text.unicodeScalars.allSatisfy(PrintableText.isPrintable),
      !text.utf8.contains(where: { " :?*[\\".utf8.contains($0) }),
      text.firstRange(ofASCII: "..") == nil, text.firstRange(ofASCII: "@{") == nil
    else { return nil }
    self.text = text
  }

  private init(unchecked text: String) { self.text = text }

  /// Whether it is a commit's whole name, in SHA-1 or SHA-256.
  var isFullCommit: Bool { GitReference.isFullCommit(text) }

  static func isFullCommit(_ text: String) -> Bool {
    (text.utf8.count == 40 || text.utf8.count == 64) && isHexadecimal(text)
  }

  /// The name without what is done to it: `v1` of `v1~2`.
  var base: String { String(text.prefix { $0 != "~" && $0 != "^" }) }

  /// What is done to the name: `~2` of `v1~2`.
  var operators: String { String(text.dropFirst(base.count)) }

  /// Whether it may be the beginning of a commit's name, alone or as git-describe(1) writes it: `v1-3-g0123456`.
  var mayBeAbbreviated: Bool {
    var digits = base[...]
    if let mark = base.lastIndex(of: "g"), base[..<mark].hasSuffix("-") {
      digits = base[base.index(after: mark)...]
    }
    return digits.utf8.count >= 4 && GitReference.isHexadecimal(digits)
  }

  /// The remote's names it may mean, in the order in which pip looks: a branch before a tag, a tag for the commit it is
  /// for, and then what `git checkout` understands.
  var names: [String] {
    if base == "HEAD" { return ["HEAD"] }
    var names = ["refs/heads/\(base)"] + GitReference.peeled("refs/tags/\(base)")
    if base.hasPrefix("refs/") { names += GitReference.peeled(base) }
    if base.hasPrefix("tags/") || base.hasPrefix("heads/") { names += GitReference.peeled("refs/\(base)") }
    if base.hasPrefix("origin/") { names.append("refs/heads/\(base.dropFirst(7))") }
    return names
  }

  private static func peeled(_ name: String) -> [String] { ["\(name)^{}", name] }

  private static func isHexadecimal(_ text: some StringProtocol) -> Bool {
    text.utf8.allSatisfy { hexadecimalValue($0) != nil }
  }
}
