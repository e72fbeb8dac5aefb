/// A version as PEP 440 defines it: `[N!]N(.N)*[{a|b|rc}N][.postN][.devN][+local]`.
///
/// Invariant: the parts are in normal form, and two versions that PEP 440 holds equal are equal and hash
/// alike, though they may be written with a different number of trailing zeros: `1.0 == 1.0.0`, and each
/// keeps its own ``description``.
///
/// A version with epoch 0, at most four small release segments, at most one of pre, post and dev, and no
/// local part is held as one number that sorts as the version does (see `Version+Packing.swift`); every
/// other version keeps its parts in an immutable box.
package struct Version: Sendable, Hashable, Comparable, CustomStringConvertible {
  /// The parts of a version that one number can't hold.
  @usableFromInline
  final class Parts: Sendable {
    let epoch: Int
    let release: [Int]
    let pre: PreRelease?
    let post: Int?
    let dev: Int?
    let local: [LocalSegment]

    init(epoch: Int, release: [Int], pre: PreRelease?, post: Int?, dev: Int?, local: [LocalSegment]) {
      self.epoch = epoch
      self.release = release
      self.pre = pre
      self.post = post
      self.dev = dev
      self.local = local
    }
  }

  /// The greatest number a part of a version may have; a little less than the greatest `Int`, so that the next
  /// number exists too and `Int.max` can stand for "after every number".
  package static let greatestNumber = Int.max - 2
  /// The greatest length of a version's text, in UTF-8 bytes.
  package static let greatestLength = 1024

  /// The sort key, or 0 if the version has none. Versions equal in PEP 440's order have the same key.
  @usableFromInline
  let key: UInt64
  /// The number of release segments as written, if ``parts`` is nil; else 0.
  let segmentCount: UInt8
  /// The parts, if the key can't give all of them back.
  let parts: Parts?

  init(key: UInt64, segmentCount: UInt8) {
    self.key = key
    self.segmentCount = segmentCount
    self.parts = nil
  }

  /// The version with these parts.
  ///
  /// - Precondition: `release` is not empty and no number is negative.
  init(
    epoch: Int = 0, release: [Int], pre: PreRelease? = nil, post: Int? = nil, dev: Int? = nil,
    local: [LocalSegment] = []
  ) {
    let parts = Parts(epoch: epoch, release: release, pre: pre, post: post, dev: dev, local: local)
    key = Version.key(of: parts)
    if key != 0, release.count <= Version.packedSegmentLimit {
      segmentCount = UInt8(release.count)
      self.parts = nil
    } else {
      segmentCount = 0
      self.parts = parts
    }
  }

  /// Reads a version in any spelling PEP 440 allows ("Normalization"), with white space around it allowed.
  ///
  /// - Throws: ``VersionError``, its offset in UTF-8 bytes from the start of `text`.
  package init(_ text: String) throws(VersionError) {
    try self.init(utf8: text.utf8.span)
  }

  /// Reads a version as `init(_: String)` does.
  package init(_ text: Substring) throws(VersionError) {
    try self.init(utf8: text.utf8.span)
  }

  /// The epoch: 1 in `1!2.0`, 0 where none is written (PEP 440, "Version epochs").
  package var epoch: Int { parts?.epoch ?? 0 }

  /// The release segment as written, trailing zeros kept: `[1, 2, 0]` in `1.2.0rc1`.
  package var release: [Int] {
    if let parts { return parts.release }
    return (0..<Int(segmentCount)).map { Version.segment($0, in: key) }
  }

  /// The number of release segments as written: 3 in `1.2.0`.
  package var releaseSegmentCount: Int { parts?.release.count ?? Int(segmentCount) }

  /// The pre-release segment, nil if there is none.
  package var pre: PreRelease? {
    if let parts { return parts.pre }
    let number = Version.number(in: key)
    return switch Version.kind(in: key) {
    case .alpha: PreRelease(kind: .alpha, number: number)
    case .beta: PreRelease(kind: .beta, number: number)
    case .candidate: PreRelease(kind: .candidate, number: number)
    default: nil
    }
  }

  /// The number of the post-release, nil if it is none: 1 in `1.0.post1` and in `1.0-1`.
  package var post: Int? {
    if let parts { return parts.post }
    return Version.kind(in: key) == .post ? Version.number(in: key) : nil
  }

  /// The number of the development release, nil if it is none: 3 in `1.0.dev3`.
  package var dev: Int? {
    if let parts { return parts.dev }
    return Version.kind(in: key) == .dev ? Version.number(in: key) : nil
  }

  /// The segments of the local version, empty if there is none: `[ubuntu, 1]` in `1.0+ubuntu.1`.
  package var local: [LocalSegment] { parts?.local ?? [] }

  /// Whether this is a pre-release to PEP 440: one with a pre or a dev segment.
  package var isPreRelease: Bool {
    if let parts { return parts.pre != nil || parts.dev != nil }
    return Version.kind(in: key).rawValue < Version.Kind.final.rawValue
  }

  /// Whether there is a post segment.
  package var isPostRelease: Bool { post != nil }

  /// Whether there is a dev segment.
  package var isDevelopmentRelease: Bool { dev != nil }

  /// Whether there is a local version.
  package var hasLocal: Bool {
    guard let parts else { return false }
    return !parts.local.isEmpty
  }

  /// The version with epoch and release segment only: `1!1.0` of `1!1.0rc1+cpu`.
  package var base: Version {
    if parts == nil, Version.kind(in: key) == .final { return self }
    return Version(epoch: epoch, release: release)
  }

  /// The version without its local part: `1.0rc1` of `1.0rc1+cpu`.
  package var `public`: Version {
    guard let parts, !parts.local.isEmpty else { return self }
    return Version(
      epoch: parts.epoch, release: parts.release, pre: parts.pre, post: parts.post, dev: parts.dev)
  }

  /// The normal form, with as many release segments as were written: `1.0rc1` for `v1.0-C1`.
  package var description: String {
    var text = ""
    if epoch != 0 { text += "\(epoch)!" }
    for index in 0..<releaseSegmentCount {
      if index > 0 { text += "." }
      text += String(segment(index))
    }
    if let pre { text += pre.description }
    if let post { text += ".post\(post)" }
    if let dev { text += ".dev\(dev)" }
    var separator = "+"
    for segment in local {
      text += separator + segment.description
      separator = "."
    }
    return text
  }
}
