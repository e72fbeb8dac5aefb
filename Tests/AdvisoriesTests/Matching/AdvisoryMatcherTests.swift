import PythonPackaging
import Testing

@testable import Advisories

/// The problems that a pin has, and what fixes them.
@Suite struct AdvisoryMatcherTests {
  private static func advisory(
    _ id: String, aliases: [String] = [], package: String = "a", listed: [String] = [], _ ranges: [String],
    withdrawn: Bool = false
  ) throws -> AdvisoryRecord {
    let ranges = try ranges.map { range in
      AffectedRange(
        try range.split(separator: " ").map { word in
          let version = word.dropFirst() == "0" ? nil : try Version(word.dropFirst())
          switch word.first {
          case "+": return .introduced(version)
          case "-": return .fixed(try #require(version))
          default: return .lastAffected(try #require(version))
          }
        })
    }
    return AdvisoryRecord(
      id: try #require(AdvisoryID(id)), modified: 0, withdrawn: withdrawn ? 1 : nil,
      aliases: try aliases.map { try #require(AdvisoryID($0)) },
      affected: [
        try PackageName(package): AffectedPackage(
          versions: try listed.map { try Version($0) }, ranges: ranges)
      ])
  }

  struct Case: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let records: [AdvisoryRecord]
    let version: String
    let releases: [String]?
    /// Each problem's id, fix and later fixed versions.
    let problems: [String]

    init(
      _ words: String, _ records: [AdvisoryRecord], _ version: String, releases: [String]? = nil,
      _ problems: [String]
    ) {
      testDescription = words
      self.records = records
      self.version = version
      self.releases = releases
      self.problems = problems
    }
  }

  /// Events are written `+` introduced, `-` fixed, `=` last affected.
  private static func cases() throws -> [Case] {
    let branches = try advisory("GHSA-1", ["+0 -1.0.5 +2.0 -2.0.1", "+3.0 -3.1"])
    return try [
      Case("nothing known", [], "1.0", []),
      Case("another package", [advisory("GHSA-1", package: "b", ["+0"])], "1.0", []),
      Case("the branch that holds it", [branches], "2.0.0", ["GHSA-1 2.0.1 [2.0.1 3.1]"]),
      Case("the first branch", [branches], "1.0", ["GHSA-1 1.0.5 [1.0.5 2.0.1 3.1]"]),
      Case("the last branch", [branches], "3.0.9", ["GHSA-1 3.1 [3.1]"]),
      Case("between the branches", [branches], "2.5", []),
      Case("no fix", [advisory("GHSA-1", ["+0"])], "1.0", ["GHSA-1 - []"]),
      Case("no later fix", [advisory("GHSA-1", ["+0 -1.0 +2.0"])], "2.0", ["GHSA-1 - []"]),
      Case(
        "a listed version outside the ranges", [advisory("GHSA-1", listed: ["1.7"], ["+0 -1.0 +2.0 -2.0.1"])],
        "1.7",
        ["GHSA-1 2.0.1 [2.0.1]"]),
      Case(
        "a branch without a fix before one with", [advisory("GHSA-1", ["+0 =1.5 +2.0 -2.0.1"])], "1.2",
        ["GHSA-1 2.0.1 [2.0.1]"]),
      Case(
        "a fix that it lists as affected", [advisory("GHSA-1", listed: ["1.5"], ["+0 -1.5"])], "1.0",
        ["GHSA-1 - []"]),
      Case(
        "a fix that another advisory affects",
        [advisory("GHSA-1", ["+0 -1.1"]), advisory("GHSA-2", ["+1.1 -1.2"])], "1.0", ["GHSA-1 1.2 [1.1]"]),
      Case(
        "fixes that other advisories affect one after another",
        [
          advisory("GHSA-1", ["+0 -1.1"]), advisory("GHSA-2", ["+1.0 -1.2"]),
          advisory("GHSA-3", ["+1.2 -1.3"]),
          advisory("GHSA-4", ["+1.3"]),
        ], "1.0", ["GHSA-1 - [1.1]", "GHSA-2 - [1.2]"]),
      Case(
        "a withdrawn advisory doesn't stand in the way",
        [advisory("GHSA-1", ["+0 -1.1"]), advisory("GHSA-2", ["+1.0"], withdrawn: true)], "1.0",
        ["GHSA-1 1.1 [1.1]"]),
      Case(
        "records of one problem that differ",
        [
          advisory("GHSA-1", aliases: ["CVE-1"], ["+0 -1.4"]),
          advisory("PYSEC-1", aliases: ["CVE-1"], ["+0 -1.3"]),
        ],
        "1.0", ["GHSA-1 1.4 [1.4]"]),
      Case(
        "one record of a problem is enough",
        [
          advisory("GHSA-1", aliases: ["CVE-1"], ["+2.0 -2.1"]),
          advisory("PYSEC-1", aliases: ["CVE-1"], ["+0 =1.3"]),
        ],
        "1.0", ["GHSA-1 2.1 [2.1]"]),
      Case(
        "the smallest release", [branches], "2.0", releases: ["1.9", "2.0", "2.0.1", "2.0.2"],
        ["GHSA-1 2.0.1 [2.0.1 3.1]"]),
      Case(
        "the fix was never released", [branches], "2.0", releases: ["2.0", "2.0.2", "3.0"],
        ["GHSA-1 2.0.2 [2.0.1 3.1]"]),
      Case(
        "a release behind a last affected one", [advisory("GHSA-1", ["+0 =1.3"])], "1.0",
        releases: ["1.3", "1.4", "1.5"], ["GHSA-1 1.4 []"]),
      Case("no such release", [branches], "3.0", releases: ["1.0.5", "3.0", "3.0.1"], ["GHSA-1 - [3.1]"]),
      Case("no release at all", [branches], "3.0", releases: [], ["GHSA-1 - [3.1]"]),
      Case("a local version", [branches], "2.0+cpu", ["GHSA-1 2.0.1 [2.0.1 3.1]"]),
    ]
  }

  @Test(arguments: try cases()) func finds(_ row: Case) throws {
    let matcher = AdvisoryMatcher(records: row.records)
    let releases = try row.releases.map { try $0.map { try Version($0) } }
    let problems = matcher.problems(of: try PackageName("A"), try Version(row.version), releases: releases)
    let found = problems.map { problem in
      let versions = problem.fixedVersions.map(\.description).joined(separator: " ")
      return "\(problem.group.id) \(problem.fix.map(\.description) ?? "-") [\(versions)]"
    }
    #expect(found == row.problems)
  }

  @Test func fixesAreReleasesThatNothingAffects() throws {
    var random = RandomAdvisories(seed: 4)
    let package = try PackageName("a")
    let versions = RandomAdvisories.versions
    var (fixes, unfixed) = (0, 0)
    for round in 0..<600 {
      var entries: [NaiveEvaluator.Entry] = []
      var records: [AdvisoryRecord] = []
      for _ in 0..<random.number(1...5) {
        var entry = NaiveEvaluator.Entry()
        for _ in 0..<random.number(0...1) { entry.versions.append(random.version()) }
        for _ in 0..<random.number(1...2) { entry.ranges.append(random.tidyRange()) }
        entries.append(entry)
        records.append(
          AdvisoryRecord(
            id: random.id(9), modified: 0, aliases: random.number(0...2) == 0 ? [random.id(9)] : [],
            affected: [package: entry.package]))
      }
      let matcher = AdvisoryMatcher(records: records)
      func isAffected(_ version: Version) -> Bool {
        entries.contains { NaiveEvaluator.isAffected(version, by: $0) }
      }
      let named = records.flatMap { $0.affected[package]?.ranges ?? [] }.flatMap(\.events)
        .compactMap { event -> Version? in if case .fixed(let version) = event { version } else { nil } }
      let releases = versions.filter { _ in random.number(0...1) == 0 }
      for version in versions {
        let problems = matcher.problems(of: package, version)
        #expect(problems.isEmpty != isAffected(version), "round \(round): \(version)")
        // Every record that affects it is in one of its problems, and none is in two.
        let members = problems.flatMap(\.group.records)
        let affecting = records.indices.filter { NaiveEvaluator.isAffected(version, by: entries[$0]) }
        #expect(affecting.allSatisfy { members.contains(records[$0]) })
        for problem in problems {
          let nearest = problem.group.nearestFix(above: version)
          let expected = nearest.flatMap { start in named.filter { $0 >= start && !isAffected($0) }.min() }
          #expect(problem.fix == expected, "round \(round): \(version)")
          if let fix = problem.fix {
            fixes += 1
            #expect(fix > version && !isAffected(fix), "round \(round): \(version)")
          } else {
            unfixed += 1
          }
          #expect(problem.fixedVersions.allSatisfy { $0 > version && !problem.group.affected.contains($0) })
        }
        let expected = releases.filter { $0 > version && !isAffected($0) }.min()
        for problem in matcher.problems(of: package, version, releases: releases) {
          #expect(problem.fix == expected, "round \(round): \(version)")
        }
      }
    }
    #expect(fixes > 1_000 && unfixed > 300)
  }

  @Test func keepsPackagesApart() throws {
    let records = try [
      Self.advisory("GHSA-1", package: "a", ["+0"]),
      Self.advisory("GHSA-2", aliases: ["GHSA-1"], package: "b", ["+0"]),
      Self.advisory("GHSA-3", package: "c", ["+0"], withdrawn: true),
    ]
    let matcher = AdvisoryMatcher(records: records)
    #expect(try Set(matcher.packages.keys) == [PackageName("a"), PackageName("b")])
    let ids = try ["a", "b", "c"].map { name in
      matcher.problems(of: try PackageName(name), try Version("1")).map { $0.group.ids.map(\.description) }
    }
    #expect(ids == [[["GHSA-1"]], [["GHSA-1", "GHSA-2"]], []])
  }
}
