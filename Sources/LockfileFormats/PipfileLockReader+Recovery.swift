import JSONReading

/// What is read of a file that is damaged.
extension PipfileLockReader {
  func report(_ error: JSONError, _ reading: inout FileReading) {
    // At the end nothing follows that could be lost; from any other line the reading finds a way on.
    let isLast = lines.line(of: error.offset) == lines.count && error.offset < bytes.count
    reading.fault(
      .syntax, at: lines.place(of: min(error.offset, max(0, bytes.count - 1))), found: error.foundPhrase,
      expected: error.expectedPhrase,
      unread: openPackage.map { "the package \(quoted($0))" } ?? (isLast ? "what follows" : nil),
      remedy: "lock again, or take the file from version control")
  }

  /// Goes on behind the member that has a fault, at the next line that begins one with an object, `"name": {`, as Pipenv
  /// writes them: of categories less indented than of packages. Where a brace is missing, the fault itself is far behind.
  mutating func recover(_ reading: inout FileReading) {
    var line = memberLine + 1
    var failures = 0
    // The member that packages stand in, once it was looked for; nil in it where that can't be told.
    var enclosing: String??
    while line <= lines.count {
      guard let member = member(inLine: line) else {
        if isOutermost(line) {
          category = nil
          enclosing = nil
        }
        line += 1
        continue
      }
      if member.indentation <= 4 {
        enclosing = nil
      } else if category == nil, enclosing == nil {
        let name = memberName(around: line)
        enclosing = .some(name)
        if name != Self.metadataName { category = name }
      }
      if member.indentation > 4, enclosing == .some(Self.metadataName) {
        line += 1
        continue
      }
      memberLine = line
      openPackage = nil
      scanner = JSONScanner(bytes, from: member.object)
      do throws(JSONError) {
        if member.indentation <= 4 {
          try readMember(member.name, &reading)
        } else {
          try readPackage(member.text, &reading)
        }
        line = max(line, lines.line(of: scanner.offset)) + 1
      } catch {
        failures += 1
        report(error, &reading)
        if failures > reading.limits.faults { return }
        line = memberLine + 1
      }
    }
  }

  /// A line `"name": {`.
  private struct Member {
    let name: String
    let text: JSONText
    let indentation: Int
    /// The offset of the brace.
    let object: Int
  }

  private func member(inLine line: Int) -> Member? {
    let range = lines.range(ofLine: line)
    let indentation = bytes[range].prefix { $0 == 0x20 || $0 == 0x09 }.count
    let quote = range.lowerBound + indentation
    guard quote < range.upperBound, bytes[quote] == UInt8(ascii: "\"") else { return nil }
    var name = JSONScanner(bytes, from: quote)
    guard let text = try? name.text(), text.range.upperBound < range.upperBound else { return nil }
    var index = name.offset
    while index < range.upperBound, bytes[index] == 0x20 { index += 1 }
    guard index < range.upperBound, bytes[index] == UInt8(ascii: ":") else { return nil }
    index += 1
    while index < range.upperBound, bytes[index] == 0x20 { index += 1 }
    guard index < range.upperBound, bytes[index] == UInt8(ascii: "{") else { return nil }
    return Member(name: name.string(of: text), text: text, indentation: indentation, object: index)
  }

  /// The name of the member that a line stands in, by the next line above that is less indented; nil if that is damaged.
  private func memberName(around line: Int) -> String? {
    var above = line - 1
    while above >= 1 {
      if isOutermost(above) { return member(inLine: above)?.name }
      above -= 1
    }
    return nil
  }

  /// Whether a line is indented as those are that begin and end categories.
  private func isOutermost(_ line: Int) -> Bool {
    let content = bytes[lines.range(ofLine: line)].drop { $0 == 0x20 || $0 == 0x09 }
    guard let first = content.first, first > 0x20 else { return false }
    return content.startIndex - lines.range(ofLine: line).lowerBound <= 4
  }
}
