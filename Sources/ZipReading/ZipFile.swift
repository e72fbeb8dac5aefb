#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A zip file on disk, read entry by entry in the order of its table of contents.
///
/// It holds the table of contents, and one entry's bytes at a time. Entries may neither overlap nor be larger in all
/// than a limit, so that what comes out is bounded by what is there.
///
///     var file = try ZipFile(path: path)
///     while let entry = try file.next() {
///       let contents = try file.contents(of: entry)
///     }
package struct ZipFile: ~Copyable {
  /// What is refused.
  package struct Limits: Sendable, Hashable {
    /// Of the table of contents, in bytes.
    package var directoryBytes = 48 << 20
    package var entries = 500_000
    /// Of one entry, compressed or not.
    package var entryBytes = 4 << 20
    /// Bytes that come out of each byte of an entry of 64 KiB or more; a smaller one may be as dense as it likes.
    package var density = 200
    /// Of all entries, not compressed.
    package var totalBytes = 4 << 30

    package init() {}
  }

  private let descriptor: Int32
  private let limits: Limits
  private var reader: ZipDirectory.EntryReader
  /// In bytes, of the file without its table of contents.
  private let room: Int
  private var compressedBytes = 0
  private var totalBytes = 0

  /// The number of entries its end announces.
  package let entryCount: Int

  /// Opens a file and reads its table of contents.
  ///
  /// - Throws: What concerns the whole file.
  package init(path: String, limits: Limits = Limits()) throws(ZipError) {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .unreadable(reason: systemReason(errno)) }
    do throws(ZipError) {
      var status = stat()
      guard fstat(descriptor, &status) == 0 else { throw .unreadable(reason: systemReason(errno)) }
      guard status.st_mode & S_IFMT == S_IFREG else { throw .unreadable(reason: "it is no regular file") }
      let size = Int(status.st_size)
      // The end record with the longest comment, and the Zip64 records before it.
      let tail = try ZipFile.bytes(max(0, size - (22 + 0xffff + 20 + 56))..<size, of: descriptor)
      let location = try ZipDirectory.locate(inTail: tail[...], fileSize: size)
      guard location.entryCount <= limits.entries else { throw .tooManyEntries(limit: limits.entries) }
      guard location.range.count <= limits.directoryBytes else {
        throw .directoryTooLarge(limit: limits.directoryBytes)
      }
      let directory = try ZipFile.bytes(location.range, of: descriptor)
      reader = ZipDirectory.EntryReader(directory[...], count: location.entryCount, fileSize: size)
      room = size - location.range.count
      entryCount = location.entryCount
    } catch {
      close(descriptor)
      throw error
    }
    self.descriptor = descriptor
    self.limits = limits
  }

  deinit { close(descriptor) }

  /// The next entry; nil behind the last.
  ///
  /// - Throws: What concerns the whole file.
  package mutating func next() throws(ZipError) -> ZipDirectory.Entry? {
    guard let entry = try reader.next() else { return nil }
    // A local header has 30 bytes and a name.
    compressedBytes += entry.compressedSize + 30 + entry.name.count
    guard compressedBytes <= room else { throw .overlappingEntries }
    // What is too large by itself isn't read.
    if entry.size <= limits.entryBytes { totalBytes += entry.size }
    guard totalBytes <= limits.totalBytes else { throw .tooLargeInAll(limit: limits.totalBytes) }
    return entry
  }

  /// The contents of an entry, checked against its check sum.
  package borrowing func contents(of entry: ZipDirectory.Entry) throws(ZipError) -> [UInt8] {
    guard entry.size <= limits.entryBytes, entry.compressedSize <= limits.entryBytes else {
      throw .tooLarge(limit: limits.entryBytes)
    }
    if entry.size >= 64 << 10, entry.size / limits.density > entry.compressedSize {
      throw .tooDense(limit: limits.density)
    }
    let header = try ZipFile.bytes(entry.offset..<entry.offset + 30, of: descriptor)
    let longest = 30 + Int(header[26]) + Int(header[27]) << 8 + Int(header[28]) + Int(header[29]) << 8
    let bytes = try ZipFile.bytes(
      entry.offset..<entry.offset + longest + entry.compressedSize, of: descriptor)
    return try ZipDirectory.contents(of: entry, from: bytes[...], limit: limits.entryBytes)
  }

  /// A piece of the file. One that isn't all there belongs to a damaged entry.
  private static func bytes(_ range: Range<Int>, of descriptor: Int32) throws(ZipError) -> [UInt8] {
    var failure: Int32 = 0
    let bytes = [UInt8](unsafeUninitializedCapacity: range.count) { buffer, count in
      while count < range.count {
        let read = pread(
          descriptor, buffer.baseAddress.map { $0 + count }, range.count - count,
          off_t(range.lowerBound + count))
        if read < 0, errno == EINTR { continue }
        if read < 0 { failure = errno }
        if read <= 0 { break }
        count += read
      }
    }
    if failure != 0 { throw .unreadable(reason: systemReason(failure)) }
    guard bytes.count == range.count else { throw .damagedEntry }
    return bytes
  }
}

/// The system's words for an error number.
private func systemReason(_ number: Int32) -> String {
  let phrase = String(cString: strerror(number))
  return phrase.prefix(1).lowercased() + phrase.dropFirst()
}
