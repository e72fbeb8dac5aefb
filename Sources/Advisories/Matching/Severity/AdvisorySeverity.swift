/// How bad an advisory is: a score where somebody gave a vector, else a word.
package struct AdvisorySeverity: Sendable, Hashable {
  package let rating: SeverityRating
  /// The score that the rating comes from, if it comes from one.
  package let score: CVSSScore?

  package init(rating: SeverityRating, score: CVSSScore? = nil) {
    self.rating = rating
    self.score = score
  }

  /// What severities of one problem come to: the highest score of the vectors of CVSS 3 and 4; where there is none that
  /// can be read, the highest of CVSS 2, whose scores have another scale; where there is none either, the worst of the
  /// words. Nil if nobody said.
  package init?(vectors: some Sequence<SeverityVector>, words: some Sequence<String>) {
    var (best, bestOfSecond): (CVSSScore?, CVSSScore?)
    for vector in vectors {
      guard let read = try? CVSSVector(vector) else { continue }
      if read.version == .v2 {
        bestOfSecond = max(bestOfSecond ?? read.score, read.score)
      } else {
        best = max(best ?? read.score, read.score)
      }
    }
    if let best {
      self.init(rating: best.rating, score: best)
    } else if let bestOfSecond {
      self.init(rating: bestOfSecond.ratingOfSecondVersion, score: bestOfSecond)
    } else {
      guard let rating = words.compactMap({ SeverityRating(word: $0) }).max() else { return nil }
      self.init(rating: rating)
    }
  }
}
