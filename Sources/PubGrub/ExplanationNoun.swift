/// A noun phrase with its grammatical number, on which the verb depends.
package struct ExplanationNoun: Sendable, Hashable {
  package var text: String
  package var isPlural: Bool

  package init(_ text: String, isPlural: Bool = false) {
    self.text = text
    self.isPlural = isPlural
  }
}
