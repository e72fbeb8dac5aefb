import TOMLKit
import Testing

@testable import TOMLReading

/// Where keys and items stand, written down by hand: `path key=value`, in the document's order.
@Suite struct TOMLPlaceTests {
  struct Row: Sendable, CustomTestStringConvertible {
    var text: String
    var places: [String]
    var testDescription: String { text }

    init(_ text: String, _ places: String...) {
      self.text = text
      self.places = places
    }
  }

  @Test(arguments: [
    Row(""),
    Row("a = 1\nb = 2", "a 1:1=1:5", "b 2:1=2:5"),
    Row("\u{FEFF}a = 1", "a 1:1=1:5"),
    Row("\r\n\r\n\t a\t=\t1", "a 3:3=3:7"),
    Row("# a = 1\n\n   # [b]\nc = '#'  # d = 2\ne = 3", "c 4:1=4:5", "e 5:1=5:5"),
    Row("'é😀' = 'é😀' # é\nb = 1", "é😀 1:1=1:8", "b 2:1=2:5"),
    Row("b = 1\na = 2\n'B' = 3", "b 1:1=1:5", "a 2:1=2:5", "B 3:1=3:7"),
    Row("\"a\\u0062\\tc\" = 1", "ab\tc 1:1=1:16"),
    // dotted keys
    Row("a.b = 1\na . \"c\" = 2", "a 1:1=1:1", "a.b 1:3=1:7", "a.c 2:5=2:11"),
    Row("3.14 = 1", "3 1:1=1:1", "3.14 1:3=1:8"),
    // headers
    Row("[a]\nb = 1\n[ c . 'd' ]", "a 1:2=1:2", "a.b 2:1=2:5", "c 3:3=3:3", "c.d 3:7=3:7"),
    Row("[a.b]\nc = 1\n[a]\nd = 2", "a 3:2=3:2", "a.b 1:4=1:4", "a.b.c 2:1=2:5", "a.d 4:1=4:5"),
    Row(
      "[[a]]\nb = 1\n[[a]]\nb = 2\n[a.c]\nd = 3", "a 1:3=1:3", "a.0 1:3", "a.0.b 2:1=2:5", "a.1 3:3",
      "a.1.b 4:1=4:5", "a.1.c 5:4=5:4", "a.1.c.d 6:1=6:5"),
    Row("[[a.b]]\n[[a.b.c]]", "a 1:3=1:3", "a.b 1:5=1:5", "a.b.0 1:5", "a.b.0.c 2:7=2:7", "a.b.0.c.0 2:7"),
    // arrays
    Row("a = ['x', 2]", "a 1:1=1:5", "a.0 1:6", "a.1 1:11"),
    Row(
      "a = [ # ] '\n  'x', # ]\r\n\t\"]\" ,\n 3\n]\nb = 1", "a 1:1=1:5", "a.0 2:3", "a.1 3:2", "a.2 4:2",
      "b 6:1=6:5"),
    Row(
      "a = [[1], [ ], [[2]]]", "a 1:1=1:5", "a.0 1:6", "a.0.0 1:7", "a.1 1:11", "a.2 1:16", "a.2.0 1:17",
      "a.2.0.0 1:18"),
    // inline tables
    Row(
      "a = {b = 1, c.d = [{}]}", "a 1:1=1:5", "a.b 1:6=1:10", "a.c 1:13=1:13", "a.c.d 1:15=1:19",
      "a.c.d.0 1:20"),
    Row(
      "a = [{b = '}'}, {b = \"]\"}]", "a 1:1=1:5", "a.0 1:6", "a.0.b 1:7=1:11", "a.1 1:17", "a.1.b 1:18=1:22"),
    // strings that hold what ends other things
    Row("a = '''\n]'\n''\n'''\nb = 1", "a 1:1=1:5", "b 5:1=5:5"),
    Row("a = \"\"\"\\\"\"\"\\\n\"\"\"\"\"\nb = 1", "a 1:1=1:5", "b 3:1=3:5"),
    Row("a = ''''a'''''\nb = \"\"\nc = ''", "a 1:1=1:5", "b 2:1=2:5", "c 3:1=3:5"),
    Row("a = \"\\\\\"\nb = '\\'", "a 1:1=1:5", "b 2:1=2:5"),
    // dates
    Row("a = [2026-12-31 , 1979-05-27 07:32:00, 07:32:00]", "a 1:1=1:5", "a.0 1:6", "a.1 1:19", "a.2 1:40"),
  ])
  func places(row: Row) throws {
    #expect(try TOMLDocument(row.text).root.places == row.places)
  }

  /// Keys are their scalars, not what they look like.
  @Test func keysAreNotNormalized() throws {
    let root = try TOMLDocument("'\u{E9}' = 1\n'e\u{301}' = 2").root
    #expect(root.entries.count == 2)
    #expect(root["\u{E9}"] == .integer(1))
    #expect(root["e\u{301}"] == .integer(2))
  }

  @Test func lookup() throws {
    let root = try TOMLDocument("x = 1\n[a]\nb = 'c'\nd = {}").root
    guard case .table(let table)? = root["a"] else {
      Issue.record("no table")
      return
    }
    #expect(table["b"] == .string("c"))
    #expect(table["x"] == nil)
    #expect(table.keys == ["b", "d"])
    #expect(table.item("d")?.value.noun == "a table")
    #expect(table.place(of: "d") == TOMLPlace(line: 4, column: 1))
    #expect(table.place(of: "x") == TOMLPlace(line: 2, column: 2))
    #expect(root.place(of: "y") == .start)
  }

  struct Offset: Sendable, CustomTestStringConvertible {
    var text: String
    var offset: Int
    var place: String
    var testDescription: String { "\(text) + \(offset)" }
  }

  @Test(arguments: [
    Offset(text: "a = 'flask>=x'", offset: 0, place: "1:6"),
    Offset(text: "a = 'flask>=x'", offset: 7, place: "1:13"),
    Offset(text: "a = 'flask>=x'", offset: 8, place: "1:14"),
    Offset(text: "a = 'flask>=x'", offset: 99, place: "1:14"),
    Offset(text: "a = \"é😀x\"", offset: 6, place: "1:8"),
    Offset(text: "a = \"\\u00e9x\"", offset: 2, place: "1:5"),
    Offset(text: "a = 'C:\\x'", offset: 3, place: "1:9"),
    Offset(text: "a = '''\r\nfoo\r\nbar'''", offset: 5, place: "3:2"),
    Offset(text: "a = \"\"\"foo\nbar\"\"\"", offset: 1, place: "1:9"),
    Offset(text: "a = \"\"\"foo\\\nbar\"\"\"", offset: 1, place: "1:5"),
    Offset(text: "a = 12", offset: 1, place: "1:5"),
  ])
  func placeWithinString(row: Offset) throws {
    let item = try #require(try TOMLDocument(row.text).root.item("a"))
    #expect(item.place(atOffset: row.offset).description == row.place)
  }

  /// What the scanner didn't see, the library still gives, at the nearest place that is known.
  @Test func unknownPlaces() throws {
    var scanner = TOMLScanner(Array("a = 0\n[b]\nc = [1]".utf8))
    try scanner.document()
    let library = try TOMLKit.TOMLTable(string: "a = [{x = 07:32:00}]\nd = 1\n[b]\nc = [1, 'y']")
    let root = scanner.outline.table(library, at: 0, near: .start)
    #expect(
      root.places == [
        "a 1:1=1:5", "a.0 1:5", "a.0.x 1:5=1:5", "b 2:2=2:2", "b.c 3:1=3:5", "b.c.0 3:6", "b.c.1 3:5",
        "d 1:1=1:1",
      ])
    guard case .array(let items)? = root["a"], case .table(let table)? = items.first?.value else {
      Issue.record("no table")
      return
    }
    #expect(table["x"] == .dateTime("07:32:00"))
  }
}

extension TOMLReading.TOMLTable {
  fileprivate var places: [String] { places(below: "") }

  fileprivate func places(below path: String) -> [String] {
    entries.flatMap { entry in
      ["\(path)\(entry.key) \(entry.place)=\(entry.item.place)"]
        + entry.item.value.places(below: "\(path)\(entry.key).")
    }
  }
}

extension TOMLReading.TOMLValue {
  fileprivate func places(below path: String) -> [String] {
    switch self {
    case .table(let table): table.places(below: path)
    case .array(let items):
      items.enumerated().flatMap { index, item in
        ["\(path)\(index) \(item.place)"] + item.value.places(below: "\(path)\(index).")
      }
    default: []
    }
  }
}
