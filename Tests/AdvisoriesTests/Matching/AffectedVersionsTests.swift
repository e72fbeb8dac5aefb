import PythonPackaging
import Testing

@testable import Advisories

/// Which versions an advisory affects.
@Suite struct AffectedVersionsTests {
  struct Case: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let json: String
    let affected: [String]
    let unaffected: [String]

    init(_ words: String, _ json: String, _ affected: [String], not unaffected: [String]) {
      testDescription = words
      self.json = json
      self.affected = affected
      self.unaffected = unaffected
    }
  }

  private static func range(_ events: String, type: String = "ECOSYSTEM") -> String {
    #""ranges": [{"type": "\#(type)", "events": [\#(events)]}]"#
  }

  static let cases: [Case] = [
    Case("everything", range(#"{"introduced": "0"}"#), ["0.dev0", "0.0.dev1", "0", "1!5", "9999"], not: []),
    Case("nothing", #""versions": []"#, [], not: ["0", "1.0"]),
    Case(
      "equal by PEP 440", #""versions": ["1.0", "2.0.0-RC.1"]"#,
      ["1.0", "1", "1.0.0", "v1.0", "2.0rc1", "2.0c1", "1.0+cpu"],
      not: ["1.0.post1", "1.0.1", "2.0", "1!1.0", "1.0rc1"]),
    Case(
      "listed with a local part", #""versions": ["1.0+cpu"]"#, ["1.0+cpu", "1.0+CPU"],
      not: ["1.0", "1.0+cu118"]),
    Case(
      "up to a fix", range(#"{"introduced": "0"}, {"fixed": "1.0.5"}"#),
      ["0", "1.0.4", "1.0.5rc1", "1.0.5.dev1"], not: ["1.0.5", "1.0.5+cpu", "1.0.5.post1", "2.0"]),
    Case(
      "from a release, with what is built from it", range(#"{"introduced": "1.0"}, {"fixed": "1.1"}"#),
      ["1.0", "1.0+cpu", "1.0.post1", "1.1a1"], not: ["1.0rc1", "0.9", "1.1"]),
    Case(
      "up to a last one, with what is built from it",
      range(#"{"introduced": "0"}, {"last_affected": "1.0"}"#), ["1.0", "1.0.0", "1.0+cpu", "0.5"],
      not: ["1.0.post1", "1.0.1"]),
    Case(
      "several branches, not in order",
      range(#"{"introduced": "2.0"}, {"fixed": "1.0.5"}, {"introduced": "0"}, {"fixed": "2.0.1"}"#),
      ["1.0.4", "2.0"], not: ["1.0.5", "1.9", "2.0.1", "3.0"]),
    Case(
      "two branches that touch",
      range(#"{"introduced": "0"}, {"fixed": "2.0"}, {"introduced": "2.0"}, {"fixed": "3.0"}"#),
      ["1.9", "2.0", "2.9"], not: ["3.0"]),
    Case(
      "introduced and fixed by one release", range(#"{"introduced": "1.0"}, {"fixed": "1.0"}"#), [],
      not: ["0.9", "1.0", "1.1"]),
    Case(
      "below a limit", range(#"{"introduced": "1.0"}, {"limit": "2.0"}, {"limit": "1.5"}"#), ["1.0", "1.9"],
      not: ["0.9", "2.0", "2.1"]),
    Case(
      "below no limit", range(#"{"introduced": "1.0"}, {"limit": "2.0"}, {"limit": "*"}"#), ["2.1"],
      not: ["0"]),
    Case(
      "a semantic range", range(#"{"introduced": "1.0.0-alpha.1"}"#, type: "SEMVER"), ["1.0a1", "1.0"],
      not: ["0.9"]),
    Case("a range of commits", range(#"{"introduced": "0"}"#, type: "GIT"), [], not: ["1.0"]),
    Case("a fix alone", range(#"{"fixed": "1.0"}"#), [], not: ["0.9", "1.0"]),
    Case(
      "listed beside a range", #""versions": ["3.0"], "# + range(#"{"introduced": "1.0"}, {"fixed": "2.0"}"#),
      ["1.5", "3.0"], not: ["2.0", "3.1"]),
  ]

  @Test(arguments: cases) func affects(_ row: Case) throws {
    let record = try record(
      """
      {"id": "A-1", "modified": "2024-01-01T00:00:00Z",
       "affected": [{"package": {"ecosystem": "PyPI", "name": "a"}, \(row.json)}]}
      """)
    let versions = AffectedVersions(try #require(try record.affected[PackageName("a")]))
    for text in row.affected { #expect(versions.contains(try Version(text)), "\(text)") }
    for text in row.unaffected { #expect(!versions.contains(try Version(text)), "\(text)") }
    #expect(versions.isEmpty == row.affected.isEmpty)
  }

  @Test func evaluatesAsTheSpecification() {
    var random = RandomAdvisories(seed: 1)
    var counts = [0, 0]
    for round in 0..<4_000 {
      let entry = random.entry()
      let versions = AffectedVersions(entry.package)
      expectSound(versions)
      for version in RandomAdvisories.versions {
        let expected = NaiveEvaluator.isAffected(version, by: entry)
        counts[expected ? 1 : 0] += 1
        if versions.contains(version) != expected {
          Issue.record("round \(round): \(version) is affected: \(expected), by \(entry)")
          return
        }
      }
    }
    #expect(counts.allSatisfy { $0 > 10_000 })
  }

  @Test func unitesEntries() {
    var random = RandomAdvisories(seed: 2)
    for round in 0..<600 {
      let entries = (0..<random.number(0...5)).map { _ in random.entry() }
      let union = AffectedVersions(union: entries.map { AffectedVersions($0.package) })
      let package = AffectedPackage(uniting: entries.map(\.package))
      expectSound(union)
      #expect(AffectedVersions(package) == union, "round \(round)")
      for version in RandomAdvisories.versions {
        let expected = entries.contains { NaiveEvaluator.isAffected(version, by: $0) }
        if union.contains(version) != expected {
          Issue.record("round \(round): \(version) is affected: \(expected), by \(entries)")
          return
        }
      }
    }
  }

  private func expectSound(_ versions: AffectedVersions) {
    let bounds = versions.bounds
    #expect(zip(bounds, bounds.dropFirst()).allSatisfy { $0 < $1 }, "\(bounds)")
  }

  @Test("Bounds are in one order, and a version is behind all bounds below one that it is behind")
  func ordersBounds() {
    let versions = RandomAdvisories.versions
    let bounds = [.start] + versions.flatMap { [VersionBound.before($0), .after($0)] }
    for left in bounds {
      #expect(!(left < left))
      for right in bounds where left != right {
        #expect((left < right) != (right < left), "\(left) \(right)")
        guard left < right else { continue }
        for version in versions where right.isBelow(version) && !left.isBelow(version) {
          Issue.record("\(version) is behind \(right) and not behind \(left)")
        }
        for third in bounds where right < third && !(left < third) {
          Issue.record("\(left) < \(right) < \(third)")
        }
      }
    }
  }
}
