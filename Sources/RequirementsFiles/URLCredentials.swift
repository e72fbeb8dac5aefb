/// The user name and password a URL may carry, and how they are hidden or left out. A lockfile is read by many: a literal
/// credential never reaches it, a `${VARIABLE}` stays, since only its name is written.
package enum URLCredentials {
  /// `url` with a literal password, or a lone token, as `****`; unchanged (byte for byte) if it has none.
  ///
  /// `https://user:secret@host/` → `https://user:****@host/`, `https://token@host/` → `https://****@host/`,
  /// `https://${USER}:${PASSWORD}@host/` and `git+ssh://git@host/` stay: a lone user name of SSH is an account,
  /// not a secret. A URL within text (`name @ https://…`) is not looked for.
  package static func redacted(_ url: String) -> String {
    guard let literal = literal(in: url) else { return url }
    return String(url[..<literal.secret.lowerBound] + "****" + url[literal.secret.upperBound...])
  }

  /// `url` without a literal password, or without a lone token and its `@`; unchanged if it has none. The user name stays,
  /// so that netrc and the keyring are asked for its password.
  ///
  /// `https://user:secret@host/` → `https://user@host/`, `https://token@host/` → `https://host/`. The `****` of
  /// ``redacted(_:)``, which is no password, goes too.
  package static func withoutLiteral(_ url: String) -> String {
    guard let literal = literal(in: url, orStars: true) else { return url }
    return String(url[..<literal.removed.lowerBound] + url[literal.removed.upperBound...])
  }

  /// Whether `url` carries a literal credential, so that `redacted` changes it.
  package static func areLiteral(in url: String) -> Bool {
    literal(in: url) != nil
  }

  /// Where a literal credential is.
  private struct Literal {
    /// The password or the token.
    var secret: Range<String.Index>
    /// What goes with it: its colon or its `@`.
    var removed: Range<String.Index>
  }

  private static func literal(in url: String, orStars: Bool = false) -> Literal? {
    guard let authority = authority(of: url) else { return nil }
    guard let at = url[authority].lastIndex(of: "@") else { return nil }
    let userInformation = url[authority.lowerBound..<at]
    let afterAt = url.index(after: at)
    if let colon = separatorColon(in: userInformation) {
      let password = userInformation[userInformation.index(after: colon)...]
      if password.isEmpty || isVariable(password) || (password == "****" && !orStars) { return nil }
      let isNameless = colon == userInformation.startIndex
      return Literal(secret: password.startIndex..<at, removed: colon..<(isNameless ? afterAt : at))
    }
    let scheme = url[..<authority.lowerBound].lowercased()
    let isAccount = scheme.contains("ssh:") || scheme.contains("sftp:")
    if userInformation.isEmpty || isAccount || isVariable(userInformation)
      || (userInformation == "****" && !orStars)
    {
      return nil
    }
    return Literal(secret: authority.lowerBound..<at, removed: authority.lowerBound..<afterAt)
  }

  /// From after `://` to the first of `/?#`.
  ///
  /// Where that leaves a port that is none, and a `@` follows, somebody wrote a password that holds one of those and
  /// didn't encode it: then the authority goes on to the last `@`, since a secret must be hidden in a URL that is wrong, too.
  private static func authority(of url: String) -> Range<String.Index>? {
    guard let separator = firstRange(of: "://", in: url) else { return nil }
    let start = separator.upperBound
    let end = url[start...].firstIndex { $0 == "/" || $0 == "?" || $0 == "#" } ?? url.endIndex
    let authority = url[start..<end]
    if !authority.contains("@"), !authority.hasPrefix("["), let colon = authority.lastIndex(of: ":"),
      authority[colon...].dropFirst().contains(where: { !$0.isNumber }),
      let at = url[end...].lastIndex(of: "@")
    {
      return start..<url.index(after: at)
    }
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
