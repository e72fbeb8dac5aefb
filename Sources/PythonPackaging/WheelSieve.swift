/// Tells by the bytes of a wheel's name whether the wheel may be for an environment, without reading the name.
///
/// Every wheel that is passes, and a few that aren't: parts of names are compared by their hash.
package struct WheelSieve: Sendable {
  /// The hashes of tags, ascending.
  private let pythons: [UInt64]
  private let abis: [UInt64]
  private let platforms: [UInt64]

  package init(_ tags: CompatibilityTags) {
    pythons = Self.hashes(of: tags.pythons)
    abis = Self.hashes(of: tags.abis)
    platforms = Self.hashes(of: tags.platforms + ["any"])
  }

  /// Whether a wheel of this name may be for the environment.
  ///
  /// - Parameter name: The file's name, or the end of it that has all three tags: `-cp311-cp311-win_amd64.whl`.
  package func lets(_ name: Span<UInt8>) -> Bool {
    var end = name.count - 4
    return (part(endingAt: &end, of: name, isAmong: platforms) ?? true)
      && (part(endingAt: &end, of: name, isAmong: abis) ?? true)
      && (part(endingAt: &end, of: name, isAmong: pythons) ?? true)
  }

  /// Whether one of the tags of a part is known; nil if the part isn't one of tags.
  private func part(endingAt end: inout Int, of name: Span<UInt8>, isAmong known: [UInt64]) -> Bool? {
    var fits = false
    var hash = Self.seed
    // From the right, since names may have dashes.
    while end > 0 {
      end -= 1
      let byte = name[end]
      switch byte {
      case UInt8(ascii: "-"): return fits || Self.has(known, hash)
      case UInt8(ascii: "."):
        fits = fits || Self.has(known, hash)
        hash = Self.seed
      case 0x80...: return nil
      default: Self.mix(byte, into: &hash)
      }
    }
    return nil
  }

  private static func has(_ known: [UInt64], _ hash: UInt64) -> Bool {
    var (low, high) = (0, known.count)
    while low < high {
      let middle = (low + high) / 2
      if known[middle] == hash { return true }
      if known[middle] < hash { low = middle + 1 } else { high = middle }
    }
    return false
  }

  // MARK: Hashing

  /// The offset basis and the prime of FNV-1a with 64 bits; tags are hashed from their last byte to their first.
  private static var seed: UInt64 { 0xCBF2_9CE4_8422_2325 }
  private static var prime: UInt64 { 0x100_0000_01B3 }

  private static func mix(_ byte: UInt8, into hash: inout UInt64) {
    hash = (hash ^ UInt64(byte.isASCIIUppercase ? byte | 0x20 : byte)) &* prime
  }

  private static func hashes(of tags: [String]) -> [UInt64] {
    tags.map { tag in
      var hash = seed
      for byte in tag.utf8.reversed() { mix(byte, into: &hash) }
      return hash
    }.sorted()
  }
}
