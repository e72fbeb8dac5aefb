import CZlib

/// Writes small zip files, also such as no program should: entries may say of themselves what isn't so.
package struct ZipWriter {
  /// How an entry's bytes are packed.
  package enum Method: UInt16, Sendable {
    case stored = 0
    case deflated = 8
  }

  /// What an entry says of itself where that isn't so.
  package struct Claims: Sendable {
    /// Bit 0: it is encrypted.
    package var flags: UInt16 = 0
    package var method: UInt16?
    package var size: Int?
    package var checksum: UInt32?

    package init(
      flags: UInt16 = 0, method: UInt16? = nil, size: Int? = nil, checksum: UInt32? = nil
    ) {
      self.flags = flags
      self.method = method
      self.size = size
      self.checksum = checksum
    }
  }

  private var bytes: [UInt8] = []
  private var directory: [UInt8] = []
  private var count = 0
  private var lastRecord: ArraySlice<UInt8> = []
  /// Write the Zip64 records, though nothing here needs them.
  private let isZip64: Bool

  /// An archive without entries.
  package init(isZip64: Bool = false) { self.isZip64 = isZip64 }

  /// Adds a file.
  package mutating func add(
    _ name: String, _ contents: [UInt8], method: Method = .deflated, claims: Claims = Claims()
  ) {
    let offset = bytes.count
    let stored = method == .deflated ? deflated(contents, windowBits: -15) : contents
    let checksum = contents.withUnsafeBufferPointer { crc32_z(0, $0.baseAddress, $0.count) }
    var common: [UInt8] = []
    common.append(number: claims.method ?? method.rawValue)
    common.append(number: UInt32(0))  // time and date
    common.append(number: claims.checksum ?? UInt32(truncatingIfNeeded: checksum))
    common.append(number: isZip64 ? .max : UInt32(stored.count))
    let size = claims.size ?? contents.count
    common.append(number: isZip64 ? .max : UInt32(size))
    common.append(number: UInt16(name.utf8.count))
    var wide: [UInt8] = []
    if isZip64 {
      wide.append(number: UInt64(size))
      wide.append(number: UInt64(stored.count))
    }

    bytes.append(number: UInt32(0x0403_4b50))
    bytes.append(number: UInt16(45))
    bytes.append(number: claims.flags)
    bytes += common
    bytes.append(number: UInt16(isZip64 ? wide.count + 4 : 0))
    bytes += Array(name.utf8)
    if isZip64 { bytes.append(field: wide) }
    bytes += stored

    if isZip64 { wide.append(number: UInt64(offset)) }
    let recordStart = directory.count
    directory.append(number: UInt32(0x0201_4b50))
    directory.append(number: UInt16(45))
    directory.append(number: UInt16(45))
    directory.append(number: claims.flags)
    directory += common
    directory.append(number: UInt16(isZip64 ? wide.count + 4 : 0))
    directory += [UInt8](repeating: 0, count: 10)  // comment length, disk, attributes
    directory.append(number: isZip64 ? .max : UInt32(offset))
    directory += Array(name.utf8)
    if isZip64 { directory.append(field: wide) }
    count += 1
    lastRecord = directory.suffix(from: recordStart)
  }

  /// Names the last entry once more in the table of contents.
  package mutating func repeatLast() {
    directory += lastRecord
    count += 1
  }

  /// The whole file, with `comment` at its end.
  package func finished(comment: String = "") -> [UInt8] {
    var result = bytes + directory
    let end = result.count
    if isZip64 {
      result.append(number: UInt32(0x0606_4b50))
      result.append(number: UInt64(44))
      result.append(number: UInt32(45 << 16 | 45))
      result.append(number: UInt64(0))
      result.append(number: UInt64(count))
      result.append(number: UInt64(count))
      result.append(number: UInt64(directory.count))
      result.append(number: UInt64(bytes.count))
      result.append(number: UInt32(0x0706_4b50))
      result.append(number: UInt32(0))
      result.append(number: UInt64(end))
      result.append(number: UInt32(1))
    }
    result.append(number: UInt32(0x0605_4b50))
    result.append(number: UInt32(0))
    result.append(number: isZip64 ? .max : UInt16(count))
    result.append(number: isZip64 ? .max : UInt16(count))
    result.append(number: isZip64 ? .max : UInt32(directory.count))
    result.append(number: isZip64 ? .max : UInt32(bytes.count))
    result.append(number: UInt16(comment.utf8.count))
    return result + Array(comment.utf8)
  }
}

extension [UInt8] {
  fileprivate mutating func append(number: some FixedWidthInteger) {
    Swift.withUnsafeBytes(of: number.littleEndian) { append(contentsOf: $0) }
  }

  /// The Zip64 extra field.
  fileprivate mutating func append(field: [UInt8]) {
    append(number: UInt16(1))
    append(number: UInt16(field.count))
    self += field
  }
}

/// zlib's output: −15 for a bare stream, 31 for gzip.
package func deflated(_ bytes: [UInt8], windowBits: Int32) -> [UInt8] {
  let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
  stream.initialize(to: z_stream())
  defer { stream.deallocate() }
  deflateInit2_(
    stream, 6, Z_DEFLATED, windowBits, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
    Int32(MemoryLayout<z_stream>.size))
  defer { deflateEnd(stream) }
  let capacity = Int(deflateBound(stream, UInt(bytes.count))) + 32
  return bytes.withUnsafeBufferPointer { input in
    [UInt8](unsafeUninitializedCapacity: capacity) { output, count in
      stream.pointee.next_in = UnsafeMutablePointer(mutating: input.baseAddress)
      stream.pointee.avail_in = UInt32(input.count)
      stream.pointee.next_out = output.baseAddress
      stream.pointee.avail_out = UInt32(capacity)
      deflate(stream, Z_FINISH)
      count = capacity - Int(stream.pointee.avail_out)
    }
  }
}
