import PythonPackaging

/// The difference of two texts as `diff -u` writes it: hunks of changed lines with three lines around them.
///
/// Control characters of the texts don't reach the output. Equal texts have an empty difference.
struct UnifiedDiff: Sendable {
  /// One line of the way from the old text to the new one.
  private enum Line {
    case kept(Substring)
    case removed(Substring)
    case added(Substring)

    var text: String {
      switch self {
      case .kept(let line): " " + PrintableText.escaped(String(line))
      case .removed(let line): "-" + PrintableText.escaped(String(line))
      case .added(let line): "+" + PrintableText.escaped(String(line))
      }
    }

    var isKept: Bool {
      if case .kept = self { true } else { false }
    }
  }

  /// The lines of the output, without line ends.
  let lines: [String]

  /// How many unchanged lines stand around changed ones.
  private static let context = 3

  /// - Parameters:
  ///   - oldLabel: what the old text is called: its path.
  ///   - newLabel: what the new text is called.
  init(old: String, new: String, oldLabel: String, newLabel: String) {
    let script = Self.script(from: Self.split(old), to: Self.split(new))
    let hunks = Self.hunks(of: script)
    guard !hunks.isEmpty else {
      lines = []
      return
    }
    var lines = ["--- \(PrintableText.escaped(oldLabel))", "+++ \(PrintableText.escaped(newLabel))"]
    var oldLine = 1
    var newLine = 1
    var place = 0
    for hunk in hunks {
      while place < hunk.lowerBound {
        oldLine += 1
        newLine += 1
        place += 1
      }
      var oldCount = 0
      var newCount = 0
      for line in script[hunk] {
        switch line {
        case .kept:
          oldCount += 1
          newCount += 1
        case .removed: oldCount += 1
        case .added: newCount += 1
        }
      }
      lines.append("@@ -\(Self.range(oldLine, oldCount)) +\(Self.range(newLine, newCount)) @@")
      lines += script[hunk].map(\.text)
      oldLine += oldCount
      newLine += newCount
      place = hunk.upperBound
    }
    self.lines = lines
  }

  private static func split(_ text: String) -> [Substring] {
    var lines = text.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" }
    if lines.last == "" { lines.removeLast() }
    return lines
  }

  private static func script(from old: [Substring], to new: [Substring]) -> [Line] {
    var removals: Set<Int> = []
    var insertions: Set<Int> = []
    for change in new.difference(from: old) {
      switch change {
      case .remove(let offset, _, _): removals.insert(offset)
      case .insert(let offset, _, _): insertions.insert(offset)
      }
    }
    var script: [Line] = []
    var oldPlace = 0
    var newPlace = 0
    while oldPlace < old.count || newPlace < new.count {
      if removals.contains(oldPlace) {
        script.append(.removed(old[oldPlace]))
        oldPlace += 1
      } else if insertions.contains(newPlace) {
        script.append(.added(new[newPlace]))
        newPlace += 1
      } else {
        script.append(.kept(old[oldPlace]))
        oldPlace += 1
        newPlace += 1
      }
    }
    return script
  }

  /// The parts of a script that are shown; parts that touch are one.
  private static func hunks(of script: [Line]) -> [Range<Int>] {
    var hunks: [Range<Int>] = []
    for place in script.indices where !script[place].isKept {
      let start = max(0, place - context)
      let end = min(script.count, place + context + 1)
      if let last = hunks.last, last.upperBound >= start {
        hunks[hunks.count - 1] = last.lowerBound..<end
      } else {
        hunks.append(start..<end)
      }
    }
    return hunks
  }

  /// A hunk's place as POSIX has it: the line before where there are none, the count left out where it is one.
  private static func range(_ start: Int, _ count: Int) -> String {
    switch count {
    case 0: "\(start - 1),0"
    case 1: "\(start)"
    default: "\(start),\(count)"
    }
  }
}
