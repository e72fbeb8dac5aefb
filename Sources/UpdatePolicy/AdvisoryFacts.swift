package import PythonPackaging

/// What is known of one advisory that affects a pin.
package struct AdvisoryFacts: Sendable, Hashable {
  /// The id it is shown by, and kept by in the history: `GHSA-abcd-2345-efgh`.
  package var id: String
  /// The other ids of the same problem.
  package var aliases: [String]
  /// One line about it; empty if there is none.
  package var summary: String
  /// How bad it is.
  package var severity: Severity
  /// Its CVSS score, from 0 to 10 in tenths; nil if nobody gave one.
  package var score: Double?
  /// The releases that fix it.
  package var fixedVersions: [Version]
  /// The nearest release above the pin that fixes it and has no other problem; nil if none is known.
  package var fix: Version?
  /// Whether its authors took it back; then it is no finding.
  package var isWithdrawn: Bool

  package init(
    id: String, aliases: [String] = [], summary: String = "", severity: Severity, score: Double? = nil,
    fixedVersions: [Version] = [], fix: Version? = nil, isWithdrawn: Bool = false
  ) {
    self.id = id
    self.aliases = aliases
    self.summary = summary
    self.severity = severity
    self.score = score
    self.fixedVersions = fixedVersions
    self.fix = fix
    self.isWithdrawn = isWithdrawn
  }

  /// The id and the aliases.
  package var ids: [String] { [id] + aliases }

  /// Whether it says that the release itself is malware: one of its ids begins with `MAL-`.
  package var isMalware: Bool {
    AdvisoryID.isMalware(id) || aliases.contains { AdvisoryID.isMalware($0) }
  }
}

/// Ids of advisories compare without letter case, which some sources change.
enum AdvisoryID {
  static func isMalware(_ id: String) -> Bool { id.utf8.prefix(4).elementsEqual("MAL-".utf8, by: isSame) }

  static func isSame(_ left: String, _ right: String) -> Bool {
    left.utf8.count == right.utf8.count && left.utf8.elementsEqual(right.utf8, by: isSame)
  }

  private static func isSame(_ left: UInt8, _ right: UInt8) -> Bool {
    left == right || (left.isLetter && left | 0x20 == right | 0x20)
  }

  /// Whether a text may be an id: at most 128 letters, digits, `-`, `_`, `.` and `:`, from a letter or a digit on.
  static func isValid(_ text: String) -> Bool {
    text.utf8.count <= 128 && text.utf8.first.map { $0.isLetter || $0.isDigit } == true
      && text.utf8.allSatisfy { $0.isLetter || $0.isDigit || "-_.:".utf8.contains($0) }
  }
}
