// The key of an ordinary version, from the most significant bit down:
//
//     | 14 bits   | 10 bits   | 10 bits   | 8 bits    | 3 bits | 19 bits |
//     | segment 0 | segment 1 | segment 2 | segment 3 | kind   | number  |
//
// Segments that aren't written are 0, as PEP 440 pads them. Kinds are numbered in PEP 440's order, and none is
// 0, so a key is never 0.
extension Version {
  /// What follows the release segment of a version that has a key.
  enum Kind: UInt8, Sendable {
    case dev = 1
    case alpha = 2
    case beta = 3
    case candidate = 4
    case final = 5
    case post = 6
  }

  /// The most release segments a key holds.
  static let packedSegmentLimit = 4
  private static let numberBits: UInt64 = 19
  private static let numberMask: UInt64 = (1 << 19) - 1
  private static let kindMask: UInt64 = 7

  /// The version as one number, from which `init?(packedKey:releaseSegmentCount:)` makes it again together
  /// with ``releaseSegmentCount``; nil for a version with an epoch, a local part, more than four release
  /// segments, more than one of pre, post and dev, or too large a number.
  ///
  /// The numbers of two versions compare as the versions do.
  package var packedKey: UInt64? { parts == nil ? key : nil }

  /// The version whose ``packedKey`` and ``releaseSegmentCount`` these are; nil if there is none.
  package init?(packedKey key: UInt64, releaseSegmentCount: Int) {
    guard (1...Version.packedSegmentLimit).contains(releaseSegmentCount),
      let kind = Kind(rawValue: UInt8((key >> Version.numberBits) & Version.kindMask)),
      kind != .final || key & Version.numberMask == 0
    else { return nil }
    for index in releaseSegmentCount..<Version.packedSegmentLimit where Version.segment(index, in: key) != 0 {
      return nil
    }
    self.init(key: key, segmentCount: UInt8(releaseSegmentCount))
  }

  /// The key of four segments (fewer padded with zeros), a kind and its number; 0 if one is too large.
  static func key(_ first: Int, _ second: Int, _ third: Int, _ fourth: Int, kind: Kind, number: Int) -> UInt64
  {
    guard first < 1 << 14, second < 1 << 10, third < 1 << 10, fourth < 1 << 8, number < 1 << 19 else {
      return 0
    }
    let release = UInt64(first) << 50 | UInt64(second) << 40 | UInt64(third) << 30 | UInt64(fourth) << 22
    return release | UInt64(kind.rawValue) << numberBits | UInt64(number)
  }

  /// The key of a version with these parts, whatever the number of its trailing zeros; 0 if it has none.
  static func key(of parts: Parts) -> UInt64 {
    guard parts.epoch == 0, parts.local.isEmpty,
      let suffix = suffix(pre: parts.pre, post: parts.post, dev: parts.dev)
    else { return 0 }
    let release = parts.release
    for index in release.indices.dropFirst(packedSegmentLimit) where release[index] != 0 { return 0 }
    return key(
      release[0],
      release.count > 1 ? release[1] : 0,
      release.count > 2 ? release[2] : 0,
      release.count > 3 ? release[3] : 0,
      kind: suffix.kind,
      number: suffix.number)
  }

  /// The kind and number of a version with at most one of pre, post and dev; nil if it has more.
  static func suffix(pre: PreRelease?, post: Int?, dev: Int?) -> (kind: Kind, number: Int)? {
    switch (pre, post, dev) {
    case (nil, nil, nil): (.final, 0)
    case (nil, nil, .some(let dev)): (.dev, dev)
    case (nil, .some(let post), nil): (.post, post)
    case (.some(let pre), nil, nil):
      switch pre.kind {
      case .alpha: (.alpha, pre.number)
      case .beta: (.beta, pre.number)
      case .candidate: (.candidate, pre.number)
      }
    default: nil
    }
  }

  /// The release segment at an index of 0 to 3 in a key.
  static func segment(_ index: Int, in key: UInt64) -> Int {
    switch index {
    case 0: Int(key >> 50)
    case 1: Int(key >> 40 & 0x3FF)
    case 2: Int(key >> 30 & 0x3FF)
    default: Int(key >> 22 & 0xFF)
    }
  }

  /// The first 0 to 4 release segments in a key, as a number that sorts as they do.
  static func releaseBits(of key: UInt64, segments count: Int) -> UInt64 {
    switch count {
    case 0: 0
    case 1: key >> 50
    case 2: key >> 40
    case 3: key >> 30
    default: key >> 22
    }
  }

  /// What follows the release segment in a key.
  static func kind(in key: UInt64) -> Kind {
    guard let kind = Kind(rawValue: UInt8((key >> numberBits) & kindMask)) else {
      fatalError("a version's key has no kind")
    }
    return kind
  }

  /// The number of a key's kind.
  static func number(in key: UInt64) -> Int { Int(key & numberMask) }
}
