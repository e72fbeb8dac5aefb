/// A lock's libyears over time, drawn with characters.
///
/// A column stands for a stretch of time, and is as high as the most that held in it; from a point on its value holds until
/// the next, the last until now. The axis begins at 0.
///
///      1.20 ┤▂▂▂███
///           │███████▅▅
///      0.00 └─────────
///           2026-01-05  2026-11-30
struct TrendChart {
  private static let height = 6
  private static let mostColumns = 120

  private let points: [LockHistory.TrendPoint]
  private let end: Int64
  private let moments: ShownMoments

  /// - Parameter points: in the order of time; of those later than `end` nothing is drawn.
  init(_ points: [LockHistory.TrendPoint], until end: Int64, moments: ShownMoments) {
    let end = ShownMoments.clamped(end)
    self.end = end
    self.moments = moments
    var kept: [LockHistory.TrendPoint] = []
    for point in points {
      let at = ShownMoments.clamped(point.at)
      guard at <= end else { break }
      // What another follows at the same moment holds for no time.
      if kept.last?.at == at { kept.removeLast() }
      kept.append(LockHistory.TrendPoint(at: at, libyearSeconds: max(0, point.libyearSeconds)))
    }
    self.points = kept
  }

  /// The lines; one sentence where there is nothing to draw.
  func lines(_ style: TerminalStyle) -> [String] {
    guard let drawing else { return [sentence] }
    return ["\(sentence):"] + drawn(from: drawing.start, top: drawing.top, style)
  }

  /// What there is to draw: from when on, and the most libyears there were, in seconds; nil where a sentence says it all.
  var drawing: (start: Int64, top: Int64)? {
    guard let first = points.first, let last = points.last, first.at < end, first.at < last.at,
      points.contains(where: { $0.libyearSeconds != first.libyearSeconds })
    else { return nil }
    return (first.at, points.reduce(0) { max($0, $1.libyearSeconds) })
  }

  /// The libyears of now, in seconds; nil if they aren't known.
  var latest: Int64? { points.last?.libyearSeconds }

  /// What the chart says.
  var sentence: String {
    guard let first = points.first, let last = points.last else {
      return "how many libyears there were before isn't known"
    }
    let now = "\(ShownDuration.libyears(last.libyearSeconds)) libyears"
    guard first.at < end, first.at < last.at else {
      return "\(now) since \(moments.day(first.at)); nothing is known of the time before"
    }
    let greatest = points.reduce(first) { $1.libyearSeconds > $0.libyearSeconds ? $1 : $0 }
    let isConstant = points.allSatisfy { $0.libyearSeconds == first.libyearSeconds }
    if isConstant { return "\(now) at all times since \(moments.day(first.at))" }
    let peak = "at most \(ShownDuration.libyears(greatest.libyearSeconds)) on \(moments.day(greatest.at))"
    return "\(now) now, \(peak)"
  }

  private func drawn(from start: Int64, top: Int64, _ style: TerminalStyle) -> [String] {
    let labels = [ShownDuration.libyears(top), ShownDuration.libyears(0)]
    let labelWidth = labels.map(\.utf8.count).max() ?? 0
    let count = max(4, min(Self.mostColumns, style.width - labelWidth - 2))
    let heights = columnValues(from: start, count: count).map { value -> Int in
      let scaled = Double(value) / Double(max(1, top)) * Double(Self.height * 8)
      // What is there is seen.
      return value == 0 ? 0 : min(Self.height * 8, max(1, Int(scaled.rounded())))
    }
    func label(_ text: String) -> String {
      String(repeating: " ", count: labelWidth - text.utf8.count) + text
    }
    let (tick, wall, corner, floor) = style.isASCII ? ("|", "|", "+", "-") : ("┤", "│", "└", "─")
    var lines = (0..<Self.height).map { line in
      let base = (Self.height - 1 - line) * 8
      let bars = heights.map { Self.cell(min(8, max(0, $0 - base)), isASCII: style.isASCII) }.joined()
      return label(line == 0 ? labels[0] : "") + " " + (line == 0 ? tick : wall) + bars
    }
    lines.append(label(labels[1]) + " " + corner + String(repeating: floor, count: count))
    lines.append(dates(from: start, at: labelWidth + 2, width: count, limit: style.width))
    return lines.map { line in
      var line = line
      while line.last == " " { line.removeLast() }
      return line
    }
  }

  /// The most that held in each of so many equal stretches of the time. What begins where one ends is of the next, but of the
  /// last.
  func columnValues(from start: Int64, count: Int) -> [Int64] {
    let span = end - start
    var values: [Int64] = []
    var next = 0
    var holds: Int64 = 0
    var begin = start
    for column in 1...count {
      while next < points.count, points[next].at <= begin {
        holds = points[next].libyearSeconds
        next += 1
      }
      var most = holds
      let stop = start + Int64((Double(span) * Double(column) / Double(count)).rounded())
      while next < points.count, points[next].at < stop || column == count {
        holds = points[next].libyearSeconds
        most = max(most, holds)
        next += 1
      }
      values.append(most)
      begin = stop
    }
    return values
  }

  /// A character filled by so many eighths.
  private static func cell(_ eighths: Int, isASCII: Bool) -> String {
    if isASCII { return eighths == 0 ? " " : eighths < 3 ? "." : eighths < 6 ? ":" : "#" }
    return [" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"][eighths]
  }

  private func dates(from start: Int64, at indentation: Int, width: Int, limit: Int) -> String {
    let (first, last) = (moments.day(start), moments.day(end))
    let blanks = String(repeating: " ", count: indentation)
    let between = width - first.count - last.count
    if between > 0 { return blanks + first + String(repeating: " ", count: between) + last }
    let both = "\(first) to \(last)"
    return both.count <= limit ? String(repeating: " ", count: limit - both.count) + both : first
  }
}
