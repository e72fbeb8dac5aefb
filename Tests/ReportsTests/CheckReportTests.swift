import PythonPackaging
import Testing

@testable import Reports
@testable import UpdatePolicy

@Suite("A check is summed up") struct CheckReportTests {
  @Test(
    arguments: [
      (
        Scenario.clean, CheckVerdict.clean,
        "nothing is due; the next window is Mon 2026-12-07 06:00 (Europe/Berlin)"
      ),
      (.ignores, .dueAtWindow, "1 pin is due at the next window, Mon 2026-12-07 06:00 (Europe/Berlin)"),
      (
        .files, .incomplete, "incomplete: 1 part of poetry.lock can't be read, so nothing is said to be clean"
      ),
      (
        .incomplete, .incomplete,
        "incomplete: `advisories.example` didn't tell the advisories of any pin and `index.example` didn't tell the "
          + "releases of 3 of 40 pins, so nothing is said to be clean; 1 pin is due at the next window all the same"
      ),
      (
        .findings, .dueNow,
        "4 pins are due now, and 3 at the next window; update and rebuild without waiting for the next window, "
          + "Mon 2026-12-07 06:00 (Europe/Berlin)"
      ),
      (
        .many, .dueNow,
        "7 pins in 7 of 30 lockfiles are due now, and 8 at the next window; update and rebuild without waiting for the "
          + "next window, Mon 2026-12-07 06:00 (Europe/Berlin); the answer is incomplete: `advisories.example` didn't "
          + "tell the advisories of 1 of 45 pins"
      ),
    ] as [(Scenario, CheckVerdict, String)])
  func verdict(_ scenario: Scenario, _ verdict: CheckVerdict, _ sentence: String) throws {
    let report = try scenario.report()
    #expect(report.verdict == verdict)
    #expect(CheckVerdictSentence(report).text == sentence)
    let document = try JSONValue(report.json())
    #expect(document["verdict"] == .string(verdict.rawValue))
    #expect(document["summary"] == .string(sentence))
    // Every format for people has the sentence.
    #expect(report.text(TerminalStyle(width: 80)).contains(sentence))
    #expect(report.githubAnnotations().hasSuffix(sentence))
    #expect(report.markdown().contains(MarkdownText.prose(sentence)))
  }

  @Test func nothingWasChecked() throws {
    let report = CheckReport(locks: [], checkedAt: Facts.now, moments: .utc)
    #expect(report.text(TerminalStyle(width: 80)) == "no lockfile was checked")
    #expect(try JSONValue(report.json())["lockfiles"]?.items.isEmpty == true)
  }

  /// A lock of which nothing is due takes two lines, without colours and with.
  @Test func cleanIsQuiet() throws {
    for hasColor in [false, true] {
      let text = try Scenario.clean.report().text(TerminalStyle(width: 80, hasColor: hasColor))
      #expect(text.split(separator: "\n").count == 2)
    }
  }

  /// A verdict of clean is never given where a part of a file is hidden, whatever the policy says.
  @Test func unreadIsNotClean() throws {
    var lock = try #require(Scenario.clean.report().locks.first)
    #expect(lock.verdict == .clean)
    lock.faults = [LockFault(path: "a", text: "found b", hidesPins: false)]
    #expect(lock.verdict == .clean)
    lock.faults[0].hidesPins = true
    #expect(lock.verdict == .incomplete)
  }

  /// Each format has the place of a fault once, beside what was found.
  @Test func placesOfFaultsStandOnce() throws {
    let report = try Scenario.files.report()
    let place = "poetry.lock:12:1"
    #expect(report.locks[0].faults[0].words == "\(place): found `versoin`, expected `version`")
    for text in [report.text(TerminalStyle(width: 200)), report.markdown(), report.junit()] {
      #expect(text.ranges(of: place).count == 1)
    }
    let told = report.githubAnnotations().split(separator: "\n").filter { $0.contains(place) }
    #expect(told.count == 1 && told[0].ranges(of: place).count == 1)
    #expect(report.json().ranges(of: place).isEmpty)
  }

  @Test func worstIsFirst() throws {
    let report = try Scenario.many.report()
    let verdicts = report.worstFirst.map { report.summaries[$0].verdict }
    #expect(verdicts == verdicts.sorted())
    #expect(report.worstFirst.first == 0 && Set(report.worstFirst).count == 30)
  }

  /// Locks in any order give the same findings and summary.
  @Test func orderOfLocksDoesNotMatter() throws {
    let locks = try Scenario.many.report().locks
    let other = CheckReport(locks: locks.reversed(), checkedAt: Facts.now, moments: try Facts.moments())
    let text = try Scenario.many.report().text(TerminalStyle(width: 100))
    func head(_ text: String) -> [Substring] { text.split(separator: "\n").filter { !$0.hasPrefix("    ") } }
    #expect(head(other.text(TerminalStyle(width: 100))) == head(text))
  }

  /// What is due in a thousand lockfiles is all told, and the rest is counted.
  @Test func aThousandLocksStayReadable() throws {
    let model = try Scenario.findings.report().locks[0]
    let locks = (0..<1_000).map { index in
      var lock = model
      lock.path = "services/service-\(index)/requirements.txt"
      lock.unchecked = []
      return lock
    }
    let report = CheckReport(locks: locks, checkedAt: Facts.now, moments: try Facts.moments())
    let lines = report.text(TerminalStyle(width: 100)).split(
      separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.count { $0.hasPrefix("due now") } == 1_000)
    let jinja = try #require(lines.firstIndex { $0.hasPrefix("now      jinja2") })
    #expect(lines[jinja].hasSuffix("1000"))
    #expect(lines[jinja + 1].hasPrefix("    services/service-0/requirements.txt, services/service-1/"))
    #expect(lines.count { $0.contains("jinja2") } == 1)
    let clean = try Scenario.clean.report().locks[0]
    let quiet = CheckReport(
      locks: Array(repeating: clean, count: 1_000), checkedAt: Facts.now, moments: try Facts.moments())
    #expect(
      quiet.text(TerminalStyle(width: 100)).split(separator: "\n").map(String.init) == [
        "1000 lockfiles of which nothing is due: 1000 clean, 0 with findings that are noted",
        "nothing is due; the next window is Mon 2026-12-07 06:00 (Europe/Berlin)",
        "2000 pins, the oldest pinned 41 days ago, at most 20 days behind, 1000 releases behind in all, 109.51 libyears",
      ])
  }

  // MARK: Bounds

  /// A lock with so many findings of an urgency.
  private static func large(_ count: Int) throws -> CheckReport {
    let pins = try (0..<count).map {
      try Facts.pin("package-\($0)", "1.0", line: $0 + 1, [try Facts.advisory("GHSA-\($0)-x", .critical)])
    }
    let yanked = try (0..<count).map { try Facts.pin("yanked-\($0)", "1.0", line: 1, yanked: "no") }
    let all = pins + yanked
    let lock = CheckedLock(
      path: "requirements.txt",
      assessment: Facts.assessor(try Facts.projects(all)).assess(LockFacts(pins: all)))
    return CheckReport(locks: [lock], checkedAt: Facts.now, moments: .utc)
  }

  @Test(arguments: [10, 100, 600, 2_000]) func markdownIsBounded(_ count: Int) throws {
    let markdown = try Self.large(count).markdown()
    #expect(markdown.utf16.count <= 60_000)
    let rows = markdown.split(separator: "\n").count { $0.hasPrefix("| `") }
    #expect(rows <= 2 * count)
    if rows < 2 * count {
      #expect(markdown.hasSuffix("has all of them.\n"))
      #expect(markdown.contains("Cut here: \(2 * count - rows) more rows would make this too long"))
      // It is cut because it must be.
      #expect(markdown.utf16.count > 58_000)
    } else {
      #expect(!markdown.contains("Cut here"))
    }
    let lines = markdown.split(separator: "\n")
    #expect(lines.count { $0 == "<details>" } == lines.count { $0 == "</details>" })
    for line in lines where line.hasPrefix("|") { #expect(line.hasSuffix("|")) }
  }

  @Test(arguments: [1, 9, 10, 11, 50]) func annotationsAreTenOfAKind(_ count: Int) throws {
    let lines = try Self.large(count).githubAnnotations().split(separator: "\n")
    let shown = min(count, 10)
    #expect(lines.count { $0.hasPrefix("::error") } == shown)
    #expect(lines.count { $0.hasPrefix("::warning") } == shown)
    let last = try #require(lines.last)
    #expect(last.hasPrefix("::notice title=repin check::\(count) pin"))
    let more = 2 * (count - shown)
    #expect(last.contains("more annotation") == (more > 0))
    if more > 0 { #expect(last.hasSuffix("; \(more) more annotations aren't shown")) }
  }

  // MARK: JSON

  @Test func membersOfJSON() throws {
    let document = try JSONValue(Scenario.findings.report().json())
    let lock = try #require(document["lockfiles"]?.items.first)
    #expect(
      lock["counts"]
        == .object(["now": .number(4), "window": .number(3), "noted": .number(3), "ignored": .number(1)]))
    #expect(document["checkedAt"]?["time"] == .string("2026-11-30T09:00:00Z"))
    #expect(document["nextWindow"]?["seconds"] == .number(1_796_619_600))
    #expect(lock["changed"] == .bool(true))
    let ignored = try #require(lock["findings"]?.items.last)
    #expect(ignored["ignored"]?["until"] == .string("2026-12-31"))
    let unchecked = try #require(lock["unchecked"]?.items.first)
    #expect(unchecked["reason"] == .string("repository") && unchecked["line"] == .number(70))
  }

  /// Two findings with one identity in several locks are one, and say the most that there is to say.
  @Test func unitedFindings() throws {
    let united = UnitedFinding.all(of: try Scenario.many.report().locks)
    #expect(united.map(\.finding.key) == ["GHSA-aaaa-bbbb-cccc", "stale", "pin-age"])
    #expect(united.map(\.locks.count) == [7, 8, 8])
    let twice = try Scenario.findings.report().locks[0]
    #expect(UnitedFinding.all(of: [twice, twice]).allSatisfy { $0.locks == [0, 1] })
  }

  /// Of one lockfile they are in the order in which its findings are.
  @Test func unitedFindingsAreInTheOrderOfReports() throws {
    for scenario in Scenario.allCases where scenario != .many {
      guard let lock = try scenario.report().locks.first else { continue }
      #expect(UnitedFinding.all(of: [lock]).map(\.finding) == lock.assessment.findings)
    }
  }

  @Test func identifiersAreStable() {
    let id = StableIdentifier.text(of: ["a", "bc"])
    #expect(id == StableIdentifier.text(of: ["a", "bc"]))
    #expect(id != StableIdentifier.text(of: ["ab", "c"]))
    #expect(id.count == 36)
  }
}
