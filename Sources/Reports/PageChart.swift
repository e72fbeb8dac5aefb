/// The drawings of a page: shapes without text, which stands in HTML around them and so is as large on a phone as anywhere.
final class PageChart {
  private let writer: HTMLWriter
  private let moments: ShownMoments
  private let now: Int64

  init(writer: HTMLWriter, moments: ShownMoments, now: Int64) {
    self.writer = writer
    self.moments = moments
    self.now = now
  }

  // MARK: A line over time

  /// Libyears over time as a line of steps over an area, with the ends of its axes and what it says.
  func trend(_ points: [LockHistory.TrendPoint], note: String? = nil, columns: Int) {
    let chart = TrendChart(points, until: now, moments: moments)
    let drawing = chart.drawing
    let values = drawing.map { chart.columnValues(from: $0.start, count: columns) } ?? []
    writer.element(
      "figure",
      [
        "class": "trend", "data-libyears": chart.latest.map(ShownDuration.libyears),
        "data-most": drawing.map { ShownDuration.libyears($0.top) },
      ]
    ) {
      writer.element("figcaption", chart.sentence + (note.map { "; \($0)" } ?? ""))
      guard let drawing else { return }
      writer.element("div", ["class": "plot"]) {
        axis("y", [ShownDuration.libyears(drawing.top), ShownDuration.libyears(0)])
        // One thousand high, and a little room for the line's own width.
        writer.element(
          "svg",
          [
            "viewBox": "0 -20 \(columns) 1040", "preserveAspectRatio": "none", "role": "img",
            "aria-label": chart.sentence,
          ]
        ) {
          let path = Self.steps(values, top: drawing.top)
          writer.void("path", ["class": "area", "d": "\(path)V1000H0Z"], isSVG: true)
          writer.void("path", ["class": "line", "d": path], isSVG: true)
        }
        axis("x", [moments.day(drawing.start), moments.day(now)])
      }
    }
    writer.markup("\n")
  }

  private func axis(_ name: StaticString, _ ends: [String]) {
    writer.element("div", ["class": "\(name)", "aria-hidden": "true"]) {
      for end in ends { writer.element("span", end) }
    }
  }

  /// A path through steps of width 1; what holds goes on as one.
  private static func steps(_ values: [Int64], top: Int64) -> String {
    var path = ""
    var last: Int?
    for (index, value) in values.enumerated() {
      let y = 1_000 - Int((Double(value) / Double(max(1, top)) * 1_000).rounded())
      if y != last { path += last == nil ? "M0 \(y)" : "H\(index)V\(y)" }
      last = y
    }
    return path + "H\(values.count)"
  }

  // MARK: Bars

  /// A length of time and how many pins have it.
  private static let ages: [(title: StaticString, days: Int64)] = [
    ("under a month", 30), ("1 to 3 months", 91), ("3 to 6 months", 182), ("6 to 12 months", 365),
    ("1 to 2 years", 730), ("2 years and more", .max),
  ]

  /// How many pins are how old, a bar for each age.
  ///
  /// - Parameter seconds: of each pin; nil: it isn't known.
  func ages(_ seconds: [Int64?]) {
    var counts = [Int](repeating: 0, count: Self.ages.count + 1)
    for age in seconds {
      counts[age.map { age in Self.ages.firstIndex { age / 86_400 < $0.days } ?? 5 } ?? Self.ages.count] += 1
    }
    let most = max(1, counts.max() ?? 0)
    writer.element("dl", ["class": "bars"]) {
      for (index, count) in counts.enumerated() where index < Self.ages.count || count > 0 {
        let isKnown = index < Self.ages.count
        writer.element("dt", isKnown ? "\(Self.ages[index].title)" : "not known")
        writer.element("dd", ["data-k": "pins"]) {
          writer.element("span", "\(count)")
          writer.element("svg", ["aria-hidden": "true"]) {
            writer.void(
              "rect", ["width": Self.percent(count, of: most), "class": isKnown ? nil : "u"], isSVG: true)
          }
        }
      }
    }
    writer.markup("\n")
  }

  // MARK: A strip of stays

  /// A package's versions one after another, on the axis that all timelines of a lockfile share; the last one is marked
  /// while it is there.
  func strip(_ stays: ArraySlice<LockHistory.Stay>, since start: Int64) {
    let span = max(1, now - start)
    func place(_ moment: Int64) -> Int { Int(min(max(0, ShownMoments.clamped(moment) - start), span)) }
    writer.element("svg", ["class": "strip", "aria-hidden": "true"]) {
      for (index, stay) in stays.enumerated() {
        let begin = place(stay.from)
        let end = max(begin, place(stay.until ?? now))
        writer.void(
          "rect",
          [
            "x": Self.percent(begin, of: Int(span)), "width": Self.percent(end - begin, of: Int(span)),
            "class": stay.until == nil ? "now" : index % 2 == 0 ? nil : "odd",
          ], isSVG: true)
      }
    }
  }

  /// `37.5%`.
  private static func percent(_ part: Int, of whole: Int) -> String {
    let tenths = Int((Double(part) / Double(max(1, whole)) * 1_000).rounded())
    return tenths % 10 == 0 ? "\(tenths / 10)%" : "\(tenths / 10).\(tenths % 10)%"
  }
}
