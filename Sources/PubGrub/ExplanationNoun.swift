/// A noun phrase with its grammatical number, on which the verb depends.
package struct ExplanationNoun: Sendable, Hashable {
  package var text: String
  package var isPlural: Bool
  /// Whether it ends in a relative clause, which a comma must close: "foo, which no index has".
  package var endsInClause: Bool

  package init(_ text: String, isPlural: Bool = false, endsInClause: Bool = false) {
    self.text = text
    self.isPlural = isPlural
    self.endsInClause = endsInClause
  }
}
