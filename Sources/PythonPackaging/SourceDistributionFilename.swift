/// What the name of a source distribution says (source distribution format, "Source distribution file name").
///
///     sdist = name "-" version (".tar.gz" | ".zip" | ".tgz" | ".tar.bz2" | ".tar.xz")
///
/// Example: `Flask-3.0.0.tar.gz` is version 3.0.0 of `flask`.
package struct SourceDistributionFilename: Sendable, Hashable {
  /// The archive's format, told by the ending.
  package enum Format: String, Sendable, Hashable, CaseIterable {
    case tarGzip = ".tar.gz"
    case zip = ".zip"
    case tgz = ".tgz"
    case tarBzip2 = ".tar.bz2"
    case tarXZ = ".tar.xz"

    /// Whether the format is one that indexes took once and no longer take (PEP 527).
    package var isLegacy: Bool {
      switch self {
      case .tarGzip, .zip: false
      case .tgz, .tarBzip2, .tarXZ: true
      }
    }
  }

  /// The project.
  package let name: PackageName
  /// The version.
  package let version: Version
  /// The archive's format.
  package let format: Format

  /// Reads a source distribution's file name by itself: the version begins after the last dash.
  ///
  /// - Throws: `FilenameError`, its reason `.unknownKind` if the ending is none of an sdist's.
  package init(_ text: String) throws(FilenameError) {
    let (stem, format) = try Self.stem(of: text)
    guard let dash = stem.utf8.lastIndex(of: UInt8(ascii: "-")) else { throw FilenameError(text, .noVersion) }
    do {
      name = try PackageName(String(stem[..<dash]))
    } catch {
      throw FilenameError(text, .name(error))
    }
    let part = stem[stem.utf8.index(after: dash)...]
    do {
      version = try Version(part)
    } catch {
      throw FilenameError(text, .version(text: String(part), error))
    }
    self.format = format
  }

  /// Reads the file name of a source distribution of a known project, whose name and version may hold dashes both.
  ///
  /// Example: `a-b-1.0-1.tar.gz` of `a-b` is version 1.0.post1.
  /// - Throws: `FilenameError`, its reason `.otherProject` if the file begins with another name.
  package init(_ text: String, of project: PackageName) throws(FilenameError) {
    let (stem, format) = try Self.stem(of: text)
    var failure: FilenameError.Reason = .otherProject(expected: project)
    for dash in stem.utf8.indices where stem.utf8[dash] == UInt8(ascii: "-") {
      guard NameNormalization.normalized(String(stem[..<dash])) == project.normalized else { continue }
      let part = stem[stem.utf8.index(after: dash)...]
      do {
        version = try Version(part)
        name = project
        self.format = format
        return
      } catch {
        failure = .version(text: String(part), error)
      }
    }
    if !stem.utf8.contains(UInt8(ascii: "-")) { failure = .noVersion }
    throw FilenameError(text, failure)
  }

  private static func stem(of text: String) throws(FilenameError) -> (Substring, Format) {
    guard text.utf8.count <= FilenameError.maximumLength else {
      throw FilenameError(text, .tooLong(limit: FilenameError.maximumLength))
    }
    for format in Format.allCases where text.hasUTF8Suffix(format.rawValue) {
      let end = text.utf8.index(text.utf8.endIndex, offsetBy: -format.rawValue.utf8.count)
      return (text[..<end], format)
    }
    throw FilenameError(text, .unknownKind)
  }
}
