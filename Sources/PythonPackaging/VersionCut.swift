/// A place between versions in PEP 440's order, where a set of versions begins or ends.
///
/// Of two places with no version between them only one can be made, so equal sets have equal cuts:
///
///     before(V)             V is the first version behind it
///     after(V)              V itself is the last version before it; V's local versions (or longer ones) are behind it
///     afterPostReleases(V)  V is a final release; V, its local versions and all its post-releases are before it
///
/// "After V and all its locals" needs no case: a first version comes next, `1.0.post0.dev0` after `1.0`,
/// `1.0.post2.dev0` after `1.0.post1`, `1.0.dev4` after `1.0.dev3` (``after(localsOf:)``). Nor does "after all
/// post-releases of `1.0a1`": `1.0a2.dev0` comes next. The start of the line is before `0.dev0`.
enum VersionCut: Sendable, Hashable, Comparable {
  case before(Version)
  case after(Version)
  case afterPostReleases(Version)

  /// The start of the line.
  static let start = VersionCut.before(Version(release: [0], dev: 0))

  /// The place behind a version and all its local versions.
  ///
  /// - Precondition: the version has no local part.
  static func after(localsOf version: Version) -> VersionCut {
    if let dev = version.dev {
      return .before(
        Version(
          epoch: version.epoch, release: version.release, pre: version.pre, post: version.post, dev: dev + 1))
    }
    return .before(
      Version(
        epoch: version.epoch, release: version.release, pre: version.pre,
        post: version.post.map { $0 + 1 } ?? 0,
        dev: 0))
  }

  /// The place behind a version, its local versions and its post-releases.
  ///
  /// - Precondition: the version has no post, dev or local part.
  static func after(postReleasesOf version: Version) -> VersionCut {
    guard let pre = version.pre else { return .afterPostReleases(version) }
    let next = PreRelease(kind: pre.kind, number: pre.number + 1)
    return .before(Version(epoch: version.epoch, release: version.release, pre: next, dev: 0))
  }

  /// Whether a version is behind the cut.
  func isBelow(_ version: Version) -> Bool {
    switch self {
    case .before(let bound): bound <= version
    case .after(let bound): bound < version
    case .afterPostReleases(let bound): bound.compareRelease(to: version) < 0
    }
  }

  static func < (left: VersionCut, right: VersionCut) -> Bool {
    switch (left, right) {
    case (.before(let left), .before(let right)), (.after(let left), .after(let right)),
      (.after(let left), .before(let right)):
      left < right
    case (.before(let left), .after(let right)): left <= right
    case (.before(let left), .afterPostReleases(let right)),
      (.after(let left), .afterPostReleases(let right)):
      left.compareRelease(to: right) <= 0
    case (.afterPostReleases(let left), .before(let right)),
      (.afterPostReleases(let left), .after(let right)),
      (.afterPostReleases(let left), .afterPostReleases(let right)):
      left.compareRelease(to: right) < 0
    }
  }
}
