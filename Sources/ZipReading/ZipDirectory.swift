/// The parts of a zip file that lead to one entry (PKWARE APPNOTE 6.3.10, §4.3), read from pieces of the file.
package enum ZipDirectory {
  /// Where the central directory lies in the file.
  package struct Location: Sendable, Hashable {
    /// In bytes from the file's start.
    package var range: Range<Int>
    /// As announced; at most as many as there is room for.
    package var entryCount: Int
  }

  /// One file of the archive.
  package struct Entry: Sendable, Hashable {
    package var name: [UInt8]
    /// General purpose bits (§4.4.4).
    package var flags: UInt16
    /// How it is compressed (§4.4.5).
    package var method: UInt16
    /// The CRC-32 of its contents.
    package var checksum: UInt32
    package var compressedSize: Int
    package var size: Int
    /// Of its local header, from the file's start.
    package var offset: Int
  }

  /// Finds the directory from the file's last bytes.
  package static func locate(inTail tail: ArraySlice<UInt8>, fileSize: Int) throws(ZipError) -> Location {
    let bytes = LittleEndianBytes(tail)
    // The end record's comment, of at most 65535 bytes, is the last of the file.
    let lowest = max(0, bytes.count - 22 - 0xffff)
    func isEndRecord(_ at: Int) -> Bool {
      bytes.unchecked32(at) == 0x0605_4b50 && at + 22 + Int(bytes.unchecked16(at + 20)) == bytes.count
    }
    var end = bytes.count - 22
    while end >= lowest, !isEndRecord(end) { end -= 1 }
    guard end >= lowest else { throw .noEndRecord }
    var count = Int(bytes.unchecked16(end + 10))
    var size = UInt64(bytes.unchecked32(end + 12))
    var offset = UInt64(bytes.unchecked32(end + 16))
    if count == 0xffff || size == 0xffff_ffff || offset == 0xffff_ffff {
      // Zip64: a locator of 20 bytes before, and the record it names before that.
      let locator = end - 20
      if locator >= 0, bytes.unchecked32(locator) == 0x0706_4b50 {
        let position = bytes.unchecked64(locator + 8)
        let start = UInt64(fileSize - bytes.count)
        guard position >= start, let record = Int(exactly: position - start), record + 56 <= locator,
          bytes.unchecked32(record) == 0x0606_4b50
        else { throw .damagedDirectory }
        guard let wide = Int(exactly: bytes.unchecked64(record + 32)) else { throw .damagedDirectory }
        count = wide
        size = bytes.unchecked64(record + 40)
        offset = bytes.unchecked64(record + 48)
      }
    }
    let limit = UInt64(fileSize - bytes.count + end)
    guard offset <= limit, size <= limit - offset, count <= Int(size / 46) else { throw .damagedDirectory }
    let start = Int(offset)
    return Location(range: start..<start + Int(size), entryCount: count)
  }

  /// Reads every entry of the directory whose bytes these are.
  package static func entries(
    _ directory: ArraySlice<UInt8>, count: Int, fileSize: Int
  ) throws(ZipError) -> [Entry] {
    var reader = EntryReader(directory, count: count, fileSize: fileSize)
    var entries: [Entry] = []
    entries.reserveCapacity(count)
    while let entry = try reader.next() { entries.append(entry) }
    return entries
  }

  /// Reads one entry of a directory after the other, for archives of more than one would hold at once.
  package struct EntryReader: Sendable {
    private let bytes: LittleEndianBytes
    private let fileSize: Int
    private var remaining: Int
    private var at = 0

    /// - Parameter count: The number of entries, as ``Location`` has it.
    package init(_ directory: ArraySlice<UInt8>, count: Int, fileSize: Int) {
      bytes = LittleEndianBytes(directory)
      self.fileSize = fileSize
      remaining = count
    }

    /// The next entry; nil behind the last.
    package mutating func next() throws(ZipError) -> Entry? {
      guard remaining > 0 else { return nil }
      remaining -= 1
      guard at + 46 <= bytes.count, bytes.unchecked32(at) == 0x0201_4b50 else { throw .damagedDirectory }
      let nameCount = Int(bytes.unchecked16(at + 28))
      let extraCount = Int(bytes.unchecked16(at + 30))
      let commentCount = Int(bytes.unchecked16(at + 32))
      let end = at + 46 + nameCount + extraCount + commentCount
      guard end <= bytes.count else { throw .damagedDirectory }
      var size = UInt64(bytes.unchecked32(at + 24))
      var compressedSize = UInt64(bytes.unchecked32(at + 20))
      var offset = UInt64(bytes.unchecked32(at + 42))
      // The Zip64 extra field holds those of the three that are all ones, in this order.
      var extra = at + 46 + nameCount
      let extraEnd = extra + extraCount
      while extra + 4 <= extraEnd {
        let length = Int(bytes.unchecked16(extra + 2))
        if bytes.unchecked16(extra) == 1 {
          var field = extra + 4
          let fieldEnd = min(field + length, extraEnd)
          func widen(_ value: inout UInt64) throws(ZipError) {
            guard value == 0xffff_ffff else { return }
            guard field + 8 <= fieldEnd else { throw .damagedDirectory }
            value = bytes.unchecked64(field)
            field += 8
          }
          try widen(&size)
          try widen(&compressedSize)
          try widen(&offset)
        }
        extra += 4 + length
      }
      guard let size = Int(exactly: size), let compressedSize = Int(exactly: compressedSize),
        let offset = Int(exactly: offset), offset < fileSize, compressedSize <= fileSize - offset
      else { throw .damagedDirectory }
      defer { at = end }
      return Entry(
        name: bytes.bytes(at + 46, nameCount), flags: bytes.unchecked16(at + 8),
        method: bytes.unchecked16(at + 10), checksum: bytes.unchecked32(at + 16),
        compressedSize: compressedSize, size: size, offset: offset)
    }
  }

  /// The contents of `entry`, from bytes that begin at its local header.
  package static func contents(
    of entry: Entry, from bytes: ArraySlice<UInt8>, limit: Int
  ) throws(ZipError) -> [UInt8] {
    guard entry.flags & 1 == 0 else { throw .encryptedEntry }
    guard entry.method == 0 || entry.method == 8 else { throw .unsupportedEntry(method: entry.method) }
    guard entry.size <= limit, entry.compressedSize <= limit else { throw .tooLarge(limit: limit) }
    let header = LittleEndianBytes(bytes)
    guard header.count >= 30, header.unchecked32(0) == 0x0403_4b50 else { throw .damagedEntry }
    let start = 30 + Int(header.unchecked16(26)) + Int(header.unchecked16(28))
    guard start + entry.compressedSize <= header.count else { throw .damagedEntry }
    let data = bytes[(bytes.startIndex + start)...].prefix(entry.compressedSize)
    let contents: [UInt8]
    if entry.method == 0 {
      contents = Array(data)
    } else {
      do throws(Inflate.Failure) {
        contents = try Inflate.inflate(data, wrapping: .none, expectedCount: entry.size, limit: entry.size)
      } catch {
        throw .damagedEntry
      }
    }
    guard contents.count == entry.size, Inflate.checksum(contents) == entry.checksum else {
      throw .damagedEntry
    }
    return contents
  }
}

/// Bytes read as little-endian numbers; the caller has checked the bounds, and a mistake traps.
private struct LittleEndianBytes: Sendable {
  private let bytes: ArraySlice<UInt8>

  init(_ bytes: ArraySlice<UInt8>) { self.bytes = bytes }

  var count: Int { bytes.count }

  private func number<Number: FixedWidthInteger>(_ at: Int) -> Number {
    var result: Number = 0
    for index in 0..<Number.bitWidth / 8 {
      result |= Number(bytes[bytes.startIndex + at + index]) << Number(index * 8)
    }
    return result
  }

  func unchecked16(_ at: Int) -> UInt16 { number(at) }
  func unchecked32(_ at: Int) -> UInt32 { number(at) }
  func unchecked64(_ at: Int) -> UInt64 { number(at) }

  func bytes(_ at: Int, _ count: Int) -> [UInt8] {
    Array(bytes[(bytes.startIndex + at)...].prefix(count))
  }
}
