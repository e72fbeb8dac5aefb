/// The metadata of one distribution: `METADATA` of a wheel, `PKG-INFO` of a source distribution (core metadata
/// specification, versions 1.0 to 2.5; PEPs 241, 314, 345, 566, 643, 639).
package struct CoreMetadata: Sendable, Hashable {
  /// A labelled address of `Project-URL`.
  package struct ProjectURL: Sendable, Hashable {
    /// What the address is, as written: `Changelog`; empty if nothing was said.
    package let label: String
    /// The address.
    package let url: String

    package init(label: String, url: String) {
      self.label = label
      self.url = url
    }
  }

  /// `Metadata-Version` as written; `1.0` where the field is missing.
  package let metadataVersion: String
  /// The project.
  package let name: PackageName
  /// `Name` as written.
  package let writtenName: String
  /// The version.
  package let version: Version
  /// `Requires-Dist`, in the order written.
  package let requiresDist: [Requirement]
  /// `Provides-Extra`, in the order written, each once; an extra whose name is none can't be asked for and is left out.
  package let providesExtra: [ExtraName]
  /// `Requires-Python`, nil if every Python will do, as it also does where nobody can read the text.
  package let requiresPython: SpecifierSet?
  /// `Dynamic`: the fields, in lower case, that a wheel built of this source may have otherwise (PEP 643).
  package let dynamic: [String]
  /// `Summary`, nil if missing.
  package let summary: String?
  /// `License`, the old free text, its first line; nil if missing.
  package let license: String?
  /// `License-Expression`, an SPDX expression (PEP 639); nil if missing.
  package let licenseExpression: String?
  private let projectURLTexts: [String]
  /// `Home-page`, nil if missing.
  package let homePage: String?

  /// `Project-URL`, in the order written; read when asked for, since a resolution never does.
  package var projectURLs: [ProjectURL] {
    projectURLTexts.map { text in
      let parts = text.split(separator: ",", maxSplits: 1, omittingEmptySubsequences: false)
      guard parts.count == 2 else { return ProjectURL(label: "", url: text) }
      return ProjectURL(label: parts[0].trimmingBlanks, url: parts[1].trimmingBlanks)
    }
  }

  /// Whether a wheel built of this source is sure to have the same `Requires-Dist`, `Provides-Extra` and
  /// `Requires-Python` (PEP 643: from metadata 2.2 on, what isn't dynamic is fixed).
  package var hasStaticDependencies: Bool {
    let numbers = metadataVersion.split(separator: ".").compactMap { Int($0) }
    guard numbers.count == 2, (numbers[0], numbers[1]) >= (2, 2) else { return false }
    return !dynamic.contains { ["requires-dist", "provides-extra", "requires-python"].contains($0) }
  }

  /// Reads metadata.
  ///
  /// - Throws: `CoreMetadataError`
  package init(_ text: String) throws(CoreMetadataError) {
    try self.init(utf8: Array(text.utf8))
  }

  /// Reads metadata of UTF-8 bytes; what isn't UTF-8 is replaced by U+FFFD.
  ///
  /// The headers end at the first blank line, or at the first line that is none, as Python's own reader has it. Of a
  /// field that may be given once, the first counts. Requirements and Python versions are read leniently.
  /// - Throws: `CoreMetadataError`
  package init(utf8: [UInt8]) throws(CoreMetadataError) {
    var fields = CoreMetadataFields()
    fields.read(utf8)
    metadataVersion = try Self.metadataVersion(fields.metadataVersion)
    guard let writtenName = fields.name, !writtenName.isEmpty else { throw .missing(field: "Name") }
    guard let versionText = fields.version, !versionText.isEmpty else { throw .missing(field: "Version") }
    self.writtenName = writtenName
    do {
      name = try PackageName(writtenName)
    } catch {
      throw .name(error)
    }
    do {
      version = try Version(versionText)
    } catch {
      throw .version(text: versionText, error)
    }
    requiresDist = try Self.requirements(fields.requiresDist)
    requiresPython = Self.requiresPython(fields.requiresPython)
    var extras: [ExtraName] = []
    var seen: Set<ExtraName> = []
    for text in fields.providesExtra {
      if let extra = try? ExtraName(text), seen.insert(extra).inserted { extras.append(extra) }
    }
    providesExtra = extras
    dynamic = fields.dynamic.map { $0.lowercased() }
    summary = fields.summary
    license = fields.license
    licenseExpression = fields.licenseExpression
    homePage = fields.homePage
    projectURLTexts = fields.projectURLs
  }

  private static func metadataVersion(_ text: String?) throws(CoreMetadataError) -> String {
    guard let text else { return "1.0" }
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 2, let major = Int(parts[0]), Int(parts[1]) != nil, major == 1 || major == 2
    else { throw .metadataVersion(text) }
    return text
  }

  private static func requirements(
    _ lines: [CoreMetadataFields.Line]
  ) throws(CoreMetadataError) -> [Requirement] {
    var requirements: [Requirement] = []
    requirements.reserveCapacity(lines.count)
    for line in lines {
      do {
        requirements.append(try Requirement(lenient: line.text))
      } catch {
        throw .requirement(text: line.text, line: line.number, error)
      }
    }
    return requirements
  }

  private static func requiresPython(_ line: CoreMetadataFields.Line?) -> SpecifierSet? {
    guard let line, !line.text.isEmpty else { return nil }
    return (try? SpecifierSet(line.text)) ?? (try? SpecifierSet(lenient: line.text))
  }
}

extension Substring {
  /// The text without spaces and tabs at either end.
  var trimmingBlanks: String {
    var part = self
    while let last = part.utf8.last, last == 0x20 || last == 0x09 { part.removeLast() }
    return String(part.drop { $0 == " " || $0 == "\t" })
  }
}
