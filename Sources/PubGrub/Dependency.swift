extension Solver {
  /// What some versions of a package need of another: that it be selected within ``versions``.
  ///
  /// Several values for one package are all binding. An empty set, or a package without versions, makes the depending
  /// versions impossible. Example: `b` below its third version is `Dependency(package: b, versions: {0..<2}, label: 0)`.
  package struct Dependency: Sendable, Hashable {
    /// The package that is needed.
    package var package: PackageID

    /// The versions of it that will do; those it doesn't have are ignored.
    package var versions: VersionRanges

    /// The caller's mark, which comes back in ``Cause``. Dependencies merge across versions only where the labels are
    /// equal, so equal requirements should have equal labels.
    package var label: UInt32

    package init(package: PackageID, versions: VersionRanges, label: UInt32) {
      self.package = package
      self.versions = versions
      self.label = label
    }
  }
}
