import FoundationEssentials
import PythonPackaging
import Testing

@testable import LockfileFormats

/// `docs/lockfiles.md` shows what is said.
@Suite("The document about lockfiles")
struct DocumentTests {
  struct Example: Sendable, CustomTestStringConvertible {
    let what: String
    let path: String
    let text: String
    var testDescription: String { what }
  }

  static let examples = [
    Example(
      what: "a merge that nobody has finished", path: "requirements.txt",
      text: "a==1\n<<<<<<< HEAD\n>>>>>>> x\n"),
    Example(what: "a file without a byte", path: "uv.lock", text: ""),
    Example(
      what: "a file that ends between packages", path: "poetry.lock",
      text: "[[package]]\nname = 'a'\nversion = '1'\n"),
    Example(
      what: "a file without its first line", path: "uv.lock",
      text: "[[package]]\nname = 'a'\nversion = '1'\n"),
    Example(what: "comments alone", path: "requirements.txt", text: "# nothing\n"),
    Example(what: "a range", path: "requirements.txt", text: "a==1\nflask>=2\n"),
    Example(what: "half a line", path: "requirements.txt", text: "a==1\nrequests>"),
    Example(what: "a project's own file", path: "pyproject.toml", text: "[project]\n"),
    Example(
      what: "TOML that breaks", path: "uv.lock",
      text: "version = 1\n[[package]]\nname = 'a'\nversion = '1'\nwheels = [1 2]\n"),
    Example(
      what: "a package without a version", path: "uv.lock",
      text: "version = 1\n[[package]]\nname = \"flask\"\n"),
    Example(
      what: "JSON that is cut short", path: "Pipfile.lock",
      text: "{\"_meta\": {\"pipfile-spec\": 6}, \"default\": {\"flask\": {\"version\":"),
    Example(
      what: "a newer format", path: "poetry.lock",
      text: "[[package]]\nname = 'a'\nversion = '1'\n[metadata]\nlock-version = '3.0'\n"),
  ]

  @Test("Each row of the table of faults is what is said", arguments: examples)
  func faults(_ example: Example) throws {
    let file = PinnedFileReader().read(Array(example.text.utf8), path: example.path)
    let said = file.faults.map { $0.description.replacing("`", with: "\"") }
    let shown = try Self.table()[example.what]
    #expect(said.map { "`\($0)`" } == [shown])
  }

  @Test("The table has no other rows")
  func rows() throws {
    #expect(try Set(Self.table().keys) == Set(Self.examples.map(\.what)))
  }

  @Test("The bounds are those of the reader")
  func bounds() throws {
    let limits = PinnedFileReader.Limits()
    let text = try Self.text()
    #expect(text.contains("a file of \(limits.bytes >> 20) MiB, \(limits.pins / 1000),000 pins"))
    #expect(text.contains("\(limits.faults) faults"))
  }

  private static func table() throws -> [String: String] {
    let faults = try text().split(separator: "## Faults").last ?? ""
    let rows = faults.split(separator: "\n").filter { $0.hasPrefix("| ") && !$0.hasPrefix("| what is wrong") }
    return Dictionary(
      rows.map { row in
        let cells = row.split(separator: " | ").map(String.init)
        return (String(cells[0].dropFirst(2)), String(cells.dropFirst().joined(separator: " | ").dropLast(2)))
      }, uniquingKeysWith: { first, _ in first })
  }

  private static func text(source: String = #filePath) throws -> String {
    let root = URL(filePath: source).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    return String(decoding: try Data(contentsOf: root.appending(path: "docs/lockfiles.md")), as: UTF8.self)
  }
}
