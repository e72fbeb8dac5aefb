/// What is asked of one project: a name, extras, versions or an address, and when it applies (PEP 508).
///
/// Two spellings of one requirement are equal: names and extras compare normalised.
/// Example: `Requirement("Flask[async] >=2,<4; python_version > '3.8'")`.
package struct Requirement: Sendable, Hashable, CustomStringConvertible {
  /// The project's name.
  package var name: PackageName
  /// The project's name as it was written; not part of the requirement's identity.
  package var writtenName: String
  /// The extras asked for, sorted, each once.
  package var extras: [ExtraName] {
    didSet { writtenExtras = extras.map(\.normalized) }
  }
  /// The versions asked for; empty for any version, and always beside a URL.
  package var specifiers: SpecifierSet
  /// The address of a direct reference (`name @ url`), as it was written.
  package var url: String?
  /// When the requirement applies; nil for always.
  package var marker: Marker?
  /// The extras as they were written, sorted and each spelling once; only `description` shows them.
  private var writtenExtras: [String]

  /// Reads a requirement.
  ///
  /// The grammar is in `RequirementParser`; it is PEP 508's as `packaging` reads it. A marker that `packaging` reads but
  /// refuses to evaluate is a fault too, since nobody could say whether the requirement applies.
  /// - Throws: `RequirementError` with the offset of the fault.
  package init(_ text: String) throws(RequirementError) {
    var parser = try RequirementParser(text)
    self = try parser.requirement()
    try parser.checkComparisons()
  }

  /// Reads a requirement of old metadata (`Requires-Dist` before PEP 508 and from tools that didn't keep to it).
  ///
  /// What PEP 508 has is read as PEP 508 has it. Beyond that: specifiers as `SpecifierSet(lenient:)` reads them
  /// (`>=1.0.*`, a missing or a trailing comma, quotes around a version), parentheses that don't match, a comma after
  /// the last extra, an empty marker, doubled semicolons, line ends as blanks.
  /// - Throws: `RequirementError` with the offset of the fault.
  package init(lenient text: String) throws(RequirementError) {
    if let requirement = try? Requirement(text) {
      self = requirement
      return
    }
    var parser = try RequirementParser(text, isLenient: true)
    self = try parser.requirement()
    try parser.checkComparisons()
  }

  /// A requirement made of its parts.
  package init(
    name: PackageName, extras: [ExtraName] = [], specifiers: SpecifierSet = SpecifierSet(),
    url: String? = nil,
    marker: Marker? = nil
  ) {
    self.name = name
    self.writtenName = name.normalized
    self.extras = Set(extras).sorted()
    self.writtenExtras = self.extras.map(\.normalized)
    self.specifiers = specifiers
    self.url = url
    self.marker = marker
  }

  init(
    name: PackageName, writtenName: String, writtenExtras: [(written: String, name: ExtraName)],
    specifiers: SpecifierSet, url: String?, marker: Marker?
  ) {
    self.name = name
    self.writtenName = writtenName
    self.extras = writtenExtras.isEmpty ? [] : Set(writtenExtras.map(\.name)).sorted()
    self.writtenExtras = writtenExtras.isEmpty ? [] : Set(writtenExtras.map(\.written)).sorted()
    self.specifiers = specifiers
    self.url = url
    self.marker = marker
  }

  /// The requirement as `str(packaging.requirements.Requirement)` writes it.
  ///
  /// Example: `Flask[async]<4,>=2; python_version > "3.8"`.
  package var description: String {
    var text = writtenName
    if !writtenExtras.isEmpty { text += "[" + writtenExtras.joined(separator: ",") + "]" }
    if !specifiers.isEmpty { text += specifiers.description }
    if let url {
      text += " @ " + url
      if marker != nil { text += " " }
    }
    if let marker { text += "; " + marker.description }
    return text
  }

  package static func == (left: Requirement, right: Requirement) -> Bool {
    left.name == right.name && left.extras == right.extras && left.specifiers == right.specifiers
      && left.url == right.url && left.marker == right.marker
  }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(name)
    hasher.combine(extras)
    hasher.combine(specifiers)
    hasher.combine(url)
    hasher.combine(marker)
  }
}
