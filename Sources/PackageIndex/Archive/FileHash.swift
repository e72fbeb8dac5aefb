import Crypto
import PythonPackaging

/// Checks downloaded bytes against what an index announced.
package enum FileHash {
  /// SHA-256 in lower-case hexadecimal.
  package static func sha256(_ bytes: [UInt8]) -> String { hexadecimal(SHA256.hash(data: bytes)) }

  /// The digest by an algorithm of Python's `hashlib`; nil for one that isn't known here.
  static func digest(_ bytes: [UInt8], algorithm: String) -> String? {
    switch algorithm {
    case "sha256": sha256(bytes)
    case "sha384": hexadecimal(SHA384.hash(data: bytes))
    case "sha512": hexadecimal(SHA512.hash(data: bytes))
    case "sha1": hexadecimal(Insecure.SHA1.hash(data: bytes))
    case "md5": hexadecimal(Insecure.MD5.hash(data: bytes))
    default: nil
    }
  }

  /// Throws `.hashMismatch` at the first announced digest the bytes don't have.
  static func check(
    _ bytes: [UInt8], of filename: String, digests: [Distribution.Digest], from url: String
  ) throws(IndexError) {
    for announced in digests {
      guard let found = digest(bytes, algorithm: announced.algorithm), found != announced.hex.lowercased()
      else { continue }
      throw .hashMismatch(
        file: filename, url: url, algorithm: announced.algorithm,
        expected: announced.hex, found: found)
    }
  }

  /// Bytes in lower-case hexadecimal.
  static func hexadecimal(_ digest: some Sequence<UInt8>) -> String {
    var text: [UInt8] = []
    for byte in digest {
      text.append(hexadecimalDigit(byte >> 4))
      text.append(hexadecimalDigit(byte))
    }
    return String(decoding: text, as: UTF8.self)
  }
}
