/// A URL or a reference to one, in its parts (RFC 3986, section 4.1), without the fragment.
///
///     reference = (scheme ":")? ("//" authority)? path ("?" query)?
///
/// Invariant: the parts are visible ASCII. What RFC 3986 has no place for (a space, a quote, a byte of another
/// script) is percent-encoded, as browsers do.
struct URLReference: Hashable {
  /// The most bytes of a URL.
  static let greatestLength = 16_384

  /// In lower case, nil in a relative reference.
  var scheme: String?
  /// Nil where no `//` is written, empty in `file:///etc`.
  var authority: ArraySlice<UInt8>?
  var path: ArraySlice<UInt8>
  var query: ArraySlice<UInt8>?

  /// Reads a reference; nil if it has a control character or is too long.
  ///
  /// A fragment is dropped. Spaces around the reference are too (HTML, "strip leading and trailing ASCII
  /// whitespace"), and the line ends among them.
  init?(_ bytes: some Collection<UInt8>) {
    var trimmed = bytes.drop { $0 <= 0x20 }[...]
    if let fragment = trimmed.firstIndex(of: UInt8(ascii: "#")) { trimmed = trimmed[..<fragment] }
    guard trimmed.count <= URLReference.greatestLength, let text = URLReference.encoded(trimmed) else {
      return nil
    }
    self.init(visible: text[...])
  }

  private init(visible text: ArraySlice<UInt8>) {
    var rest = text
    if let colon = rest.firstIndex(of: UInt8(ascii: ":")), URLReference.isScheme(rest[..<colon]) {
      scheme = String(decoding: rest[..<colon], as: UTF8.self).lowercased()
      rest = rest[(colon + 1)...]
    }
    if rest.starts(with: [UInt8(ascii: "/"), UInt8(ascii: "/")]) {
      let start = rest.startIndex + 2
      let end =
        rest[start...].firstIndex { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "?") } ?? rest.endIndex
      authority = rest[start..<end]
      rest = rest[end...]
    }
    if let mark = rest.firstIndex(of: UInt8(ascii: "?")) {
      query = rest[(mark + 1)...]
      rest = rest[..<mark]
    }
    path = rest
  }

  /// What the reference means on a page at `base` (RFC 3986, section 5.2.2).
  func resolved(against base: URLReference?) -> URLReference {
    var target = joined(to: base)
    target.path = URLReference.withoutDotSegments(target.path)
    return target
  }

  /// The reference with what it lacks taken from the base, dot segments still in it.
  private func joined(to base: URLReference?) -> URLReference {
    var target = self
    guard scheme == nil, let base else { return target }
    target.scheme = base.scheme
    guard authority == nil else { return target }
    target.authority = base.authority
    if path.isEmpty {
      target.path = base.path
      target.query = query ?? base.query
    } else if path.first != UInt8(ascii: "/") {
      if base.authority != nil, base.path.isEmpty {
        target.path = [UInt8(ascii: "/")] + path
      } else {
        let end = base.path.lastIndex(of: UInt8(ascii: "/")).map { $0 + 1 } ?? base.path.startIndex
        target.path = base.path[..<end] + path
      }
    }
    return target
  }

  /// The parts put together (RFC 3986, section 5.3).
  var bytes: [UInt8] {
    var text: [UInt8] = []
    if let scheme { text += Array(scheme.utf8) + [UInt8(ascii: ":")] }
    if let authority { text += [UInt8(ascii: "/"), UInt8(ascii: "/")] + authority }
    text += path
    if let query { text += [UInt8(ascii: "?")] + query }
    return text
  }

  /// Whether a file can be had from here: `http` and `https` need a host, `file` an absolute path.
  var isDownloadable: Bool {
    switch scheme {
    case "http", "https": authority.map { !$0.isEmpty } ?? false
    case "file":
      path.first == UInt8(ascii: "/")
        && (authority != nil || !path.starts(with: [UInt8(ascii: "/"), UInt8(ascii: "/")]))
    default: false
    }
  }

  private static func isScheme(_ text: ArraySlice<UInt8>) -> Bool {
    guard let first = text.first, first | 0x20 >= UInt8(ascii: "a"), first | 0x20 <= UInt8(ascii: "z") else {
      return false
    }
    return text.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."):
        true
      default: false
      }
    }
  }

  /// The bytes without white space at the end, percent-encoded where they must be; nil for a control character.
  private static func encoded(_ bytes: some Collection<UInt8>) -> [UInt8]? {
    var text = Array(bytes)
    while let last = text.last, last <= 0x20 { text.removeLast() }
    if text.allSatisfy({ isVerbatim($0) }) { return text }
    var result: [UInt8] = []
    for byte in text {
      if byte < 0x20 || byte == 0x7F { return nil }
      if isVerbatim(byte) {
        result.append(byte)
      } else {
        result.append(UInt8(ascii: "%"))
        result.append(contentsOf: String(byte, radix: 16, uppercase: true).utf8)
      }
    }
    return result
  }

  /// Whether a byte may stand in a URL as it is (RFC 3986, section 2): visible ASCII without `"<>\^`{|}`.
  static func isVerbatim(_ byte: UInt8) -> Bool {
    let set: UInt64 = byte < 64 ? 0xAFFF_FFFA_0000_0000 : 0x47FF_FFFE_AFFF_FFFF
    return byte < 128 && set >> UInt64(byte & 63) & 1 == 1
  }

  /// A path with `.` and `..` followed (RFC 3986, section 5.2.4).
  private static func withoutDotSegments(_ path: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    guard path.contains(UInt8(ascii: ".")) else { return path }
    let slash = UInt8(ascii: "/")
    let isAbsolute = path.first == slash
    var kept: [ArraySlice<UInt8>] = []
    let segments = (isAbsolute ? path.dropFirst() : path).split(
      separator: slash, omittingEmptySubsequences: false)
    for (number, segment) in segments.enumerated() {
      let isUp = segment.elementsEqual([UInt8(ascii: "."), UInt8(ascii: ".")])
      guard isUp || segment.elementsEqual([UInt8(ascii: ".")]) else {
        kept.append(segment)
        continue
      }
      if isUp { _ = kept.popLast() }
      if number == segments.count - 1 { kept.append([]) }
    }
    return (isAbsolute ? [slash] : []) + kept.joined(separator: [slash])
  }
}
