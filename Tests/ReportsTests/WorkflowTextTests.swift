import Testing

@testable import Reports

@Suite("What a report prints, no runner of workflows obeys") struct WorkflowTextTests {
  /// No line is a workflow's command, but where commands were asked for.
  @Test(arguments: Hostile.texts) func noLineIsACommand(_ text: String) throws {
    for (name, rendered) in try Hostile.renderings(text) where name != "github" {
      #expect(Self.commands(in: rendered).isEmpty, "\(name)")
    }
  }

  /// The lines that a runner of GitHub, Azure or TeamCity takes for commands.
  private static func commands(in text: String) -> [String] {
    text.unicodeScalars.split(separator: "\n").compactMap { line in
      let trimmed = line.drop { $0.properties.isWhitespace }
      var rest = Substring(String(String.UnicodeScalarView(line.map { $0.isASCII ? $0 : "x" })))
      var isCommand = trimmed.starts(with: "::".unicodeScalars)
      while let mark = rest.firstRange(of: "##") {
        rest = rest[rest.index(after: mark.lowerBound)...]
        if rest.dropFirst().drop(while: \.isLetter).first == "[" { isCommand = true }
      }
      return isCommand ? String(String.UnicodeScalarView(line)) : nil
    }
  }

  @Test(arguments: [
    ("::error::pwn", "\\::error::pwn"), ("a\n \t\u{A0}::a", "a\n \t\u{A0}\\::a"), ("a ::b", "a ::b"),
    (":", ":"),
    (": :", ": :"), ("::", "\\::"), (":::", "\\:::"), ("a\r\n::b", "a\r\n\\::b"),
    ("##[error]x", "#\\#[error]x"),
    ("###[a]", "##\\#[a]"), ("a ##vso[b]", "a #\\#vso[b]"), ("##", "##"), ("## a [b]", "## a [b]"),
    ("##a1[b]", "##a1[b]"),
    ("::\u{308}a", "\\::\u{308}a"),
  ])
  func commandsAreBroken(_ text: String, _ expected: String) {
    let inert = WorkflowText.inert(text)
    #expect(Array(inert.unicodeScalars) == Array(expected.unicodeScalars))
    #expect(Self.commands(in: inert).isEmpty)
    #expect(Self.commands(in: text).isEmpty == (text == expected))
  }
}
