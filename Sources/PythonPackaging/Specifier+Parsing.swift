extension Specifier {
  /// Reads one specifier (PEP 440, "Version specifiers"; the grammar is that of `packaging`), white space
  /// around it and after its operator allowed:
  ///
  ///     specifier = ("==" | "!=") space* (version | epoch? release ".*")
  ///               | ("<=" | ">=" | "<" | ">") space* public-version
  ///               | "~=" space* public-version with two release segments or more
  ///               | "===" space* any character but white space, ",", ";" and ")" …
  ///
  /// - Throws: ``SpecifierError``, its offset in UTF-8 bytes from the start of `text`.
  package init(_ text: String) throws(SpecifierError) {
    let bytes = text.utf8.span
    var index = PythonWhiteSpace.skip(from: 0, in: bytes)
    self = try Specifier.parse(bytes, at: &index)
    index = PythonWhiteSpace.skip(from: index, in: bytes)
    if let found = scalar(at: index, in: bytes) {
      throw SpecifierError(offset: index, reason: .expectedComma(found: found))
    }
  }

  /// Reads the specifier that starts at `index`, and moves `index` behind it.
  static func parse(_ bytes: Span<UInt8>, at index: inout Int) throws(SpecifierError) -> Specifier {
    guard let `operator` = Operator(in: bytes, at: &index) else {
      throw SpecifierError(offset: index, reason: .expectedOperator(found: scalar(at: index, in: bytes)))
    }
    index = PythonWhiteSpace.skip(from: index, in: bytes)
    let start = index
    if `operator` == .arbitrary { return arbitrary(in: bytes, at: &index) }
    let version = try parseVersion(bytes, at: &index)
    if version.hasLocal, `operator` != .equal, `operator` != .notEqual {
      throw SpecifierError(offset: start, reason: .localNotAllowed(`operator`))
    }
    var isWildcard = false
    if byte(at: index, in: bytes) == UInt8(ascii: "."), byte(at: index + 1, in: bytes) == UInt8(ascii: "*") {
      guard `operator` == .equal || `operator` == .notEqual else {
        throw SpecifierError(offset: index, reason: .wildcardNotAllowed(`operator`))
      }
      guard version.isReleaseOnly else {
        throw SpecifierError(offset: index, reason: .wildcardAfterSuffix)
      }
      isWildcard = true
      index += 2
    }
    if `operator` == .compatible, version.releaseSegmentCount < 2 {
      throw SpecifierError(offset: start, reason: .compatibleNeedsTwoSegments)
    }
    return Specifier(
      `operator`, versionText: text(of: start..<index, in: bytes), version: version, isWildcard: isWildcard)
  }

  /// Reads a version in the middle of a text.
  static func parseVersion(_ bytes: Span<UInt8>, at index: inout Int) throws(SpecifierError) -> Version {
    do {
      return try Version.parse(bytes, at: &index)
    } catch {
      throw SpecifierError(offset: error.offset, reason: .invalidVersion(error.reason))
    }
  }

  /// Reads what follows `===`.
  static func arbitrary(in bytes: Span<UInt8>, at index: inout Int) -> Specifier {
    let start = index
    while let next = byte(at: index, in: bytes), PythonWhiteSpace.length(at: index, in: bytes) == 0,
      next != UInt8(ascii: ","), next != UInt8(ascii: ";"), next != UInt8(ascii: ")")
    {
      index += 1
    }
    let versionText = text(of: start..<index, in: bytes)
    return Specifier(.arbitrary, versionText: versionText, version: try? Version(versionText))
  }

  /// The byte at an index, nil past the end.
  static func byte(at index: Int, in bytes: Span<UInt8>) -> UInt8? {
    index < bytes.count ? bytes[index] : nil
  }

  /// The text of a range of bytes.
  static func text(of range: Range<Int>, in bytes: Span<UInt8>) -> String {
    var part: [UInt8] = []
    part.reserveCapacity(range.count)
    for index in range { part.append(bytes[index]) }
    return String(decoding: part, as: UTF8.self)
  }
}

extension Specifier.Operator {
  /// Reads the longest operator at `index` and moves `index` behind it; nil, and `index` stays, if there is none.
  init?(in bytes: Span<UInt8>, at index: inout Int) {
    let first = Specifier.byte(at: index, in: bytes)
    let isEqualSign = Specifier.byte(at: index + 1, in: bytes) == UInt8(ascii: "=")
    switch (first, isEqualSign) {
    case (UInt8(ascii: "="), true):
      self = Specifier.byte(at: index + 2, in: bytes) == UInt8(ascii: "=") ? .arbitrary : .equal
    case (UInt8(ascii: "!"), true): self = .notEqual
    case (UInt8(ascii: "~"), true): self = .compatible
    case (UInt8(ascii: "<"), true): self = .lessOrEqual
    case (UInt8(ascii: ">"), true): self = .greaterOrEqual
    case (UInt8(ascii: "<"), false): self = .less
    case (UInt8(ascii: ">"), false): self = .greater
    default: return nil
    }
    index += rawValue.utf8.count
  }
}

extension Version {
  /// Whether the version is an epoch and a release segment only.
  var isReleaseOnly: Bool {
    if parts == nil { return Version.kind(in: key) == .final }
    return pre == nil && post == nil && dev == nil && !hasLocal
  }
}
