extension OptionName {
  /// The option whose name is at most two edits away from `name`.
  static func nearest(to name: String) -> OptionName? {
    let ranked = allCases.map { (option: $0, distance: distance(Array(name.utf8), Array($0.rawValue.utf8))) }
    guard let best = ranked.min(by: { $0.distance < $1.distance }), best.distance <= 2 else { return nil }
    return best.option
  }

  /// Levenshtein's edit distance.
  private static func distance(_ left: [UInt8], _ right: [UInt8]) -> Int {
    guard left.count <= 64 else { return .max }
    var row = Array(0...right.count)
    for (i, byte) in left.enumerated() {
      var diagonal = row[0]
      row[0] = i + 1
      for (j, other) in right.enumerated() {
        let substituted = diagonal + (byte == other ? 0 : 1)
        diagonal = row[j + 1]
        row[j + 1] = min(substituted, row[j] + 1, row[j + 1] + 1)
      }
    }
    return row[right.count]
  }
}
