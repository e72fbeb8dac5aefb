extension Version {
  /// Reads a version from UTF-8 bytes, in any spelling PEP 440 allows (appendix B), white space around it
  /// allowed:
  ///
  ///     version = space* "v"? (digits "!")? digits ("." digits)* pre? post? dev? local? space*
  ///     pre     = sep? ("alpha" | "a" | "beta" | "b" | "preview" | "pre" | "c" | "rc") sep? digits?
  ///     post    = "-" digits | sep? ("post" | "rev" | "r") sep? digits?
  ///     dev     = sep? "dev" sep? digits?
  ///     local   = "+" alnum+ (sep alnum+)*
  ///     sep     = "." | "-" | "_"
  ///
  /// Letters in either case. A missing number counts as 0.
  ///
  /// - Throws: ``VersionError``, its offset in bytes. Beyond PEP 440, a number greater than
  ///   ``greatestNumber`` and a text longer than ``greatestLength`` are errors.
  package init(utf8 bytes: Span<UInt8>) throws(VersionError) {
    guard bytes.count <= Version.greatestLength else {
      throw VersionError(
        offset: Version.greatestLength, reason: .tooLong(limit: Version.greatestLength))
    }
    var index = PythonWhiteSpace.skip(from: 0, in: bytes)
    self = try Version.parse(bytes, at: &index)
    index = PythonWhiteSpace.skip(from: index, in: bytes)
    if let found = scalar(at: index, in: bytes) {
      throw VersionError(offset: index, reason: .unexpected(found: found))
    }
  }

  /// Reads the longest version that starts at `index`, and moves `index` behind it.
  static func parse(_ bytes: Span<UInt8>, at index: inout Int) throws(VersionError) -> Version {
    let start = index
    if letter(at: index, in: bytes) == UInt8(ascii: "v") { index += 1 }
    var epoch = 0
    var first = try number(in: bytes, at: &index)
    if index < bytes.count, bytes[index] == UInt8(ascii: "!") {
      index += 1
      epoch = first
      first = try number(in: bytes, at: &index)
    }
    var (second, third, fourth, count) = (0, 0, 0, 1)
    var rest: [Int] = []
    while index + 1 < bytes.count, bytes[index] == UInt8(ascii: "."), isDigit(bytes[index + 1]) {
      index += 1
      let segment = try number(in: bytes, at: &index)
      count += 1
      switch count {
      case 2: second = segment
      case 3: third = segment
      case 4: fourth = segment
      default: rest.append(segment)
      }
    }
    let pre = try preRelease(in: bytes, at: &index)
    let post = try postRelease(in: bytes, at: &index)
    let dev = try developmentRelease(in: bytes, at: &index)
    let local = try localSegments(in: bytes, at: &index)
    guard index - start <= greatestLength else {
      throw VersionError(offset: start + greatestLength, reason: .tooLong(limit: greatestLength))
    }
    if epoch == 0, local.isEmpty, count <= packedSegmentLimit,
      let suffix = suffix(pre: pre, post: post, dev: dev)
    {
      let key = key(first, second, third, fourth, kind: suffix.kind, number: suffix.number)
      if key != 0 { return Version(key: key, segmentCount: UInt8(count)) }
    }
    let release = Array([first, second, third, fourth].prefix(count)) + rest
    return Version(epoch: epoch, release: release, pre: pre, post: post, dev: dev, local: local)
  }

  private static func preRelease(
    in bytes: Span<UInt8>, at index: inout Int
  ) throws(VersionError) -> PreRelease? {
    let start = index + (isSeparator(at: index, in: bytes) ? 1 : 0)
    let kind: PreRelease.Kind
    let length: Int
    switch letter(at: start, in: bytes) {
    case UInt8(ascii: "a"): (kind, length) = (.alpha, word("alpha", at: start, in: bytes) ? 5 : 1)
    case UInt8(ascii: "b"): (kind, length) = (.beta, word("beta", at: start, in: bytes) ? 4 : 1)
    case UInt8(ascii: "c"): (kind, length) = (.candidate, 1)
    case UInt8(ascii: "r"):
      guard word("rc", at: start, in: bytes) else { return nil }
      (kind, length) = (.candidate, 2)
    case UInt8(ascii: "p"):
      guard word("pre", at: start, in: bytes) else { return nil }
      (kind, length) = (.candidate, word("preview", at: start, in: bytes) ? 7 : 3)
    default: return nil
    }
    index = start + length
    return PreRelease(kind: kind, number: try suffixNumber(in: bytes, at: &index))
  }

  private static func postRelease(in bytes: Span<UInt8>, at index: inout Int) throws(VersionError) -> Int? {
    if index + 1 < bytes.count, bytes[index] == UInt8(ascii: "-"), isDigit(bytes[index + 1]) {
      index += 1
      return try number(in: bytes, at: &index)
    }
    let start = index + (isSeparator(at: index, in: bytes) ? 1 : 0)
    let length: Int
    switch letter(at: start, in: bytes) {
    case UInt8(ascii: "p"):
      guard word("post", at: start, in: bytes) else { return nil }
      length = 4
    case UInt8(ascii: "r"): length = word("rev", at: start, in: bytes) ? 3 : 1
    default: return nil
    }
    index = start + length
    return try suffixNumber(in: bytes, at: &index)
  }

  private static func developmentRelease(
    in bytes: Span<UInt8>, at index: inout Int
  ) throws(VersionError) -> Int? {
    let start = index + (isSeparator(at: index, in: bytes) ? 1 : 0)
    guard word("dev", at: start, in: bytes) else { return nil }
    index = start + 3
    return try suffixNumber(in: bytes, at: &index)
  }

  private static func localSegments(
    in bytes: Span<UInt8>, at index: inout Int
  ) throws(VersionError) -> [LocalSegment] {
    guard index < bytes.count, bytes[index] == UInt8(ascii: "+") else { return [] }
    var segments: [LocalSegment] = []
    repeat {
      index += 1
      let start = index
      var hasLetter = false
      while index < bytes.count, isDigit(bytes[index]) || letter(at: index, in: bytes) != 0 {
        hasLetter = hasLetter || !isDigit(bytes[index])
        index += 1
      }
      guard index > start else {
        throw VersionError(
          offset: index, reason: .expectedLocalSegment(found: scalar(at: index, in: bytes)))
      }
      if hasLetter {
        var text = ""
        for position in start..<index {
          let byte = bytes[position]
          text.unicodeScalars.append(Unicode.Scalar(isDigit(byte) ? byte : byte | 0x20))
        }
        segments.append(.text(text))
      } else {
        var position = start
        segments.append(.number(try number(in: bytes, at: &position)))
      }
    } while isSeparator(at: index, in: bytes)
    return segments
  }

  /// The number of a pre, post or dev segment, with or without a separator; 0 if none is written.
  private static func suffixNumber(in bytes: Span<UInt8>, at index: inout Int) throws(VersionError) -> Int {
    if isSeparator(at: index, in: bytes) { index += 1 }
    guard index < bytes.count, isDigit(bytes[index]) else { return 0 }
    return try number(in: bytes, at: &index)
  }

  /// A run of at least one digit.
  private static func number(in bytes: Span<UInt8>, at index: inout Int) throws(VersionError) -> Int {
    let start = index
    var value = 0
    while index < bytes.count, isDigit(bytes[index]) {
      let (product, overflow) = value.multipliedReportingOverflow(by: 10)
      let (sum, carry) = product.addingReportingOverflow(Int(bytes[index] - UInt8(ascii: "0")))
      guard !overflow, !carry, sum <= greatestNumber else {
        throw VersionError(offset: start, reason: .numberTooLarge)
      }
      value = sum
      index += 1
    }
    guard index > start else {
      throw VersionError(offset: index, reason: .expectedDigit(found: scalar(at: index, in: bytes)))
    }
    return value
  }
}

private func isDigit(_ byte: UInt8) -> Bool { byte &- UInt8(ascii: "0") < 10 }

private func isSeparator(at index: Int, in bytes: Span<UInt8>) -> Bool {
  guard index < bytes.count else { return false }
  return switch bytes[index] {
  case UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "_"): true
  default: false
  }
}

/// The ASCII letter at an index in lower case, 0 if there is none.
private func letter(at index: Int, in bytes: Span<UInt8>) -> UInt8 {
  guard index < bytes.count else { return 0 }
  let lowered = bytes[index] | 0x20
  return lowered &- UInt8(ascii: "a") < 26 ? lowered : 0
}

/// Whether a word of lower-case ASCII letters starts at an index, in either case.
private func word(_ word: StaticString, at index: Int, in bytes: Span<UInt8>) -> Bool {
  guard index + word.utf8CodeUnitCount <= bytes.count else { return false }
  return word.withUTF8Buffer { letters in
    for offset in letters.indices where letter(at: index + offset, in: bytes) != letters[offset] {
      return false
    }
    return true
  }
}
