import PythonPackaging

extension LockfileContents {
  /// The first line that no lockfile has: neither a pin, an option, a comment nor another requirement. A file with one is
  /// something else, or damaged, and what it pins can't be told.
  package var firstUnreadableLine: OtherLine? {
    let pins = entries.compactMap { entry -> OtherLine? in
      guard case .version = entry.pin.source, entry.pin.version == nil else { return nil }
      return OtherLine(text: PinText.requirement(entry.pin), line: entry.line)
    }
    return (pins + unreadableLines).min { $0.line < $1.line }
  }

  private var unreadableLines: [OtherLine] {
    otherLines.filter { line in
      let text = line.text.prefix { $0 != "#" }
      var bare = text.split(separator: " --hash").first.map(String.init) ?? ""
      while let last = bare.last, last == " " || last == "\\" { bare.removeLast() }
      return (try? Requirement(bare)) == nil && !RequirementLine.looksLikePath(bare) && !SplitURL.isURL(bare)
    }
  }
}
