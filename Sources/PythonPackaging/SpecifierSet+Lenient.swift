extension SpecifierSet {
  /// Reads specifiers as the metadata of published releases has them. Every text that `init(_:)` reads means
  /// the same here; beyond that, these mistakes are repaired:
  ///
  /// | written                    | read as        |
  /// |----------------------------|----------------|
  /// | `>=1.9.*`, `<3.4.*`        | `>=1.9`, `<3.4`: a star counts only after `==` and `!=` |
  /// | `!=3.0*`, `==1.*.*`        | `!=3.0.*`, `==1.*` |
  /// | `>=3.6 <4`, `>=7.2.0<8`    | with the missing comma |
  /// | `'>=2.7'`, `>= "2.7"`, `(>=2.7)` | without quotes and parentheses |
  /// | `> = 3`, `=> 3`, `=< 3`, `= 3`, `<> 3` | `>=3`, `>=3`, `<=3`, `==3`, `!=3` |
  /// | `!=~5.0`                   | `!=5.0.*` |
  /// | `~=2`                      | `>=2`: `~=2.1` is `>=2.1, ==2.*`, and no segment is left for the second half |
  /// | `>dev`                     | `>0.0.0.dev0` |
  /// | `>=9.0a1.0`                | `>=9.0a1` |
  /// | `*`, `==*`, `>=*`          | any version |
  /// | `3.6` alone                | `==3.6.*` (PEP 345, "Version Specifiers") |
  ///
  /// - Throws: ``SpecifierError``, its offset in UTF-8 bytes from the start of `text`.
  package init(lenient text: String) throws(SpecifierError) {
    let bytes = text.utf8.span
    try SpecifierSet.checkLength(of: bytes)
    if let strict = try? SpecifierSet(text) {
      self = strict
      return
    }
    var specifiers: [Specifier] = []
    var index = SpecifierSet.skipNoise(from: 0, in: bytes, commas: true)
    while index < bytes.count {
      let start = index
      guard let clause = LenientOperator(in: bytes, at: &index) else {
        guard specifiers.isEmpty, let bare = try SpecifierSet.bareVersion(in: bytes, at: &index) else {
          throw SpecifierError(offset: start, reason: .expectedOperator(found: scalar(at: start, in: bytes)))
        }
        specifiers = bare
        break
      }
      if let specifier = try SpecifierSet.specifier(clause, in: bytes, at: &index) {
        specifiers.append(specifier)
      }
      index = SpecifierSet.skipNoise(from: index, in: bytes, commas: true)
    }
    self.specifiers = specifiers
  }

  /// Reads what follows an operator; nil if it is a lone star, which any version satisfies.
  private static func specifier(
    _ clause: LenientOperator, in bytes: Span<UInt8>, at index: inout Int
  ) throws(SpecifierError) -> Specifier? {
    index = skipNoise(from: index, in: bytes, commas: false)
    if clause.operator == .arbitrary { return arbitrary(in: bytes, at: &index) }
    if clause.operator == .equal || clause.operator == .greaterOrEqual, skipStars(in: bytes, at: &index) {
      return nil
    }
    let start = index
    if isDev(at: index, in: bytes) {
      index += 3
      return Specifier(
        clause.operator, versionText: "0.0.0.dev0", version: Version(release: [0, 0, 0], dev: 0))
    }
    let version = try Specifier.parseVersion(bytes, at: &index)
    var versionText = Specifier.text(of: start..<index, in: bytes)
    skipTrailingZeros(after: version, in: bytes, at: &index)
    let hasStar = skipStars(in: bytes, at: &index) || clause.impliesWildcard
    switch clause.operator {
    case .equal, .notEqual:
      guard hasStar else { break }
      guard version.isReleaseOnly else { throw SpecifierError(offset: start, reason: .wildcardAfterSuffix) }
      versionText += ".*"
      return Specifier(clause.operator, versionText: versionText, version: version, isWildcard: true)
    default:
      if version.hasLocal { throw SpecifierError(offset: start, reason: .localNotAllowed(clause.operator)) }
      if clause.operator == .compatible, version.releaseSegmentCount < 2 {
        return Specifier(.greaterOrEqual, versionText: versionText, version: version)
      }
    }
    return Specifier(clause.operator, versionText: versionText, version: version)
  }

  /// Reads a version without an operator that is the whole text, or a lone star; nil if there is neither.
  private static func bareVersion(
    in bytes: Span<UInt8>, at index: inout Int
  ) throws(SpecifierError) -> [Specifier]? {
    let start = index
    if skipStars(in: bytes, at: &index) {
      return skipNoise(from: index, in: bytes, commas: true) == bytes.count ? [] : nil
    }
    guard let first = Specifier.byte(at: index, in: bytes),
      first | 0x20 == UInt8(ascii: "v") || first &- UInt8(ascii: "0") < 10
    else { return nil }
    let version = try Specifier.parseVersion(bytes, at: &index)
    let versionText = Specifier.text(of: start..<index, in: bytes)
    let hasStar = skipStars(in: bytes, at: &index)
    index = skipNoise(from: index, in: bytes, commas: true)
    if let found = scalar(at: index, in: bytes) {
      throw SpecifierError(offset: index, reason: .expectedComma(found: found))
    }
    if version.isReleaseOnly {
      return [Specifier(.equal, versionText: versionText + ".*", version: version, isWildcard: true)]
    }
    if hasStar { throw SpecifierError(offset: start, reason: .wildcardAfterSuffix) }
    return [Specifier(.equal, versionText: versionText, version: version)]
  }

  /// Reads what follows `===`, without quotes.
  private static func arbitrary(in bytes: Span<UInt8>, at index: inout Int) -> Specifier {
    let whole = Specifier.arbitrary(in: bytes, at: &index)
    let versionText = String(whole.versionText.filter { $0 != "'" && $0 != "\"" })
    return Specifier(.arbitrary, versionText: versionText, version: try? Version(versionText))
  }

  /// The first index from `index` on that is not white space, a quote, a parenthesis or, if so asked, a comma.
  private static func skipNoise(from index: Int, in bytes: Span<UInt8>, commas: Bool) -> Int {
    var index = PythonWhiteSpace.skip(from: index, in: bytes)
    while let next = Specifier.byte(at: index, in: bytes) {
      switch next {
      case UInt8(ascii: "'"), UInt8(ascii: "\""), UInt8(ascii: "("), UInt8(ascii: ")"): break
      case UInt8(ascii: ","): if !commas { return index }
      default: return index
      }
      index = PythonWhiteSpace.skip(from: index + 1, in: bytes)
    }
    return index
  }

  /// Skips stars, each with or without a dot before it; whether there were any.
  private static func skipStars(in bytes: Span<UInt8>, at index: inout Int) -> Bool {
    let start = index
    while true {
      let dot = Specifier.byte(at: index, in: bytes) == UInt8(ascii: ".") ? 1 : 0
      guard Specifier.byte(at: index + dot, in: bytes) == UInt8(ascii: "*") else { return index > start }
      index += dot + 1
    }
  }

  /// Skips `.0` after a version with a suffix: `9.0a1.0`.
  private static func skipTrailingZeros(after version: Version, in bytes: Span<UInt8>, at index: inout Int) {
    guard !version.isReleaseOnly, !version.hasLocal else { return }
    while Specifier.byte(at: index, in: bytes) == UInt8(ascii: "."),
      Specifier.byte(at: index + 1, in: bytes) == UInt8(ascii: "0")
    {
      if let next = Specifier.byte(at: index + 2, in: bytes), next &- UInt8(ascii: "0") < 10 { return }
      index += 2
    }
  }

  private static func isDev(at index: Int, in bytes: Span<UInt8>) -> Bool {
    guard index + 3 <= bytes.count else { return false }
    return bytes[index] == UInt8(ascii: "d") && bytes[index + 1] == UInt8(ascii: "e")
      && bytes[index + 2] == UInt8(ascii: "v")
  }
}

/// An operator as people misspell it.
private struct LenientOperator {
  /// The operator that is meant.
  let `operator`: Specifier.Operator
  /// Whether the version is meant with `.*` after it: `!=~5.0`.
  let impliesWildcard: Bool

  /// Reads the run of operator signs at `index`, white space between them allowed, and moves `index` behind
  /// it; nil, and `index` stays, if it is no operator.
  init?(in bytes: Span<UInt8>, at index: inout Int) {
    var signs = ""
    var end = index
    var position = index
    while let next = Specifier.byte(at: position, in: bytes), signs.utf8.count < 4 {
      switch next {
      case UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "="), UInt8(ascii: "!"), UInt8(ascii: "~"):
        signs.unicodeScalars.append(Unicode.Scalar(next))
        end = position + 1
        position = PythonWhiteSpace.skip(from: end, in: bytes)
        continue
      default: break
      }
      break
    }
    impliesWildcard = signs == "!=~"
    switch signs {
    case "=": `operator` = .equal
    case "=>": `operator` = .greaterOrEqual
    case "=<": `operator` = .lessOrEqual
    case "<>", "!=~": `operator` = .notEqual
    default:
      guard let exact = Specifier.Operator(rawValue: signs) else { return nil }
      `operator` = exact
    }
    index = end
  }
}
