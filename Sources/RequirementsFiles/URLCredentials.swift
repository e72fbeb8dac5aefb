/// The user name and password a URL may carry, and how they are hidden. A lockfile is read by many: a literal
/// credential never reaches it, a `${VARIABLE}` stays, since only its name is written.
package enum URLCredentials {
  /// `url` with a literal password, or a lone token, as `****`; unchanged (byte for byte) if it has none.
  ///
  /// `https://user:secret@host/` → `https://user:****@host/`, `https://token@host/` → `https://****@host/`,
  /// `https://${USER}:${PASSWORD}@host/` and `git+ssh://git@host/` stay: a lone user name of SSH is an account,
  /// not a secret. A URL within text (`name @ https://…`) is not looked for.
  package static func redacted(_ url: String) -> String {
    redact(url) ?? url
  }

  /// Whether `url` carries a literal credential, so that `redacted` changes it.
  package static func areLiteral(in url: String) -> Bool {
    redact(url) != nil
  }

  private static func redact(_ url: String) -> String? {
    guard let authority = authority(of: url) else { return nil }
    guard let at = url[authority].lastIndex(of: "@") else { return nil }
    let userInformation = url[authority.lowerBound..<at]
    let hidden: String
    if let colon = separatorColon(in: userInformation) {
      let password = userInformation[userInformation.index(after: colon)...]
      if password.isEmpty || isVariable(password) || password == "****" { return nil }
      hidden = userInformation[..<colon] + ":****"
    } else {
      let scheme = url[..<authority.lowerBound].lowercased()
      let isAccount = scheme.contains("ssh:") || scheme.contains("sftp:")
      if userInformation.isEmpty || isAccount || isVariable(userInformation) || userInformation == "****" {
        return nil
      }
      hidden = "****"
    }
    return url[..<authority.lowerBound] + hidden + url[at...]
  }

  /// From after `://` to the first of `/?#` that isn't within a `${VARIABLE}`.
  private static func authority(of url: String) -> Range<String.Index>? {
    guard let separator = firstRange(of: "://", in: url) else { return nil }
    let start = separator.upperBound
    let end = url[start...].firstIndex { $0 == "/" || $0 == "?" || $0 == "#" } ?? url.endIndex
    return start..<end
  }

  private static func firstRange(of needle: String, in text: String) -> Range<String.Index>? {
    var start = text.startIndex
    while start < text.endIndex {
      if text[start...].hasPrefix(needle) {
        return start..<text.index(start, offsetBy: needle.count)
      }
      start = text.index(after: start)
    }
    return nil
  }

  private static func separatorColon(in text: Substring) -> String.Index? {
    text.firstIndex(of: ":")
  }

  /// Whether the text is nothing but `${NAME}`s.
  private static func isVariable(_ text: Substring) -> Bool {
    var rest = text
    repeat {
      guard rest.hasPrefix("${"), let close = rest.firstIndex(of: "}") else { return false }
      let name = rest[rest.index(rest.startIndex, offsetBy: 2)..<close]
      guard !name.isEmpty, name.utf8.allSatisfy(EnvironmentVariable.isNameByte) else { return false }
      rest = rest[rest.index(after: close)...]
    } while !rest.isEmpty
    return true
  }
}
