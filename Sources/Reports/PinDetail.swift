package import PythonPackaging

/// What a lockfile tells of a pin besides its version: what makes its list of packages a bill of materials.
package struct PinDetail: Sendable, Hashable {
  package var package: PackageName
  /// Nil: the file doesn't tell, as for what isn't from an index.
  package var version: Version?
  /// The hashes of its files, as the lockfile has them: `sha256:…`.
  package var hashes: [String]
  /// The pinned packages that ask for it.
  package var askers: [PackageName]
  /// Whether what people write asks for it.
  package var isDirect: Bool

  package init(
    package: PackageName, version: Version?, hashes: [String] = [], askers: [PackageName] = [],
    isDirect: Bool = false
  ) {
    self.package = package
    self.version = version
    self.hashes = hashes
    self.askers = askers
    self.isDirect = isDirect
  }
}
