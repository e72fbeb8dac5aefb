/// The user name and password a URL may carry, and how they are hidden or left out. A lockfile is read by many: a literal
/// credential never reaches it, a `${VARIABLE}` stays, since only its name is written.
package enum URLCredentials {
  /// `url` with a literal password, or a lone token, as `****`; unchanged (byte for byte) if it has none.
  ///
  /// `https://user:secret@host/` → `https://user:****@host/`, `https://token@host/` → `https://****@host/`,
  /// `https://${USER}:${PASSWORD}@host/` and `git+ssh://git@host/` stay: a lone user name of SSH is an account,
  /// not a secret. ``redacted(within:)`` looks for URLs within text (`name @ https://…`).
  package static func redacted(_ url: String) -> String {
    guard let literal = literal(in: url, isCautious: true) else { return url }
    return String(url[..<literal.secret.lowerBound] + "****" + url[literal.secret.upperBound...])
  }

  /// Prose with the credentials of all URLs in it as `****`, also where something between a scheme and `user:password@`
  /// is misspelt: `https:/u:p@host`, `https//u:p@host`, `htps://u:p@host`, `https:u:p@host`. A URL ends at white space.
  ///
  /// - Parameter sparesTokens: whether a user name without a password stays.
  package static func redacted(within text: String, sparesTokens: Bool = false) -> String {
    guard text.utf8.contains(UInt8(ascii: "@")) else { return text }
    var result = ""
    var rest = text[...]
    while !rest.isEmpty {
      let word = rest.prefix { !$0.isWhitespace }
      result +=
        word.utf8.contains(UInt8(ascii: "@"))
        ? redacted(word: word, sparesTokens: sparesTokens) : String(word)
      rest = rest[word.endIndex...]
      let blank = rest.prefix(while: \.isWhitespace)
      result += blank
      rest = rest[blank.endIndex...]
    }
    return result
  }

  private static func redacted(word: Substring, sparesTokens: Bool) -> String {
    var result = ""
    var rest = word
    while let start = userInformationStart(in: rest) {
      let mayBeToken = !sparesTokens && rest[..<start].hasSuffix("://")
      let found = literal(in: rest, from: start, isCautious: true)
      guard let found, mayBeToken || found.hasUser else {
        result += rest[..<start]
        rest = rest[start...]
        continue
      }
      result += rest[..<found.secret.lowerBound] + "****"
      rest = rest[found.secret.upperBound...]
    }
    return result + rest
  }

  /// Where a URL's user may begin in a word: after its scheme, well written or not; nil: it has no URL.
  private static func userInformationStart(in word: Substring) -> String.Index? {
    var index = word.startIndex
    var scheme = word.startIndex..<word.startIndex
    while index < word.endIndex {
      let character = word[index]
      let next = word.index(after: index)
      if character.isASCII, character.isLetter || character.isNumber || "+.-".contains(character) {
        scheme = scheme.lowerBound..<next
      } else {
        if !scheme.isEmpty, character == ":" || character == "/" {
          let end = word[(character == ":" ? next : index)...].firstIndex { $0 != "/" } ?? word.endIndex
          let mark = word[index..<end]
          let name = word[scheme].lowercased()
          let isWeb = name.hasSuffix("http") || name.hasSuffix("https")
          if end < word.endIndex, !name.hasSuffix("file"), isWeb || mark.count > 1 { return end }
        }
        scheme = next..<next
      }
      index = next
    }
    return nil
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

  /// What a lockfile may hold of `url`, on one line: ``withoutLiteral(_:)``, and a password that isn't found there, since the
  /// URL is misspelt, as `****`.
  package static func writable(_ url: String) -> String {
    PrintableText.replaced(redacted(within: withoutLiteral(url), sparesTokens: true))
  }

  /// Whether `url` carries a literal credential, so that `redacted` changes it.
  package static func areLiteral(in url: String) -> Bool {
    literal(in: url) != nil
  }

  /// Whether the user name or the password holds a `/`, `?` or `#`, which end them where they aren't percent-encoded: then
  /// the URL means another than it seems to.
  package static func areUnencoded(in url: String) -> Bool {
    guard let start = authorityStart(of: url) else { return false }
    let range = authority(of: url[...], from: start, isCautious: true)
    return url[range].contains { $0 == "/" || $0 == "?" || $0 == "#" }
  }

  /// Where a literal credential is.
  private struct Literal {
    /// The password or the token.
    var secret: Range<String.Index>
    /// What goes with it: its colon or its `@`.
    var removed: Range<String.Index>
    /// Whether it is a password, and not a token alone.
    var hasUser: Bool
  }

  private static func literal(
    in url: String, orStars: Bool = false, isCautious: Bool = false
  ) -> Literal? {
    authorityStart(of: url).flatMap {
      literal(in: url[...], from: $0, orStars: orStars, isCautious: isCautious)
    }
  }

  private static func literal(
    in url: Substring, from start: String.Index, orStars: Bool = false, isCautious: Bool = false
  ) -> Literal? {
    let authority = authority(of: url, from: start, isCautious: isCautious)
    guard let at = url[authority].lastIndex(of: "@") else { return nil }
    let userInformation = url[authority.lowerBound..<at]
    let afterAt = url.index(after: at)
    if let colon = separatorColon(in: userInformation) {
      let password = userInformation[userInformation.index(after: colon)...]
      if password.isEmpty || isVariable(password) || (password == "****" && !orStars) { return nil }
      let isNameless = colon == userInformation.startIndex
      return Literal(
        secret: password.startIndex..<at, removed: colon..<(isNameless ? afterAt : at), hasUser: true)
    }
    let scheme = url[..<authority.lowerBound].lowercased()
    let isAccount = scheme.contains("ssh:") || scheme.contains("sftp:")
    if userInformation.isEmpty || isAccount || isVariable(userInformation)
      || (userInformation == "****" && !orStars)
    {
      return nil
    }
    return Literal(
      secret: authority.lowerBound..<at, removed: authority.lowerBound..<afterAt, hasUser: false)
  }

  private static func authorityStart(of url: String) -> String.Index? {
    firstRange(of: "://", in: url)?.upperBound
  }

  /// From after `://` to the first of `/?#`.
  ///
  /// Where that leaves a port that is none, and a `@` follows, somebody wrote a password that holds one of those and
  /// didn't encode it: then the authority goes on to the last `@`, since a secret must be hidden in a URL that is wrong, too.
  ///
  /// - Parameter isCautious: whether that is so, too, where the password may be a port, and `#` or `?` follow: a host
  ///   without a path.
  private static func authority(
    of url: Substring, from start: String.Index, isCautious: Bool
  ) -> Range<String.Index> {
    let end = url[start...].firstIndex { $0 == "/" || $0 == "?" || $0 == "#" } ?? url.endIndex
    let authority = url[start..<end]
    if !authority.contains("@"), !authority.hasPrefix("["), let colon = authority.lastIndex(of: ":"),
      let at = url[end...].lastIndex(of: "@")
    {
      let hasPort = authority[colon...].dropFirst().allSatisfy(\.isNumber)
      if !hasPort || isCautious && url[end] != "/" { return start..<url.index(after: at) }
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
    let names = EnvironmentVariable.names(in: text.utf8)
    return !names.isEmpty && names.map { "${\($0)}" }.joined() == text
  }
}
