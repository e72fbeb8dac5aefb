import PythonPackaging

/// A value of the settings that can't be: what was found, and what was expected.
package struct PullRequestValueError: Error, Sendable, Hashable, CustomStringConvertible {
  /// What a value is to be.
  package enum Expected: Sendable, Hashable {
    case forge
    case address
    case repository
    case remote
    case branch
    case label
    case author
  }

  package let expected: Expected
  package let found: String

  init(_ expected: Expected, found: String) {
    self.expected = expected
    self.found = found
  }

  /// One sentence without a full stop.
  package var description: String {
    let shown = PrintableText.excerpt(URLCredentials.redacted(within: found), limit: 200)
    return "found `\(shown)`, expected \(expected.phrase)" + nearest
  }

  private var nearest: String {
    guard expected == .forge else { return "" }
    let names = NearNames.of(found.lowercased(), among: Forge.allCases.map(\.rawValue))
    return names.first.map { "; the closest is `\($0)`" } ?? ""
  }
}

extension PullRequestValueError.Expected {
  fileprivate var phrase: String {
    switch self {
    case .forge: "one of `github`, `gitlab`, `gitea`"
    case .address:
      "the address of an API, such as `https://git.example/api/v4`, without credentials and query"
    case .repository: "a repository as `owner/name`"
    case .remote: "the name of a git remote, such as `origin`"
    case .branch: "a branch's name as `git check-ref-format` has it, such as `repin/update`"
    case .label: "a label of 1 to 50 characters, without commas"
    case .author: "a commit's author as `Name <mail@host>`"
    }
  }
}
