import PubGrub
import PythonPackaging

extension FailureReport {
  /// The report of a failed resolution.
  package init(_ study: FailureStudy) {
    let failed = study.failed
    let words = study.words
    let explanation = study.explanation
    let facts = study.facts
    isIncomplete = failed.isIncomplete
    let asked = study.askedLines
    requirements = asked.map(words.data)
    let refusals = facts.filter { if case .unavailable = $0.cause { true } else { false } }
    unavailable = refusals.compactMap(words.unavailable)
    let data = PremiseData(
      words: words, explanation: explanation, asked: asked, refusals: refusals.map(\.id))
    steps = zip(explanation.steps, explanation.lines(in: words)).map { step, line in
      Step(
        number: line.number, sentence: line.text, beginsPart: line.beginsPart,
        premises: step.premises.flatMap { data.premises($0, of: step, in: explanation.steps) },
        conclusion: step.conclusion.terms.filter { $0.package != Solver.root }.map {
          Term(isSelected: $0.isPositive, releases: words.releases($0.package, $0.versions))
        })
    }
    hints = study.hints
  }
}

/// The premises of a step as data.
private struct PremiseData {
  let words: RequirementsVocabulary
  let explanation: Explanation
  /// What the user wrote of what takes part, in order.
  let asked: [AskedLine]
  /// The facts about what can't be used, in order.
  let refusals: [IncompatibilityID]

  func premises(
    _ premise: Explanation.Premise, of step: Explanation.Step, in steps: [Explanation.Step]
  ) -> [FailureReport.Premise] {
    switch premise {
    case .external(let statement):
      // Of several facts, each is told alone.
      return statement.parts.map(fact)
    case .preceding(let statement), .step(_, let statement):
      let place = steps.firstIndex { $0.conclusion.id == statement.id }
      return [
        FailureReport.Premise(
          kind: .step, releases: nil, needs: nil, specifiers: nil, unavailable: nil, requirement: nil,
          step: place,
          clause: explanation.clause(statement, in: words))
      ]
    }
  }

  private func fact(_ statement: Explanation.Statement) -> FailureReport.Premise {
    let clause = explanation.clause(statement, in: words)
    if case .dependency(let package, let versions, let target, let allowed, let label) = statement.cause {
      var requirement: Int?
      var specifiers: [String] = []
      let kind: FailureReport.Premise.Kind
      switch words.failed.labels[Int(label)] {
      case .requirement(let index):
        kind = .requirement
        requirement = asked.firstIndex(of: AskedLine(kind: .requirement, index: index))
        specifiers = [words.failed.request.requirements[index].specifiers.description]
      case .override(let index, instead: _):
        kind = .override
        requirement = asked.firstIndex(of: AskedLine(kind: .override, index: index))
        specifiers = [words.failed.request.overrides[index].specifiers.description]
      case .dependency(let wanted):
        kind = .dependency
        specifiers = [wanted.specifiers.description]
      case .united(let dependencies):
        kind = .dependency
        for dependency in dependencies {
          let text = dependency.requirement.specifiers.description
          if !specifiers.contains(text) { specifiers.append(text) }
        }
      case .sameVersion, .unavailable: kind = .sameRelease
      }
      return FailureReport.Premise(
        kind: kind, releases: package == Solver.root ? nil : words.releases(package, versions),
        needs: words.releases(target, allowed), specifiers: specifiers.filter { !$0.isEmpty },
        unavailable: nil, requirement: requirement, step: nil, clause: clause)
    }
    let place = refusals.firstIndex(of: statement.id)
    return FailureReport.Premise(
      kind: place == nil ? .noRelease : .unavailable,
      releases: statement.terms.first.map { words.releases($0.package, $0.versions) }, needs: nil,
      specifiers: nil, unavailable: place, requirement: nil, step: nil, clause: clause)
  }
}
