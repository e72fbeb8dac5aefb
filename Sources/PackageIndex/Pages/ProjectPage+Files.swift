package import PythonPackaging

extension ProjectPage {
  /// A version's files, sorted by name.
  ///
  /// - Precondition: `index` is in `0..<versionCount`.
  package func distributions(at index: Int) -> [Distribution] {
    let bytes = record.span
    let version = version(at: index)
    let files = files(at: index)
    var distributions: [Distribution] = []
    distributions.reserveCapacity(files.count)
    for file in files {
      // A corrupt row may give another version's name.
      if let distribution = try? distribution(at: file, in: bytes), distribution.version == version {
        distributions.append(distribution)
      }
    }
    return distributions
  }

  /// What tells whether a version's files can be had, sorted by name: much less than the files themselves.
  ///
  /// - Parameter sieve: wheels that it doesn't let through are of no kind.
  /// - Precondition: `index` is in `0..<versionCount`.
  package func availability(at index: Int, through sieve: WheelSieve) -> [FileAvailability] {
    let bytes = record.span
    let version = version(at: index)
    return files(at: index).compactMap { file in
      guard let file = try? availability(of: file, through: sieve, in: bytes),
        file.kind.map({ $0.version == version }) ?? true
      else { return nil }
      return file
    }
  }

  private func availability(
    of file: Int, through sieve: WheelSieve, in bytes: Span<UInt8>
  ) throws(CorruptRow) -> FileAvailability {
    let row = fileStart + file * Layout.FileRow.length
    let flags = Layout.FileFlags(rawValue: bytes.number16(at: row + Layout.FileRow.flags))
    let ending = ProjectPage.range(
      of: bytes.number32(at: row + Layout.FileRow.ending), from: stringStart, in: bytes)
    guard let ending else { throw CorruptRow() }
    var kind: Distribution.Kind?
    if !flags.contains(.wheel) || sieve.lets(bytes.extracting(ending)) {
      let name = try part(row, Layout.FileRow.stem, in: bytes) + part(row, Layout.FileRow.ending, in: bytes)
      guard name.allSatisfy(FilenameShape.isAllowed),
        let known = try? Distribution.Kind(filename: String(decoding: name, as: UTF8.self), of: project)
      else { throw CorruptRow() }
      kind = known
    }
    var facts = FileAvailability(
      kind: kind, requiresPython: try text(row, Layout.FileRow.requiresPython, in: bytes))
    facts.uploadedAt = try uploadTime(row, flags, in: bytes)
    if flags.contains(.yanked) {
      facts.yanked = Distribution.Yank(reason: try text(row, Layout.FileRow.yankReason, in: bytes))
    }
    return facts
  }

  private func uploadTime(
    _ row: Int, _ flags: Layout.FileFlags, in bytes: Span<UInt8>
  ) throws(CorruptRow) -> Int64? {
    guard flags.contains(.hasUploadTime) else { return nil }
    let uploadedAt = Int64(bitPattern: bytes.word(at: row + Layout.FileRow.uploadedAt))
    guard Timestamp.range.contains(uploadedAt) else { throw CorruptRow() }
    return uploadedAt
  }

  /// Of a version's files, the wheels that a sieve lets through; nil if one of the files is yanked.
  ///
  /// - Precondition: `index` is in `0..<versionCount`.
  package func wheels(at index: Int, through sieve: WheelSieve) -> [Distribution]? {
    let bytes = record.span
    let version = version(at: index)
    var wheels: [Distribution] = []
    for file in files(at: index) {
      let row = fileStart + file * Layout.FileRow.length
      let flags = Layout.FileFlags(rawValue: bytes.number16(at: row + Layout.FileRow.flags))
      if flags.contains(.yanked) { return nil }
      guard flags.contains(.wheel) else { continue }
      let ending = ProjectPage.range(
        of: bytes.number32(at: row + Layout.FileRow.ending), from: stringStart, in: bytes)
      guard let ending, sieve.lets(bytes.extracting(ending)),
        let wheel = try? distribution(at: file, in: bytes), wheel.version == version
      else { continue }
      wheels.append(wheel)
    }
    return wheels
  }

  /// The SHA-256 digests of a version's files, by hexadecimal digits; nil if one has none.
  ///
  /// - Precondition: `index` is in `0..<versionCount`.
  package func sha256Digests(at index: Int) -> [String]? {
    let bytes = record.span
    var digests: [String] = []
    for file in files(at: index) {
      let row = fileStart + file * Layout.FileRow.length
      let flags = Layout.FileFlags(rawValue: bytes.number16(at: row + Layout.FileRow.flags))
      let first = Int(bytes.number32(at: row + Layout.FileRow.firstDigest))
      let digest = digestStart + (first + (flags.contains(.hashedAddress) ? 1 : 0)) * Layout.digestLength
      guard flags.contains(.sha256), digest + Layout.digestLength <= stringStart else { return nil }
      digests.append(digits(at: digest, in: bytes))
    }
    return digests
  }

  private typealias Layout = PageRecordLayout

  /// A file's row says what no page can say.
  private struct CorruptRow: Error {}

  private func distribution(at file: Int, in bytes: Span<UInt8>) throws(CorruptRow) -> Distribution {
    let row = fileStart + file * Layout.FileRow.length
    let flags = Layout.FileFlags(rawValue: bytes.number16(at: row + Layout.FileRow.flags))
    var digest = digestStart + Int(bytes.number32(at: row + Layout.FileRow.firstDigest)) * Layout.digestLength
    guard digest + flags.digestCount * Layout.digestLength <= stringStart else { throw CorruptRow() }
    let name =
      try part(row, Layout.FileRow.stem, in: bytes) + part(row, Layout.FileRow.ending, in: bytes)
    var address = try part(row, Layout.FileRow.addressBase, in: bytes)
    address.reserveCapacity(address.count + HashedDirectory.length + name.count)
    if flags.contains(.hashedAddress) {
      HashedDirectory.append(digest..<digest + Layout.digestLength, of: bytes, to: &address)
      digest += Layout.digestLength
    }
    if flags.contains(.namedAddress) { address += name }
    guard name.allSatisfy(FilenameShape.isAllowed), address.allSatisfy(URLReference.isVerbatim) else {
      throw CorruptRow()
    }
    let filename = String(decoding: name, as: UTF8.self)
    guard let kind = try? Distribution.Kind(filename: filename, of: project) else { throw CorruptRow() }
    var distribution = Distribution(
      filename: filename, kind: kind, url: String(decoding: address, as: UTF8.self),
      otherHashes: otherHashes(try text(row, Layout.FileRow.otherHashes, in: bytes)),
      requiresPython: try text(row, Layout.FileRow.requiresPython, in: bytes))
    if flags.contains(.sha256) {
      distribution.sha256 = digits(at: digest, in: bytes)
      digest += Layout.digestLength
    }
    if flags.contains(.hasSize) {
      guard let size = Int(exactly: bytes.word(at: row + Layout.FileRow.size)) else { throw CorruptRow() }
      distribution.size = size
    }
    distribution.uploadedAt = try uploadTime(row, flags, in: bytes)
    let reason = try text(row, Layout.FileRow.yankReason, in: bytes)
    if flags.contains(.yanked) { distribution.yanked = Distribution.Yank(reason: reason) }
    if flags.contains(.metadataPresent) {
      let sha256 = flags.contains(.metadataDigest) ? digits(at: digest, in: bytes) : nil
      distribution.coreMetadata = .present(sha256: sha256)
    } else if flags.contains(.metadataAbsent) {
      distribution.coreMetadata = .absent
    }
    return distribution
  }

  /// The bytes of a string that every row has.
  private func part(_ row: Int, _ field: Int, in bytes: Span<UInt8>) throws(CorruptRow) -> [UInt8] {
    let range = ProjectPage.range(of: bytes.number32(at: row + field), from: stringStart, in: bytes)
    guard let range else { throw CorruptRow() }
    return [UInt8](copying: bytes, range)
  }

  /// A text that a row may have.
  private func text(_ row: Int, _ field: Int, in bytes: Span<UInt8>) throws(CorruptRow) -> String? {
    let reference = bytes.number32(at: row + field)
    if reference == Layout.none { return nil }
    guard let text = ProjectPage.string(reference, from: stringStart, in: bytes) else { throw CorruptRow() }
    return text
  }

  /// The 64 digits of a digest.
  private func digits(at start: Int, in bytes: Span<UInt8>) -> String {
    String(unsafeUninitializedCapacity: 2 * Layout.digestLength) { digits in
      for index in 0..<Layout.digestLength {
        let byte = bytes[start + index]
        digits[2 * index] = HexadecimalDigits.digit(byte >> 4)
        digits[2 * index + 1] = HexadecimalDigits.digit(byte & 0xF)
      }
      return 2 * Layout.digestLength
    }
  }

  private func otherHashes(_ text: String?) -> [Distribution.Digest] {
    (text ?? "").split(separator: ",").compactMap { part in
      part.firstIndex(of: ":").map { colon in
        Distribution.Digest(algorithm: String(part[..<colon]), hex: String(part[colon...].dropFirst()))
      }
    }
  }
}
