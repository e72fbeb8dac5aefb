import LockDiff
import PythonPackaging
import Testing

@testable import Reports

@Suite("Reports of differences") struct DiffReportTests {
  // MARK: Title

  struct Title: CustomTestStringConvertible {
    var old = ""
    var new = ""
    let title: String
    var testDescription: String { title }
  }

  private static let hashes = (DiffScenario.hash(1), DiffScenario.hash(2))

  @Test(arguments: [
    Title(title: "Change no pins"),
    Title(old: "a==1\n", new: "a==2\n", title: "Raise a from 1 to 2"),
    Title(old: "a==2\n", new: "a==1\n", title: "Lower a from 2 to 1"),
    Title(new: "a==1\n", title: "Add a 1"), Title(old: "a==1\n", title: "Remove a 1"),
    Title(old: "a==1\n", new: "a @ https://h.example/a.zip\n", title: "Take a from another source"),
    Title(
      old: "a==1 --hash=\(hashes.0)\n", new: "a==1 --hash=\(hashes.1)\n", title: "Change the hashes of a 1"),
    Title(old: "a==1\n", new: "a==1 ; os_name == 'nt'\n", title: "Change the condition of a"),
    Title(new: "-e ./x\n", title: "Change 1 pin"),
    Title(old: "a==1\nb==1\n", new: "a==2\nb==1.1\n", title: "Change 2 pins: a, b"),
    Title(old: "gh-12==1\n", new: "gh-12==2\n", title: "Raise gh_12 from 1 to 2"),
    Title(
      new: "a-rather-long-name-of-a-package==1\nanother-long-name-of-a-package==1\nthird==1\n",
      title: "Change 3 pins: a-rather-long-name-of-a-package, …"),
    Title(
      old: "a==1\n", new: "a==1\(String(repeating: ".1", count: 40))\n", title: "Change 1 pin: a"),
  ]) func titles(_ given: Title) throws {
    let report = DiffReport(locks: [try DiffScenario.lock(given.old, given.new)], moments: .utc)
    #expect(report.title() == given.title)
  }

  @Test(arguments: DiffScenario.allCases) func titlesAreShort(_ scenario: DiffScenario) throws {
    let report = try scenario.report()
    #expect(report.title().count <= 72)
    #expect(report.commit().hasPrefix(report.title() + "\n\n"))
    #expect(report.commit().hasSuffix("\n"))
  }

  // MARK: Bounds

  @Test(arguments: [0, 1, 100, 500, 1_000, 2_000]) func bodyIsBounded(_ count: Int) throws {
    let body = try DiffScenario.large(count).markdown()
    #expect(body.utf16.count <= 65_535)
    let lines = body.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.count { $0 == "<details>" } == lines.count { $0 == "</details>" })
    for line in lines where line.hasPrefix("|") { #expect(line.hasSuffix("|")) }
    // The most important is there whatever the length.
    let fixes = lines.count { $0.hasPrefix("- `package-") && $0.contains("fixes GHSA") }
    #expect(fixes == (0..<count).count { $0 % 50 == 0 })
    if count >= 1_000 {
      #expect(body.utf16.count > 60_000)
      #expect(body.contains("\nCut here: "))
    }
    #expect(body.contains("Cut here") == (count >= 500))
    // Neither rows nor folded packages are cut within.
    let rows = lines.count { $0.hasPrefix("| ") } - (count == 0 ? 0 : 2)
    #expect(rows <= max(0, count))
  }

  @Test(arguments: [300, 400, 1_000]) func sectionsAreWholeAndRanked(_ limit: Int) {
    var body = SectionedMarkdown(limit: limit)
    body.add("last in rank" + String(repeating: "x", count: 60), rank: 9)
    body.add((0..<40).map { "row \($0)" }, in: .init(opening: "open", closing: "close\n"), rank: 2)
    body.add("first in rank", rank: 0)
    let text = body.finished()
    #expect(text.utf16.count <= limit)
    #expect(text.contains("first in rank\n"))
    let rows = text.split(separator: "\n").count { $0.hasPrefix("row ") }
    #expect(text.contains("open\nrow 0\n") && text.contains("row \(rows - 1)\nclose\n"))
    #expect(text.contains("last in rank") == (limit == 1_000))
    #expect(text.contains("Cut here: \(42 - rows - 1) more parts") == (limit < 1_000))
  }

  @Test func commitIsBounded() throws {
    let message = try DiffScenario.large(500).commit()
    #expect(message.split(separator: "\n").count { $0.hasPrefix("- ") } == 101)
    #expect(message.contains("\n- and 400 more pins\n"))
  }

  // MARK: JSON

  @Test func membersOfJSON() throws {
    let document = try JSONValue(DiffScenario.small.report().json())
    #expect(document["schema"] == .string("repin.diff/1"))
    let lock = try #require(document["lockfiles"]?.items.first)
    let changes = try #require(lock["changes"]?.items)
    #expect(changes.first?["package"] == .string("jinja2"))
    #expect(changes.first?["advisories"]?["fixed"]?.items.first?["id"] == .string("GHSA-aaaa-bbbb-cccc"))
    #expect(changes.first?["links"]?.keys == ["source", "changelog"])
    let werkzeug = try #require(changes.first { $0["package"] == .string("werkzeug") })
    // Known to be none, known, unknown.
    #expect(werkzeug["to"]?["license"] == .null)
    #expect(werkzeug["from"]?["license"] == .string("BSD-3-Clause"))
    let six = try #require(changes.first { $0["package"] == .string("six") })
    #expect(six["from"]?.keys.contains("license") == false)
    #expect(six["advisories"] == nil && six["to"] == nil)
    #expect(document["counts"]?["advisoriesUnknown"] == .number(3))
    #expect(document["heldBack"]?.items.count == 2)
  }

  /// Everything is in every format for people, and nothing is guessed.
  @Test func unknownIsSaid() throws {
    let report = DiffReport(locks: [try DiffScenario.lock("a==1\n", "a==2\n")], moments: .utc)
    #expect(report.text(TerminalStyle(width: 200)).contains("unknown"))
    #expect(
      report.markdown().contains(
        "unknown: advisories, release date, time behind, whether it is yanked, licence, Requires-Python"
          .replacing(
            "-", with: "-")))
  }
}
