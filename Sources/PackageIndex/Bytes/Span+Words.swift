extension Span where Element == UInt8 {
  /// Eight bytes as a number, the first one lowest. The optimiser makes one load of it.
  ///
  /// - Precondition: The eight bytes from `index` on exist.
  @inline(__always)
  func word(at index: Int) -> UInt64 {
    let eight = extracting(index..<(index &+ 8))
    return UInt64(eight[0]) | UInt64(eight[1]) << 8 | UInt64(eight[2]) << 16 | UInt64(eight[3]) << 24
      | UInt64(eight[4]) << 32 | UInt64(eight[5]) << 40 | UInt64(eight[6]) << 48 | UInt64(eight[7]) << 56
  }

  /// Whether these ASCII characters stand at an index.
  func holds(_ word: StaticString, at start: Int) -> Bool {
    guard count - start >= word.utf8CodeUnitCount else { return false }
    return word.withUTF8Buffer { word in
      for index in word.indices where self[start + index] != word[index] { return false }
      return true
    }
  }

  /// Whether the bytes of a range are those of another span's range of the same length.
  func isEqual(_ range: Range<Int>, to other: Span<UInt8>, from start: Int) -> Bool {
    var index = range.lowerBound
    let distance = start - index
    while range.upperBound - index >= 8 {
      if word(at: index) != other.word(at: index + distance) { return false }
      index += 8
    }
    while index < range.upperBound {
      if self[index] != other[index + distance] { return false }
      index += 1
    }
    return true
  }

  /// Whether the bytes of one range come before those of another, compared as unsigned bytes.
  func precedes(_ left: Range<Int>, _ right: Range<Int>) -> Bool {
    let common = Swift.min(left.count, right.count)
    var offset = 0
    while common - offset >= 8 {
      let (first, second) = (word(at: left.lowerBound + offset), word(at: right.lowerBound + offset))
      if first != second { return first.byteSwapped < second.byteSwapped }
      offset += 8
    }
    while offset < common {
      let (first, second) = (self[left.lowerBound + offset], self[right.lowerBound + offset])
      if first != second { return first < second }
      offset += 1
    }
    return left.count < right.count
  }
}
