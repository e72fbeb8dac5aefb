import PythonPackaging
import UpdatePolicy

extension PageReport {
  /// The report as one page of HTML that asks for nothing: style, script and drawings are in it, and its policy of contents
  /// lets nothing else in. Without the script it shows the same; with it, it sorts and searches.
  package func html() -> String {
    let writer = HTMLWriter()
    PageRendering(report: self, writer: writer).write()
    return writer.html
  }
}

/// A page in the making. As a class it costs its many closures one word each.
final class PageRendering {
  let report: PageReport
  let check: CheckReport
  let writer: HTMLWriter
  let moments: ShownMoments
  let room: PageRoom
  let chart: PageChart

  init(report: PageReport, writer: HTMLWriter) {
    self.report = report
    self.writer = writer
    check = report.check
    moments = report.check.moments
    room = PageRoom(lockfiles: report.check.locks.count)
    chart = PageChart(writer: writer, moments: report.check.moments, now: report.check.checkedAt)
  }

  func write() {
    let policy =
      "default-src 'none'; style-src 'sha256-\(PageStyle.hash)'; script-src 'sha256-\(PageScript.hash)'; "
      + "base-uri 'none'; form-action 'none'"
    writer.markup("<!DOCTYPE html>\n")
    writer.element("html", ["lang": "en"]) {
      writer.element("head") {
        writer.void("meta", ["charset": "utf-8"])
        // A policy's apostrophes are ours, and stay readable.
        writer.markup("<meta http-equiv=\"Content-Security-Policy\" content=\"")
        writer.ours(policy)
        writer.markup("\">\n")
        writer.void("meta", ["name": "viewport", "content": "width=device-width, initial-scale=1"])
        writer.void("meta", ["name": "color-scheme", "content": "light dark"])
        writer.void("meta", ["name": "referrer", "content": "no-referrer"])
        writer.element("title", "repin report: \(check.verdict.words)")
        writer.markup("\n<style>")
        writer.ours(PageStyle.text)
        writer.markup("</style>\n")
      }
      writer.element("body") {
        header()
        writer.element("main") {
          if !check.locks.isEmpty { searchBox() }
          unknowns()
          findings()
          lockfiles()
          ages()
          remainder()
          lockSections()
        }
        footer()
        writer.markup("<script>")
        writer.ours(PageScript.text)
        writer.markup("</script>\n")
      }
    }
    writer.markup("\n")
  }

  func section(_ title: String, _ key: StaticString, _ content: () -> Void) {
    writer.element("section", ["data-section": "\(key)"]) {
      writer.element("h2", title)
      content()
    }
    writer.markup("\n")
  }

  // MARK: The verdict

  private func header() {
    let verdict = check.verdict
    writer.element("header", ["class": "\(verdict.pageColor)", "data-verdict": verdict.rawValue]) {
      writer.element("p", ["class": "kind"], "repin report")
      writer.element("h1", "\(verdict.words.prefix(1).uppercased())\(verdict.words.dropFirst())")
      writer.element("p", ["class": "lead"], CheckVerdictSentence(check).text)
      writer.element("dl", ["class": "facts"]) {
        fact("next window", check.nextWindow.map(moments.moment) ?? "never", "nextWindow", check.nextWindow)
        fact("checked", moments.moment(check.checkedAt), "checkedAt", check.checkedAt)
        if check.locks.count == 1 { fact("lockfile", OutsideText.path(check.locks[0].path), "path", nil) }
      }
      if !check.locks.isEmpty { tiles() }
    }
    writer.markup("\n")
  }

  private func fact(_ title: String, _ text: String, _ key: String, _ value: Int64?) {
    writer.element("div") {
      writer.element("dt", title)
      writer.element("dd", ["data-k": key, "data-v": value.map { "\($0)" }], text)
    }
  }

  /// The sums of all lockfiles.
  private func tiles() {
    let totals = check.totals
    func findings(_ urgency: Finding.Urgency) -> Int64 {
      Int64(check.summaries.reduce(0) { $0 + $1.findingCount(urgency) })
    }
    let isMeasured = totals.measuredCount > 0
    writer.element("dl", ["class": "tiles"]) {
      if check.locks.count > 1 { tile("lockfiles", "lockfiles", .number(Int64(check.locks.count))) }
      tile("pins", "pins", .number(Int64(totals.pinCount)))
      if totals.uncheckedCount > 0 {
        tile("not checked", "unchecked", .number(Int64(totals.uncheckedCount)))
      }
      for (urgency, title) in [
        (Finding.Urgency.dueNow, "due now"), (.dueAtWindow, "at the window"), (.noted, "noted"),
        (.ignored, "ignored"),
      ] {
        tile(title, urgency.word, .number(findings(urgency)), color: urgency.pageColor)
      }
      tile("libyears", "libyears", .libyears(isMeasured ? totals.libyearSeconds : nil))
      tile("releases behind", "releasesBehind", .number(isMeasured ? totals.releasesBehind : nil))
      tile("most days behind", "mostDaysBehind", .number(totals.greatestTimeBehind.map { $0 / 86_400 }))
      tile("oldest pin", "oldestPinSeconds", .number(totals.greatestPinAge, ShownDuration.text))
    }
  }

  private func tile(_ title: String, _ key: String, _ cell: PageTable.Cell, color: StaticString = "plain") {
    writer.element("div", ["class": cell.value == "0" ? "plain" : "\(color)"]) {
      writer.element("dd", ["data-k": key, "data-v": cell.value], cell.text)
      writer.element("dt", title)
    }
  }

  // MARK: Ages

  private func ages() {
    let known = report.backgrounds.filter { !$0.trend.isEmpty }
    if !check.locks.isEmpty {
      section("Libyears over time", "trend") {
        let note =
          known.isEmpty || known.count == check.locks.count
          ? nil : "of \(known.count) of \(check.locks.count) lockfiles; of the rest it isn't known"
        chart.trend(LockHistory.TrendPoint.sum(known.map(\.trend)), note: note, columns: 240)
      }
    }
    let pins = check.locks.flatMap(\.assessment.pins)
    if !pins.isEmpty {
      section("How long ago pins were pinned", "ages") { chart.ages(pins.map { PinAge($0).pinAge }) }
    }
  }
}
