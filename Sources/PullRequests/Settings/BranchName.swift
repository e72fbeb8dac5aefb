import PythonPackaging

/// A branch's name without `refs/heads/`, as `git check-ref-format --branch` takes it.
///
/// Example: `repin/update`. It has no space, no control character, none of `~^:?*[\`, neither `..` nor `@{` nor `//`; no part
/// of it begins with `.` or ends with `.lock`; and it isn't `HEAD`, and begins with no `-`.
package struct BranchName: Sendable, Hashable, CustomStringConvertible {
  package let text: String

  /// The branch that changes are proposed on where none is configured.
  package static let standard = BranchName(unchecked: "repin/update")

  private init(unchecked text: String) { self.text = text }

  package init(_ text: String) throws(PullRequestValueError) {
    guard Self.isName(text), text != "HEAD", !text.hasPrefix("-"), !text.hasPrefix("refs/") else {
      throw PullRequestValueError(.branch, found: text)
    }
    self.text = text
  }

  package var description: String { text }

  /// Its whole name.
  var reference: String { "refs/heads/\(text)" }

  /// In bytes, so that it fits a file's name and an address.
  private static let longest = 200

  /// Whether a text is a name that references may have.
  static func isName(_ text: String) -> Bool {
    guard !text.isEmpty, text.utf8.count <= longest, text != "@", !text.hasSuffix(".") else { return false }
    for scalar in text.unicodeScalars {
      if !PrintableText.isPrintable(scalar) || " ~^:?*[\\".unicodeScalars.contains(scalar) { return false }
    }
    let bytes = Array(text.utf8)
    for pair in zip(bytes, bytes.dropFirst()) {
      if pair == (UInt8(ascii: "."), UInt8(ascii: ".")) || pair == (UInt8(ascii: "@"), UInt8(ascii: "{")) {
        return false
      }
    }
    return text.split(separator: "/", omittingEmptySubsequences: false).allSatisfy { part in
      !part.isEmpty && !part.hasPrefix(".") && !part.hasSuffix(".lock")
    }
  }
}

/// The name of a git remote, such as `origin`.
package struct RemoteName: Sendable, Hashable, CustomStringConvertible {
  package let text: String

  /// The one that `git clone` makes.
  package static let standard = RemoteName(unchecked: "origin")

  private init(unchecked text: String) { self.text = text }

  package init(_ text: String) throws(PullRequestValueError) {
    guard BranchName.isName(text), !text.hasPrefix("-") else {
      throw PullRequestValueError(.remote, found: text)
    }
    self.text = text
  }

  package var description: String { text }
}
