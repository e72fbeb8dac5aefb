import Testing

@testable import Reports

@Suite("Formats have names") struct CheckFormatTests {
  @Test func names() {
    #expect(
      CheckFormat.names == "text, json, markdown, github, gitlab, codequality, junit, sarif or cyclonedx")
  }

  /// What each name stands for, in bytes that are the same in every run.
  @Test(arguments: CheckFormat.allCases) func isRendered(_ format: CheckFormat) throws {
    let report = try Scenario.findings.report()
    let expected =
      switch format {
      case .text: report.text(TerminalStyle(width: 80))
      case .json: report.json()
      case .markdown: report.markdown()
      case .github: report.githubAnnotations()
      case .gitlab: report.gitlab(programVersion: "1")
      case .codequality: report.codeQuality()
      case .junit: report.junit()
      case .sarif: report.sarif(programVersion: "1")
      case .cyclonedx: report.cyclonedx(programVersion: "1")
      }
    #expect(report.rendered(as: format, TerminalStyle(width: 80), programVersion: "1") == expected)
  }

  /// Who reads a report beside the repository has its paths from the top of the repository on.
  @Test(arguments: [CheckFormat.github, .gitlab, .codequality, .sarif, .cyclonedx])
  func pathsAreOfTheRepository(_ format: CheckFormat) throws {
    let report = try Scenario.bill.report()
    let text = report.rendered(as: format, TerminalStyle(width: 80), programVersion: "1")
    #expect(text.contains("shop/requirements.txt") && !text.contains("../shop"))
    #expect(report.text(TerminalStyle(width: 200)).contains("../shop/requirements.txt"))
  }
}
