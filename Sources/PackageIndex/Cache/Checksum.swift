/// A fast 64-bit check sum over a key and its value, telling a damaged or misplaced cache row from a good one.
///
/// It guards against accidents (a torn write, a flipped bit), not against someone who may write to the cache
/// directory. Eight bytes are folded in per 64×64→128-bit multiplication, in four chains side by side, since one
/// would wait for each product.
enum Checksum {
  static func of(key: String, value: [UInt8]) -> Int64 {
    var state: UInt64 = 0x9e37_79b9_7f4a_7c15
    var key = key
    key.withUTF8 { mix(&state, UnsafeRawBufferPointer($0)) }
    value.withUnsafeBytes { mix(&state, $0) }
    return Int64(bitPattern: state)
  }

  private static func mix(_ state: inout UInt64, _ bytes: UnsafeRawBufferPointer) {
    var at = 0
    if bytes.count >= 32 {
      var (second, third, fourth) = (state ^ 1, state ^ 2, state ^ 3)
      while at + 32 <= bytes.count {
        fold(&state, word(bytes, at))
        fold(&second, word(bytes, at + 8))
        fold(&third, word(bytes, at + 16))
        fold(&fourth, word(bytes, at + 24))
        at += 32
      }
      for chain in [second, third, fourth] { fold(&state, chain) }
    }
    while at + 8 <= bytes.count {
      fold(&state, word(bytes, at))
      at += 8
    }
    var rest: UInt64 = 0
    while at < bytes.count {
      rest = rest << 8 | UInt64(bytes[at])
      at += 1
    }
    fold(&state, rest)
    fold(&state, UInt64(bytes.count))
  }

  private static func word(_ bytes: UnsafeRawBufferPointer, _ at: Int) -> UInt64 {
    UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: at, as: UInt64.self))
  }

  private static func fold(_ state: inout UInt64, _ word: UInt64) {
    let (high, low) = (state ^ word).multipliedFullWidth(by: 0xd6e8_feb8_6659_fd93)
    state = (high ^ low) &+ 0xa076_1d64_78bd_642f
  }
}
