/// What the caller has said of a package, and how far it has been worked in.
///
/// Invariant: all sets are within `0..<versionCount`. Example: after version 3 of 5 was said to depend on nothing,
/// `known` is `{3..<4}`.
struct PackageFacts: Sendable {
  let versionCount: Int

  /// The versions whose dependencies are known.
  var known = VersionRanges()

  /// The versions that can't be used, for whatever reason.
  var excluded = VersionRanges()

  /// The solver's count of retreats when the package's incompatibilities were last looked at; -1 if never.
  var propagatedAfter = -1
}
