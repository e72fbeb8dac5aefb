import FoundationEssentials
import Scheduling
import TestSupport
import Testing

@testable import repin

/// What docs/run.md says of outcomes, reasons and data is what there is.
struct RunDocumentTests {
  private static let text: String = {
    let path = String(describing: #filePath).components(separatedBy: "/Tests/")[0] + "/docs/run.md"
    return (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
  }()

  /// The words in backquotes that rows of a section's table begin with.
  private func rows(of heading: String) -> [String] {
    let parts = Self.text.components(separatedBy: "\n## \(heading)\n")
    guard parts.count == 2 else { return [] }
    let section = parts[1].components(separatedBy: "\n## ")[0]
    return section.split(separator: "\n").filter { $0.hasPrefix("| `") }.flatMap { line in
      line.split(separator: "|")[0].split(separator: "`").enumerated().filter { $0.offset % 2 == 1 }.map {
        String($0.element)
      }
    }
  }

  @Test("every outcome has its row, and no other")
  func outcomes() { #expect(rows(of: "How it ends") == RunOutcome.Word.allCases.map(\.rawValue)) }

  @Test("every reason has its row, the gravest first")
  func reasons() {
    #expect(rows(of: "What it does when") == TickDecision.Reason.allCases.map(\.rawValue))
  }

  @Test("every member of a project is told, and no other")
  func members() {
    let document = RunDocument([
      RunOutcome(directory: ".", startedAt: 0, isDryRun: true)
    ])
    let told = Set(rows(of: "As data"))
    let fields = Mirror(reflecting: document.projects[0]).children.compactMap(\.label)
    #expect(Set(fields).subtracting(["plannedCommands"]) == told)
  }

  @Test("every variable of a rebuild is told")
  func variables() {
    for name in [
      "REASON", "DUE", "WINDOW", "LOCKFILES", "CHANGED", "LOCK_DIGEST", "TITLE_FILE", "BODY_FILE",
      "COMMIT_FILE",
    ] {
      #expect(rows(of: "The rebuild").contains("REPIN_\(name)"))
    }
  }
}
