import PythonPackaging
import Testing

/// Every row of `specifiers.tsv` holds.
struct SpecifierOracleTests {
  /// The texts that `packaging` reads and repin doesn't: a number of a version is an `Int`.
  static let unreadOnPurpose: [String: SpecifierError] = [
    ">=9223372036854775806": SpecifierError(offset: 2, reason: .invalidVersion(.numberTooLarge)),
    "==1.0,<1.0rc99999999999999999999": SpecifierError(offset: 12, reason: .invalidVersion(.numberTooLarge)),
    "!=99999999999999999999.*": SpecifierError(offset: 2, reason: .invalidVersion(.numberTooLarge)),
  ]

  /// The rows of decisions that repin reads.
  private func decisions() throws -> [OracleTable.Row] {
    try OracleTable("specifiers.tsv").rows("decide", atLeast: 1_000)
      .filter { Self.unreadOnPurpose[$0.fields[1]] == nil }
  }

  @Test func leavesUnreadWhatIsListed() throws {
    let rows = try OracleTable("specifiers.tsv").rows("decide", atLeast: 1_000)
    for (text, error) in Self.unreadOnPurpose {
      #expect(rows.contains { $0.fields[1] == text }, "no row has \(text) any more")
      #expect(throws: error, "\(text)") { try SpecifierSet(text) }
    }
  }

  @Test func decidesAsPackagingDoes() throws {
    var count = 0
    for row in try decisions() {
      let set = try SpecifierSet(row.fields[1])
      #expect(set.description == row.fields[2], "\(row.line)")
      for (text, digit) in zip(row.items(3), row.fields[4]) {
        let version = try Version(text)
        let outcome =
          (set.contains(version, preReleases: false) ? 1 : 0)
          + (set.contains(version, preReleases: true) ? 2 : 0)
          + (set.contains(version, preReleases: nil) ? 4 : 0)
        if String(outcome) != String(digit) {
          Issue.record("\(row.fields[1]) and \(version): \(outcome), not \(digit)")
        }
        count += 1
      }
    }
    #expect(count >= 20_000)
  }

  /// A set of intervals and its specifiers decide alike. `===` tells spellings apart that the order of versions
  /// holds equal: there the interval may have more, if it is another spelling of the same version.
  @Test func intervalsDecideAsSpecifiersDo() throws {
    var spellings = 0
    for row in try decisions() {
      let set = try SpecifierSet(row.fields[1])
      let intervals = set.versions
      for version in try row.items(3).map({ try Version($0) }) {
        let isContained = intervals.contains(version)
        if isContained, !set.allows(version) {
          let exact = try #require(
            set.specifiers.first { $0.operator == .arbitrary }, "\(set) and \(version)")
          #expect(
            exact.version == version && exact.versionText != version.description, "\(set) and \(version)")
          spellings += 1
        } else if isContained != set.allows(version) {
          Issue.record("\(set) and \(version)")
        }
      }
    }
    #expect(spellings > 0)
  }

  @Test func relatesAsPackagingDoes() throws {
    for row in try OracleTable("specifiers.tsv").rows("relate", atLeast: 3_000) {
      let (left, right) = (try SpecifierSet(row.fields[1]), try SpecifierSet(row.fields[2]))
      let (leftSet, rightSet) = (left.versions, right.versions)
      let flags =
        (left == right ? "e" : "") + (leftSet.isSubset(of: rightSet) ? "s" : "")
        + (leftSet.isDisjoint(with: rightSet) ? "d" : "") + (leftSet == rightSet ? "v" : "")
      #expect((flags.isEmpty ? "-" : flags) == row.fields[3], "\(row.line)")
      if left == right { #expect(left.hashValue == right.hashValue, "\(row.line)") }
      if leftSet == rightSet { #expect(leftSet.hashValue == rightSet.hashValue, "\(row.line)") }
    }
  }

  @Test func readsNoInvalidText() throws {
    for row in try OracleTable("specifiers.tsv").rows("invalid", atLeast: 50) {
      #expect(throws: SpecifierError.self, "\(row.line)") { try SpecifierSet(row.fields[1]) }
    }
  }

  /// What reads strictly means the same when read leniently.
  @Test func readsLenientlyWhatIsValid() throws {
    for row in try decisions() {
      #expect(try SpecifierSet(lenient: row.fields[1]).description == row.fields[2], "\(row.line)")
    }
  }
}
