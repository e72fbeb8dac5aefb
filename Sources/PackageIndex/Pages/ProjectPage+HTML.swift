package import PythonPackaging

extension ProjectPage {
  /// Reads a page of the simple repository API in HTML (PEPs 503, 592, 629, 658, 714, 792).
  ///
  ///     page   = (base | meta | anchor | anything else)*
  ///     base   = <base href="address">                                  the first one counts
  ///     meta   = <meta name="pypi:repository-version" content="1.x">
  ///            | <meta name="pypi:project-status" content="status">
  ///            | <meta name="pypi:project-status-reason" content="text">
  ///     anchor = <a href="address#sha256=digits" data-requires-python="specifiers" data-yanked="reason"
  ///                 data-core-metadata="sha256=digits | true" data-upload-time="date-time">
  ///
  /// No PEP has `data-upload-time`, but mirrors that know the time write it, as PEP 700 has it in JSON.
  /// A file's name is the last segment of its address's path, with percent-encoding resolved, as pip has it;
  /// the anchor's text isn't looked at. Of two attributes with one name the first counts.
  ///
  /// - Parameters:
  ///   - pageURL: The address the page came from, which relative addresses are relative to.
  ///   - project: The project that was asked for.
  ///   - isStrict: Whether a page that neither says it is one nor links to a file is an error.
  /// - Throws: `ProjectPageError`.
  package init(
    html: [UInt8], pageURL: String, project: PackageName, isStrict: Bool = false
  ) throws(ProjectPageError) {
    var reader = PageHTMLReader(html, pageURL: URLReference(pageURL.utf8), project: project)
    do throws(HTMLError) {
      try reader.read()
    } catch {
      throw .html(error)
    }
    guard reader.hasTags else { throw .notHTML }
    if let version = reader.version { try APIVersion.check(version) }
    guard !isStrict || reader.tellsOfFiles else { throw .noProjectPage }
    try self.init(record: reader.builder().record())
  }
}

/// Reads a project page's HTML.
private struct PageHTMLReader {
  private var scanner: HTMLScanner
  private var text: PageText
  private let project: PackageName
  private let page: URLReference?
  private var base: URLReference?
  private var hasBase = false
  private(set) var hasTags = false
  private(set) var version: String?
  private var statusMarker: String?
  private var statusReason: Range<Int>?
  private var files: [ListedFile] = []

  init(_ html: [UInt8], pageURL: URLReference?, project: PackageName) {
    scanner = HTMLScanner(html)
    text = PageText(html)
    base = pageURL
    page = pageURL
    self.project = project
  }

  mutating func read() throws(HTMLError) {
    while let tag = try scanner.nextTag() {
      hasTags = true
      if scanner.holds("a", at: tag) {
        try readAnchor()
      } else if scanner.holds("meta", at: tag) {
        try readMeta()
      } else if scanner.holds("base", at: tag) {
        try readBase()
      }
    }
  }

  /// Whether it says that it is a project page, or links to a file: what a server that wants a login answers does neither.
  var tellsOfFiles: Bool {
    version != nil || statusMarker != nil
      || files.contains { file in
        guard let name = file.filename.map({ text.string($0).lowercased() }) else { return false }
        return Self.fileSuffixes.contains { name.hasSuffix($0) }
      }
  }

  /// Of distributions, those of old formats too.
  private static let fileSuffixes = [
    ".whl", ".gz", ".zip", ".bz2", ".xz", ".tgz", ".egg", ".exe", ".rpm", ".msi", ".deb", ".dmg",
  ]

  /// The page's facts; the base address, which may stand anywhere, is known only now.
  func builder() -> PageRecordBuilder {
    var builder = PageRecordBuilder(project: project, text: text, base: base, page: page)
    builder.setStatus(marker: statusMarker, reason: statusReason)
    for file in files { builder.add(file) }
    return builder
  }

  /// The place of an attribute's value with its character references resolved.
  private mutating func value(of attribute: HTMLScanner.Attribute) -> Range<Int> {
    let written = scanner.bytes[attribute.value]
    return written.contains(UInt8(ascii: "&"))
      ? text.append(CharacterReference.resolved(written)) : attribute.value
  }

  private mutating func readBase() throws(HTMLError) {
    var address: Range<Int>?
    while let attribute = try scanner.nextAttribute() {
      if address == nil, scanner.holds("href", at: attribute.name) { address = value(of: attribute) }
    }
    guard let address, !hasBase else { return }
    hasBase = true
    if let reference = URLReference(text.bytes[address]) { base = reference.resolved(against: base) }
  }

  private mutating func readMeta() throws(HTMLError) {
    var name: String?
    var content: Range<Int>?
    while let attribute = try scanner.nextAttribute() {
      if name == nil, scanner.holds("name", at: attribute.name) {
        let value = value(of: attribute)
        name = text.string(value)
      } else if content == nil, scanner.holds("content", at: attribute.name) {
        content = value(of: attribute)
      }
    }
    guard let content else { return }
    switch name {
    case "pypi:repository-version": version = version ?? text.string(content)
    case "pypi:project-status": statusMarker = statusMarker ?? text.string(content)
    case "pypi:project-status-reason": statusReason = statusReason ?? content
    default: break
    }
  }

  private mutating func readAnchor() throws(HTMLError) {
    var file = ListedFile()
    var hasYank = false
    var metadata: ListedFile.CoreMetadata?
    var olderMetadata: ListedFile.CoreMetadata?
    while let attribute = try scanner.nextAttribute() {
      // Read before it is used: what calls with `value(of:)` as an argument holds the text from before.
      let value = value(of: attribute)
      if scanner.holds("href", at: attribute.name) {
        if file.url == nil { file.url = trimmed(value) }
      } else if scanner.holds("data-requires-python", at: attribute.name) {
        if file.requiresPython == nil { file.requiresPython = value }
      } else if scanner.holds("data-yanked", at: attribute.name) {
        if !hasYank { file.yank = .reason(value) }
        hasYank = true
      } else if scanner.holds("data-upload-time", at: attribute.name) {
        file.uploadedAt = file.uploadedAt ?? Timestamp.milliseconds(value, in: text.bytes.span)
      } else if scanner.holds("data-core-metadata", at: attribute.name) {
        if metadata == nil { metadata = coreMetadata(at: value) }
      } else if scanner.holds("data-dist-info-metadata", at: attribute.name) {
        if olderMetadata == nil { olderMetadata = coreMetadata(at: value) }
      }
    }
    guard let url = file.url else { return }
    file.filename = filename(in: url)
    file.coreMetadata = metadata ?? olderMetadata ?? .unknown
    files.append(file)
  }

  /// HTML, "strip leading and trailing ASCII whitespace".
  private func trimmed(_ range: Range<Int>) -> Range<Int> {
    let value = text.bytes[range]
    let start = value.firstIndex { $0 > 0x20 } ?? range.upperBound
    let end = value.lastIndex { $0 > 0x20 }.map { $0 + 1 } ?? range.upperBound
    return start..<end
  }

  /// PEP 658: `true`, or an algorithm's name, `=` and the digest's digits.
  private func coreMetadata(at range: Range<Int>) -> ListedFile.CoreMetadata {
    let value = text.bytes[range]
    if value.elementsEqual("true".utf8) { return .present(sha256: nil) }
    if value.elementsEqual("false".utf8) { return .absent }
    guard let equals = value.firstIndex(of: UInt8(ascii: "=")) else { return .unknown }
    let isSHA256 = value[..<equals].elementsEqual("sha256".utf8)
    return .present(sha256: isSHA256 ? equals + 1..<range.upperBound : nil)
  }

  /// The place of the last segment of an address's path.
  private mutating func filename(in url: Range<Int>) -> Range<Int> {
    let address = text.bytes[url]
    var end = address.firstIndex { $0 == UInt8(ascii: "#") || $0 == UInt8(ascii: "?") } ?? url.upperBound
    while end > url.lowerBound, address[end - 1] == UInt8(ascii: "/") { end -= 1 }
    var start = end
    while start > url.lowerBound, address[start - 1] != UInt8(ascii: "/") { start -= 1 }
    let segment = address[start..<end]
    return segment.contains(UInt8(ascii: "%"))
      ? text.append(PageHTMLReader.withoutPercentEncoding(segment)) : start..<end
  }

  private static func withoutPercentEncoding(_ segment: ArraySlice<UInt8>) -> [UInt8] {
    var result: [UInt8] = []
    var index = segment.startIndex
    while index < segment.endIndex {
      if segment[index] == UInt8(ascii: "%"), index + 2 < segment.endIndex,
        let high = HexadecimalDigits.value(of: segment[index + 1]),
        let low = HexadecimalDigits.value(of: segment[index + 2])
      {
        result.append(high << 4 | low)
        index += 3
      } else {
        result.append(segment[index])
        index += 1
      }
    }
    return result
  }
}
