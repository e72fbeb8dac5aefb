import PythonPackaging

/// The difference of two texts as `diff -u` writes it: hunks of changed lines with three lines around them.
///
/// Control characters of the texts don't reach the output. Equal texts have an empty difference.
package struct UnifiedDiff: Sendable {
  /// The lines of the output, without line ends.
  package let lines: [String]

  /// - Parameters:
  ///   - oldLabel: what the old text is called: its path.
  ///   - newLabel: what the new text is called.
  package init(old: String, new: String, oldLabel: String, newLabel: String) {
    let (before, after) = (Self.split(old), Self.split(new))
    // By bytes: texts that Unicode holds equal differ to programs.
    let script = LineScript(from: before.map { Array($0.utf8) }, to: after.map { Array($0.utf8) })
    let hunks = DiffHunk.all(of: script.steps)
    guard !hunks.isEmpty else {
      lines = []
      return
    }
    var lines = ["--- \(PrintableText.escaped(oldLabel))", "+++ \(PrintableText.escaped(newLabel))"]
    for hunk in hunks {
      lines.append(hunk.heading)
      lines += hunk.steps.map { step in
        switch step {
        case .kept(let place, _): " " + PrintableText.escaped(String(before[place]))
        case .removed(let place): "-" + PrintableText.escaped(String(before[place]))
        case .added(let place): "+" + PrintableText.escaped(String(after[place]))
        }
      }
    }
    self.lines = lines
  }

  private static func split(_ text: String) -> [Substring] {
    var lines = text.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" }
    if lines.last == "" { lines.removeLast() }
    return lines
  }
}

/// Changed lines and those around them.
struct DiffHunk {
  /// How many unchanged lines stand around changed ones.
  private static let context = 3

  let steps: ArraySlice<LineScript.Step>
  /// The first line of each text, from 1.
  let oldStart: Int
  let newStart: Int

  /// The parts of a way that are shown; parts that touch are one.
  static func all(of steps: [LineScript.Step]) -> [DiffHunk] {
    var parts: [Range<Int>] = []
    for place in steps.indices where !steps[place].isKept {
      let start = max(0, place - context)
      let end = min(steps.count, place + context + 1)
      if let last = parts.last, last.upperBound >= start {
        parts[parts.count - 1] = last.lowerBound..<end
      } else {
        parts.append(start..<end)
      }
    }
    var hunks: [DiffHunk] = []
    var (oldLine, newLine, place) = (1, 1, 0)
    for part in parts {
      oldLine += part.lowerBound - place
      newLine += part.lowerBound - place
      let hunk = DiffHunk(steps: steps[part], oldStart: oldLine, newStart: newLine)
      oldLine += hunk.oldCount
      newLine += hunk.newCount
      place = part.upperBound
      hunks.append(hunk)
    }
    return hunks
  }

  private var oldCount: Int { steps.count { if case .added = $0 { false } else { true } } }
  private var newCount: Int { steps.count { if case .removed = $0 { false } else { true } } }

  /// `@@ -2,7 +2,7 @@`.
  var heading: String { "@@ -\(Self.range(oldStart, oldCount)) +\(Self.range(newStart, newCount)) @@" }

  /// A hunk's place as POSIX has it: the line before where there are none, the count left out where it is one.
  private static func range(_ start: Int, _ count: Int) -> String {
    switch count {
    case 0: "\(start - 1),0"
    case 1: "\(start)"
    default: "\(start),\(count)"
    }
  }
}
