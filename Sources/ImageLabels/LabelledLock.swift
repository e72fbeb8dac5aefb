import PythonPackaging

/// A lockfile as an image's labels name it.
///
/// Example: `requirements.txt` with `sha256:` and the 64 digits that `sha256sum requirements.txt` writes.
package struct LabelledLock: Sendable, Hashable {
  /// So many the labels of an image name: more digests are too long for a word of a command line (128 KiB on Linux).
  package static let most = 1_000

  /// The path from the top of its repository on; of one that is in none, from the working directory on.
  package let path: String
  /// Of the file's bytes: `sha256:` and 64 hexadecimal digits in lower case.
  package let digest: String

  package init(path: String, digest: String) {
    self.path = path
    self.digest = digest
  }

  /// Whether a text is a digest as labels have it.
  static func isDigest(_ text: some StringProtocol) -> Bool {
    let prefix = "sha256:"
    guard text.hasPrefix(prefix), text.utf8.count == prefix.utf8.count + 64 else { return false }
    return text.utf8.dropFirst(prefix.utf8.count).allSatisfy { byte in
      (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
        || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte)
    }
  }
}

/// Paths in the label `repin.lock.path`: every byte that isn't an unreserved character of RFC 3986 (section 2.3) or `/` is
/// percent-encoded (section 2.1).
///
/// So a shell takes the label for one word without quotes, and a comma only ever stands between two paths.
enum LabelledPath {
  static func encoded(_ path: String) -> String {
    var text = ""
    for byte in path.utf8 {
      if isPlain(byte) {
        text.unicodeScalars.append(Unicode.Scalar(byte))
      } else {
        let digits = String(byte, radix: 16, uppercase: true)
        text += digits.utf8.count == 1 ? "%0\(digits)" : "%\(digits)"
      }
    }
    return text
  }

  /// The path; nil if the text encodes none.
  static func decoded(_ text: some StringProtocol) -> String? {
    var bytes: [UInt8] = []
    var rest = Substring(text).utf8
    while let byte = rest.popFirst() {
      if byte == UInt8(ascii: "%") {
        guard let high = digit(rest.popFirst()), let low = digit(rest.popFirst()) else { return nil }
        bytes.append(high << 4 | low)
      } else if isPlain(byte) {
        bytes.append(byte)
      } else {
        return nil
      }
    }
    guard !bytes.isEmpty, !bytes.contains(0) else { return nil }
    return String(validating: bytes, as: UTF8.self)
  }

  private static func isPlain(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
      UInt8(ascii: "~"), UInt8(ascii: "/"):
      true
    default: false
    }
  }

  private static func digit(_ byte: UInt8?) -> UInt8? {
    guard let byte else { return nil }
    return switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
    default: nil
    }
  }
}
