/// The part of a URL that may hold credentials: `//` [ userinfo `@` ] host [ `:` port ] (RFC 3986, section 3.2).
enum URLAuthority {
  /// A URL without its user information; any other text as it is.
  static func withoutUserInformation(_ url: String) -> String {
    guard let range = userInformation(of: url) else { return url }
    return String(url[..<range.lowerBound] + url[url.index(after: range.upperBound)...])
  }

  /// The user information of a URL in every form in which a program may write it: as it is, decoded, and as the value
  /// of an `Authorization` field. A user's name counts only where there is no password: it is a token then.
  static func secrets(in url: String) -> [String] {
    guard let range = userInformation(of: url), !range.isEmpty else { return [] }
    let information = String(url[range])
    let credentials = Credentials(userInformation: information)
    let parts = information.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    let secret = credentials.password.isEmpty ? credentials.user : credentials.password
    let written = credentials.password.isEmpty ? parts[0] : parts[1]
    let authorization = base64(Array("\(credentials.user):\(credentials.password)".utf8))
    return [information, String(written), secret, authorization]
  }

  private static func userInformation(of url: String) -> Range<String.Index>? {
    guard let slashes = url.firstIndex(of: "/"), slashes > url.startIndex,
      url[url.index(before: slashes)] == ":", url[slashes...].hasPrefix("//")
    else { return nil }
    let start = url.index(slashes, offsetBy: 2)
    let authority = url[start...].prefix { $0 != "/" && $0 != "?" && $0 != "#" }
    guard let at = authority.lastIndex(of: "@") else { return nil }
    return start..<at
  }
}
