/// Rows in aligned columns, no wider than a terminal.
///
/// What doesn't fit is left out in this order: the end of the text that may be cut, as long as 24 columns of it stay; the
/// columns that may go, one by one; at last the text that may be cut has a line of its own under the rest. What is in the
/// columns that stay whole is never cut: then a line is longer than the terminal is wide.
struct TextTable {
  struct Column {
    /// What happens where there is no room.
    enum Room: Hashable {
      /// It stays as it is.
      case whole
      /// Its end is cut off, or its beginning.
      case cut(keepsEnd: Bool)
      /// It goes; the smallest number first.
      case optional(Int)

      var isCut: Bool { if case .cut = self { true } else { false } }
    }

    let title: String
    var room = Room.whole
    var isNumber = false
  }

  struct Row {
    let cells: [String]
    /// What stands under the row, cut to the terminal's width.
    var note = ""
    var color = TerminalStyle.Color.plain
  }

  private static let leastCut = 24
  private static let gap = "  "

  let columns: [Column]
  var rows: [Row] = []

  init(_ columns: [Column]) { self.columns = columns }

  /// The lines, the titles first; none if there are no rows.
  ///
  /// - Parameter colored: the column that has the row's colour.
  func lines(_ style: TerminalStyle, colored: Int = 0) -> [String] {
    if rows.isEmpty { return [] }
    let natural = columns.indices.map { column in
      rows.reduce(TerminalWidth.columns(columns[column].title)) {
        max($0, TerminalWidth.columns($1.cells[column]))
      }
    }
    var shown = columns.indices.filter { column in rows.contains { !$0.cells[column].isEmpty } }
    var droppable = shown.compactMap { column in
      if case .optional(let order) = columns[column].room { (order: order, column: column) } else { nil }
    }.sorted { $0.order < $1.order }
    while true {
      let cut = shown.first { columns[$0].room.isCut }
      let others = shown.filter { $0 != cut }.map { natural[$0] + Self.gap.count }.reduce(0, +)
      let room = style.width - others
      let wanted = cut.map { natural[$0] } ?? -Self.gap.count
      if room >= min(wanted, cut == nil ? wanted : Self.leastCut) {
        var widths = natural
        if let cut { widths[cut] = min(wanted, room) }
        return [header(shown, widths)]
          + rows.flatMap { [line($0, shown, widths, style, colored)] + under([$0.note], style) }
      }
      if droppable.isEmpty {
        let whole = shown.filter { $0 != cut }
        return [header(whole, natural)]
          + rows.flatMap { row in
            [line(row, whole, natural, style, colored)]
              + under([cut.map { row.cells[$0] } ?? "", row.note], style)
          }
      }
      let gone = droppable.removeFirst().column
      shown.removeAll { $0 == gone }
    }
  }

  private func under(_ texts: [String], _ style: TerminalStyle) -> [String] {
    texts.filter { !$0.isEmpty }.map { "    " + TerminalWidth.cut($0, to: style.width - 4) }
  }

  private func header(_ shown: [Int], _ widths: [Int]) -> String {
    joined(shown.map { padded(columns[$0].title, widths[$0], isNumber: columns[$0].isNumber) })
  }

  private func line(
    _ row: Row, _ shown: [Int], _ widths: [Int], _ style: TerminalStyle, _ colored: Int
  ) -> String {
    let cells = shown.enumerated().map { place, column in
      let text = TerminalWidth.cut(
        row.cells[column], to: widths[column], keepsEnd: columns[column].room == .cut(keepsEnd: true))
      let isLast = place == shown.count - 1 && !columns[column].isNumber
      let cell = isLast ? text : padded(text, widths[column], isNumber: columns[column].isNumber)
      return column == colored ? style.styled(cell, row.color) : cell
    }
    return joined(cells)
  }

  /// Cells with a gap between; nothing blank at the end.
  private func joined(_ cells: [String]) -> String {
    var line = cells.joined(separator: Self.gap)
    while line.last == " " { line.removeLast() }
    return line
  }

  private func padded(_ text: String, _ width: Int, isNumber: Bool) -> String {
    let blanks = String(repeating: " ", count: max(0, width - TerminalWidth.columns(text)))
    return isNumber ? blanks + text : text + blanks
  }
}
