/// A vector of the Common Vulnerability Scoring System, and its score.
///
/// Example: `CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H` has 9.8.
package struct CVSSVector: Sendable, Hashable {
  package enum Version: Sendable, Hashable {
    case v2
    /// 3.0 and 3.1, whose base scores are equal.
    case v3
    case v4
  }

  package let version: Version
  /// The base score; of CVSS 4.0 the score with all the metrics that the vector has.
  package let score: CVSSScore

  /// Reads a vector of CVSS 3.0, 3.1 or 4.0, which says so itself, or of CVSS 2, which doesn't.
  ///
  /// - Throws: ``CVSSError``, for a severity of a system that isn't CVSS too.
  package init(_ vector: SeverityVector) throws(CVSSError) {
    try self.init(vector.text, isSecondVersion: vector.type == "CVSS_V2")
  }

  /// - Parameter isSecondVersion: Whether a text without the name of a version is one of CVSS 2.
  package init(_ text: String, isSecondVersion: Bool = false) throws(CVSSError) {
    guard text.utf8.count <= SeverityVector.greatestLength else {
      throw CVSSError(
        offset: SeverityVector.greatestLength, reason: .tooLong(limit: SeverityVector.greatestLength))
    }
    if text.utf8.starts(with: "CVSS:3.1/".utf8) || text.utf8.starts(with: "CVSS:3.0/".utf8) {
      version = .v3
      score = CVSS3.baseScore(try CVSSMetrics(text.dropFirst(9), at: 9, of: CVSS3.metrics))
    } else if text.utf8.starts(with: "CVSS:4.0/".utf8) {
      version = .v4
      score = CVSS4(try CVSSMetrics(text.dropFirst(9), at: 9, of: CVSS4.metrics)).score
    } else if isSecondVersion, !text.utf8.starts(with: "CVSS:".utf8) {
      version = .v2
      score = CVSS2.baseScore(try CVSSMetrics(text[...], at: 0, of: CVSS2.metrics))
    } else {
      throw CVSSError(offset: 0, reason: .version)
    }
  }
}
