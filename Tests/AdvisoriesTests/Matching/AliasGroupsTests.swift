import PythonPackaging
import Testing

@testable import Advisories

/// Which advisories are one problem, and what is said of it.
@Suite struct AliasGroupsTests {
  private static func record(
    _ id: String, aliases: [String] = [], withdrawn: Bool = false, summary: String = "", word: String? = nil
  ) throws -> AdvisoryRecord {
    AdvisoryRecord(
      id: try #require(AdvisoryID(id)), modified: 0, withdrawn: withdrawn ? 1 : nil,
      aliases: try aliases.map { try #require(AdvisoryID($0)) }, summary: summary, databaseSeverity: word,
      affected: [try PackageName("a"): AffectedPackage(versions: [try Version("1.0")])])
  }

  struct Case: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let records: [AdvisoryRecord]
    /// The ids of each problem, separated by spaces.
    let problems: [String]

    init(_ words: String, _ records: [AdvisoryRecord], _ problems: [String]) {
      testDescription = words
      self.records = records
      self.problems = problems
    }
  }

  private static func cases() throws -> [Case] {
    try [
      Case("none", [], []),
      Case("alone", [record("PYSEC-1")], ["PYSEC-1"]),
      Case(
        "one names the other, the other nobody", [record("PYSEC-1", aliases: ["GHSA-1"]), record("GHSA-1")],
        ["GHSA-1 PYSEC-1"]),
      Case(
        "by an id that has no record",
        [
          record("PYSEC-1", aliases: ["CVE-1"]), record("PYSEC-2"),
          record("GHSA-1", aliases: ["cve-1", "OSV-1"]),
        ],
        ["GHSA-1 CVE-1 PYSEC-1 OSV-1", "PYSEC-2"]),
      Case(
        "over steps",
        [
          record("GHSA-1", aliases: ["CVE-1"]), record("GHSA-2", aliases: ["CVE-2"]),
          record("PYSEC-1", aliases: ["CVE-2", "CVE-1"]),
        ],
        ["GHSA-1 GHSA-2 CVE-1 CVE-2 PYSEC-1"]),
      Case(
        "one id from two sources", [record("GHSA-1"), record("ghsa-1", aliases: ["CVE-1"])], ["GHSA-1 CVE-1"]),
      Case("an alias of itself", [record("GHSA-1", aliases: ["GHSA-1"])], ["GHSA-1"]),
      Case("withdrawn", [record("GHSA-1", aliases: ["CVE-1"], withdrawn: true)], []),
      Case(
        "not by a withdrawn one",
        [
          record("GHSA-1", aliases: ["CVE-1"]), record("GHSA-2", aliases: ["CVE-2"]),
          record("PYSEC-1", aliases: ["CVE-1", "CVE-2"], withdrawn: true),
        ],
        ["GHSA-1 CVE-1", "GHSA-2 CVE-2"]),
      Case(
        "a withdrawn one's id, which another names",
        [record("GHSA-1", withdrawn: true), record("PYSEC-1", aliases: ["GHSA-1"])], ["GHSA-1 PYSEC-1"]),
    ]
  }

  @Test(arguments: try cases()) func joins(_ row: Case) throws {
    for records in [row.records, row.records.reversed()] {
      let advisories = PackageAdvisories(try PackageName("a"), records: records)
      let ids = advisories.groups.map { $0.ids.map(\.description).joined(separator: " ") }
      // Which of two spellings of one id is shown is the order's doing.
      #expect(ids.map { $0.uppercased() } == row.problems)
      #expect(advisories.groups.flatMap(\.records).count == records.filter { !$0.isWithdrawn }.count)
    }
  }

  @Test func joinsAsAWalkOverAliasesDoes() {
    var random = RandomAdvisories(seed: 3)
    for _ in 0..<500 {
      let records = (0..<random.number(0...12)).map { _ in
        AdvisoryRecord(
          id: random.id(6), modified: 0, withdrawn: random.number(0...5) == 0 ? 1 : nil,
          aliases: (0..<random.number(0...3)).map { _ in random.id(6) })
      }
      var groupOf: [Int: Int] = [:]
      for (group, members) in AliasGroups.groups(of: records).enumerated() {
        for member in members {
          #expect(groupOf[member] == nil && !records[member].isWithdrawn)
          groupOf[member] = group
        }
      }
      #expect(groupOf.count == records.filter { !$0.isWithdrawn }.count)
      for start in records.indices where !records[start].isWithdrawn {
        let reached = reached(from: start, in: records)
        for other in records.indices where !records[other].isWithdrawn {
          #expect(reached.contains(other) == (groupOf[start] == groupOf[other]))
        }
      }
    }
  }

  private func reached(from start: Int, in records: [AdvisoryRecord]) -> Set<Int> {
    func ids(_ index: Int) -> Set<AdvisoryID> { Set([records[index].id] + records[index].aliases) }
    var (found, waiting): (Set<Int>, [Int]) = ([start], [start])
    while let next = waiting.popLast() {
      for other in records.indices
      where !records[other].isWithdrawn && !ids(other).isDisjoint(with: ids(next)) {
        if found.insert(other).inserted { waiting.append(other) }
      }
    }
    return found
  }

  @Test func saysWhatItsRecordsSay() throws {
    let records = try [
      Self.record("PYSEC-1", aliases: ["CVE-1"], summary: "of PYSEC"),
      Self.record("GHSA-1", aliases: ["CVE-1"], word: "LOW"),
      Self.record("CVE-1", summary: "of CVE", word: "HIGH"),
      Self.record("MAL-1", aliases: ["GHSA-2"]), Self.record("GHSA-3", aliases: ["mal-3"]),
    ]
    let groups = PackageAdvisories(try PackageName("a"), records: records).groups
    #expect(groups.map(\.id.description) == ["GHSA-1", "GHSA-2", "GHSA-3"])
    #expect(groups.map(\.isMalware) == [false, true, true])
    #expect(groups.map(\.severity) == [AdvisorySeverity(rating: .high), nil, nil])
    #expect(groups.map(\.summary) == ["of CVE", "", ""])
    #expect(groups[0].records.map(\.id.description) == ["GHSA-1", "CVE-1", "PYSEC-1"])
  }
}
