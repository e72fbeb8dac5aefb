import PythonPackaging

extension LockfileContents {
  /// The first line that no lockfile has: neither a pin, an option, a comment nor another requirement. A file with one is
  /// something else, or damaged, and what it pins can't be told.
  package var firstUnreadableLine: OtherLine? {
    otherLines.first { line in
      let text = line.text.prefix { $0 != "#" }
      var bare = text.split(separator: " --hash").first.map(String.init) ?? ""
      while let last = bare.last, last == " " || last == "\\" { bare.removeLast() }
      return (try? Requirement(bare)) == nil && !RequirementLine.looksLikePath(bare) && !SplitURL.isURL(bare)
    }
  }
}
