/// What two external incompatibilities must have in common so that one can say both, of the united versions.
enum MergeKey: Hashable, Sendable {
  case dependency(of: PackageID, on: PackageID, allowed: VersionRanges, label: UInt32)
  case unavailable(PackageID, label: UInt32)
  case noVersions(PackageID)
}
