/// An absolute `http` or `https` URL without its fragment, split where requests need it split (RFC 3986).
///
/// `host` is lower case and keeps the brackets of an IPv6 address; `target` begins with `/` and holds only
/// visible ASCII (other bytes are percent-encoded). User information never appears in `text`.
///
///     WebAddress("https://me:pw@Index.Example/simple")?.text == "https://index.example/simple"
struct WebAddress: Sendable, Hashable, CustomStringConvertible {
  enum Scheme: String, Sendable {
    case http
    case https
  }

  /// What two addresses must share for credentials to pass between them (RFC 6454).
  struct Origin: Sendable, Hashable, Comparable {
    var scheme: Scheme
    var host: String
    var port: Int

    static func < (left: Origin, right: Origin) -> Bool {
      (left.host, left.port, left.scheme.rawValue) < (right.host, right.port, right.scheme.rawValue)
    }
  }

  var scheme: Scheme
  /// As written, percent-encoded: `user` or `user:password`.
  var userInformation: String?
  var host: String
  /// Only if written and not the scheme's own.
  var port: Int?
  /// Path and query.
  var target: String

  /// Nil for anything but an absolute `http(s)` URL with a host and without control characters.
  init?(_ text: String) {
    guard let separator = text.firstRange(ofASCII: "://") else { return nil }
    guard let scheme = Scheme(rawValue: text[..<separator.lowerBound].lowercased()) else { return nil }
    let rest = text[separator.upperBound...].prefix { $0 != "#" }
    let authorityEnd = rest.firstIndex { $0 == "/" || $0 == "?" } ?? rest.endIndex
    var authority = rest[..<authorityEnd]
    self.scheme = scheme
    if let at = authority.lastIndex(of: "@") {
      let information = String(authority[..<at])
      userInformation = information.isEmpty ? nil : information
      authority = authority[authority.index(after: at)...]
    }
    if let colon = authority.lastIndex(of: ":"), !authority[colon...].contains("]") {
      let digits = authority[authority.index(after: colon)...]
      if !digits.isEmpty {
        guard let number = Int(digits), (1...65535).contains(number), digits.allSatisfy(\.isASCII) else {
          return nil
        }
        port = number == WebAddress.defaultPort(scheme) ? nil : number
      }
      authority = authority[..<colon]
    }
    guard WebAddress.isHost(authority) else { return nil }
    host = authority.lowercased()
    guard let target = WebAddress.encoded(rest[authorityEnd...]) else { return nil }
    self.target = target.hasPrefix("/") ? target : "/" + target
  }

  static func defaultPort(_ scheme: Scheme) -> Int { scheme == .https ? 443 : 80 }

  var origin: Origin { Origin(scheme: scheme, host: host, port: port ?? WebAddress.defaultPort(scheme)) }

  /// The host without an IPv6 address's brackets.
  var bareHost: String {
    host.hasPrefix("[") && host.hasSuffix("]") ? String(host.dropFirst().dropLast()) : host
  }

  /// Path without query.
  var path: Substring { target.prefix { $0 != "?" } }

  /// `scheme://host[:port]/path?query`.
  var text: String { "\(scheme.rawValue)://\(host)\(port.map { ":\($0)" } ?? "")\(target)" }

  /// Fit for a message: no user information and no query, which may carry a signature.
  var redacted: String {
    let hasQuery = target.contains("?")
    return "\(scheme.rawValue)://\(host)\(port.map { ":\($0)" } ?? "")\(path)\(hasQuery ? "?…" : "")"
  }

  var description: String { redacted }

  /// `reference` against this address (RFC 3986 §5.2), user information dropped.
  func resolving(_ reference: String) -> WebAddress? {
    let reference = String(reference.prefix { $0 != "#" })
    var base = self
    base.userInformation = nil
    if reference.isEmpty { return base }
    if WebAddress.hasScheme(reference) { return WebAddress(reference) }
    if reference.hasPrefix("//") { return WebAddress("\(scheme.rawValue):\(reference)") }
    let merged: String
    if reference.hasPrefix("/") {
      merged = reference
    } else if reference.hasPrefix("?") {
      merged = path + reference
    } else {
      let directory = path.lastIndex(of: "/").map { path[...$0] } ?? "/"
      merged = directory + reference
    }
    guard let target = WebAddress.encoded(Substring(merged)) else { return nil }
    base.target = WebAddress.removingDotSegments(target)
    return base
  }

  /// This address with `suffix` after its path: `…/a.whl` → `…/a.whl.metadata`; a query stays last.
  func appending(toPath suffix: String) -> WebAddress {
    var result = self
    result.target = path + suffix + target.dropFirst(path.count)
    return result
  }

  // MARK: Pieces

  /// `name`, `1.2.3.4` or `[::1]`, the brackets with nothing around them.
  private static func isHost(_ text: Substring) -> Bool {
    guard text.hasPrefix("[") else { return !text.isEmpty && text.utf8.allSatisfy(isHostByte) }
    let inside = text.dropFirst().dropLast()
    return text.hasSuffix("]") && inside.utf8.contains(UInt8(ascii: ":"))
      && inside.utf8.allSatisfy { isHostByte($0) || $0 == UInt8(ascii: ":") }
  }

  private static func isHostByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"):
      true
    case UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "%"): true
    default: false
    }
  }

  private static func hasScheme(_ text: String) -> Bool {
    guard let colon = text.utf8.firstIndex(of: UInt8(ascii: ":")), colon > text.startIndex else {
      return false
    }
    return text[..<colon].utf8.allSatisfy { byte in
      (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
        || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || byte == UInt8(ascii: "+")
        || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".")
    }
  }

  /// Bytes outside visible ASCII, and those RFC 3986 has no place for, percent-encoded; nil for a control.
  private static func encoded(_ text: Substring) -> String? {
    var result: [UInt8] = []
    for byte in text.utf8 {
      switch byte {
      case 0..<0x20, 0x7f: return nil
      case UInt8(ascii: " "), UInt8(ascii: "\""), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "\\"),
        UInt8(ascii: "^"), UInt8(ascii: "`"), UInt8(ascii: "{"), UInt8(ascii: "|"), UInt8(ascii: "}"),
        0x80...:
        result.append(UInt8(ascii: "%"))
        result.append(hexadecimalDigit(byte >> 4, upperCase: true))
        result.append(hexadecimalDigit(byte & 0xf, upperCase: true))
      default: result.append(byte)
      }
    }
    return String(decoding: result, as: UTF8.self)
  }

  private static func removingDotSegments(_ target: String) -> String {
    let path = target.prefix { $0 != "?" }
    guard path.contains("/.") else { return target }
    var kept: [Substring] = []
    let segments = path.dropFirst().split(separator: "/", omittingEmptySubsequences: false)
    for (index, segment) in segments.enumerated() {
      let isLast = index == segments.count - 1
      switch segment {
      case ".": if isLast { kept.append("") }
      case "..":
        _ = kept.popLast()
        if isLast { kept.append("") }
      default: kept.append(segment)
      }
    }
    return "/" + kept.joined(separator: "/") + target.dropFirst(path.count)
  }
}

/// The digit for the low four bits of `value`.
func hexadecimalDigit(_ value: UInt8, upperCase: Bool = false) -> UInt8 {
  let value = value & 0xf
  return value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: upperCase ? "A" : "a") + value - 10
}

extension StringProtocol {
  /// The first place of an ASCII `pattern`.
  func firstRange(ofASCII pattern: String) -> Range<Index>? {
    let pattern = Array(pattern.utf8)
    var start = utf8.startIndex
    while start < utf8.endIndex {
      if utf8[start...].starts(with: pattern) {
        return start..<utf8.index(start, offsetBy: pattern.count)
      }
      start = utf8.index(after: start)
    }
    return nil
  }
}

extension StringProtocol where SubSequence == Substring {
  /// Without spaces, tabs and line ends at either end.
  var trimmed: Substring {
    let bytes = self[...].utf8
    func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0d).contains(byte) }
    guard let first = bytes.firstIndex(where: { !isBlank($0) }),
      let last = bytes.lastIndex(where: { !isBlank($0) })
    else { return "" }
    return self[first...last]
  }
}
