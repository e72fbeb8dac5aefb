extension Specifier {
  /// Whether a version satisfies the specifier (PEP 440, "Version specifiers"), pre-release policy aside.
  package func allows(_ candidate: Version) -> Bool {
    guard let version, `operator` != .arbitrary else {
      return candidate.description == versionText.lowercased()
    }
    switch `operator` {
    case .equal: return equals(candidate, version)
    case .notEqual: return !equals(candidate, version)
    case .lessOrEqual: return candidate <= version || candidate.isSamePublicVersion(as: version)
    case .greaterOrEqual: return candidate >= version
    case .less:
      guard candidate < version else { return false }
      return version.isPreRelease || !candidate.isDevelopmentRelease(orPreReleaseOf: version)
    case .greater:
      guard candidate > version else { return false }
      if version.dev != nil || version.post != nil { return !candidate.isSamePublicVersion(as: version) }
      return candidate.compareRelease(to: version) != 0 || candidate.pre != version.pre
    case .compatible:
      return candidate >= version
        && candidate.hasReleasePrefix(of: version, count: version.releaseSegmentCount - 1)
    case .arbitrary: return false
    }
  }

  private func equals(_ candidate: Version, _ version: Version) -> Bool {
    if isWildcard { return candidate.hasReleasePrefix(of: version, count: version.releaseSegmentCount) }
    return candidate == version || (!version.hasLocal && candidate.isSamePublicVersion(as: version))
  }

  /// The versions that satisfy the specifier, pre-release policy aside.
  ///
  /// The order of versions can't tell `1.0` from `1.0.0`, which `===` does: `===1.0` has the set of `1.0`, and
  /// ``allows(_:)`` says which spelling it is. `===` with a text that isn't in normal form has no version.
  package var versions: VersionSet {
    guard let version else { return .empty }
    switch `operator` {
    case .equal: return equalVersions(version)
    case .notEqual: return equalVersions(version).complement
    case .lessOrEqual: return VersionSet(from: .start, to: .after(localsOf: version))
    case .greaterOrEqual: return VersionSet(from: .before(version))
    case .less:
      let bound =
        version.isPreRelease
        ? version : Version(epoch: version.epoch, release: version.release, post: version.post, dev: 0)
      return VersionSet(from: .start, to: .before(bound))
    case .greater:
      return VersionSet(
        from: version.dev != nil || version.post != nil
          ? .after(localsOf: version) : .after(postReleasesOf: version))
    case .compatible:
      let end = Version.firstVersion(
        afterPrefixOf: version, count: version.releaseSegmentCount - 1)
      return VersionSet(from: .before(version), to: .before(end))
    case .arbitrary:
      return version.description == versionText.lowercased() ? VersionSet(exactly: version) : .empty
    }
  }

  private func equalVersions(_ version: Version) -> VersionSet {
    if isWildcard {
      let first = Version(epoch: version.epoch, release: version.release, dev: 0)
      let end = Version.firstVersion(afterPrefixOf: version, count: version.releaseSegmentCount)
      return VersionSet(from: .before(first), to: .before(end))
    }
    if version.hasLocal { return VersionSet(exactly: version) }
    return VersionSet(from: .before(version), to: .after(localsOf: version))
  }
}

extension Version {
  /// Whether this version, which is less than `version`, is one of those that `<version` leaves out although
  /// they come before it: the pre-releases of a final release, the dev releases of a post-release.
  fileprivate func isDevelopmentRelease(orPreReleaseOf version: Version) -> Bool {
    guard compareRelease(to: version) == 0 else { return false }
    return version.post == nil || (pre == nil && post == version.post)
  }

  /// The first version whose release segment doesn't start with the first `count` segments of `version` any
  /// more: `1.3.dev0` for two segments of `1.2.5`.
  fileprivate static func firstVersion(afterPrefixOf version: Version, count: Int) -> Version {
    var release = Array(version.release.prefix(count))
    release[count - 1] += 1
    return Version(epoch: version.epoch, release: release, dev: 0)
  }
}
