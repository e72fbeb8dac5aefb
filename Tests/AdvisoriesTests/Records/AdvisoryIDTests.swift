import Testing

@testable import Advisories

@Suite struct AdvisoryIDTests {
  @Test(arguments: [
    ("GHSA-abcd-2345-efgh", true), ("a", true), ("CVE-2024-1", true), ("RUSTSEC:1_2.3", true), ("", false),
    ("-a", false), (".a", false), ("a/b", false), ("a b", false), ("ä", false), ("a\u{0}", false),
    ("A\n", false),
    (String(repeating: "a", count: 128), true), (String(repeating: "a", count: 129), false), ("@", false),
    ("[", false), ("`", false), ("{", false),
  ])
  func isOne(_ text: String, _ expected: Bool) {
    #expect((AdvisoryID(text) != nil) == expected)
  }

  @Test func comparesWithoutCaseAndByAuthority() throws {
    let texts = [
      "pysec-2024-2", "CVE-2024-10", "MAL-2024-1", "ghsa-b", "CVE-2024-1", "GHSA-a", "GO-1", "cvex",
    ]
    let ids = try texts.map { try #require(AdvisoryID($0)) }
    #expect(
      ids.sorted().map(\.description) == [
        "GHSA-a", "ghsa-b", "CVE-2024-1", "CVE-2024-10", "pysec-2024-2", "cvex", "GO-1", "MAL-2024-1",
      ])
    #expect(AdvisoryID("GHSA-A") == AdvisoryID("ghsa-a"))
    #expect(Set(["cve-1", "CVE-1"].map { AdvisoryID($0) }).count == 1)
    #expect(ids.filter(\.isMalware).map(\.description) == ["MAL-2024-1"])
    #expect(AdvisoryID("mal-1")?.isMalware == true)
  }
}
