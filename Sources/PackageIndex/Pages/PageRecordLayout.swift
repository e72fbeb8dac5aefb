/// How a project page's record lies in memory. Numbers have their lowest byte first.
///
///     header    56 bytes (see ``Header``)
///     versions  16 bytes each, ascending (see ``VersionRow``)
///     files     48 bytes each, by version, then by name (see ``FileRow``)
///     digests   32 bytes each: a file's in the order address, file, metadata, as its flags say
///     strings   each behind its length in two bytes; a reference is an offset in here
///
/// A file's address is a base, the 32 bytes that many indexes name a file's directory after
/// (`/b7/53/342ee8…/`, 68 characters), and the file's name; either may be missing. Its name is that of the
/// release (`numpy-1.26.4`) and the rest (`-cp311-cp311-win_amd64.whl`), which other releases have too.
enum PageRecordLayout {
  /// "RPIX".
  static let mark: UInt32 = 0x5849_5052
  /// One more with every change here and with every change of `Version.packedKey`.
  static let format: UInt16 = 1
  /// A reference to nothing.
  static let none = UInt32.max
  static let digestLength = 32

  /// Offsets in the header.
  enum Header {
    static let mark = 0
    static let format = 4
    static let status = 6
    /// A version's packed key, so that a record is refused when the packing has changed.
    static let packing = 8
    static let versionCount = 16
    static let fileCount = 20
    static let digestCount = 24
    static let stringLength = 28
    static let project = 32
    static let statusReason = 36
    static let unreadableFilenames = 40
    static let unusableFiles = 44
    /// -1 for none.
    static let lastSerial = 48
    static let length = 56
  }

  /// Offsets in a version's row.
  enum VersionRow {
    /// `Version.packedKey`; if ``segmentCount`` is 0, a reference to the version's text.
    static let key = 0
    static let firstFile = 8
    static let segmentCount = 12
    static let flags = 13
    static let length = 16
  }

  /// What holds for a version.
  struct VersionFlags: OptionSet {
    let rawValue: UInt8
    static let preRelease = VersionFlags(rawValue: 1)
    /// All files are yanked.
    static let yanked = VersionFlags(rawValue: 2)
    static let wheel = VersionFlags(rawValue: 4)
    static let source = VersionFlags(rawValue: 8)
  }

  /// Offsets in a file's row.
  enum FileRow {
    static let flags = 0
    static let stem = 4
    static let ending = 8
    static let addressBase = 12
    static let requiresPython = 16
    static let yankReason = 20
    static let otherHashes = 24
    static let firstDigest = 28
    static let size = 32
    static let uploadedAt = 40
    static let length = 48
  }

  /// What holds for a file.
  struct FileFlags: OptionSet {
    let rawValue: UInt16
    static let wheel = FileFlags(rawValue: 1)
    static let yanked = FileFlags(rawValue: 2)
    static let hasSize = FileFlags(rawValue: 4)
    static let hasUploadTime = FileFlags(rawValue: 8)
    /// The address has the 32 bytes of a digest behind its base.
    static let hashedAddress = FileFlags(rawValue: 16)
    /// The address ends in the file's name.
    static let namedAddress = FileFlags(rawValue: 32)
    static let sha256 = FileFlags(rawValue: 64)
    static let metadataAbsent = FileFlags(rawValue: 128)
    static let metadataPresent = FileFlags(rawValue: 256)
    static let metadataDigest = FileFlags(rawValue: 512)
  }

  /// The algorithms that are named before `=` in an address's fragment (PEP 503; Python's `hashlib`).
  static let hashAlgorithms: Set<String> = [
    "md5", "sha1", "sha224", "sha256", "sha384", "sha512", "blake2b", "blake2s", "sha3_224", "sha3_256",
    "sha3_384", "sha3_512",
  ]
}

extension [UInt8] {
  /// Appends a number, its lowest byte first.
  mutating func append(number: some FixedWidthInteger) {
    var rest = number
    for _ in 0..<rest.bitWidth / 8 {
      append(UInt8(truncatingIfNeeded: rest))
      rest >>= 8
    }
  }
}

extension Span where Element == UInt8 {
  /// - Precondition: Four bytes from `offset` on exist.
  func number32(at offset: Int) -> UInt32 {
    let four = extracting(offset..<(offset &+ 4))
    return UInt32(four[0]) | UInt32(four[1]) << 8 | UInt32(four[2]) << 16 | UInt32(four[3]) << 24
  }

  /// - Precondition: Two bytes from `offset` on exist.
  func number16(at offset: Int) -> UInt16 { UInt16(self[offset]) | UInt16(self[offset + 1]) << 8 }
}
