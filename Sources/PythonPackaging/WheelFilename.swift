/// What the name of a wheel says (binary distribution format, "File name convention"; PEP 425, "Compressed Tag Sets").
///
///     wheel = name "-" version ("-" build)? "-" tags "-" tags "-" tags ".whl"
///     tags  = tag ("." tag)*
///
/// Example: `numpy-1.26.4-cp311-cp311-manylinux_2_17_x86_64.manylinux2014_x86_64.whl` fits two platform tags.
package struct WheelFilename: Sendable, Hashable {
  /// The project.
  package let name: PackageName
  /// The version; a `_` in it is read as `-` where PEP 440 needs one, as old tools wrote it.
  package let version: Version
  /// The build tag, nil if there is none.
  package let build: BuildTag?
  /// The Python tags in lower case, in the order written: `py2`, `py3`.
  package let pythonTags: [String]
  /// The ABI tags in lower case, in the order written: `cp311`, `abi3`, `none`.
  package let abiTags: [String]
  /// The platform tags in lower case, in the order written: `any`, `win_amd64`.
  package let platformTags: [String]

  /// Reads a wheel's file name.
  ///
  /// - Throws: `FilenameError`, its reason `.unknownKind` if the name does not end in `.whl`.
  package init(_ text: String) throws(FilenameError) { try self.init(text, of: nil) }

  /// - Parameter project: The project that the file is probably of: its name needn't be made anew.
  init(_ text: String, of project: PackageName?) throws(FilenameError) {
    guard text.utf8.count <= FilenameError.maximumLength else {
      throw FilenameError(text, .tooLong(limit: FilenameError.maximumLength))
    }
    guard text.hasUTF8Suffix(".whl") else { throw FilenameError(text, .unknownKind) }
    var bytes = Array(text.utf8)
    bytes.removeLast(4)
    var dashes: [Int] = []
    dashes.reserveCapacity(6)
    for index in bytes.indices where bytes[index] == UInt8(ascii: "-") { dashes.append(index) }
    guard dashes.count == 4 || dashes.count == 5 else {
      throw FilenameError(text, .partCount(dashes.count + 1))
    }
    dashes.append(bytes.count)
    if let project, Self.isName(bytes[..<dashes[0]], of: project) {
      name = project
    } else {
      name = try Self.name(bytes[..<dashes[0]], in: text)
    }
    version = try Self.version(bytes, dashes[0] + 1..<dashes[1], in: text)
    if dashes.count == 6 {
      let part = String(decoding: bytes[dashes[1] + 1..<dashes[2]], as: UTF8.self)
      guard let tag = BuildTag(part[...]) else { throw FilenameError(text, .buildTag(part)) }
      build = tag
      dashes.remove(at: 1)
    } else {
      build = nil
    }
    pythonTags = try Self.tags(bytes[dashes[1] + 1..<dashes[2]], in: text)
    abiTags = try Self.tags(bytes[dashes[2] + 1..<dashes[3]], in: text)
    platformTags = try Self.tags(bytes[dashes[3] + 1..<dashes[4]], in: text)
    for tag in pythonTags {
      let isIdentifier =
        tag.utf8.allSatisfy { $0.isASCIILetterOrDigit || $0 == UInt8(ascii: "_") }
        && tag.utf8.first?.isASCIIDigit == false
      guard isIdentifier else { throw FilenameError(text, .pythonTag(tag)) }
    }
  }

  /// Whether a part is a project's normalised name with each `-` as one `_`, in any case, as today's tools write it.
  private static func isName(_ part: ArraySlice<UInt8>, of project: PackageName) -> Bool {
    var index = part.startIndex
    for byte in project.normalized.utf8 {
      guard index < part.endIndex else { return false }
      let written = part[index].isASCIIUppercase ? part[index] | 0x20 : part[index]
      guard written == byte || (byte == UInt8(ascii: "-") && written == UInt8(ascii: "_")) else {
        return false
      }
      index += 1
    }
    return index == part.endIndex
  }

  private static func name(_ part: ArraySlice<UInt8>, in text: String) throws(FilenameError) -> PackageName {
    let written = String(decoding: part, as: UTF8.self)
    // PEP 427 escapes a run of separators as one `_`, so two in a row can't come from a name.
    var previous: UInt8 = 0
    for index in part.indices {
      if part[index] == UInt8(ascii: "_"), previous == part[index] {
        throw FilenameError(
          text, .name(NameError(text: written, offset: index - part.startIndex, reason: .character("_"))))
      }
      previous = part[index]
    }
    do {
      return try PackageName(written)
    } catch {
      throw FilenameError(text, .name(error))
    }
  }

  private static func version(
    _ bytes: [UInt8], _ range: Range<Int>, in text: String
  ) throws(FilenameError) -> Version {
    do {
      return try Version(utf8: bytes.span.extracting(range))
    } catch {
      let dashed = bytes[range].map { $0 == UInt8(ascii: "_") ? UInt8(ascii: "-") : $0 }
      if let version = try? Version(utf8: dashed.span) { return version }
      throw FilenameError(text, .version(text: String(decoding: bytes[range], as: UTF8.self), error))
    }
  }

  private static func tags(_ part: ArraySlice<UInt8>, in text: String) throws(FilenameError) -> [String] {
    var tags: [String] = []
    var start = part.startIndex
    for end in part.startIndex...part.endIndex where end == part.endIndex || part[end] == UInt8(ascii: ".") {
      guard end > start else { throw FilenameError(text, .emptyTag) }
      let tag = String(decoding: part[start..<end], as: UTF8.self)
      tags.append(tag.utf8.contains { $0.isASCIIUppercase || $0 >= 0x80 } ? tag.lowercased() : tag)
      start = end + 1
    }
    return tags
  }
}

extension String {
  /// Whether the text ends in these bytes.
  func hasUTF8Suffix(_ suffix: String) -> Bool {
    let bytes = utf8.span
    let wanted = suffix.utf8.span
    let start = bytes.count - wanted.count
    if start < 0 { return false }
    for index in wanted.indices where bytes[start + index] != wanted[index] { return false }
    return true
  }
}
