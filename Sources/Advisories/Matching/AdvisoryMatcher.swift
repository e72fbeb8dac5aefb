package import PythonPackaging

/// What is known of many packages, to be asked about pins.
package struct AdvisoryMatcher: Sendable {
  /// By package; those without a record are left out.
  package let packages: [PackageName: PackageAdvisories]

  package init(records: some Sequence<AdvisoryRecord>) {
    var byPackage: [PackageName: [AdvisoryRecord]] = [:]
    for record in records where !record.isWithdrawn {
      for package in record.affected.keys { byPackage[package, default: []].append(record) }
    }
    var packages: [PackageName: PackageAdvisories] = [:]
    packages.reserveCapacity(byPackage.count)
    for (package, records) in byPackage { packages[package] = PackageAdvisories(package, records: records) }
    self.packages = packages
  }

  /// The problems that a pin has, by ids; none if nothing is known of the package.
  ///
  /// - Parameter releases: The releases that could be had instead, ascending; nil if nobody asked an index.
  package func problems(
    of package: PackageName, _ version: Version, releases: [Version]? = nil
  ) -> [KnownProblem] {
    packages[package]?.problems(of: version, releases: releases) ?? []
  }
}
