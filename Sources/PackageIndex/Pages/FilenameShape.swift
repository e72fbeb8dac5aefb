/// What the bytes of a file's name say, without making text of them: the fast half of
/// `Distribution.Kind(filename:of:)`, which reads the same names.
///
/// Beyond that it refuses every byte that isn't visible ASCII, and slashes: they are in no name, and a name
/// may become a path.
struct FilenameShape {
  let isWheel: Bool
  /// Where the version's text stands.
  let version: Range<Int>

  /// Reads the name at `range`; nil if it is no wheel's and no source distribution's, or another project's.
  ///
  /// Whether the version's text is a version remains to be seen.
  ///
  /// - Parameter project: The normalised name of the page's project.
  init?(_ range: Range<Int>, in text: Span<UInt8>, project: Span<UInt8>) {
    guard range.count <= FilenameShape.greatestLength else { return nil }
    for index in range where !FilenameShape.isAllowed(text[index]) { return nil }
    guard let length = FilenameShape.length(of: project, at: range, in: text) else { return nil }
    let start = range.lowerBound + length + 1
    guard start <= range.upperBound, text[start - 1] == UInt8(ascii: "-") else { return nil }
    if FilenameShape.ends(range, ".whl", in: text) {
      // PEP 427 escapes a run of separators as one `_`.
      var index = range.lowerBound
      while index + 2 < start {
        if text[index] == UInt8(ascii: "_"), text[index + 1] == UInt8(ascii: "_") { return nil }
        if text[index] == UInt8(ascii: "-") { return nil }
        index += 1
      }
      guard let end = FilenameShape.endOfWheelVersion(start..<range.upperBound - 4, in: text) else {
        return nil
      }
      isWheel = true
      version = start..<end
    } else {
      guard let ending = FilenameShape.sourceEnding(range, in: text), range.upperBound - ending >= start
      else {
        return nil
      }
      isWheel = false
      version = start..<range.upperBound - ending
    }
  }

  private static let greatestLength = 1024

  /// Whether a byte may be in a file's name: visible ASCII, and no slash.
  static func isAllowed(_ byte: UInt8) -> Bool {
    byte > 0x20 && byte < 0x7F && byte != UInt8(ascii: "/") && byte != UInt8(ascii: "\\")
  }

  private static func isSeparator(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_") || byte == UInt8(ascii: ".")
  }

  private static func isDigit(_ byte: UInt8) -> Bool { byte &- UInt8(ascii: "0") < 10 }

  /// The number of bytes from the range's start on that are the project's name in any spelling (PEP 503).
  private static func length(of project: Span<UInt8>, at range: Range<Int>, in text: Span<UInt8>) -> Int? {
    var index = range.lowerBound
    for position in 0..<project.count {
      guard index < range.upperBound else { return nil }
      let byte = text[index]
      if project[position] == UInt8(ascii: "-") {
        guard isSeparator(byte) else { return nil }
        while index < range.upperBound, isSeparator(text[index]) { index += 1 }
      } else {
        let lowered = byte &- UInt8(ascii: "A") < 26 ? byte | 0x20 : byte
        guard lowered == project[position] else { return nil }
        index += 1
      }
    }
    return index - range.lowerBound
  }

  private static func ends(_ range: Range<Int>, _ ending: StaticString, in text: Span<UInt8>) -> Bool {
    let length = ending.utf8CodeUnitCount
    return range.count >= length && text.holds(ending, at: range.upperBound - length)
  }

  /// The length of a source distribution's ending, nil if there is none.
  private static func sourceEnding(_ range: Range<Int>, in text: Span<UInt8>) -> Int? {
    if ends(range, ".tar.gz", in: text) { return 7 }
    if ends(range, ".zip", in: text) || ends(range, ".tgz", in: text) { return 4 }
    if ends(range, ".tar.bz2", in: text) { return 8 }
    return ends(range, ".tar.xz", in: text) ? 7 : nil
  }

  /// Where a wheel's version ends, if a build tag or none and three sets of tags follow it.
  private static func endOfWheelVersion(_ rest: Range<Int>, in text: Span<UInt8>) -> Int? {
    var (first, second, third, fourth, count) = (0, 0, 0, 0, 0)
    for index in rest where text[index] == UInt8(ascii: "-") {
      (fourth, third, second, first) = (third, second, first, index)
      count += 1
    }
    // From the last dash back: platform, ABI, Python, and before a build tag one more.
    guard count == 3 || count == 4 else { return nil }
    let end = count == 4 ? fourth : third
    if count == 4 {
      var index = end + 1
      while index < third, isDigit(text[index]) { index += 1 }
      guard index > end + 1, isNumber(end + 1..<index, in: text) else { return nil }
    }
    guard areTags(third + 1..<second, in: text), areTags(second + 1..<first, in: text),
      areTags(first + 1..<rest.upperBound, in: text), areIdentifiers(third + 1..<second, in: text)
    else { return nil }
    return end
  }

  /// Whether an `Int` holds the number.
  private static func isNumber(_ digits: Range<Int>, in text: Span<UInt8>) -> Bool {
    var value = 0
    for index in digits {
      let (product, overflow) = value.multipliedReportingOverflow(by: 10)
      let (sum, carry) = product.addingReportingOverflow(Int(text[index] - UInt8(ascii: "0")))
      if overflow || carry { return false }
      value = sum
    }
    return true
  }

  /// Whether there is a tag before, between and behind the points.
  private static func areTags(_ tags: Range<Int>, in text: Span<UInt8>) -> Bool {
    var previous = UInt8(ascii: ".")
    for index in tags {
      if text[index] == UInt8(ascii: "."), previous == text[index] { return false }
      previous = text[index]
    }
    return previous != UInt8(ascii: ".")
  }

  /// Whether each tag is made of letters, digits and `_` and begins with no digit.
  private static func areIdentifiers(_ tags: Range<Int>, in text: Span<UInt8>) -> Bool {
    var isFirst = true
    for index in tags {
      let byte = text[index]
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"):
        isFirst = false
      case UInt8(ascii: "0")...UInt8(ascii: "9"):
        if isFirst { return false }
      case UInt8(ascii: "."): isFirst = true
      default: return false
      }
    }
    return true
  }
}
