/// Says what a sentence argues from, and what it concludes, in a caller's words.
struct ExplanationClauses<Vocabulary: ExplanationVocabulary> {
  let vocabulary: Vocabulary

  /// The premises as one argument: "a depends on b which depends on c and c 2 was yanked". Empty only without premises.
  func argument(_ premises: [ExplanationPremise]) -> String {
    var needs: [ExplanationNeed] = []
    var refusals: [Explanation.Statement] = []
    var others: [ExplanationPremise] = []
    for premise in premises {
      let statement = premise.statement
      if let need = ExplanationNeed(premise) {
        needs.append(need)
        refusals += statement.asides
      } else if statement.asides.isEmpty {
        if statement.cause.isDerived { others.append(premise) } else { refusals.append(statement) }
      } else {
        refusals += statement.asides
      }
    }
    let telling = needs.filter { need in need.label.map { !vocabulary.isSelfEvident($0) } ?? true }
    if !telling.isEmpty || !refusals.isEmpty || !others.isEmpty { needs = telling }
    var endings: [PackageID: ExplanationPremise] = [:]
    let trees = NeedTree.forest(needs)
    others = others.filter { premise in
      guard let package = endedObject(of: trees, by: premise) else { return true }
      endings[package] = premise
      return false
    }
    let clauses =
      trees.map { text($0, endings: endings) }
      + others.map { ExplanationNoun(derivedClause($0.statement) + $0.reference) }
      + self.clauses(refusals).map { ExplanationNoun($0) }
    return Self.listed(clauses)
  }

  /// What follows, as a clause.
  func conclusion(_ statement: Explanation.Statement) -> String {
    if isFailure(statement) { return vocabulary.failure }
    return statement.cause.isDerived && statement.asides.isEmpty
      ? derivedClause(statement) : argument([ExplanationPremise(statement: statement)])
  }

  // MARK: Needs

  /// The only object of a tree, of which a premise says that it can't be.
  private func endedObject(of trees: [NeedTree], by premise: ExplanationPremise) -> PackageID? {
    guard premise.statement.terms.count == 1, let term = premise.statement.terms.first, term.isPositive,
      trees.contains(where: { tree in
        guard tree.branches.count == 1, tree.depth == 0 else { return false }
        let need = tree.branches[0].need
        return need.target == term.package && !need.left.isEmpty && need.left.isSubset(of: term.versions)
      })
    else { return nil }
    return term.package
  }

  private func text(_ tree: NeedTree, endings: [PackageID: ExplanationPremise] = [:]) -> ExplanationNoun {
    let need = tree.branches[0].need
    let subject = vocabulary.subject(need.package, need.versions)
    var text = predicate(tree, isPlural: subject.isPlural, endings: endings)
    text.text = "\(subject.text) \(text.text)"
    return text
  }

  /// "depends on b and c and requires d".
  private func predicate(
    _ tree: NeedTree, isPlural: Bool, endings: [PackageID: ExplanationPremise]
  ) -> ExplanationNoun {
    var parts: [ExplanationNoun] = []
    for isExternal in [true, false] {
      var objects: [ExplanationNoun] = []
      let branches = tree.branches.filter { $0.need.isExternal == isExternal }
      for branch in branches {
        let object = object(branch, endings: endings)
        if !objects.contains(where: { $0.text == object.text }) { objects.append(object) }
      }
      if objects.isEmpty { continue }
      let verb = vocabulary.verb(tree.branches[0].need.package, isExternal: isExternal, isPlural: isPlural)
      let list: String
      if branches.contains(where: { $0.follower != nil }), objects.count > 1 {
        // "depends on b which depends on c, and on d": the preposition shows whose object it is.
        let words = verb.split(separator: " ")
        let again = words.count > 1 ? words.last.map(String.init) ?? verb : verb
        list = objects.map(\.text).joined(separator: ", and \(again) ")
      } else {
        list = (objects.count == 2 ? "both " : "") + Self.listed(objects)
      }
      parts.append(ExplanationNoun("\(verb) \(list)", endsInClause: objects.contains(where: \.endsInClause)))
    }
    return ExplanationNoun(Self.listed(parts), endsInClause: parts.contains(where: \.endsInClause))
  }

  private func object(_ branch: NeedTree.Branch, endings: [PackageID: ExplanationPremise]) -> ExplanationNoun
  {
    let need = branch.need
    var object = vocabulary.object(need.target, need.allowed, label: need.label)
    let isPlural = object.isPlural
    object.text += need.reference
    if let follower = branch.follower {
      let predicate = predicate(follower, isPlural: isPlural, endings: endings)
      object.text += " which \(predicate.text)"
      object.endsInClause = true
    } else if let ending = endings[need.target] {
      object.text += " which \(vocabulary.prohibition(isPlural: isPlural))\(ending.reference)"
    }
    return object
  }

  // MARK: Other clauses

  /// What can't be used, by package in the order met.
  private func clauses(_ refusals: [Explanation.Statement]) -> [String] {
    var order: [PackageID] = []
    var unavailable: [PackageID: [(versions: VersionRanges, label: UInt32)]] = [:]
    var absent: [PackageID: [VersionRanges]] = [:]
    for statement in refusals {
      guard let term = statement.terms.first else { continue }
      if unavailable[term.package] == nil && absent[term.package] == nil { order.append(term.package) }
      if case .unavailable(let label) = statement.cause {
        var known = unavailable[term.package] ?? []
        if let place = known.firstIndex(where: { $0.label == label }) {
          known[place].versions = known[place].versions.union(term.versions)
        } else {
          known.append((term.versions, label))
        }
        unavailable[term.package] = known
      } else {
        absent[term.package, default: []].append(term.versions)
      }
    }
    return order.flatMap { package in
      (unavailable[package].map { vocabulary.unavailability(package, $0) } ?? [])
        + (absent[package] ?? []).map { vocabulary.absence(package, $0) }
    }
  }

  private func isFailure(_ statement: Explanation.Statement) -> Bool {
    guard let term = statement.terms.first else { return true }
    return statement.terms.count == 1 && term.package == Solver.root && term.isPositive
  }

  private func derivedClause(_ statement: Explanation.Statement) -> String {
    if let need = ExplanationNeed(ExplanationPremise(statement: statement)) {
      return text(NeedTree(branches: [NeedTree.Branch(need: need, follower: nil)])).text
    }
    let positive = statement.terms.filter(\.isPositive)
      .map { vocabulary.object($0.package, $0.versions, label: nil) }
    let negative = statement.terms.filter { !$0.isPositive }
      .map { vocabulary.object($0.package, $0.versions, label: nil) }
    let alternatives = negative.map(\.text).joined(separator: " or ")
    let conditions = positive.map(\.text).joined(separator: " and ")
    switch (positive.count, negative.count) {
    case (0, 0): return vocabulary.failure
    case (1, 0): return "\(positive[0].text) \(vocabulary.prohibition(isPlural: positive[0].isPlural))"
    case (2, 0):
      let verb = positive[0].isPlural ? "are" : "is"
      return "\(positive[0].text) \(verb) incompatible with \(positive[1].text)"
    case (_, 0): return "\(conditions) are incompatible"
    case (0, 1): return "\(negative[0].text) \(negative[0].isPlural ? "are" : "is") required"
    case (0, _): return "one of \(alternatives) is required"
    case (1, _): return "\(positive[0].text) \(positive[0].isPlural ? "require" : "requires") \(alternatives)"
    default: return "\(conditions) together require \(alternatives)"
    }
  }

  /// "a", "a and b", "a, b and c"; what ends in a clause of its own is closed by a comma.
  private static func listed(_ items: [ExplanationNoun]) -> String {
    var text = ""
    for (place, item) in items.enumerated() {
      text += item.text
      let isLastButOne = place == items.count - 2
      if isLastButOne { text += item.endsInClause ? ", and " : " and " }
      if place < items.count - 2 { text += ", " }
    }
    return text
  }
}
