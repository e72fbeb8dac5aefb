/// Where the parts of a URL's text are (RFC 3986 §3, leniently, as Python's `urlsplit` finds them).
struct GitURLParts {
  /// In lower case; empty where there is none.
  let scheme: String
  /// `user:password@host:port`; nil without `//`.
  let authority: Range<String.Index>?
  let path: Range<String.Index>
  /// With its `?`.
  let query: Range<String.Index>
  /// The `@` before the reference. pip decodes a file's path before it looks for it, so there it may be `%40`.
  let referenceMark: Range<String.Index>?

  init(_ text: String) {
    let end = text.utf8.firstIndex(of: UInt8(ascii: "#")) ?? text.endIndex
    var rest = text[..<end]
    scheme = GitURLParts.scheme(of: rest)
    if !scheme.isEmpty { rest = rest[rest.utf8.index(rest.startIndex, offsetBy: scheme.utf8.count + 1)...] }
    if rest.hasPrefix("//") {
      let start = rest.utf8.index(rest.startIndex, offsetBy: 2)
      let slash = rest[start...].firstIndex { $0 == "/" || $0 == "?" } ?? rest.endIndex
      authority = start..<slash
      rest = rest[slash...]
    } else {
      authority = nil
    }
    let mark = rest.utf8.firstIndex(of: UInt8(ascii: "?")) ?? rest.endIndex
    path = rest.startIndex..<mark
    query = mark..<end
    let at = text[path].utf8.lastIndex(of: UInt8(ascii: "@"))
    let encoded = scheme == "git+file" ? GitURLParts.lastEncodedAt(text[path]) : nil
    if let encoded, at.map({ $0 < encoded.lowerBound }) ?? true {
      referenceMark = encoded
    } else {
      referenceMark = at.map { $0..<text.utf8.index(after: $0) }
    }
  }

  /// The value of the first `key=value` after a `#` or `&` anywhere in `text`, as pip searches a link.
  static func fragmentValue(_ key: String, in text: String) -> String? {
    let bytes = text.utf8
    let needle = "\(key)=".utf8
    var index = bytes.startIndex
    while index < bytes.endIndex {
      let separator = bytes[index]
      index = bytes.index(after: index)
      guard separator == UInt8(ascii: "#") || separator == UInt8(ascii: "&"),
        bytes[index...].starts(with: needle)
      else { continue }
      let start = bytes.index(index, offsetBy: needle.count)
      return String(text[start...].prefix { $0 != "&" })
    }
    return nil
  }

  private static func scheme(of text: Substring) -> String {
    guard let colon = text.utf8.firstIndex(of: UInt8(ascii: ":")), colon > text.startIndex else { return "" }
    let scheme = text[..<colon].lowercased()
    let isScheme = scheme.utf8.allSatisfy { byte in
      (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
        || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || "+-.".utf8.contains(byte)
    }
    return isScheme ? scheme : ""
  }

  private static func lastEncodedAt(_ path: Substring) -> Range<String.Index>? {
    var last: Range<String.Index>?
    var rest = path
    while let found = rest.firstRange(ofASCII: "%40") {
      last = found
      rest = rest[found.upperBound...]
    }
    return last
  }
}
