extension SourceArchive {
  /// The container, and what it is compressed by as a whole.
  package enum Format: Sendable, Hashable {
    /// POSIX `ustar` and `pax`, GNU and older tar.
    case tar(StreamCoding?)
    /// Zip, read by its table of contents.
    case zip
  }

  /// What a file name's ending says, in any case; nil for an ending that says nothing.
  ///
  ///     ending = ".tar.gz" | ".tgz" | ".tar.bz2" | ".tbz2" | ".tbz" | ".tar.xz" | ".txz" | ".tar" | ".zip"
  package static func format(of filename: String) -> Format? {
    let name = filename.lowercased()
    let endings: [(ending: String, format: Format)] = [
      (".tar.gz", .tar(.gzip)), (".tgz", .tar(.gzip)), (".tar.bz2", .tar(.bzip2)), (".tbz2", .tar(.bzip2)),
      (".tbz", .tar(.bzip2)), (".tar.xz", .tar(.xz)), (".txz", .tar(.xz)), (".tar", .tar(nil)),
      (".zip", .zip),
    ]
    return endings.first { name.hasSuffix($0.ending) }?.format
  }

  /// What the first bytes say; nil if they are none of an archive's.
  static func format(ofContents bytes: [UInt8]) -> Format? {
    for coding in StreamCoding.allCases where bytes.starts(with: coding.magic) { return .tar(coding) }
    // A local header, or the end record of an archive without entries (APPNOTE 6.3.10, §4.3).
    if bytes.starts(with: [0x50, 0x4b, 3, 4]) || bytes.starts(with: [0x50, 0x4b, 5, 6]) { return .zip }
    // POSIX.1-2017, pax, "ustar Interchange Format".
    return bytes.dropFirst(257).starts(with: "ustar".utf8) ? .tar(nil) : nil
  }
}
