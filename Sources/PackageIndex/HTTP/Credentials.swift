/// A user name and password for HTTP Basic authentication (RFC 7617). Its description shows neither.
package struct Credentials: Sendable, Hashable, CustomStringConvertible, CustomDebugStringConvertible {
  /// Decoded.
  package var user: String
  /// Decoded.
  package var password: String

  /// Both decoded.
  package init(user: String, password: String) {
    self.user = user
    self.password = password
  }

  /// From a URL's `user:password`, percent-decoded.
  init(userInformation: String) {
    let parts = userInformation.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    user = percentDecoded(parts[0])
    password = parts.count == 2 ? percentDecoded(parts[1]) : ""
  }

  /// The value of `Authorization`.
  var authorization: String { "Basic " + base64(Array("\(user):\(password)".utf8)) }

  /// Every form in which the password may turn up in a program's output, itself percent-encoded or not; that of the user
  /// name where there is no password: it is a token then.
  var secrets: [String] {
    let secret = password.isEmpty ? user : password
    return [secret, percentEncoded(secret), String(authorization.dropFirst("Basic ".count))]
  }

  /// Stars.
  package var description: String { "****" }
  /// Stars.
  package var debugDescription: String { "****" }
}

/// `%xx` decoded; a `%` without two digits stays.
func percentDecoded(_ text: some StringProtocol) -> String {
  var result: [UInt8] = []
  let bytes = Array(text.utf8)
  var at = 0
  while at < bytes.count {
    if bytes[at] == UInt8(ascii: "%"), at + 2 < bytes.count, let high = hexadecimalValue(bytes[at + 1]),
      let low = hexadecimalValue(bytes[at + 2])
    {
      result.append(high << 4 | low)
      at += 3
    } else {
      result.append(bytes[at])
      at += 1
    }
  }
  return String(decoding: result, as: UTF8.self)
}

/// All but RFC 3986's unreserved characters as `%XX`.
func percentEncoded(_ text: String) -> String {
  var result: [UInt8] = []
  for byte in text.utf8 {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
      UInt8(ascii: "~"):
      result.append(byte)
    default:
      result += [
        UInt8(ascii: "%"), hexadecimalDigit(byte >> 4, upperCase: true),
        hexadecimalDigit(byte, upperCase: true),
      ]
    }
  }
  return String(decoding: result, as: UTF8.self)
}

func hexadecimalValue(_ byte: UInt8) -> UInt8? {
  switch byte {
  case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
  case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
  case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
  default: nil
  }
}

/// RFC 4648 §4, padded.
func base64(_ bytes: [UInt8]) -> String {
  let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
  var result: [UInt8] = []
  result.reserveCapacity((bytes.count + 2) / 3 * 4)
  for start in stride(from: 0, to: bytes.count, by: 3) {
    let count = min(3, bytes.count - start)
    var group = UInt32(bytes[start]) << 16
    if count > 1 { group |= UInt32(bytes[start + 1]) << 8 }
    if count > 2 { group |= UInt32(bytes[start + 2]) }
    for index in 0..<4 {
      let digit = Int(group >> UInt32(18 - 6 * index)) & 0x3f
      result.append(index <= count ? alphabet[digit] : UInt8(ascii: "="))
    }
  }
  return String(decoding: result, as: UTF8.self)
}
