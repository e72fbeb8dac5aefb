import PythonPackaging

extension HistoryReport {
  /// The report as CSV (RFC 4180): the timelines where a package was asked for, else the pins. Lengths are in seconds,
  /// moments as RFC 3339 in UTC; a cell is empty where something isn't known.
  ///
  /// A cell that begins with `=`, `+`, `-` or `@` has a `'` before it, so that no program of sheets takes it for a formula;
  /// what a workflow's runner would take for a command is in quotes or broken up.
  package func csv() -> String {
    WorkflowText.inert(package == nil ? pinsTable : timelineTable)
  }

  private var pinsTable: String {
    var table = CSVTable([
      "lockfile", "package", "version", "pin_age_seconds", "release_age_seconds", "days_behind",
      "releases_behind", "newest", "libyears",
    ])
    for lock in lockfiles {
      for pin in lock.pins {
        table.add([
          OutsideText.path(lock.path), pin.package.normalized, pin.version.description, Self.cell(pin.pinAge),
          Self.cell(pin.releaseAge), Self.cell(pin.daysBehind), Self.cell(pin.releasesBehind.map(Int64.init)),
          pin.newest?.description ?? "", pin.libyearSeconds.map(ShownDuration.libyears) ?? "",
        ])
      }
    }
    return table.text
  }

  private var timelineTable: String {
    var table = CSVTable(["lockfile", "package", "version", "from", "until", "stayed_seconds", "commit"])
    for lock in lockfiles {
      for stay in lock.stays {
        table.add([
          OutsideText.path(lock.path), package?.normalized ?? "", stay.version.description,
          ShownMoments.timestamp(stay.from), stay.until.map(ShownMoments.timestamp) ?? "",
          String(stay.length(until: at)), stay.commit.map(OutsideText.name) ?? "",
        ])
      }
    }
    return table.text
  }

  private static func cell(_ number: Int64?) -> String { number.map { String($0) } ?? "" }
}

/// Rows of CSV (RFC 4180): CRLF after each, quotes where a cell needs them.
struct CSVTable {
  private(set) var text = ""

  init(_ titles: [String]) { add(titles) }

  mutating func add(_ cells: [String]) { text += cells.map(Self.cell).joined(separator: ",") + "\r\n" }

  static func cell(_ text: String) -> String {
    let scalars = text.unicodeScalars
    // Some programs look behind blanks, and take the wide forms for the marks.
    let first = scalars.first { $0 != " " }
    let isFormula = first.map("=+-@\u{FF1D}\u{FF0B}\u{FF0D}\u{FF20}".unicodeScalars.contains) == true
    let guarded = isFormula ? "'" + text : text
    let needsQuotes =
      scalars.contains { ",\"\r\n".unicodeScalars.contains($0) } || scalars.first == " "
      || scalars.last == " " || scalars.first { !$0.properties.isWhitespace } == ":"
    guard needsQuotes else { return guarded }
    var quoted = "\""
    for scalar in guarded.unicodeScalars {
      if scalar == "\"" { quoted += "\"" }
      quoted.unicodeScalars.append(scalar)
    }
    return quoted + "\""
  }
}
