/// The syntax tree of a marker: comparisons and parenthesised groups with `and` and `or` between them.
///
/// `and` binds tighter than `or`. The tree keeps the order and the grouping that were written, because a lockfile
/// shows them, and is canonical otherwise: parentheses round a single term are dropped, so that two markers that are
/// written alike by ``description`` are equal.
struct MarkerExpression: Sendable, Hashable, CustomStringConvertible {
  /// What stands between two terms.
  enum Connective: String, Sendable, Hashable {
    case and
    case or
  }

  /// One operand of `and` and `or`.
  indirect enum Term: Sendable, Hashable {
    case comparison(MarkerComparison)
    /// At least two terms in parentheses.
    case group(MarkerExpression)

    /// The term without parentheses round a single term.
    var unwrapped: Term {
      guard case .group(let inner) = self, inner.rest.isEmpty else { return self }
      return inner.first.unwrapped
    }
  }

  /// A connective and the term after it.
  struct Link: Sendable, Hashable {
    var connective: Connective
    var term: Term
  }

  private(set) var first: Term
  private(set) var rest: [Link] = []

  /// The expression of one term; a group gives up its parentheses when nothing is added to it.
  init(_ first: Term) {
    self.first = first.unwrapped
  }

  /// Adds a term at the end.
  mutating func append(_ connective: Connective, _ term: Term) {
    rest.append(Link(connective: connective, term: term.unwrapped))
  }

  /// The expression without parentheses round the whole of it.
  var unwrapped: MarkerExpression {
    guard rest.isEmpty, case .group(let inner) = first else { return self }
    return inner
  }

  /// Whether a comparison satisfies the condition.
  func contains(where condition: (MarkerComparison) -> Bool) -> Bool {
    first.contains(where: condition) || rest.contains { $0.term.contains(where: condition) }
  }

  /// The expression as `packaging` writes it, without parentheses round the whole of it.
  var description: String {
    var text = first.description
    for link in rest { text += " " + link.connective.rawValue + " " + link.term.description }
    return text
  }
}

extension MarkerExpression.Term: CustomStringConvertible {
  /// The term as `packaging` writes it, a group in parentheses.
  var description: String {
    switch self {
    case .comparison(let comparison): comparison.description
    case .group(let inner): "(" + inner.description + ")"
    }
  }

  func contains(where condition: (MarkerComparison) -> Bool) -> Bool {
    switch self {
    case .comparison(let comparison): condition(comparison)
    case .group(let inner): inner.contains(where: condition)
    }
  }
}
