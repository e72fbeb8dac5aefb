package import PythonPackaging

/// One entry of a lockfile: a package at one version, a URL or a place in the file system, with all that the
/// lockfile says of it.
///
/// The texts are those of the lockfile. Nothing is checked again: a pin made by resolving is right, and one read
/// from a hand-edited file is what the file says.
package struct LockedPin: Sendable, Hashable {
  /// What the package is fixed to.
  package enum Source: Sendable, Hashable {
    /// `==version`, the version's normal form.
    case version(String)
    /// `===version`, where an input asked for it so (PEP 440, arbitrary equality).
    case arbitraryVersion(String)
    /// A URL as it may be written: with its `${VARIABLES}`, with or without fragment.
    case url(String)
    /// `-e` and the text that follows, as the user gave it: `./pkg[dev]`, `git+https://…#egg=pkg`.
    case editable(String)
  }

  /// The package; nil only in a lockfile that was read, for a path or URL that doesn't tell it.
  package var name: PackageName?
  /// Extras, sorted, unique.
  package var extras: [ExtraName]
  /// What it is fixed to.
  package var source: Source
  /// The marker as PEP 508 prints it, without the `;`.
  package var marker: String?
  /// Hashes, `algorithm:hex`, each once; the writer sorts them.
  package var hashes: [String]
  /// Who asks for it; the writer sorts them.
  package var origins: [RequirementOrigin]

  /// A value of the given parts.
  package init(
    name: PackageName?, extras: [ExtraName] = [], source: Source, marker: String? = nil,
    hashes: [String] = [],
    origins: [RequirementOrigin] = []
  ) {
    self.name = name
    self.extras = extras
    self.source = source
    self.marker = marker
    self.hashes = hashes
    self.origins = origins
  }

  /// Whether it is installed in place.
  package var isEditable: Bool {
    if case .editable = source { true } else { false }
  }

  /// The version, for pins by version whose text PEP 440 allows.
  package var version: Version? {
    switch source {
    case .version(let text), .arbitraryVersion(let text): try? Version(text)
    case .url, .editable: nil
    }
  }

  /// What entries are sorted by after editables: the canonical name, or the URL where there is no name.
  var sortKey: String {
    if let name { return name.normalized }
    switch source {
    case .version(let text), .arbitraryVersion(let text), .url(let text), .editable(let text): return text
    }
  }

  /// pip-tools' order: editables first, then by canonical name as plain strings.
  package static func lockfileOrder(_ left: LockedPin, _ right: LockedPin) -> Bool {
    if left.isEditable != right.isEditable { return left.isEditable }
    return String.codePointOrder(left.sortKey, right.sortKey)
  }
}
