/// `${NAME}` in a requirements file: pip replaces it by the environment's value; only upper-case letters,
/// digits and `_` make a name (POSIX, IEEE Std 1003.1).
enum EnvironmentVariable {
  static func isNameByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"): true
    default: false
    }
  }
}
