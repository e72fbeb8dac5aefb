/// Markdown of a bounded length, of sections that are there whole or not at all.
///
/// Sections stand in the order in which they are added. What there is room for is decided by their rank: a lower one
/// comes first, and of one rank the earlier; behind the first that doesn't fit nothing of its rank or a higher one is
/// written. What is missing is counted.
struct SectionedMarkdown {
  private struct Section {
    let text: String
    let rank: Int
    /// The frame that it stands in.
    let frame: Int?
  }

  /// A part that opens when its first section is written, and closes behind the last.
  struct Frame {
    let opening: String
    var closing = ""
  }

  /// Room for the sentence that says what is missing.
  private static let reserve = 200

  private let limit: Int
  private var sections: [Section] = []
  private var frames: [Frame] = []

  /// - Parameter limit: in UTF-16 code units, which are no fewer than the characters that anybody counts.
  init(limit: Int) { self.limit = limit }

  /// Adds a section, with a line end behind it.
  mutating func add(_ text: String, rank: Int) {
    sections.append(Section(text: text + "\n", rank: rank, frame: nil))
  }

  /// Adds sections that stand in a frame.
  mutating func add(_ texts: [String], in frame: Frame, rank: Int) {
    if texts.isEmpty { return }
    frames.append(Frame(opening: frame.opening + "\n", closing: frame.closing))
    sections += texts.map { Section(text: $0 + "\n", rank: rank, frame: frames.count - 1) }
  }

  /// The text, and at its end what is missing.
  func finished() -> String {
    var room = limit - Self.reserve
    var written = Set<Int>()
    var opened = Set<Int>()
    let order = sections.indices.sorted { left, right in
      sections[left].rank == sections[right].rank ? left < right : sections[left].rank < sections[right].rank
    }
    for index in order {
      let section = sections[index]
      var size = section.text.utf16.count
      if let frame = section.frame, !opened.contains(frame) {
        size += frames[frame].opening.utf16.count + frames[frame].closing.utf16.count
      }
      if size > room { break }
      room -= size
      written.insert(index)
      if let frame = section.frame { opened.insert(frame) }
    }
    var text = ""
    var open: Int?
    for index in sections.indices where written.contains(index) {
      let frame = sections[index].frame
      if frame != open {
        if let open { text += frames[open].closing }
        if let frame { text += frames[frame].opening }
        open = frame
      }
      text += sections[index].text
    }
    if let open { text += frames[open].closing }
    let missing = sections.count - written.count
    if missing == 0 { return text }
    return text
      + "\nCut here: \(ShownCount.text(missing, "more part")) would make this too long; "
      + "`repin diff --format json` has all of them.\n"
  }
}
