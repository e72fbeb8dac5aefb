/// Distinct byte strings, each kept once and numbered in the order of first being seen.
///
/// A string that collides with many others is kept again under another number: the time for each is bounded
/// whatever the strings are, at the cost of some space.
struct ByteInterner {
  /// The greatest length of a string, in bytes.
  static let greatestLength = Int(UInt16.max)

  /// Each string behind its length, two bytes with the lower first.
  private(set) var bytes: [UInt8] = []
  /// Where each string's length stands in ``bytes``, by number.
  private(set) var offsets: [Int] = []
  /// The hash's upper half with a string's number plus one in the lower, 0 where free.
  private var slots = [UInt64](repeating: 0, count: 64)
  private static let probeLimit = 16

  /// The number of the string at a range of a text.
  ///
  /// - Precondition: The string is at most ``greatestLength`` bytes long.
  mutating func number(of range: Range<Int>, in text: Span<UInt8>) -> Int {
    if offsets.count * 2 >= slots.count { grow() }
    let hash = ByteInterner.hash(range, in: text)
    let mark = hash & ByteInterner.upperHalf
    let mask = slots.count - 1
    var index = Int(truncatingIfNeeded: hash >> 32) & mask
    var probes = 0
    while slots[index] != 0, probes < ByteInterner.probeLimit {
      if slots[index] & ByteInterner.upperHalf == mark {
        let number = Int(slots[index] & ~ByteInterner.upperHalf) - 1
        if length(of: number) == range.count,
          text.isEqual(range, to: bytes.span, from: offsets[number] + 2)
        {
          return number
        }
      }
      index = (index + 1) & mask
      probes += 1
    }
    let number = offsets.count
    if slots[index] == 0 { slots[index] = mark | UInt64(number + 1) }
    offsets.append(bytes.count)
    bytes.append(UInt8(truncatingIfNeeded: range.count))
    bytes.append(UInt8(truncatingIfNeeded: range.count >> 8))
    for index in range { bytes.append(text[index]) }
    return number
  }

  private func length(of number: Int) -> Int {
    let offset = offsets[number]
    return Int(bytes[offset]) | Int(bytes[offset + 1]) << 8
  }

  private mutating func grow() {
    let old = slots
    slots = [UInt64](repeating: 0, count: old.count * 2)
    let mask = slots.count - 1
    for slot in old where slot != 0 {
      var index = Int(truncatingIfNeeded: slot >> 32) & mask
      var probes = 0
      while slots[index] != 0, probes < ByteInterner.probeLimit {
        index = (index + 1) & mask
        probes += 1
      }
      if slots[index] == 0 { slots[index] = slot }
    }
  }

  private static let upperHalf: UInt64 = 0xFFFF_FFFF_0000_0000

  private static func hash(_ range: Range<Int>, in text: Span<UInt8>) -> UInt64 {
    var hash = UInt64(range.count) &* multiplier
    var index = range.lowerBound
    while range.upperBound - index >= 8 {
      hash = mix(hash ^ text.word(at: index))
      index += 8
    }
    var rest: UInt64 = 0
    while index < range.upperBound {
      rest = rest << 8 | UInt64(text[index])
      index += 1
    }
    return mix(hash ^ rest)
  }

  private static func mix(_ value: UInt64) -> UInt64 {
    let (high, low) = value.multipliedFullWidth(by: multiplier)
    return high ^ low
  }

  private static let multiplier: UInt64 = 0x9E37_79B9_7F4A_7C15
}
