import FoundationEssentials
import PythonPackaging
import Testing

@testable import Reports

@Suite("Texts from outside are shown and not obeyed") struct HostileTextTests {
  @Test(arguments: Hostile.texts) func noFormatHasControls(_ text: String) throws {
    for (name, rendered) in try Hostile.renderings(text) {
      let bad = rendered.unicodeScalars.filter { scalar in
        scalar != "\n" && !(scalar == "\r" && name == "csv") && !PrintableText.isPrintable(scalar)
      }
      #expect(bad.isEmpty, "\(name): \(bad.map(\.value))")
      #expect(!rendered.contains("secret"), "\(name)")
    }
  }

  /// Colours are the only controls of a terminal's text, and without them it is the same.
  @Test(arguments: Hostile.texts) func onlyColorsAreControls(_ text: String) throws {
    let report = try Hostile.report(text)
    let colored = report.text(TerminalStyle(width: 100, hasColor: true))
    var plain = ""
    for (place, piece) in colored.split(separator: "\u{1b}", omittingEmptySubsequences: false).enumerated() {
      guard place > 0 else {
        plain += piece
        continue
      }
      let style = try #require(["[0m", "[31;1m", "[33m", "[32m", "[2m"].first { piece.hasPrefix($0) })
      plain += piece.dropFirst(style.count)
    }
    // Blanks at the end of a coloured cell stay inside the colour.
    #expect(
      plain.split(separator: "\n").map(trimmed)
        == report.text(TerminalStyle(width: 100)).split(separator: "\n").map(trimmed))
  }

  private func trimmed(_ line: Substring) -> String {
    var line = line
    while line.last == " " { line.removeLast() }
    return String(line)
  }

  // MARK: JSON

  @Test(arguments: Hostile.texts) func jsonSaysWhatWasMeant(_ text: String) throws {
    let document = try JSONValue(Hostile.report(text).json())
    #expect(document["schema"] == .string("repin.check/1"))
    let lock = try #require(document["lockfiles"]?.items.first)
    #expect(lock["path"] == .string(PrintableText.excerpt(text, limit: 1_000)))
    #expect(lock["findings"]?.items.count == 7)
    let yanked = lock["findings"]?.items.first { $0["package"] == .string("yanked") }
    #expect(yanked?["reason"] == .string(PrintableText.excerpt(text, limit: 300)))
    #expect(lock["pins"]?.items.count == 8)
    #expect(document["ignores"]?.items.count == 1)
  }

  /// A text with `□` for what isn't ASCII. Formats are read by code points; in Swift a mark that follows a `>` makes another
  /// character of it.
  static func readable(_ text: String) -> String {
    String(String.UnicodeScalarView(text.unicodeScalars.map { $0.isASCII ? $0 : "□" }))
  }

  // MARK: Workflow commands

  @Test(arguments: Hostile.texts) func annotationsStayLines(_ text: String) throws {
    for locks in [1, 3] {
      let report = try Hostile.report(text, locks: locks)
      var counts: [String: Int] = [:]
      let lines = Self.readable(report.githubAnnotations()).split(
        separator: "\n", omittingEmptySubsequences: false)
      for line in lines {
        let command = try #require(Self.command(line), "\(line)")
        counts[command.level, default: 0] += 1
        let path = Self.readable(PrintableText.excerpt(text, limit: 1_000))
        if let file = command.properties["file"] { #expect(file == (path.isEmpty ? "lockfile" : path)) }
        #expect(command.properties["title"] != nil)
        #expect(Set(command.properties.keys).isSubset(of: ["file", "line", "title"]))
      }
      #expect(counts.values.allSatisfy { $0 <= 10 })
      #expect(Set(counts.keys).isSubset(of: ["error", "warning", "notice"]))
      #expect(lines.last?.hasPrefix("::notice title=repin check::") == true)
    }
  }

  /// Reads a command as GitHub's runner does: properties end at the first `::` behind the name.
  private static func command(
    _ line: Substring
  ) -> (level: String, properties: [String: String], message: String)? {
    guard line.hasPrefix("::") else { return nil }
    let rest = line.dropFirst(2)
    guard let end = rest.firstRange(of: "::"), let blank = rest[..<end.lowerBound].firstIndex(of: " ") else {
      return nil
    }
    var properties: [String: String] = [:]
    for property in rest[rest.index(after: blank)..<end.lowerBound].split(separator: ",") {
      guard let equals = property.firstIndex(of: "=") else { return nil }
      properties[String(property[..<equals])] = unescaped(String(property[property.index(after: equals)...]))
    }
    return (String(rest[..<blank]), properties, unescaped(String(rest[end.upperBound...])))
  }

  private static func unescaped(_ text: String) -> String {
    var bytes: [UInt8] = []
    var rest = Array(text.utf8)[...]
    while let byte = rest.popFirst() {
      if byte == UInt8(ascii: "%"),
        let code = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)
      {
        bytes.append(code)
        rest = rest.dropFirst(2)
      } else {
        bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  @Test func annotationsEscape() {
    #expect(Annotations.data("100 % of a:b,c\r\n") == "100 %25 of a:b,c%0D%0A")
    #expect(Annotations.property("100 % of a:b,c\r\n") == "100 %25 of a%3Ab%2Cc%0D%0A")
  }

  // MARK: Markdown

  @Test(arguments: Hostile.texts) func markdownHasNothingAlive(_ text: String) throws {
    for locks in [1, 2, 30] {
      let markdown = try Hostile.report(text, locks: locks).markdown()
      #expect(markdown.utf16.count <= 60_000)
      var folds = 0
      var width: Int?
      for line in Self.readable(markdown).split(separator: "\n", omittingEmptySubsequences: false) {
        // The only tags are our own.
        var rest = line
        while let start = rest.firstIndex(of: "<") {
          let tag = ["<code>", "</code>", "<details>", "</details>", "<summary>", "</summary>"].first {
            rest[start...].hasPrefix($0)
          }
          #expect(tag != nil, "\(line)")
          folds += tag == "<details>" ? 1 : tag == "</details>" ? -1 : 0
          rest = rest[rest.index(after: start)...]
        }
        // The cells of a table's row are as many as its titles.
        let bars = line.unicodeScalars.count { $0 == "|" }
        if line.hasPrefix("|") {
          #expect(width == nil || width == bars, "\(line)")
          width = bars
        } else {
          width = nil
          #expect(bars == 0, "\(line)")
        }
        #expect(!Self.hasReference(Self.shown(line)), "\(Self.shown(line))")
        for mark in ["www.evil", "https://evil", "@", "![", "](", "**", "~~"] {
          #expect(!line.contains(mark), "\(line)")
        }
      }
      #expect(folds == 0)
    }
  }

  /// What a reader sees of a line, outside of code in backticks: character references are resolved.
  private static func shown(_ line: Substring) -> String {
    var result = ""
    for (place, piece) in line.split(separator: "`", omittingEmptySubsequences: false).enumerated()
    where place % 2 == 0 {
      var rest = piece
      while let start = rest.firstRange(of: "&#x"), let end = rest[start.upperBound...].firstIndex(of: ";") {
        result += rest[..<start.lowerBound]
        let value = UInt32(rest[start.upperBound..<end], radix: 16).flatMap(Unicode.Scalar.init)
        result.unicodeScalars.append(value ?? "?")
        rest = rest[rest.index(after: end)...]
      }
      result += rest
    }
    return result
  }

  /// Whether GitHub or GitLab would make a link of a person or a thread.
  private static func hasReference(_ text: String) -> Bool {
    let scalars = Array(text.unicodeScalars)
    for index in scalars.indices.dropLast() {
      let next = scalars[index + 1].properties
      if scalars[index] == "@", next.isAlphabetic { return true }
      if "#!%~&$".unicodeScalars.contains(scalars[index]), next.numericType != nil { return true }
      let isGH =
        index >= 2 && String(String.UnicodeScalarView(scalars[(index - 2)..<index])).lowercased() == "gh"
      if scalars[index] == "-", isGH, next.numericType != nil { return true }
    }
    return false
  }

  @Test(arguments: [
    ("flask", "`flask`"), ("a b", "`a b`"), (" a", "<code> a</code>"), ("", "<code></code>"),
    ("a`b", "<code>a&#x60;b</code>"), ("a|b", "<code>a&#x7C;b</code>"), ("1!1.0+x", "`1!1.0+x`"),
  ])
  func code(_ text: String, _ expected: String) { #expect(MarkdownText.code(text) == expected) }

  @Test(arguments: [
    ("Mon 2026-11-30 06:00 (Europe/Berlin)", "Mon 2026-11-30 06&#x3A;00 (Europe/Berlin)"),
    ("yanked: 2.0", "yanked: 2.0"), ("@a", "&#x40;&#x200B;a"), ("GH-1", "GH&#x2D;&#x200B;1"),
    ("GHSA-1", "GHSA-1"), ("www.x", "www&#x2E;x"), ("#1", "&#x23;&#x200B;1"), ("a*b_", "a&#x2A;b&#x5F;"),
    ("日本", "日本"),
  ])
  func prose(_ text: String, _ expected: String) { #expect(MarkdownText.prose(text) == expected) }

  // MARK: CSV

  @Test(arguments: [
    ("a", "a"), ("", ""), ("::a", "\"::a\""), ("\u{3000}::a", "\"\u{3000}::a\""), ("a::b", "a::b"),
    ("a,b", "\"a,b\""), ("a\"b", "\"a\"\"b\""), ("=1", "'=1"), ("+1", "'+1"),
    ("-1", "'-1"), ("@x", "'@x"), (" =1", "\"' =1\""), ("=a,b", "\"'=a,b\""),
    ("\"\u{301}", "\"\"\"\u{301}\""),
    (",\u{308}", "\",\u{308}\""), ("1-2", "1-2"),
  ])
  func csvCell(_ text: String, _ expected: String) {
    // By scalars: a mark that joins a quote makes another character of it.
    let cell = CSVTable.cell(text)
    #expect(Array(cell.unicodeScalars) == Array(expected.unicodeScalars))
  }

  @Test(arguments: Hostile.texts) func csvReadsBack(_ text: String) throws {
    let rows = Self.rows(try Hostile.history(text, package: "flask").csv())
    #expect(rows.count == 2)
    #expect(rows.allSatisfy { $0.count == 7 })
    for cell in rows[1] { #expect(!"=+-@".contains(cell.first { $0 != " " } ?? "x")) }
    let path = WorkflowText.inert(PrintableText.excerpt(text, limit: 1_000), colon: ":")
    #expect(rows[1][0] == path || rows[1][0] == "'" + path)
  }

  /// Reads CSV as RFC 4180 has it.
  private static func rows(_ text: String) -> [[String]] {
    var rows: [[String]] = []
    var row: [String] = []
    var cell = String.UnicodeScalarView()
    var isQuoted = false
    var scalars = Array(text.unicodeScalars)[...]
    while let scalar = scalars.popFirst() {
      if isQuoted {
        if scalar != "\"" {
          cell.append(scalar)
        } else if scalars.first == "\"" {
          cell.append(scalar)
          scalars = scalars.dropFirst()
        } else {
          isQuoted = false
        }
      } else if scalar == "\"" {
        isQuoted = true
      } else if scalar == "," || scalar == "\r" {
        row.append(String(cell))
        cell = String.UnicodeScalarView()
        if scalar == "\r" {
          if scalars.popFirst() != "\n" { return [] }
          rows.append(row)
          row = []
        }
      } else {
        cell.append(scalar)
      }
    }
    return rows
  }
}
