import LockDiff
import PythonPackaging
import Testing

@testable import LockfileFormats
@testable import Reports
@testable import UpdatePolicy

extension Hostile {
  /// A difference in which every text from outside is this one.
  static func diff(_ text: String, locks: Int = 1) throws -> DiffReport {
    let lock = try diffedLock(text)
    return DiffReport(
      locks: Array(repeating: lock, count: locks), commands: [text, "repin update \(text)"],
      moments: try Facts.moments())
  }

  private static func pin(
    _ name: String?, _ version: String?, _ text: String, source: PinSource = .index(nil),
    marker: String? = nil,
    hashes: [String] = []
  ) throws -> FilePin {
    FilePin(
      name: try name.map { try PackageName($0) }, version: try version.map { try Version($0) }, text: text,
      line: 1, marker: marker, source: source, hashCount: 0, groups: [.group(text)], extras: [],
      hashes: hashes, askers: [.input(text), .package(try PackageName("gh-12"))])
  }

  private static func diffedLock(_ text: String) throws -> DiffedLock {
    var (old, new) = (PinnedFile(path: text), PinnedFile(path: text))
    let sources: [PinSource] = [
      .index(text), .url(text), .versionControl(system: text, url: text, revision: text), .path(text),
      .editable(text),
    ]
    old.pins = [
      try pin("gh-12", "1.0", text), try pin("raised", "1!1.0", text), try pin("removed", "1.0", text),
      try pin("rehashed", "1.0", text, hashes: [text + "1"]),
      try pin(nil, nil, text + "-old", source: .path(text)),
      try pin("marked", "1.0", text, marker: text),
    ]
    new.pins = [
      try pin("gh-12", "2.0", text), try pin("raised", "1!2.0+local.1", text), try pin("added", "1.0", text),
      try pin("rehashed", "1.0", text, hashes: [text + "2"]),
      try pin(nil, nil, text + "-new", source: .url(text)),
      try pin("marked", "1.0", text),
    ]
    for (index, source) in sources.enumerated() {
      old.pins.append(try pin("moved-\(index)", nil, text, source: source))
      new.pins.append(try pin("moved-\(index)", nil, text, source: sources[(index + 1) % sources.count]))
    }
    new.faults = PinnedFileReader().read(Array("a==\(text)?\n".utf8), path: text).faults
    var facts = DiffFacts()
    for pin in old.pins + new.pins {
      guard let name = pin.name, let version = pin.version else { continue }
      let isOld = old.pins.contains(pin)
      var details = ReleaseDetails()
      details.uploadedAt = .known(isOld ? .min : .max)
      details.timeBehind = .known(.max)
      details.yank = .known(Distribution.Yank(reason: text))
      details.license = .known(isOld ? text : text + "+")
      details.requiresPython = .known(isOld ? text : nil)
      details.advisories = .known(
        [try Facts.advisory(isOld ? text : text + "!", .critical, aliases: [text + "?"])])
      if !isOld { details.advisories = .known([try Facts.advisory(text + "!", .low)]) }
      details.projectURLs = ["Source", "Changelog", "Homepage", text].flatMap { label in
        [text, "https://h.example/" + text, "https://github.com/o/r/issues/1?" + text].map {
          CoreMetadata.ProjectURL(label: label, url: $0)
        }
      }
      facts.releases[.init(name, version)] = details
      facts.causes[name] = [
        .target, .constrained(text), .pulled(by: try PackageName("gh-12"), requirement: text), .withdrawn,
      ]
    }
    facts.heldBack = [
      HeldBackRelease(
        package: try PackageName("gh-12"), version: try Version("3"), reason: text, blocker: text)
    ]
    return DiffedLock(
      LockDiff(from: old, to: new), facts: facts, oldBytes: Array("a\n\(text)\nb\n".utf8),
      newBytes: Array("b\n\(text)\na\n".utf8))
  }

  /// Every rendering of a text; a patch that is refused is what is said of it.
  static func diffRenderings(_ text: String) throws -> [(name: String, text: String)] {
    try [1, 2].flatMap { count in
      let report = try diff(text, locks: count)
      let unified: String
      do throws(FilePatch.Refusal) { unified = try report.unified() } catch { unified = error.description }
      return [
        ("text", report.text(TerminalStyle(width: 60))), ("text", report.text(TerminalStyle(width: 200))),
        ("json", report.json()), ("diff markdown", report.markdown()), ("unified", unified),
        ("title", report.title()), ("commit", report.commit()),
      ]
    }
  }
}

@Suite("Texts from outside are shown in a difference and not obeyed") struct DiffHostileTests {
  @Test(arguments: Hostile.texts) func jsonSaysWhatWasMeant(_ text: String) throws {
    let document = try JSONValue(Hostile.diff(text).json())
    let lock = try #require(document["lockfiles"]?.items.first)
    #expect(lock["path"] == .string(PrintableText.excerpt(text, limit: 1_000)))
    let raised = try #require(lock["changes"]?.items.first { $0["package"] == .string("raised") })
    #expect(raised["from"]?["license"] == .string(PrintableText.excerpt(text, limit: 300)))
    #expect(raised["from"]?["yanked"] == .string(PrintableText.excerpt(text, limit: 300)))
    #expect(lock["changes"]?.items.count == 13)
  }

  @Test(arguments: Hostile.texts) func titlesAndMessages(_ text: String) throws {
    for locks in [1, 3] {
      let report = try Hostile.diff(text, locks: locks)
      let title = report.title()
      #expect(title.count <= 72 && !title.unicodeScalars.contains("\n"))
      let message = HostileTextTests.readable(report.commit())
      let lines = message.split(separator: "\n", omittingEmptySubsequences: false)
      #expect(lines[0] == HostileTextTests.readable(title) && lines[1].isEmpty)
      for line in lines.dropFirst() {
        // Nothing from outside begins a line: no comment, no trailer, no command to a forge.
        let isOurs =
          line.isEmpty || line.hasPrefix("- ") || line == "Held back:" || line.contains(" pins of ")
        #expect(isOurs, "\(line)")
        #expect(!Self.hasReference(line), "\(line)")
        for mark in ["[", "]", "<", "`", "://", "|", "**"] { #expect(!line.contains(mark), "\(line)") }
      }
    }
  }

  /// Whether a mark that people, threads and the like are named by stands before what could be their name.
  static func hasReference(_ line: some StringProtocol) -> Bool {
    let scalars = Array(line.unicodeScalars)
    return scalars.indices.contains { index in
      let next = index + 1 < scalars.count ? scalars[index + 1] : " "
      let isName = next.properties.isAlphabetic || ("0"..."9").contains(next) || next == "_" || next == "\""
      if "@#!%&~$".unicodeScalars.contains(scalars[index]) { return isName }
      let before = String(String.UnicodeScalarView(scalars[..<index].suffix(2))).lowercased()
      return scalars[index] == "-" && before == "gh" && ("0"..."9").contains(next)
    }
  }

  /// What a reader sees of Markdown outside of code and of links' addresses: references are resolved.
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

  /// A line without its links, of which each is checked.
  private static func withoutLinks(_ line: Substring) -> Substring {
    guard line.hasPrefix("- links: ") else { return line }
    for link in line.dropFirst(9).split(separator: ", ") {
      let parts = link.split(separator: "](", maxSplits: 1)
      #expect(
        parts.count == 2 && ["[project", "[changelog", "[source", "[compare"].contains(parts[0]), "\(link)")
      let address = parts.last?.dropLast() ?? ""
      #expect(link.hasSuffix(")") && !address.contains { "()[]<>\"'`|*!$@ \\".contains($0) }, "\(link)")
      #expect(address.hasPrefix("https://") || address.hasPrefix("http://"))
      #expect(!address.hasPrefix("https://github.com"))
      for (place, piece) in address.split(separator: "&", omittingEmptySubsequences: false).enumerated()
      where place > 0 {
        #expect(piece.hasPrefix("amp;"))
      }
    }
    return ""
  }

  @Test(arguments: Hostile.texts) func markdownHasNothingAlive(_ text: String) throws {
    for locks in [1, 2, 8] {
      let markdown = try Hostile.diff(text, locks: locks).markdown()
      #expect(markdown.utf16.count <= 65_535)
      var folds = 0
      var width: Int?
      let readable = HostileTextTests.readable(markdown)
      for whole in readable.split(separator: "\n", omittingEmptySubsequences: false) {
        let line = Self.withoutLinks(whole)
        var rest = line
        while let start = rest.firstIndex(of: "<") {
          let tag = ["<code>", "</code>", "<details>", "</details>", "<summary>", "</summary>"].first {
            rest[start...].hasPrefix($0)
          }
          #expect(tag != nil, "\(line)")
          folds += tag == "<details>" ? 1 : tag == "</details>" ? -1 : 0
          #expect(folds == 0 || folds == 1)
          rest = rest[rest.index(after: start)...]
        }
        let bars = line.unicodeScalars.count { $0 == "|" }
        if line.hasPrefix("|") {
          #expect(width == nil || width == bars, "\(line)")
          width = bars
        } else {
          width = nil
          #expect(bars == 0, "\(line)")
        }
        #expect(!Self.hasReference(Self.shown(line)), "\(Self.shown(line))")
        let bare = line.replacing("**Look at this:**", with: "")
        for mark in ["www.evil", "https://", "http://", "@", "![", "](", "**", "~~", "```", "~~~"] {
          #expect(!bare.contains(mark), "\(line)")
        }
      }
      #expect(folds == 0)
    }
  }

  @Test(arguments: [
    ("@everyone", "@ everyone"), ("a@b", "a@ b"), ("#12 x", "# 12 x"), ("GH-12", "GH‑ 12"),
    ("!7 & %8", "! 7 & % 8"),
    ("[skip ci]", "(skip ci)"), ("https://h/x", "https: //h/x"), ("***NO_CI***", "··*NO CI··*"),
    ("<b>`x`|", "‹b›'x'¦"),
    ("plain, text (1.0): it's", "plain, text (1.0): it's"),
  ]) func commitTextIsInert(_ text: String, _ expected: String) {
    #expect(CommitText.inert(text) == expected)
    #expect(!Self.hasReference(CommitText.inert(text)))
  }
}

@Suite("Links in Markdown") struct MarkdownLinkTests {
  @Test(arguments: [
    ("https://h.example/a_b", "[source](https://h.example/a%5Fb)"),
    ("https://h.example/(x)?a=1&copy=2#c", "[source](https://h.example/%28x%29?a=1&amp;copy=2#c)"),
    ("https://github.com/o/r/issues/1", "[source](https://redirect.github.com/o/r/issues/1)"),
    ("https://h.example/~u/!1/$x/*y*/[z]", "[source](https://h.example/%7Eu/%211/%24x/%2Ay%2A/%5Bz%5D)"),
  ]) func areEscaped(_ address: String, _ expected: String) throws {
    #expect(MarkdownText.link("source", to: try #require(WebLink(address))) == expected)
  }
}
