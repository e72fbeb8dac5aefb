import PythonPackaging

/// Who a commit is by: `Name <mail@host>`.
package struct CommitAuthor: Sendable, Hashable, CustomStringConvertible {
  package let name: String
  package let mail: String

  /// Who commits where neither the settings nor git's configuration say.
  package static let standard = CommitAuthor(name: "repin", mail: "repin@localhost")

  private init(name: String, mail: String) {
    self.name = name
    self.mail = mail
  }

  package init(_ text: String) throws(PullRequestValueError) {
    let parts = text.split(separator: "<", omittingEmptySubsequences: false)
    let isWhole = parts.count == 2 && parts[1].hasSuffix(">") && text.unicodeScalars.count <= 200
    guard isWhole, text.unicodeScalars.allSatisfy(PrintableText.isPrintable) else {
      throw PullRequestValueError(.author, found: text)
    }
    let mail = parts[1].dropLast()
    var name = parts[0]
    while name.hasPrefix(" ") { name = name.dropFirst() }
    while name.hasSuffix(" ") { name = name.dropLast() }
    guard !name.isEmpty, !mail.isEmpty, !mail.contains(" "), !mail.contains(">"), !name.contains(">") else {
      throw PullRequestValueError(.author, found: text)
    }
    self.init(name: String(name), mail: String(mail))
  }

  package var description: String { "\(name) <\(mail)>" }

  /// What git takes as both who wrote a change and who committed it.
  func variables(at seconds: Int64) -> [String: String] {
    [
      "GIT_AUTHOR_NAME": name, "GIT_AUTHOR_EMAIL": mail, "GIT_AUTHOR_DATE": "@\(seconds) +0000",
      "GIT_COMMITTER_NAME": name, "GIT_COMMITTER_EMAIL": mail, "GIT_COMMITTER_DATE": "@\(seconds) +0000",
    ]
  }
}
