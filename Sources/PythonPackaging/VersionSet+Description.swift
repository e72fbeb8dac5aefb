extension VersionSet: CustomStringConvertible {
  /// The set in the words of specifiers, for messages: `>=1.0, !=1.5, <2`, `==1.2.*`, `<1 or >=2`; "any
  /// version" and "no version".
  ///
  /// Specifiers can't say every set. Where they can't, the words say in addition what they leave open:
  /// `<1.0 with its pre-releases` ends right before `1.0`.
  package var description: String {
    if cuts.isEmpty { return "no version" }
    if self == .all { return "any version" }
    var alternatives: [String] = []
    var index = 0
    while index < cuts.count {
      var clauses: [String] = []
      let lower = cuts[index]
      while index + 2 < cuts.count,
        let hole = VersionSet.exactWords(from: cuts[index + 1], to: cuts[index + 2])
      {
        clauses.append("!=" + hole)
        index += 2
      }
      let upper = index + 1 < cuts.count ? cuts[index + 1] : nil
      if clauses.isEmpty, let upper, let exact = VersionSet.exactWords(from: lower, to: upper) {
        clauses = ["==" + exact]
      } else {
        if lower != .start { clauses.insert(lower.lowerWords, at: 0) }
        if let upper { clauses.append(upper.upperWords) }
      }
      alternatives.append(clauses.joined(separator: ", "))
      index += 2
    }
    return alternatives.joined(separator: " or ")
  }

  /// What `==` is followed by if it means the versions between two cuts; nil if it can't.
  private static func exactWords(from lower: VersionCut, to upper: VersionCut) -> String? {
    guard case .before(let first) = lower else { return nil }
    switch upper {
    case .after(let last):
      guard first == last else { return nil }
      return last.hasLocal ? last.description : "\(last) without its locals"
    case .before(let end):
      if !first.hasLocal, upper == .after(localsOf: first) { return first.description }
      return wildcard(from: first, to: end)
    case .afterPostReleases: return nil
    }
  }

  /// The prefix all versions from one to another share, and no others: `1.2.*` for `1.2.dev0` and `1.3.dev0`.
  private static func wildcard(from first: Version, to end: Version) -> String? {
    guard first.dev == 0, end.dev == 0, first.isDevelopmentOfFinal, end.isDevelopmentOfFinal,
      !first.hasLocal, !end.hasLocal, first.epoch == end.epoch, first != Version(release: [0], dev: 0)
    else { return nil }
    let count = end.significantSegmentCount
    guard count > 0, first.significantSegmentCount <= count,
      end.segment(count - 1) == first.segment(count - 1) + 1,
      end.hasReleasePrefix(of: first, count: count - 1)
    else { return nil }
    let release = (0..<count).map { first.segment($0) }
    return Version(epoch: first.epoch, release: release).description + ".*"
  }
}

extension Version {
  /// Whether the version has a dev segment and no other suffix.
  fileprivate var isDevelopmentOfFinal: Bool { dev != nil && pre == nil && post == nil }
}

extension VersionCut {
  /// The words for "from here on".
  fileprivate var lowerWords: String {
    switch self {
    case .before(let version):
      if let earlier = versionWhoseLocalsEnd, earlier.post != nil { return ">\(earlier)" }
      if let pre = version.pre, version.post == nil, version.dev == 0, pre.number > 0, !version.hasLocal {
        let earlier = PreRelease(kind: pre.kind, number: pre.number - 1)
        return ">\(Version(epoch: version.epoch, release: version.release, pre: earlier))"
      }
      return ">=\(version)"
    case .after(let version): return version.hasLocal ? ">\(version)" : ">\(version) with its locals"
    case .afterPostReleases(let version): return ">\(version)"
    }
  }

  /// The words for "up to here".
  fileprivate var upperWords: String {
    switch self {
    case .before(let version):
      if let last = versionWhoseLocalsEnd { return "<=\(last)" }
      if version.isPreRelease || version.hasLocal {
        return version.isDevelopmentOfFinal && version.dev == 0 && !version.hasLocal
          ? "<\(Version(epoch: version.epoch, release: version.release))" : "<\(version)"
      }
      return "<\(version) with its \(version.post == nil ? "pre" : "dev")-releases"
    case .after(let version): return version.hasLocal ? "<=\(version)" : "<=\(version) without its locals"
    case .afterPostReleases(let version): return "<=\(version) with its post-releases"
    }
  }

  /// The version V for which this is the cut after V and all its locals, if V is no dev release.
  private var versionWhoseLocalsEnd: Version? {
    guard case .before(let version) = self, let post = version.post, version.dev == 0, !version.hasLocal
    else {
      return nil
    }
    return Version(
      epoch: version.epoch, release: version.release, pre: version.pre, post: post > 0 ? post - 1 : nil)
  }
}
