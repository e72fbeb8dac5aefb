import Testing

@testable import TOMLReading

@Suite("TOML read section by section")
struct TOMLSectionsTests {
  /// What sections come to, on one line each: path, pairs, fault.
  private func sections(_ text: String) -> [String] {
    var reader = TOMLSections(Array(text.utf8))
    var lines: [String] = []
    while let section = reader.next(keeping: { _, key in !key.hasPrefix("skip") }) {
      let header = section.isHeaderReadable ? section.path.joined(separator: ".") : "?"
      let brackets = section.isTableArray ? "[[\(header)]]" : header.isEmpty ? "" : "[\(header)]"
      let skipped = section.skipped.map { "(\($0.key): \($0.count))" }
      let fault = section.fault.map { ["! \($0.place) \($0)"] } ?? []
      lines.append(([brackets] + [Self.text(section.table)] + skipped + fault).joined(separator: " "))
    }
    return lines
  }

  private static func text(_ table: TOMLTable) -> String {
    "{" + table.entries.map { "\($0.key) = \(text($0.item.value))" }.joined(separator: ", ") + "}"
  }

  private static func text(_ value: TOMLValue) -> String {
    switch value {
    case .string(let text): "'\(text)'"
    case .integer(let number): "\(number)"
    case .float(let number): "\(number)"
    case .boolean(let value): "\(value)"
    case .dateTime(let text): text
    case .array(let items): "[" + items.map { text($0.value) }.joined(separator: ", ") + "]"
    case .table(let table): text(table)
    }
  }

  struct Case: Sendable, CustomTestStringConvertible {
    let text: String
    let sections: [String]
    var testDescription: String { text }

    init(_ text: String, _ sections: String...) {
      self.text = text
      self.sections = sections
    }
  }

  @Test(
    "Whole texts",
    arguments: [
      Case("", " {}"),
      Case("a = 1 # x\nb.c = 'x'\nb.d = [1, [2.5]]\n", " {a = 1, b = {c = 'x', d = [1, [2.5]]}}"),
      Case(
        "[a.\"b.c\"]\nd = { e.f = true, g = 2026-01-31 }\n", " {}",
        "[a.b.c] {d = {e = {f = true}, g = 2026-01-31}}"),
      Case("[[a]]\nb = 1\n\n[[a]]\nb = 0x10\n", " {}", "[[a]] {b = 1}", "[[a]] {b = 16}"),
      Case(
        "skip1 = [{ a = 1 },\n  { a = [2, 3] }, # x\n]\nskip2 = []\nskip3 = 'x'\na = \"\\u00e9\\n\"\n",
        " {a = 'é\n'} (skip1: 2) (skip2: 0) (skip3: 1)"),
      Case("a = {\n  b = 1, # TOML 1.1\n}\n", " {a = {b = 1}}"),
    ])
  func whole(_ example: Case) {
    #expect(sections(example.text) == example.sections)
  }

  @Test(
    "Texts that are damaged",
    arguments: [
      Case(
        "[a]\nb = 1\nc = \nd = 2\n[e]\nf = 3\n", " {}",
        "[a] {b = 1, d = 2} ! 3:5 found the end of the line, expected a value", "[e] {f = 3}"),
      Case(
        "[a]\nskip = [\n  1,\n[[b]]\nc = 1\n", " {}",
        "[a] {} ! 4:3 found `b`, expected a number, a date, `true`, `false` or a string in quotes",
        "[[b]] {c = 1}"),
      Case(
        "[a\nb = 1\n[c]\nd = 1\n", " {}",
        "[?] {b = 1} ! 1:3 found the end of the line, expected `.` or `]` after the key", "[c] {d = 1}"),
      Case(
        "a = \"\"\"\nb = 1\n[c]\nd = 1\n",
        " {b = 1} ! 5:1 found the end of the file, expected `\"\"\"` to close the string that begins at 1:5",
        "[c] {d = 1}"),
      Case(
        "a = 1\na = 2\nb = 3\n",
        " {a = 1, b = 3} ! 2:1 found invalid TOML (the key 'a' is given a second time), expected a document of TOML 1.0"
      ),
      Case(
        "a.b = 1\na = 2\n",
        " {a = {b = 1}} ! 2:1 found invalid TOML (the key 'a' is given a second time), expected a document of TOML 1.0"
      ),
      Case(
        "a = \"\\q\"\n",
        " {} ! 1:5 found invalid TOML (an escape sequence that TOML doesn't have), expected a document of TOML 1.0"
      ),
    ])
  func damaged(_ example: Case) {
    #expect(sections(example.text) == example.sections)
  }

  @Test("Brackets nest to the limit that documents have")
  func depth() {
    let limit = TOMLDocument.greatestDepth
    for key in ["a", "skip"] {
      let deepest = String(repeating: "[", count: limit - 1) + String(repeating: "]", count: limit - 1)
      #expect(!sections("\(key) = \(deepest)")[0].contains("!"))
      #expect(sections("\(key) = [\(deepest)]")[0].contains("! 1:"))
      #expect(sections("\(key) = \(String(repeating: "{a=", count: 100_000))")[0].contains("levels"))
    }
  }

  @Test("Of whole documents both readings have the same tables, at the same places")
  func agreement() throws {
    for path in [
      "uv/uv.lock", "uv-export/pylock.toml", "poetry-1/poetry.lock", "poetry-2/poetry.lock",
      "pip-lock/pylock.toml",
    ] {
      let bytes = try Fixture.bytes("lockfiles/\(path)")
      let root = try TOMLDocument(bytes).root
      let header = root["packages"] == nil ? "package" : "packages"
      guard case .array(let packages)? = root[header] else {
        Issue.record("\(path) has no packages")
        continue
      }
      var reader = TOMLSections(bytes)
      var read: [TOMLTable] = []
      while let section = reader.next(keeping: { _, _ in true }) {
        #expect(section.fault == nil)
        if section.path == [header] { read.append(section.table) }
      }
      #expect(read.count == packages.count)
      for (section, package) in zip(read, packages) {
        guard case .table(let table) = package.value else { continue }
        for entry in section.entries where entry.key != "wheels" && entry.key != "sdist" {
          #expect(table.item(entry.key) == entry.item, "\(path): \(entry.key)")
          #expect(table.place(of: entry.key) == entry.place, "\(path): \(entry.key)")
        }
      }
    }
  }
}
