/// Names that someone who wrote another may have meant.
package enum NearNames {
  /// The nearest names, at most three, nearest first: a few edits away (one for short names, up to three for long
  /// ones), the same but for separators, or one in the plural: `advisory`, `advisories`.
  package static func of(_ name: String, among names: [String]) -> [String] {
    let letters = Array(name.utf8)
    let limit = min(3, 1 + letters.count / 5)
    let squeezed = letters.filter { $0 != UInt8(ascii: "-") }
    return names.compactMap { other -> (name: String, distance: Int)? in
      let otherLetters = Array(other.utf8)
      if other == name { return nil }
      if otherLetters.filter({ $0 != UInt8(ascii: "-") }) == squeezed { return (other, 0) }
      let distance = distance(letters, otherLetters)
      return distance <= limit || singular(letters) == singular(otherLetters) ? (other, distance) : nil
    }
    .sorted { ($0.distance, $0.name) < ($1.distance, $1.name) }
    .prefix(3).map(\.name)
  }

  /// A word without the ending of an English plural.
  private static func singular(_ word: [UInt8]) -> [UInt8] {
    if word.count > 4, word.suffix(3).elementsEqual("ies".utf8) {
      return word.dropLast(3) + [UInt8(ascii: "y")]
    }
    return word.count > 3 && word.last == UInt8(ascii: "s") ? word.dropLast() : word
  }

  /// How many insertions, deletions, replacements and swaps of neighbours lead from one to the other (Damerau's
  /// optimal string alignment).
  package static func distance(_ left: [UInt8], _ right: [UInt8]) -> Int {
    var beforeLast = [Int](repeating: 0, count: right.count + 1)
    var last = Array(0...right.count)
    for row in 0..<left.count {
      var current = [row + 1]
      for column in 0..<right.count {
        let replacing = last[column] + (left[row] == right[column] ? 0 : 1)
        var best = min(replacing, last[column + 1] + 1, current[column] + 1)
        if row > 0, column > 0, left[row] == right[column - 1], left[row - 1] == right[column] {
          best = min(best, beforeLast[column - 1] + 1)
        }
        current.append(best)
      }
      (beforeLast, last) = (last, current)
    }
    return last[right.count]
  }
}
