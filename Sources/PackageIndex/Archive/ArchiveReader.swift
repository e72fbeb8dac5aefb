import CArchive
import PythonPackaging

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// One pass over an archive's entries by libarchive, within limits.
///
/// Entries come in the archive's order; after `next()` the entry's bytes may be read, or not. Headers that libarchive
/// warns about are taken as it understood them, since a name of another encoding is one; a warning about contents is a
/// wrong check sum or size.
struct ArchiveReader: ~Copyable {
  /// The most access control entries of a file: libarchive's time for them grows with the square.
  private static let mostAccessEntries = 100

  private let handle: ArchiveHandle
  private let locale: ThreadLocale
  private let stream: TarStream?
  private let format: SourceArchive.Format
  private let limits: SourceArchive.Limits
  private let mostBytes: Int
  private var bytesLeft: Int
  private var entryCount = 0
  private let isOpen: Bool

  /// - Parameter bytes: The archive, for as long as the reader is used.
  init(
    _ bytes: UnsafeRawBufferPointer, format: SourceArchive.Format, limits: SourceArchive.Limits
  ) {
    self.format = format
    self.limits = limits
    mostBytes = limits.unpackedBytes(ofArchive: bytes.count)
    bytesLeft = mostBytes
    locale = ThreadLocale(format == .zip ? "C.UTF-8" : "C")
    let handle = ArchiveHandle()
    let opened: Int32
    switch format {
    case .tar(let coding):
      let stream = TarStream(bytes, coding: coding, limit: mostBytes)
      self.stream = stream
      archive_read_support_format_tar(handle.pointer)
      handle.takeAttributeFilesAsFiles()
      opened = archive_read_open(
        handle.pointer, Unmanaged.passUnretained(stream).toOpaque(), nil,
        { _, context, address in
          guard let context else { return Int(ARCHIVE_FATAL) }
          return Unmanaged<TarStream>.fromOpaque(context).takeUnretainedValue().supply(address)
        }, nil)
    case .zip:
      stream = nil
      archive_read_support_format_zip_seekable(handle.pointer)
      handle.takeAttributeFilesAsFiles()
      opened = archive_read_open_memory(handle.pointer, bytes.baseAddress, bytes.count)
    }
    self.handle = handle
    isOpen = opened == ARCHIVE_OK
  }

  /// The next entry; nil after the last one.
  mutating func next() throws(SourceArchiveError) -> ArchiveEntry? {
    guard isOpen else { throw damage() }
    var header: OpaquePointer?
    let code = archive_read_next_header(handle.pointer, &header)
    if let failure = stream?.failure { throw failure }
    if code == ARCHIVE_EOF { return nil }
    guard code == ARCHIVE_OK || code == ARCHIVE_WARN, let header else { throw damage() }
    entryCount += 1
    guard entryCount <= limits.entries else { throw .tooManyEntries(limit: limits.entries) }

    guard let name = archive_entry_pathname(header) else {
      throw .refusedName(entry: "number \(entryCount)", problem: .notUnicode)
    }
    let path = try EntryPath(
      ArchiveReader.bytes(name), in: format, limits: limits)
    guard archive_entry_is_encrypted(header) == 0 else { throw .encrypted(entry: path.description) }
    // Those of every type, which are bits.
    guard archive_entry_acl_count(header, .max) <= ArchiveReader.mostAccessEntries else {
      throw .tooManyAttributes(entry: path.description, limit: ArchiveReader.mostAccessEntries)
    }
    let size = archive_entry_size_is_set(header) != 0 ? Int(archive_entry_size(header)) : nil
    let target = archive_entry_hardlink(header) ?? archive_entry_symlink(header)
    guard size ?? 0 <= bytesLeft else { throw .tooLarge(limit: mostBytes) }
    return ArchiveEntry(
      path: path, kind: ArchiveReader.kind(header), target: target.map { ArchiveReader.bytes($0) } ?? [],
      size: size,
      isExecutable: archive_entry_perm(header) & 0o111 != 0,
      modified: ModificationTime(
        seconds: archive_entry_mtime(header), nanoseconds: Int(archive_entry_mtime_nsec(header))))
  }

  /// Fills `buffer` with the entry's next bytes and answers with their number; 0 at its end.
  mutating func read(into buffer: UnsafeMutableRawBufferPointer) throws(SourceArchiveError) -> Int {
    let count = archive_read_data(handle.pointer, buffer.baseAddress, buffer.count)
    if let failure = stream?.failure { throw failure }
    guard count >= 0 else { throw damage() }
    bytesLeft -= count
    guard bytesLeft >= 0 else { throw .tooLarge(limit: mostBytes) }
    return count
  }

  /// All of the entry's bytes.
  mutating func contents(of entry: ArchiveEntry, limit: Int) throws(SourceArchiveError) -> [UInt8] {
    guard entry.size ?? 0 <= limit else {
      throw .fileTooLarge(entry: entry.path.description, limit: limit)
    }
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 16 << 10, alignment: 16)
    defer { buffer.deallocate() }
    var contents: [UInt8] = []
    while true {
      let count = try read(into: buffer)
      if count == 0 { return contents }
      contents += buffer[..<count]
      guard contents.count <= limit else {
        throw .fileTooLarge(entry: entry.path.description, limit: limit)
      }
    }
  }

  /// Checks what comes after the last entry.
  func finish() throws(SourceArchiveError) { try stream?.finish() }

  /// libarchive's words for what is wrong.
  private func damage() -> SourceArchiveError {
    if let failure = stream?.failure { return failure }
    guard let words = archive_error_string(handle.pointer) else { return .damaged(reason: "no reason given") }
    return .damaged(reason: PrintableText.escaped(String(cString: words), limit: 200))
  }

  private static func bytes(_ text: UnsafePointer<CChar>) -> [UInt8] {
    UnsafeBufferPointer(start: text, count: strlen(text)).map { UInt8(bitPattern: $0) }
  }

  private static func kind(_ header: OpaquePointer) -> ArchiveEntry.Kind {
    // Its type is a file's, if it brings contents.
    if archive_entry_hardlink(header) != nil { return .hardLink }
    return switch archive_entry_filetype(header) {
    case S_IFREG: .file
    case S_IFDIR: .directory
    case S_IFLNK: .symbolicLink
    case S_IFCHR: .characterDevice
    case S_IFBLK: .blockDevice
    case S_IFIFO: .pipe
    case S_IFSOCK: .socket
    default: .unknown
    }
  }
}

/// libarchive's reader, freed with the value.
private struct ArchiveHandle: ~Copyable {
  let pointer: OpaquePointer

  init() {
    guard let pointer = archive_read_new() else { fatalError("no memory for a reader of archives") }
    self.pointer = pointer
  }

  deinit { archive_read_free(pointer) }

  /// macOS' programs keep attributes in files named `._NAME`, which libarchive leaves out there.
  func takeAttributeFilesAsFiles() { archive_read_set_format_option(pointer, nil, "mac-ext", nil) }
}
