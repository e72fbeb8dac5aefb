extension Version {
  /// PEP 440's order ("Summary of permitted suffixes and relative ordering"): epoch, release segment padded
  /// with zeros, then dev < a < b < rc < final < post, and a local version after its public one.
  @inlinable
  package static func < (left: Version, right: Version) -> Bool {
    if left.key != 0, right.key != 0 { return left.key < right.key }
    return left.compareParts(to: right, withLocal: true) < 0
  }

  /// Whether PEP 440 holds the two equal: `1.0 == 1.0.0`.
  @inlinable
  package static func == (left: Version, right: Version) -> Bool {
    left.key == right.key && (left.key != 0 || left.compareParts(to: right, withLocal: true) == 0)
  }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(key)
    guard key == 0 else { return }
    hasher.combine(epoch)
    for index in 0..<significantSegmentCount { hasher.combine(segment(index)) }
    hasher.combine(pre)
    hasher.combine(post)
    hasher.combine(dev)
    hasher.combine(local)
  }

  /// The release segment at an index, 0 past the last one, as PEP 440 pads them.
  func segment(_ index: Int) -> Int {
    if let parts { return index < parts.release.count ? parts.release[index] : 0 }
    return index < Version.packedSegmentLimit ? Version.segment(index, in: key) : 0
  }

  /// The number of release segments without trailing zeros.
  var significantSegmentCount: Int {
    var count = releaseSegmentCount
    while count > 0, segment(count - 1) == 0 { count -= 1 }
    return count
  }

  /// Compares epoch and release segment only: negative, zero or positive.
  func compareRelease(to other: Version) -> Int {
    if key != 0, other.key != 0 {
      let (left, right) = (
        Version.releaseBits(of: key, segments: 4), Version.releaseBits(of: other.key, segments: 4)
      )
      return left == right ? 0 : left < right ? -1 : 1
    }
    if epoch != other.epoch { return epoch < other.epoch ? -1 : 1 }
    for index in 0..<max(releaseSegmentCount, other.releaseSegmentCount) {
      let (left, right) = (segment(index), other.segment(index))
      if left != right { return left < right ? -1 : 1 }
    }
    return 0
  }

  /// Whether the two differ in their local part at most.
  func isSamePublicVersion(as other: Version) -> Bool {
    if key != 0, other.key != 0 { return key == other.key }
    return compareParts(to: other, withLocal: false) == 0
  }

  /// Whether the release segment starts with the first `count` segments of another version's, same epoch.
  func hasReleasePrefix(of other: Version, count: Int) -> Bool {
    if key != 0, other.key != 0, count <= Version.packedSegmentLimit {
      return Version.releaseBits(of: key, segments: count)
        == Version.releaseBits(of: other.key, segments: count)
    }
    guard epoch == other.epoch else { return false }
    for index in 0..<count where segment(index) != other.segment(index) { return false }
    return true
  }

  /// Compares part by part: negative, zero or positive.
  @usableFromInline
  func compareParts(to other: Version, withLocal: Bool) -> Int {
    let order = compareRelease(to: other)
    if order != 0 { return order }
    let (left, right) = (suffixOrder, other.suffixOrder)
    if left != right { return left < right ? -1 : 1 }
    guard withLocal else { return 0 }
    let (leftLocal, rightLocal) = (local, other.local)
    if leftLocal == rightLocal { return 0 }
    return leftLocal.lexicographicallyPrecedes(rightLocal) ? -1 : 1
  }

  /// Pre, post and dev as numbers that compare in PEP 440's order: a version with a dev segment alone comes
  /// before every pre-release, one without a pre segment after them, one without a post segment before those
  /// with one, one without a dev segment after those with one.
  private var suffixOrder: (Int, Int, Int, Int) {
    let (pre, post, dev) = (self.pre, self.post, self.dev)
    let phase: Int =
      if let pre {
        Int(pre.kind.rawValue) + 1
      } else if post == nil, dev != nil {
        0
      } else {
        4
      }
    return (phase, pre?.number ?? 0, post ?? -1, dev ?? Int.max)
  }
}
