/// The address of a git remote on a server, in any of git's forms (`git help urls`).
///
///     https://host[:port]/owner/name.git     ssh://[user@]host[:port]/owner/name     [user@]host:owner/name.git
///
/// Nil for a path, a `file:` URL, and for what has control characters.
package struct RemoteAddress: Sendable, Hashable {
  package enum Scheme: String, Sendable {
    case http
    case https
    case ssh
  }

  package let scheme: Scheme
  /// Lower case.
  package let host: String
  package let port: Int?
  /// What follows the host, with its slash at the front.
  package let path: String
  /// Whether a user is named, with a password or without.
  package let hasUser: Bool

  package init?(_ text: String) {
    guard text.utf8.count <= 2000, text.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7F }) else { return nil }
    var authority: Substring
    var rest: Substring
    if let separator = text.firstIndex(of: ":"), text[separator...].hasPrefix("://") {
      let name = text[..<separator].lowercased()
      let scheme: Scheme? = ["git+ssh", "ssh+git"].contains(name) ? .ssh : Scheme(rawValue: name)
      guard let scheme else { return nil }
      self.scheme = scheme
      let start = text.index(separator, offsetBy: 3)
      let end = text[start...].firstIndex { $0 == "/" || $0 == "?" || $0 == "#" } ?? text.endIndex
      authority = text[start..<end]
      rest = text[end...]
    } else {
      // A colon before the first slash makes a host of what is before it.
      let open = text.firstIndex(of: "[") ?? text.endIndex
      let searched = text.firstIndex(of: "]").flatMap { open < $0 ? $0 : nil } ?? text.startIndex
      guard let colon = text[searched...].firstIndex(of: ":"), !text[..<colon].contains("/") else {
        return nil
      }
      scheme = .ssh
      authority = text[..<colon]
      rest = text[text.index(after: colon)...]
    }
    let at = authority.lastIndex(of: "@")
    hasUser = at != nil
    if let at { authority = authority[authority.index(after: at)...] }
    var port: Int?
    if let colon = authority.lastIndex(of: ":"), !authority[colon...].contains("]") {
      guard let number = Int(authority[authority.index(after: colon)...]), (1...65535).contains(number) else {
        return nil
      }
      port = number
      authority = authority[..<colon]
    }
    guard Self.isHost(authority) else { return nil }
    host = authority.lowercased()
    self.port = port
    path = rest.hasPrefix("/") ? String(rest) : "/\(rest)"
  }

  /// `scheme://host[:port]`.
  var root: String { "\(scheme.rawValue)://\(host)\(port.map { ":\($0)" } ?? "")" }

  /// Whether it is this machine, whatever its resolver says.
  var isLoopback: Bool {
    if host == "localhost" || host == "[::1]" { return true }
    let parts = host.split(separator: ".", omittingEmptySubsequences: false)
    return parts.count == 4 && parts[0] == "127" && parts.allSatisfy { UInt8($0) != nil }
  }

  /// The name alone, or an IPv6 address in brackets.
  private static func isHost(_ text: Substring) -> Bool {
    let isBracketed = text.hasPrefix("[") && text.hasSuffix("]") && text.utf8.count > 2
    let inside = isBracketed ? text.dropFirst().dropLast() : text
    return !inside.isEmpty && !inside.hasPrefix("-")
      && inside.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"):
          true
        case UInt8(ascii: ":"): isBracketed
        default: false
        }
      }
  }
}
