import RequirementsFiles

extension FileReading {
  /// Makes UTF-8 of the file; gives false for what is no text at all.
  ///
  /// A text with some bytes that aren't its encoding's is read with `?` in their place.
  mutating func decode(_ bytes: [UInt8]) -> Bool {
    do throws(RequirementsFileError) {
      text = try SourceText(bytes, file: file.path).utf8
      return true
    } catch {
      let place = FilePlace(line: max(1, error.location.line), column: max(1, error.location.column))
      let isWide = bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF])
      if isWide || Self.isBinary(bytes) {
        fault(
          isWide ? .encoding : .binary, at: isWide ? place : .start,
          found: isWide ? error.found : "a binary file",
          expected: isWide ? error.expected : "a lockfile, which is text", unread: "the file",
          remedy: isWide ? error.remedy : nil)
        return false
      }
      fault(
        .encoding, at: place, found: error.found, expected: error.expected, remedy: "save the file as UTF-8")
      let start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
      text = Self.repaired(bytes[start...])
      return true
    }
  }

  /// Whether NUL and other control characters are more than a slip in a text.
  private static func isBinary(_ bytes: [UInt8]) -> Bool {
    let sample = bytes.prefix(4096)
    let controls = sample.count { $0 < 0x20 && !(0x09...0x0D).contains($0) }
    return bytes.starts(with: [0x50, 0x4B, 0x03, 0x04]) || bytes.starts(with: [0x1F, 0x8B])
      || controls > 2 + sample.count / 50
  }

  private static func repaired(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
    // As many scalars as bytes that are wrong, so that columns stay.
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars {
      if scalar == "\0" || scalar == "\u{FFFD}" {
        result.append(UInt8(ascii: "?"))
      } else {
        UTF8.encode(scalar).map { result.append(contentsOf: $0) }
      }
    }
    return result
  }

  /// Reports the markers that git leaves in a file where a merge stopped, one fault a conflict, and blanks their lines: what
  /// both sides pin is read.
  mutating func blankConflictMarkers() {
    var line = 0
    var start = 0
    var isInConflict = false
    while start < text.count {
      line += 1
      var end = start
      while end < text.count, text[end] != 0x0A { end += 1 }
      if let byte = text[start..<end].first,
        byte == UInt8(ascii: "<") || (0x3D...0x3E).contains(byte) || byte == 0x7C,
        Self.isConflictMarker(text[start..<end])
      {
        let isOpening = byte == UInt8(ascii: "<")
        if isOpening || !isInConflict {
          fault(
            .mergeConflict, at: FilePlace(line: line),
            found:
              "a merge conflict, \(quoted(String(decoding: text[start..<end].prefix(120), as: UTF8.self)))",
            expected: "a file that is merged", remedy: "resolve the conflict, or lock again")
        }
        isInConflict = byte != UInt8(ascii: ">")
        for index in start..<end where text[index] != 0x0D { text[index] = 0x20 }
      }
      start = end + 1
    }
  }

  /// Seven of one of `<`, `|`, `=` and `>`, then a blank or the line's end.
  private static func isConflictMarker(_ line: ArraySlice<UInt8>) -> Bool {
    guard line.count >= 7, let byte = line.first, line.prefix(7).allSatisfy({ $0 == byte }) else {
      return false
    }
    let next = line.dropFirst(7).first
    return next == nil || next == 0x20 || next == 0x0D
  }
}
