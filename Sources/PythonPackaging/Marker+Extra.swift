extension Marker {
  /// The condition that an extra is asked for: `extra == "dev"`.
  package static func extra(_ name: ExtraName) -> Marker {
    let comparison = MarkerComparison(
      left: .variable(.extra), operator: .equal, right: .literal(name.normalized))
    return Marker(MarkerExpression(.comparison(comparison)))
  }
}
