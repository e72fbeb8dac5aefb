import PythonPackaging
import Testing

/// Every row of `versions.tsv` holds.
struct VersionOracleTests {
  /// The texts that `packaging` reads and repin doesn't: a number of a version is an `Int`, and its text is
  /// bounded, so that a hostile index can't make a version costly.
  static let unreadOnPurpose: [String: VersionError] = [
    "9223372036854775806": VersionError(offset: 0, reason: .numberTooLarge),
    "1.9223372036854775807": VersionError(offset: 2, reason: .numberTooLarge),
    "1.0a18446744073709551616": VersionError(offset: 4, reason: .numberTooLarge),
    "9223372036854775808!1.0": VersionError(offset: 0, reason: .numberTooLarge),
    "1.0+1234567890123456789012345678901234567890": VersionError(offset: 4, reason: .numberTooLarge),
    "1.0-9223372036854775806": VersionError(offset: 4, reason: .numberTooLarge),
    "1.0.dev" + String(repeating: "9", count: 40): VersionError(offset: 7, reason: .numberTooLarge),
    "1.0+" + String(repeating: "a", count: 1021): VersionError(offset: 1024, reason: .tooLong(limit: 1024)),
    "1" + String(repeating: ".0", count: 600): VersionError(offset: 1024, reason: .tooLong(limit: 1024)),
  ]

  @Test func readsEveryValidText() throws {
    var unread = Self.unreadOnPurpose
    for row in try OracleTable("versions.tsv").rows("valid", atLeast: 600) {
      if let error = unread.removeValue(forKey: row.fields[1]) {
        #expect(throws: error, "\(row.line)") { try Version(row.fields[1]) }
        continue
      }
      guard let version = try? Version(row.fields[1]) else {
        Issue.record("not read: \(row.line)")
        continue
      }
      let flags =
        (version.isPreRelease ? "p" : "") + (version.isPostRelease ? "o" : "")
        + (version.isDevelopmentRelease ? "d" : "")
      let facts = [
        version.description, version.public.description, version.base.description,
        flags.isEmpty ? "-" : flags,
        version.release.map(String.init).joined(separator: "."),
        version.hasLocal ? version.local.map(\.description).joined(separator: ".") : "-",
      ]
      #expect(facts == Array(row.fields[2...]), "\(row.line)")
      #expect(try Version(version.description) == version, "\(row.line)")
    }
    #expect(unread.isEmpty, "no row differs here any more")
  }

  @Test func readsNoInvalidText() throws {
    for row in try OracleTable("versions.tsv").rows("invalid", atLeast: 300) {
      #expect(throws: VersionError.self, "\(row.line)") { try Version(row.fields[1]) }
    }
  }

  @Test func comparesAsPackagingDoes() throws {
    var count = 0
    for row in try OracleTable("versions.tsv").rows("compare", atLeast: 900) {
      let left = try Version(row.fields[1])
      for (text, sign) in zip(row.items(2), row.fields[3]) {
        let right = try Version(text)
        let found: [Character] = [("<", left < right), ("=", left == right), (">", left > right)]
          .filter(\.1).map(\.0)
        #expect(found == [sign], "\(left) and \(right)")
        #expect((right < left) == (sign == ">"), "\(right) and \(left)")
        if sign == "=" { #expect(left.hashValue == right.hashValue, "\(left) and \(right)") }
        count += 1
      }
    }
    #expect(count >= 5_000)
  }

  /// The order is total: sorting all versions and comparing each with each agree.
  @Test func sortsTotally() throws {
    let unread = Self.unreadOnPurpose
    let versions = try OracleTable("versions.tsv").rows("valid", atLeast: 600)
      .filter { unread[$0.fields[1]] == nil }.map { try Version($0.fields[1]) }.sorted()
    var misplaced: [String] = []
    for (index, left) in versions.enumerated() {
      for right in versions[(index + 1)...] where right < left || (left < right) == (left == right) {
        misplaced.append("\(left) and \(right)")
      }
    }
    #expect(misplaced == [])
  }
}
