import FoundationEssentials
import Testing

@testable import Reports

/// The examples of docs/check-report.md, docs/diff-report.md and docs/history-report.md: each block is named for a rendering, and is it.
@Suite("What the documents show") struct ReportDocumentTests {
  private static func lines(_ document: String) throws -> [Substring] {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let data = try Data(contentsOf: root.appending(path: "docs/\(document).md"))
    return String(decoding: data, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
  }

  @Test(arguments: ["check-report", "history-report", "diff-report"]) func examplesAreRendered(
    _ document: String
  ) throws {
    var blocks: [(name: String, lines: [String])] = []
    var isInside = false
    for line in try Self.lines(document) {
      if line.hasPrefix("```") {
        isInside.toggle()
        if isInside { blocks.append((String(line.split(separator: " ").last ?? ""), [])) }
      } else if isInside {
        blocks[blocks.count - 1].lines.append(String(line))
      }
    }
    #expect(!isInside && blocks.count >= 6)
    for block in blocks {
      let rendering = try #require(Rendering.all.first { $0.name == block.name }, "\(block.name)")
      var text = Substring(try rendering.text())
      // A document has no CR, and a block ends with one line's end.
      if text.unicodeScalars.last == "\n" { text = text.dropLast() }
      let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).map(String.init)
      #expect(block.lines == lines, "\(block.name)")
    }
  }

  /// The table of lengths is what is shown.
  @Test func lengthsAreShown() throws {
    var count = 0
    for line in try Self.lines("history-report") where line.contains(" seconds | ") {
      let cells = line.split(separator: "|").map { $0.split(separator: " ").joined(separator: " ") }
      let seconds = try #require(Int64(cells[0].split(separator: " ")[0]))
      #expect(ShownDuration.text(seconds) == cells[1])
      count += 1
    }
    #expect(count == 7)
  }

  /// Every member of the documents' values is described, and in backticks.
  @Test(arguments: [("check-report", "check-"), ("history-report", "history-"), ("diff-report", "diff-")])
  func membersAreDescribed(_ document: String, _ prefix: String) throws {
    let text = try Self.lines(document).filter { $0.hasPrefix("|") || !$0.hasPrefix(" ") }.joined(
      separator: "\n")
    var members: Set<String> = []
    for rendering in Rendering.all where rendering.name.hasPrefix(prefix) && rendering.name.hasSuffix("-json")
    {
      collect(try JSONValue(rendering.text()), into: &members)
    }
    #expect(members.count > 15)
    for member in members {
      #expect(
        text.contains("`\(member)`") || text.contains(".\(member)`") || text.contains("`\(member)[]`")
          || text.contains(".\(member)[]`") || text.contains("\"\(member)\""), "\(member)")
    }
  }

  private func collect(_ value: JSONValue, into members: inout Set<String>) {
    if case .object(let object) = value {
      members.formUnion(object.keys)
      for value in object.values { collect(value, into: &members) }
    }
    for item in value.items { collect(item, into: &members) }
  }
}
