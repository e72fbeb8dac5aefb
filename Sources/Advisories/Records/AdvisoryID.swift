/// The id of an advisory: `GHSA-abcd-2345-efgh`, `CVE-2024-1234`, `PYSEC-2024-5`, `MAL-2024-7`.
///
/// Invariant: at most ``greatestLength`` ASCII letters, digits, `-`, `_`, `.` and `:`, from a letter or a digit on, so
/// that it can be a file's name, a part of an address and a word on a line. Ids compare without letter case, which some
/// sources change.
package struct AdvisoryID: Sendable, Hashable, Comparable, CustomStringConvertible {
  /// The greatest length, in bytes.
  package static let greatestLength = 128

  /// Who gave an id, as its first letters tell, in the order in which ids of one problem are shown.
  package enum Authority: UInt8, Sendable, Hashable, Comparable {
    case github
    case cve
    case pysec
    case other

    package static func < (left: Authority, right: Authority) -> Bool { left.rawValue < right.rawValue }
  }

  /// The id as it was written.
  package let description: String
  /// The same in small letters.
  package let folded: String

  /// Reads an id; nil if the text can't be one.
  package init?(_ text: String) {
    guard text.utf8.count <= AdvisoryID.greatestLength, text.utf8.first.map(isLetterOrDigit) == true,
      text.utf8.allSatisfy({ isLetterOrDigit($0) || "-_.:".utf8.contains($0) })
    else { return nil }
    description = text
    folded = text.utf8.contains { (0x41...0x5A).contains($0) } ? text.lowercased() : text
  }

  /// Who gave it.
  package var authority: Authority {
    if folded.utf8.starts(with: "ghsa-".utf8) { return .github }
    if folded.utf8.starts(with: "cve-".utf8) { return .cve }
    return folded.utf8.starts(with: "pysec-".utf8) ? .pysec : .other
  }

  /// Whether it says that the releases are malware: `MAL-…`.
  package var isMalware: Bool { folded.utf8.starts(with: "mal-".utf8) }

  package static func == (left: AdvisoryID, right: AdvisoryID) -> Bool { left.folded == right.folded }

  package func hash(into hasher: inout Hasher) { hasher.combine(folded) }

  /// In the order in which they are shown: by authority, then by text.
  package static func < (left: AdvisoryID, right: AdvisoryID) -> Bool {
    (left.authority, left.folded) < (right.authority, right.folded)
  }
}

private func isLetterOrDigit(_ byte: UInt8) -> Bool {
  (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20)
}
