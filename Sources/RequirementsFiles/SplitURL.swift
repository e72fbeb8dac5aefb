/// A URL in its five parts, split and joined as Python's `urllib.parse.urlsplit` and `urlunsplit` do it
/// (RFC 3986 §3, leniently), which is how pip reads one.
///
/// Example: `git+https://host/x@v1#egg=x` has the scheme `git+https`, the network location `host`, the path
/// `/x@v1` and the fragment `egg=x`.
struct SplitURL: Sendable, Hashable {
  /// In lower case, without the colon; empty where there is none.
  var scheme: String
  /// `user:password@host:port`; empty where there is none.
  var networkLocation: String
  var path: String
  var query: String
  var fragment: String

  /// Splits `text`; nil where its brackets don't match (`http://[::1`), which Python refuses too.
  init?(_ text: String) {
    var rest = Substring(text)[...]
    while let first = rest.unicodeScalars.first, first.value <= 0x20 { rest.unicodeScalars.removeFirst() }
    if rest.utf8.contains(where: { $0 == 9 || $0 == 10 || $0 == 13 }) {
      rest = Substring(String(rest.unicodeScalars.filter { !"\t\r\n".unicodeScalars.contains($0) }))
    }
    scheme = ""
    if let length = SplitURL.schemeLength(rest.utf8) {
      let colon = rest.utf8.index(rest.startIndex, offsetBy: length)
      scheme = rest[..<colon].lowercased()
      rest = rest[rest.utf8.index(after: colon)...]
    }
    networkLocation = ""
    if rest.hasPrefix("//") {
      let start = rest.utf8.index(rest.startIndex, offsetBy: 2)
      let end = rest[start...].firstIndex { $0 == "/" || $0 == "?" || $0 == "#" } ?? rest.endIndex
      networkLocation = String(rest[start..<end])
      rest = rest[end...]
      if networkLocation.contains("[") != networkLocation.contains("]") { return nil }
    }
    fragment = ""
    if let hash = rest.utf8.firstIndex(of: UInt8(ascii: "#")) {
      fragment = String(rest[rest.utf8.index(after: hash)...])
      rest = rest[..<hash]
    }
    query = ""
    if let mark = rest.utf8.firstIndex(of: UInt8(ascii: "?")) {
      query = String(rest[rest.utf8.index(after: mark)...])
      rest = rest[..<mark]
    }
    path = String(rest)
  }

  /// The URL as text again; empty parts are left out, and a hierarchical scheme gets its `//`.
  var text: String {
    var result = path
    let needsSlashes = !scheme.isEmpty && Self.hierarchicalSchemes.contains(scheme) && !result.hasPrefix("//")
    if !networkLocation.isEmpty || needsSlashes {
      if !result.isEmpty, !result.hasPrefix("/") { result = "/" + result }
      result = "//\(networkLocation)\(result)"
    }
    if !scheme.isEmpty { result = "\(scheme):\(result)" }
    if !query.isEmpty { result += "?\(query)" }
    if !fragment.isEmpty { result += "#\(fragment)" }
    return result
  }

  /// The URL without its fragment.
  var withoutFragment: SplitURL {
    var copy = self
    copy.fragment = ""
    return copy
  }

  /// The path with its percent-encoding decoded.
  var decodedPath: String { PercentEncoding.unquoted(path) }

  /// The last part of the decoded path.
  var filename: String {
    var path = decodedPath
    while path.utf8.last == UInt8(ascii: "/") { path.removeLast() }
    return PosixPath(path).lastComponent
  }

  /// RFC 3986 §5.2: `reference` as seen from this URL.
  func resolving(_ reference: String) -> String {
    guard let other = SplitURL(reference) else { return reference }
    if !other.scheme.isEmpty, other.scheme != scheme { return reference }
    var result = other
    result.scheme = scheme
    if !other.networkLocation.isEmpty { return result.text }
    result.networkLocation = networkLocation
    if other.path.isEmpty {
      result.path = path
      if other.query.isEmpty { result.query = query }
    } else if !other.path.hasPrefix("/") {
      let base = path.lastIndex(of: "/").map { String(path[...$0]) } ?? "/"
      result.path = Self.removingDots(base + other.path)
    } else {
      result.path = Self.removingDots(other.path)
    }
    return result.text
  }

  /// Whether pip takes `text` for a URL: it has one of the schemes pip can fetch (`pip._internal.vcs.is_url`).
  static func isURL(_ text: some StringProtocol) -> Bool {
    let rest = Substring(text).utf8.drop { $0 <= 0x20 }
    guard let length = schemeLength(rest) else { return false }
    let scheme = Substring(rest.prefix(length)).lowercased()
    return fetchableSchemes.contains(scheme) || versionControlSchemes.contains(scheme)
  }

  static let fetchableSchemes = ["http", "https", "file", "ftp"]
  static let versionControlSchemes = [
    "bzr+http", "bzr+https", "bzr+ssh", "bzr+sftp", "bzr+ftp", "bzr+lp", "bzr+file", "git+http", "git+https",
    "git+ssh", "git+git", "git+file", "hg+file", "hg+http", "hg+https", "hg+ssh", "hg+static-http", "svn+ssh",
    "svn+http", "svn+https", "svn+svn", "svn+file",
  ]

  /// Schemes after which Python writes `//` even where there is no network location.
  private static let hierarchicalSchemes = [
    "ftp", "http", "gopher", "nntp", "telnet", "imap", "wais", "file", "mms", "https", "shttp", "snews",
    "prospero", "rtsp", "rtspu", "rsync", "svn", "svn+ssh", "sftp", "nfs", "git", "git+ssh", "ws", "wss",
    "ssh",
    "hg", "bzr",
  ]

  /// The bytes before the colon if they are a scheme (RFC 3986 §3.1).
  private static func schemeLength(_ text: Substring.UTF8View) -> Int? {
    var length = 0
    for byte in text {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): break
      case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."):
        if length == 0 { return nil }
      case UInt8(ascii: ":"): return length == 0 ? nil : length
      default: return nil
      }
      length += 1
    }
    return nil
  }

  /// RFC 3986 §5.2.4.
  private static func removingDots(_ path: String) -> String {
    var kept: [Substring] = []
    let parts = path.split(separator: "/", omittingEmptySubsequences: false)
    for part in parts {
      if part == ".." {
        if kept.count > 1 { kept.removeLast() }
      } else if part != "." {
        kept.append(part)
      }
    }
    if let last = parts.last, last == "." || last == ".." { kept.append("") }
    return kept.joined(separator: "/")
  }
}

extension SplitURL {
  /// The value of the first `key=value` after a `#` or `&` anywhere in `url`, as pip searches a link.
  static func fragmentValue(_ key: String, in url: String) -> String? {
    let bytes = Array(url.utf8)
    let needle = Array(key.utf8) + [UInt8(ascii: "=")]
    var index = 0
    while index + needle.count < bytes.count {
      let separator = bytes[index]
      index += 1
      guard separator == UInt8(ascii: "#") || separator == UInt8(ascii: "&") else { continue }
      guard bytes[index...].starts(with: needle) else { continue }
      let value = bytes[(index + needle.count)...].prefix { $0 != UInt8(ascii: "&") }
      return String(decoding: value, as: UTF8.self)
    }
    // an empty value at the very end: `#egg=`
    let tail = bytes.suffix(needle.count + 1)
    let isEmptyTail = tail.count == needle.count + 1 && tail.dropFirst().elementsEqual(needle)
    guard isEmptyTail, tail.first == UInt8(ascii: "#") || tail.first == UInt8(ascii: "&") else { return nil }
    return ""
  }

  /// The first hash a URL carries in its fragment: `#sha256=…` → `("sha256", "…")`.
  static func fragmentHash(in url: String) -> (algorithm: String, digest: String)? {
    var first: (position: Int, algorithm: String, digest: String)?
    for algorithm in ["sha512", "sha384", "sha256", "sha224", "sha1", "md5"] {
      guard let digest = fragmentValue(algorithm, in: url) else { continue }
      let position = position(of: "\(algorithm)=", in: url)
      if position < first?.position ?? .max { first = (position, algorithm, digest) }
    }
    return first.map { ($0.algorithm, $0.digest) }
  }

  private static func position(of key: String, in url: String) -> Int {
    let bytes = Array(url.utf8)
    let needle = Array(key.utf8)
    for start in bytes.indices.dropFirst() {
      let separator = bytes[start - 1]
      guard separator == UInt8(ascii: "#") || separator == UInt8(ascii: "&") else { continue }
      if bytes[start...].starts(with: needle) { return start }
    }
    return .max
  }
}
