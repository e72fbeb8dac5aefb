extension RequirementParser {
  /// Reads a marker that must end where the text ends.
  mutating func wholeMarker() throws(RequirementError) -> Marker {
    let expression = try markerExpression()
    guard isAtEnd else { throw unexpected(.booleanOperator) }
    return Marker(expression)
  }

  /// Refuses what was read if a comparison of its marker has no meaning.
  func checkComparisons() throws(RequirementError) {
    if let undefinedComparison {
      throw RequirementError(offset: undefinedComparison, reason: .undefinedComparison)
    }
  }

  /// A marker, or what stands between two parentheses of one.
  ///
  ///     marker = marker_atom (("and" | "or") marker_atom)*
  private mutating func markerExpression() throws(RequirementError) -> MarkerExpression {
    var expression = MarkerExpression(try markerAtom())
    while true {
      if consume(word: "and") {
        expression.append(.and, try markerAtom())
      } else if consume(word: "or") {
        expression.append(.or, try markerAtom())
      } else {
        return expression
      }
    }
  }

  ///     marker_atom = ws "(" ws marker ws ")" ws | ws comparison ws
  private mutating func markerAtom() throws(RequirementError) -> MarkerExpression.Term {
    skipBlanks()
    guard peek == UInt8(ascii: "(") else {
      let comparison = try markerComparison()
      skipBlanks()
      return .comparison(comparison)
    }
    guard depth < Self.maximumDepth else {
      throw RequirementError(offset: position, reason: .tooDeep(limit: Self.maximumDepth))
    }
    position += 1
    depth += 1
    let inner = try markerExpression()
    depth -= 1
    guard consume(")") else { throw unexpected(.booleanOperatorOrClosingParenthesis) }
    skipBlanks()
    return .group(inner)
  }

  ///     comparison = operand ws operator ws operand
  private mutating func markerComparison() throws(RequirementError) -> MarkerComparison {
    skipBlanks()
    let start = position
    let left = try markerOperand()
    skipBlanks()
    let symbol = try markerOperator()
    skipBlanks()
    let right = try markerOperand()
    let comparison = MarkerComparison(left: left, operator: symbol, right: right)
    if comparison.isUndefined, undefinedComparison == nil { undefinedComparison = start }
    return comparison
  }

  ///     operand = variable | "'" (any but "'")* "'" | '"' (any but '"')* '"'
  private mutating func markerOperand() throws(RequirementError) -> MarkerOperand {
    switch peek {
    case UInt8(ascii: "'"), UInt8(ascii: "\""): return .literal(try quotedString())
    case .some:
      for (spelling, variable) in MarkerVariable.spellings where consume(word: spelling) {
        return .variable(variable)
      }
      throw unexpected(.markerOperand)
    case nil: throw unexpected(.markerOperand)
    }
  }

  ///     operator = "===" | "==" | "~=" | "!=" | "<=" | ">=" | "<" | ">" | "in" | "not" blank+ "in"
  private mutating func markerOperator() throws(RequirementError) -> MarkerOperator {
    if consume(word: "in") { return .in }
    if consume(word: "not") {
      let end = position
      skipBlanks()
      guard position > end else { throw unexpected(.spaceAfterNot) }
      guard consume(word: "in") else { throw unexpected(.inAfterNot) }
      return .notIn
    }
    for symbol in MarkerOperator.symbols where consume(text: symbol.rawValue) { return symbol }
    throw unexpected(.markerOperator)
  }
}
