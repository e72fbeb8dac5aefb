extension Explanation {
  /// One line of text for one step.
  package struct Line: Sendable, Hashable {
    /// The sentence, with its full stop, without its number.
    package let text: String
    /// What other lines call it by; see ``Step/number``.
    package let number: Int?
    /// Whether an empty line before it helps the reader.
    package let beginsPart: Bool
  }

  /// The proof as sentences in the given words.
  package func lines(in vocabulary: some ExplanationVocabulary) -> [Line] {
    let prose = Prose(steps: steps, vocabulary: vocabulary)
    return steps.map { Line(text: prose.sentence($0), number: $0.number, beginsPart: $0.beginsPart) }
  }

  /// The proof as text: a sentence a line, numbers in front where there are any, an empty line between parts; no
  /// newline at the end.
  package func prose(in vocabulary: some ExplanationVocabulary) -> String {
    let lines = lines(in: vocabulary)
    let width = lines.compactMap(\.number).last.map { "(\($0)) ".count } ?? 0
    var text = ""
    for line in lines {
      if !text.isEmpty { text += "\n" }
      if line.beginsPart { text += "\n" }
      let label = line.number.map { "(\($0)) " } ?? ""
      text += String(repeating: " ", count: width - label.count) + label + line.text
    }
    return text
  }
}

/// Says the steps of an explanation in a caller's words.
private struct Prose<Vocabulary: ExplanationVocabulary> {
  let steps: [Explanation.Step]
  let vocabulary: Vocabulary

  /// A statement of the form "the subject depends on the object".
  private struct Need {
    let package: PackageID
    /// The versions said to depend.
    let versions: VersionRanges
    /// Those that do when the asides are taken into account.
    let covered: VersionRanges
    /// False for what was derived: "requires" instead of "depends on".
    let isExternal: Bool
    let target: PackageID
    /// The versions of the target that are left when the asides are taken into account.
    let left: VersionRanges
    /// The object, with the asides and the reference to a step.
    let object: String
  }

  func sentence(_ step: Explanation.Step) -> String {
    let conclusion = clause(step.conclusion, isConclusion: true)
    var premises: [(Explanation.Statement, reference: String)] = []
    for premise in step.premises {
      switch premise {
      case .external(let statement): premises.append((statement, ""))
      case .preceding: break
      case .step(let place, let statement):
        premises.append((statement, steps[place].number.map { " (\($0))" } ?? ""))
      }
    }
    if premises.isEmpty { return "Thus, \(conclusion)." }
    let argument = joined(premises)
    switch step.opening {
    case .because: return "Because \(argument), \(conclusion)."
    case .and, .thus: return "And because \(argument), \(conclusion)."
    case .so: return "So, because \(argument), \(conclusion)."
    }
  }

  private func joined(_ premises: [(Explanation.Statement, reference: String)]) -> String {
    if premises.count == 2 {
      if let text = combined(premises[0], premises[1]) ?? combined(premises[1], premises[0]) { return text }
    }
    return premises.map { clause($0.0, isConclusion: false) + $0.reference }.joined(separator: " and ")
  }

  /// One clause for two statements: "a depends on both b and c", "a depends on b which depends on c", "a depends on b
  /// which is forbidden"; nil if they don't fit.
  private func combined(
    _ first: (Explanation.Statement, reference: String), _ second: (Explanation.Statement, reference: String)
  ) -> String? {
    guard let one = need(first.0, first.reference) else { return nil }
    let subject = vocabulary.subject(one.package, one.versions)
    let start = "\(subject.text) \(verb(one, isPlural: subject.isPlural))"
    if let other = need(second.0, second.reference) {
      if one.package == other.package && one.versions == other.versions && one.covered == other.covered {
        if one.isExternal == other.isExternal { return "\(start) both \(one.object) and \(other.object)" }
        return "\(start) \(one.object) and \(verb(other, isPlural: subject.isPlural)) \(other.object)"
      }
      if one.target == other.package && !one.left.isEmpty && one.left.isSubset(of: other.covered) {
        let isPlural = vocabulary.object(one.target, one.left, label: nil).isPlural
        return "\(start) \(one.object) which \(verb(other, isPlural: isPlural)) \(other.object)"
      }
      return nil
    }
    guard second.0.cause.isDerived, second.0.asides.isEmpty, second.0.terms.count == 1,
      let term = second.0.terms.first, term.isPositive, term.package == one.target,
      !one.left.isEmpty, one.left.isSubset(of: term.versions)
    else { return nil }
    let isPlural = vocabulary.object(one.target, one.left, label: nil).isPlural
    return "\(start) \(one.object) which \(isPlural ? "are" : "is") forbidden\(second.reference)"
  }

  private func verb(_ need: Need, isPlural: Bool) -> String {
    vocabulary.verb(need.package, isExternal: need.isExternal, isPlural: isPlural)
  }

  private func need(_ statement: Explanation.Statement, _ reference: String) -> Need? {
    if case .dependency(let package, let versions, let target, let allowed, let label) = statement.cause {
      let left = statement.terms.first { $0.package == target && !$0.isPositive }?.versions
      let covered = statement.terms.first { $0.package == package && $0.isPositive }?.versions
      var object = vocabulary.object(target, allowed, label: label).text
      if !statement.asides.isEmpty { object += " (\(said(statement.asides, separator: "; ")))" }
      return Need(
        package: package, versions: versions, covered: covered ?? versions, isExternal: true, target: target,
        left: left ?? VersionRanges(), object: object + reference
      )
    }
    guard statement.cause.isDerived, statement.asides.isEmpty, statement.terms.count == 2,
      let depender = statement.terms.first(where: \.isPositive),
      let target = statement.terms.first(where: { !$0.isPositive })
    else { return nil }
    return Need(
      package: depender.package, versions: depender.versions, covered: depender.versions,
      isExternal: false, target: target.package, left: target.versions,
      object: vocabulary.object(target.package, target.versions, label: nil).text + reference
    )
  }

  private func said(_ statements: [Explanation.Statement], separator: String) -> String {
    statements.map { clause($0, isConclusion: false) }.joined(separator: separator)
  }

  private func clause(_ statement: Explanation.Statement, isConclusion: Bool) -> String {
    if isConclusion && isFailure(statement) { return vocabulary.failure }
    if let need = need(statement, "") {
      let subject = vocabulary.subject(need.package, need.versions)
      return "\(subject.text) \(verb(need, isPlural: subject.isPlural)) \(need.object)"
    }
    if !statement.asides.isEmpty { return said(statement.asides, separator: " and ") }
    if let term = statement.terms.first, statement.terms.count == 1 {
      switch statement.cause {
      case .unavailable(let label):
        return vocabulary.unavailability(term.package, term.versions, label: label)
      case .noVersions: return vocabulary.absence(term.package, term.versions)
      default: break
      }
    }
    return isFailure(statement) ? vocabulary.failure : derivedClause(statement)
  }

  private func isFailure(_ statement: Explanation.Statement) -> Bool {
    guard let term = statement.terms.first else { return true }
    return statement.terms.count == 1 && term.package == Solver.root && term.isPositive
  }

  private func derivedClause(_ statement: Explanation.Statement) -> String {
    let positive = statement.terms.filter(\.isPositive).map { object($0) }
    let negative = statement.terms.filter { !$0.isPositive }.map { object($0) }
    let alternatives = negative.map(\.text).joined(separator: " or ")
    let conditions = positive.map(\.text).joined(separator: " and ")
    switch (positive.count, negative.count) {
    case (1, 0): return "\(positive[0].text) \(positive[0].isPlural ? "are" : "is") forbidden"
    case (2, 0):
      let verb = positive[0].isPlural ? "are" : "is"
      return "\(positive[0].text) \(verb) incompatible with \(positive[1].text)"
    case (_, 0): return "\(conditions) are incompatible"
    case (0, 1): return "\(negative[0].text) \(negative[0].isPlural ? "are" : "is") required"
    case (0, _): return "one of \(alternatives) is required"
    case (1, _):
      return "\(positive[0].text) \(positive[0].isPlural ? "require" : "requires") \(alternatives)"
    default: return "\(conditions) together require \(alternatives)"
    }
  }

  private func object(_ term: Explanation.StatedTerm) -> ExplanationNoun {
    vocabulary.object(term.package, term.versions, label: nil)
  }
}
