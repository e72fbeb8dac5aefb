extension Explanation {
  /// One line of text for one step.
  package struct Line: Sendable, Hashable {
    /// The sentence, with its full stop, without its number.
    package let text: String
    /// What other lines call it by; see ``Step/number``.
    package let number: Int?
    /// Whether an empty line before it helps the reader.
    package let beginsPart: Bool

    package init(text: String, number: Int?, beginsPart: Bool) {
      self.text = text
      self.number = number
      self.beginsPart = beginsPart
    }
  }

  /// The proof as sentences in the given words.
  package func lines(in vocabulary: some ExplanationVocabulary) -> [Line] {
    steps.map { step in
      Line(text: sentence(step, in: vocabulary), number: step.number, beginsPart: step.beginsPart)
    }
  }

  /// The proof as text: a sentence a line, numbers in front where there are any, an empty line between parts; no
  /// newline at the end.
  package func prose(in vocabulary: some ExplanationVocabulary) -> String {
    Self.prose(lines(in: vocabulary))
  }

  /// Sentences as text; see ``prose(in:)``.
  package static func prose(_ lines: [Line]) -> String {
    let width = lines.compactMap(\.number).last.map { "(\($0)) ".count } ?? 0
    var text = ""
    for line in lines {
      if !text.isEmpty { text += "\n" }
      if line.beginsPart && !text.isEmpty { text += "\n" }
      let label = line.number.map { "(\($0)) " } ?? ""
      text += String(repeating: " ", count: width - label.count) + label + line.text
    }
    return text
  }

  /// A statement as a clause: "foo 2 depends on bar".
  package func clause(_ statement: Statement, in vocabulary: some ExplanationVocabulary) -> String {
    ExplanationClauses(vocabulary: vocabulary).argument([ExplanationPremise(statement: statement)])
  }

  /// What a step concludes, as a clause.
  package func conclusion(_ step: Step, in vocabulary: some ExplanationVocabulary) -> String {
    ExplanationClauses(vocabulary: vocabulary).conclusion(step.conclusion)
  }

  private func sentence(_ step: Step, in vocabulary: some ExplanationVocabulary) -> String {
    let clauses = ExplanationClauses(vocabulary: vocabulary)
    let conclusion = clauses.conclusion(step.conclusion)
    let premises = step.premises.compactMap { premise -> ExplanationPremise? in
      switch premise {
      case .external(let statement): ExplanationPremise(statement: statement)
      case .preceding: nil
      case .step(let place, let statement):
        ExplanationPremise(statement: statement, reference: steps[place].number.map { " (\($0))" } ?? "")
      }
    }
    let argument = clauses.argument(premises)
    if argument.isEmpty { return "Thus, \(conclusion)." }
    return switch step.opening {
    case .because: "Because \(argument), \(conclusion)."
    case .and, .thus: "And because \(argument), \(conclusion)."
    case .so: "So, because \(argument), \(conclusion)."
    }
  }
}
