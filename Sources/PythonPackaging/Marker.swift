/// A condition on the environment under which a requirement applies (PEP 508, "Environment Markers").
///
/// Two markers are equal if `description` writes them alike; equivalent conditions written differently are not.
/// Example: `Marker("python_version >= '3.8' and extra == 'dev'")`.
package struct Marker: Sendable, Hashable, CustomStringConvertible {
  let expression: MarkerExpression
  /// Whether the variable `extra` occurs.
  package let mentionsExtra: Bool

  /// Reads a marker.
  ///
  ///     marker     = atom (("and" | "or") atom)*
  ///     atom       = "(" marker ")" | operand operator operand
  ///     operand    = variable | quoted string
  ///
  /// - Throws: `RequirementError` with the offset of the fault.
  package init(_ text: String) throws(RequirementError) {
    var parser = try RequirementParser(text)
    self = try parser.wholeMarker()
  }

  /// Reads a marker that a requirement depends on: one that `packaging` reads but refuses to evaluate is a fault too.
  ///
  /// - Throws: `RequirementError` with the offset of the fault.
  package init(evaluable text: String) throws(RequirementError) {
    var parser = try RequirementParser(text)
    self = try parser.wholeMarker()
    try parser.checkComparisons()
  }

  init(_ expression: MarkerExpression) {
    self.expression = expression.unwrapped
    mentionsExtra = expression.contains(where: \.mentionsExtra)
  }

  /// The marker as `str(packaging.markers.Marker)` writes it: literals in double quotes, single spaces, the
  /// parentheses that were written round more than one term.
  package var description: String { expression.description }

  /// The marker that holds when both hold; no parentheses are put where none are needed.
  package func and(_ other: Marker) -> Marker { joined(.and, other) }

  /// The marker that holds when one of the two holds; no parentheses are put where none are needed.
  package func or(_ other: Marker) -> Marker { joined(.or, other) }

  private func joined(_ connective: MarkerExpression.Connective, _ other: Marker) -> Marker {
    Marker(expression.joined(connective, other.expression))
  }

  /// The marker without the comparisons whose left side is `extra`, nil if nothing is left.
  ///
  /// This is how pip-compile writes an input's marker to the lockfile. It is not logic: `a or extra == "x" and b`
  /// becomes `a or b`. Between two terms that stay, `or` wins over `and`, as in pip-compile.
  /// Example: `(extra == "x" or extra == "y") and os_name == "nt"` becomes `os_name == "nt"`.
  package func removingExtraTerms() -> Marker? {
    guard mentionsExtra else { return self }
    return expression.removingExtraTerms().map { Marker($0) }
  }
}

extension MarkerExpression {
  /// Both expressions with a connective between them; one that has another connective goes in parentheses.
  fileprivate func joined(_ connective: Connective, _ other: MarkerExpression) -> MarkerExpression {
    var joined = hasOnly(connective) ? self : MarkerExpression(.group(self))
    guard other.hasOnly(connective) else {
      joined.append(connective, .group(other))
      return joined
    }
    joined.append(connective, other.first)
    for link in other.rest { joined.append(link.connective, link.term) }
    return joined
  }

  private func hasOnly(_ connective: Connective) -> Bool { rest.allSatisfy { $0.connective == connective } }

  fileprivate func removingExtraTerms() -> MarkerExpression? {
    var kept = first.removingExtraTerms().map { MarkerExpression($0) }
    // The connectives since the last term that stays.
    var pending: Connective = .and
    for link in rest {
      if link.connective == .or { pending = .or }
      guard let term = link.term.removingExtraTerms() else { continue }
      if kept == nil {
        kept = MarkerExpression(term)
      } else {
        kept?.append(pending, term)
      }
      pending = .and
    }
    return kept
  }
}

extension MarkerExpression.Term {
  fileprivate func removingExtraTerms() -> MarkerExpression.Term? {
    switch self {
    case .comparison(let comparison): comparison.left == .variable(.extra) ? nil : self
    case .group(let inner): inner.removingExtraTerms().map { .group($0) }
    }
  }
}
