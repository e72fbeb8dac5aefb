import PythonPackaging

/// Checks downloaded bytes against what an index announced.
package enum FileHash {
  /// SHA-256 in lower-case hexadecimal.
  package static func sha256(_ bytes: [UInt8]) -> String { digest(bytes, .sha256) }

  /// The digest by an algorithm of Python's `hashlib`; nil for one that isn't known here.
  static func digest(_ bytes: [UInt8], algorithm: String) -> String? {
    RunningDigest.Algorithm(rawValue: algorithm).map { digest(bytes, $0) }
  }

  private static func digest(_ bytes: [UInt8], _ algorithm: RunningDigest.Algorithm) -> String {
    var running = RunningDigest(algorithm)
    running.update(bytes)
    return hexadecimal(running.finish())
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
  static func hexadecimal(_ digest: [UInt8]) -> String {
    var text: [UInt8] = []
    for byte in digest {
      text.append(hexadecimalDigit(byte >> 4))
      text.append(hexadecimalDigit(byte))
    }
    return String(decoding: text, as: UTF8.self)
  }
}
