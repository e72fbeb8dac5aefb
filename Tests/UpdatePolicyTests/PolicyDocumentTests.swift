import FoundationEssentials
import PythonPackaging
import Testing

@testable import UpdatePolicy

/// The examples of docs/policy.md, each run as it is written there.
@Suite struct PolicyDocumentTests {
  private static func lines() throws -> [Substring] {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let data = try Data(contentsOf: root.appending(path: "docs/policy.md"))
    return String(decoding: data, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
  }

  /// The rows of tables with so many columns whose first cell is code, without its backticks.
  private static func rows(columns: Int) throws -> [[String]] {
    var rows: [[String]] = []
    for line in try lines() where line.hasPrefix("| `") {
      let cells = line.split(separator: "|").map { cell -> String in
        let words = cell.split(separator: " ").joined(separator: " ")
        return words.filter { $0 != "`" }
      }
      if cells.count == columns { rows.append(cells) }
    }
    return rows
  }

  @Test func examplesHold() throws {
    var examples: [[String]] = []
    var isInside = false
    for line in try Self.lines() {
      if line.hasPrefix("```") {
        isInside = line == "```policy-example"
        if isInside { examples.append([]) }
      } else if isInside {
        examples[examples.count - 1].append(String(line))
      }
    }
    #expect(examples.count >= 10)
    for example in examples {
      let parts = example.split(separator: "gives")
      try #require(parts.count == 2, "\(example)")
      #expect(try PolicyExample(Array(parts[0])).outcome() == Array(parts[1]))
    }
  }

  @Test func windowsHold() throws {
    let rows = try Self.rows(columns: 5)
    #expect(rows.count >= 10)
    for row in rows {
      let expression = try CronExpression(row[0])
      let zone = try TimeZoneName(row[1]).isUTC ? .utc : Fixture.rules(row[1])
      let next = try #require(expression.next(after: Fixture.moment(row[2]), in: zone))
      #expect(Fixture.text(next) == row[3], "\(row)")
    }
  }

  /// The tables of defaults are those of the code.
  @Test func defaultsHold() throws {
    let policy = Policy()
    var causes: [DueCause] = []
    var settings: [String: String] = [:]
    for row in try Self.rows(columns: 3) {
      guard let due = try? Due(row[2]) else {
        settings[row[0]] = row[2]
        continue
      }
      for word in row[0].split(separator: ", ") {
        let cause = try DueCause(String(word))
        causes.append(cause)
        #expect(policy.due[cause] == due, "\(word)")
      }
    }
    #expect(Set(causes) == Set(DueCause.allCases) && causes.count == DueCause.allCases.count)
    #expect(settings["max-days-behind"] == String(policy.maxDaysBehind.days))
    #expect(settings["max-pin-age"] == String(policy.maxPinAge.days))
    #expect(settings["window"] == policy.schedule.window.description)
    #expect(settings["timezone"] == policy.schedule.timeZone.description)
    let (update, compile) = (policy.cooldown(for: .update), policy.cooldown(for: .compile))
    #expect(settings["cooldown"] == "\(update) for update and run, \(compile) for compile")
  }
}
