// nettle's tables of functions are constants that are only read.
@preconcurrency import CNettle

/// The digest of bytes that come in pieces, by nettle, whose code is here for libarchive anyway.
struct RunningDigest: ~Copyable {
  /// MD5 (RFC 1321) or one of the SHA family (FIPS 180-4), named as Python's `hashlib` does.
  enum Algorithm: String, CaseIterable, Sendable {
    case md5
    case sha1
    case sha256
    case sha384
    case sha512

    fileprivate var functions: nettle_hash {
      switch self {
      case .md5: nettle_md5
      case .sha1: nettle_sha1
      case .sha256: nettle_sha256
      case .sha384: nettle_sha384
      case .sha512: nettle_sha512
      }
    }
  }

  private let functions: nettle_hash
  private let state: UnsafeMutableRawPointer

  init(_ algorithm: Algorithm) {
    functions = algorithm.functions
    state = .allocate(byteCount: Int(functions.context_size), alignment: 16)
    functions.`init`(state)
  }

  deinit { state.deallocate() }

  mutating func update(_ bytes: [UInt8]) {
    if bytes.isEmpty { return }
    bytes.withUnsafeBufferPointer { functions.update(state, $0.count, $0.baseAddress) }
  }

  consuming func finish() -> [UInt8] {
    var digest = [UInt8](repeating: 0, count: Int(functions.digest_size))
    digest.withUnsafeMutableBufferPointer { functions.digest(state, $0.count, $0.baseAddress) }
    return digest
  }
}
