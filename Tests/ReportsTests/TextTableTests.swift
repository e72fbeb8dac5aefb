import Testing

@testable import Reports

@Suite("Tables are as wide as a terminal") struct TextTableTests {
  @Test(
    arguments: [
      ("abc", 3, "abc"), ("abcd", 3, "ab…"), ("abcd", 1, "…"), ("abcd", 0, ""), ("日本語", 6, "日本語"),
      ("日本語", 5, "日本…"),
      ("日本語", 4, "日…"), ("e\u{301}e\u{301}e\u{301}", 3, "e\u{301}e\u{301}e\u{301}"),
    ] as [(String, Int, String)])
  func cut(_ text: String, _ width: Int, _ expected: String) {
    #expect(TerminalWidth.cut(text, to: width) == expected)
    #expect(TerminalWidth.columns(TerminalWidth.cut(text, to: width)) <= width)
  }

  @Test func cutKeepsTheEnd() {
    #expect(
      TerminalWidth.cut("services/a/requirements.txt", to: 20, keepsEnd: true) == "…/a/requirements.txt")
  }

  private static func table(_ rows: [[String]]) -> TextTable {
    var table = TextTable([
      .init(title: "whole"), .init(title: "text", room: .cut(keepsEnd: false)),
      .init(title: "first to go", room: .optional(0)),
      .init(title: "then", room: .optional(1), isNumber: true),
    ])
    table.rows = rows.map { TextTable.Row(cells: $0, note: "a note") }
    return table
  }

  /// At every width: no line is wider, unless what stays whole is; and that is in its line in full.
  @Test func noLineIsWider() {
    var random = SplitMix64(seed: 7)
    for _ in 0..<400 {
      let width = 20 + Int(random.next() % 140)
      let rows = (0..<(1 + Int(random.next() % 5))).map { _ in
        (0..<4).map { column in
          let letters = ["a", "日", "e\u{301}", "-", "é"]
          let limit: UInt64 = column == 1 ? 90 : 24
          return "x" + (0..<(random.next() % limit)).map { _ in letters[Int(random.next() % 5)] }.joined()
        }
      }
      let lines = Self.table(rows).lines(TerminalStyle(width: width))
      let whole = (rows.map { TerminalWidth.columns($0[0]) } + [5]).max() ?? 0
      for line in lines { #expect(TerminalWidth.columns(line) <= max(width, whole), "\(line)") }
      for row in rows { #expect(lines.contains { $0 == row[0] || $0.hasPrefix(row[0] + " ") }) }
      #expect(lines.count { $0 == "    a note" } == rows.count)
    }
  }

  @Test(
    arguments: [
      (
        60,
        [
          "whole  text                          first to go  then",
          "one    a text of thirty columns, or  gone           12", "    a note",
        ]
      ),
      (
        53,
        [
          "whole  text                         first to go  then",
          "one    a text of thirty columns, …  gone           12", "    a note",
        ]
      ),
      (
        44,
        [
          "whole  text                          then", "one    a text of thirty columns, or    12",
          "    a note",
        ]
      ),
      (34, ["whole  text", "one    a text of thirty columns, …", "    a note"]),
      (24, ["whole", "one", "    a text of thirty co…", "    a note"]),
    ] as [(Int, [String])])
  func givesWay(_ width: Int, _ expected: [String]) {
    let table = Self.table([["one", "a text of thirty columns, or", "gone", "12"]])
    #expect(table.lines(TerminalStyle(width: width)) == expected)
  }

  @Test func emptyColumnsAreLeftOut() {
    #expect(Self.table([["a", "b", "", ""]]).lines(TerminalStyle(width: 80))[0] == "whole  text")
    #expect(Self.table([]).lines(TerminalStyle(width: 80)) == [])
  }
}

/// Numbers that are the same in every run.
struct SplitMix64 {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
    return mixed ^ mixed >> 31
  }
}
