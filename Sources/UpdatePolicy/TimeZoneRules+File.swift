extension TimeZoneRules {
  /// The greatest size of a file; the tz database's own are below 4 KB, and below 8 KB where every year is written out.
  package static let greatestSize = 65_536

  /// Reads the bytes of a file of the tz database, versions 1 to 4 (RFC 9636): of two blocks in it the one with 64 bits, and
  /// the footer's rule. Of the other block the counts alone are looked at, since they tell where it ends.
  ///
  /// - Throws: ``TimeZoneError`` with the offset of the fault.
  package init(contentsOfFile bytes: [UInt8]) throws(TimeZoneError) {
    guard bytes.count <= Self.greatestSize else {
      throw TimeZoneError(.tooLarge(limit: Self.greatestSize), at: Self.greatestSize)
    }
    let first = try Header(in: bytes, at: 0)
    guard first.version > 1 else {
      self = try first.rules(in: bytes, timeWidth: 4, rule: nil)
      return
    }
    let second = try Header(in: bytes, at: first.end(timeWidth: 4))
    let footer = second.end(timeWidth: 8)
    self = try second.rules(in: bytes, timeWidth: 8, rule: Self.rule(in: bytes, at: footer))
  }

  /// The footer: a line end, the rule or nothing, a line end (RFC 9636, section 3.3).
  private static func rule(in bytes: [UInt8], at start: Int) throws(TimeZoneError) -> PosixTimeZone? {
    let newline = UInt8(ascii: "\n")
    guard start < bytes.count else { throw TimeZoneError(.truncated, at: bytes.count) }
    guard bytes.count >= start + 2, bytes[start] == newline,
      let end = bytes[(start + 1)...].firstIndex(of: newline), end == bytes.count - 1
    else { throw TimeZoneError(.footer, at: start) }
    if end == start + 1 { return nil }
    guard let rule = PosixTimeZone(bytes[start + 1..<end]) else {
      throw TimeZoneError(.rule, at: start + 1)
    }
    return rule
  }
}

/// The header of a block (RFC 9636, section 3.1).
private struct Header {
  static let size = 44

  /// The block's place, header included.
  let start: Int
  /// 1 to 4.
  let version: Int
  let utIndicators: Int
  let standardIndicators: Int
  let leapSeconds: Int
  let transitions: Int
  let types: Int
  let nameBytes: Int

  init(in bytes: [UInt8], at start: Int) throws(TimeZoneError) {
    guard start < bytes.count else { throw TimeZoneError(.truncated, at: bytes.count) }
    guard bytes[start...].starts(with: "TZif".utf8) else {
      throw TimeZoneError(.noMagic, at: start)
    }
    guard bytes.count - start >= Self.size else { throw TimeZoneError(.truncated, at: bytes.count) }
    switch bytes[start + 4] {
    case 0: version = 1
    case UInt8(ascii: "2")...UInt8(ascii: "4"): version = Int(bytes[start + 4] - UInt8(ascii: "0"))
    case let byte: throw TimeZoneError(.version(byte), at: start + 4)
    }
    self.start = start
    func count(_ index: Int) -> Int {
      Int(bytes.bigEndian(at: start + 20 + index * 4, width: 4)) & 0xFFFF_FFFF
    }
    utIndicators = count(0)
    standardIndicators = count(1)
    leapSeconds = count(2)
    transitions = count(3)
    types = count(4)
    nameBytes = count(5)
  }

  private func transitionTypes(timeWidth: Int) -> Int { start + Self.size + transitions * timeWidth }

  private func typeRecords(timeWidth: Int) -> Int { transitionTypes(timeWidth: timeWidth) + transitions }

  /// The first byte behind the block. Each count is below 2^32, so that nothing overflows.
  func end(timeWidth: Int) -> Int {
    typeRecords(timeWidth: timeWidth) + types * 6 + nameBytes + leapSeconds * (timeWidth + 4)
      + standardIndicators
      + utIndicators
  }

  func rules(
    in bytes: [UInt8], timeWidth: Int, rule: PosixTimeZone?
  ) throws(TimeZoneError) -> TimeZoneRules {
    guard end(timeWidth: timeWidth) <= bytes.count else { throw TimeZoneError(.truncated, at: bytes.count) }
    guard (1...256).contains(types), nameBytes > 0, utIndicators == 0 || utIndicators == types,
      standardIndicators == 0 || standardIndicators == types
    else { throw TimeZoneError(.counts, at: start + 20) }
    guard leapSeconds == 0 else { throw TimeZoneError(.leapSeconds, at: start + 28) }
    var offsets: [Int] = []
    for index in 0..<types {
      let place = typeRecords(timeWidth: timeWidth) + index * 6
      let offset = Int(bytes.bigEndian(at: place, width: 4))
      guard abs(offset) <= TimeZoneRules.greatestOffset else {
        throw TimeZoneError(.utcOffset(offset), at: place)
      }
      guard bytes[place + 4] < 2 else { throw TimeZoneError(.flag(bytes[place + 4]), at: place + 4) }
      guard Int(bytes[place + 5]) < nameBytes else { throw TimeZoneError(.index, at: place + 5) }
      offsets.append(offset)
    }
    var moments: [Int64] = []
    var kinds: [Int] = []
    for index in 0..<transitions {
      let place = start + Self.size + index * timeWidth
      let moment = bytes.bigEndian(at: place, width: timeWidth)
      if let last = moments.last, last >= moment { throw TimeZoneError(.order, at: place) }
      let kindPlace = transitionTypes(timeWidth: timeWidth) + index
      guard Int(bytes[kindPlace]) < types else { throw TimeZoneError(.index, at: kindPlace) }
      moments.append(moment)
      kinds.append(offsets[Int(bytes[kindPlace])])
    }
    return TimeZoneRules(
      initialOffset: offsets[0], transitions: moments, offsets: kinds, rule: rule)
  }
}

extension [UInt8] {
  /// A number in two's complement, the greatest byte first (RFC 9636, section 3).
  fileprivate func bigEndian(at place: Int, width: Int) -> Int64 {
    let bits = self[place..<place + width].reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    let unused = 64 - width * 8
    return Int64(bitPattern: bits << UInt64(unused)) >> Int64(unused)
  }
}
