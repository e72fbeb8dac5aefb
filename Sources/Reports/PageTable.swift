/// A table of a page: columns, and rows of as many cells. A script sorts it by what its cells are worth.
struct PageTable {
  struct Column {
    let title: StaticString
    /// The member of the JSON document that has the same.
    let key: StaticString
    var isNumber = false
    /// Whether its cells name the rows.
    var isHeader = false
  }

  struct Cell {
    /// How its text looks.
    enum Style {
      case plain
      case code
      /// A word in a colour, which says nothing that the word doesn't.
      case badge(StaticString)
    }

    let text: String
    /// What it is sorted by and what it is in the JSON document, where that isn't the text.
    var value: String?
    var style = Style.plain
    /// A place of the page, or an address of the web.
    var link: Link?

    enum Link {
      case place(String)
      case address(String)
    }
  }

  /// What the table is, for those who don't see it.
  let label: String
  let columns: [Column]

  /// - Parameters:
  ///   - count: of the rows.
  ///   - more: what isn't shown, in words.
  ///   - row: the cells of each.
  func write(to writer: HTMLWriter, count: Int, more: String? = nil, row: (Int) -> [Cell]) {
    writer.element("div", ["class": "scroll", "role": "region", "tabindex": "0", "aria-label": label]) {
      writer.element("table", ["aria-label": label]) {
        writer.element("thead") {
          writer.element("tr") {
            for column in columns {
              writer.element(
                "th", ["scope": "col", "data-k": "\(column.key)", "class": column.isNumber ? "n" : nil],
                "\(column.title)")
            }
          }
        }
        writer.markup("\n")
        writer.element("tbody") {
          for index in 0..<count {
            writer.element("tr") {
              for (cell, column) in zip(row(index), columns) { write(cell, of: column, to: writer) }
            }
            writer.markup("\n")
          }
        }
      }
    }
    if let more { writer.element("p", ["class": "more"], more) }
  }

  private func write(_ cell: Cell, of column: Column, to writer: HTMLWriter) {
    writer.element(
      column.isHeader ? "th" : "td",
      [
        "scope": column.isHeader ? "row" : nil, "class": column.isNumber ? "n" : nil,
        "data-v": cell.value == cell.text ? nil : cell.value,
      ]
    ) {
      switch cell.style {
      case .plain: content(of: cell, to: writer)
      case .code: writer.element("code") { content(of: cell, to: writer) }
      case .badge(let color): writer.element("b", ["class": "b \(color)"]) { content(of: cell, to: writer) }
      }
    }
  }

  private func content(of cell: Cell, to writer: HTMLWriter) {
    switch cell.link {
    case .place(let id): writer.element("a", ["href": "#" + id], cell.text)
    case .address(let address): writer.link(cell.text, to: address)
    case nil: writer.text(cell.text)
    }
  }
}

extension PageTable.Cell {
  /// A number, or `?` where it isn't known.
  static func number(_ value: Int64?, _ words: (Int64) -> String = { "\($0)" }) -> Self {
    Self(text: value.map(words) ?? "?", value: value.map { "\($0)" } ?? "")
  }

  /// Libyears are worth what is shown.
  static func libyears(_ seconds: Int64?) -> Self {
    Self(text: seconds.map(ShownDuration.libyears) ?? "?", value: seconds.map(ShownDuration.libyears) ?? "")
  }
}
