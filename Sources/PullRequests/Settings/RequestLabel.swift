import PythonPackaging

/// A label of a pull request: 1 to 50 characters, without commas, which GitLab has between labels.
package struct RequestLabel: Sendable, Hashable, CustomStringConvertible {
  package let text: String

  package init(_ text: String) throws(PullRequestValueError) {
    let scalars = text.unicodeScalars
    guard !scalars.isEmpty, scalars.count <= 50, scalars.first != " ", scalars.last != " ",
      scalars.allSatisfy({ PrintableText.isPrintable($0) && $0 != "," })
    else { throw PullRequestValueError(.label, found: text) }
    self.text = text
  }

  package var description: String { text }
}
