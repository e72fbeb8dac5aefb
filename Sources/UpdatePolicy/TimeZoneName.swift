/// The name of a time zone, as the tz database has it: `Europe/Berlin`, `UTC`.
///
/// Invariant: a path of at most 64 bytes below the database's folder, that leads out of it nowhere: its parts have letters,
/// digits, `_`, `+` and `-` alone (tz database, "Theory and pragmatics", "Timezone identifiers").
package struct TimeZoneName: Sendable, Hashable, CustomStringConvertible {
  /// UTC, which needs no file.
  package static let utc = TimeZoneName(unchecked: "UTC")

  /// The name as it was written.
  package let description: String

  private init(unchecked name: String) { description = name }

  /// Reads a name; whether there is such a time zone, the database tells.
  ///
  /// - Throws: ``PolicyValueError`` with `.timeZone`.
  package init(_ text: String) throws(PolicyValueError) {
    let parts = text.utf8.prefix(65).split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
    let isName = parts.allSatisfy { part in
      part.first.map { $0.isLetter } == true
        && part.allSatisfy { $0.isLetter || $0.isDigit || "_+-".utf8.contains($0) }
    }
    guard text.utf8.count <= 64, isName else { throw PolicyValueError(text, .timeZone) }
    description = text
  }

  /// Whether it is one of the names of UTC itself.
  package var isUTC: Bool {
    ["UTC", "Etc/UTC", "Z", "Zulu", "Etc/Zulu", "UCT", "Etc/UCT"].contains(description)
  }
}
