/// What a tar is compressed by.
package enum StreamCoding: String, Sendable, Hashable, CaseIterable {
  /// RFC 1952.
  case gzip
  case bzip2
  /// The .xz file format 1.2.0.
  case xz

  /// What each of its members begins with.
  var magic: [UInt8] {
    switch self {
    case .gzip: [0x1f, 0x8b, 8]
    case .bzip2: Array("BZh".utf8)
    case .xz: [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0]
    }
  }
}
