extension RequirementError {
  /// What stands at the place of the error and what may stand there, as phrases for a message that names the place.
  ///
  /// - Parameters:
  ///   - subject: What the text has at the error's offset, as a phrase: `` `.*` ``.
  ///   - noun: What was read: `a requirement`.
  package func phrases(subject: String, noun: String = "a requirement") -> (found: String, expected: String) {
    switch reason {
    case .unexpected(let character, let expected):
      return (character.map { "`\($0)`" } ?? "the end", expected.description)
    case .name: return (subject, "a name (\(self))")
    case .specifier(let specifier): return specifier.phrases(subject: subject)
    case .undefinedComparison:
      return (
        subject,
        "a variable on one side, and `~=` or `===` only with a version (`~=`: of two numbers or more)"
      )
    default: return (subject, "\(noun) (\(self))")
    }
  }
}

extension SpecifierError {
  /// What stands at the place of the error and what may stand there; see
  /// ``RequirementError/phrases(subject:noun:)``.
  package func phrases(subject: String) -> (found: String, expected: String) {
    switch reason {
    case .expectedOperator(let scalar):
      return (
        scalar.map { "`\($0)`" } ?? "the end", "one of `==`, `!=`, `<=`, `>=`, `<`, `>`, `~=`, `===`"
      )
    case .expectedComma(let scalar): return ("`\(scalar)`", "`,`, `;` or the end")
    default: return (subject, "a version specifier (\(self))")
    }
  }
}
