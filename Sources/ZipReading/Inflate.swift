import CZlib

/// Decompresses DEFLATE data (RFC 1951), bare or wrapped as gzip or zlib, into at most `limit` bytes.
package enum Inflate {
  /// What the data is wrapped in.
  package enum Wrapping: Sendable {
    /// A zip entry.
    case none
    /// gzip (RFC 1952) or zlib (RFC 1950), by its header; gzip members may follow each other.
    case gzipOrZlib
  }

  /// Why nothing comes out.
  package enum Failure: Error, Sendable, Hashable {
    /// Not DEFLATE, or a check sum that doesn't hold.
    case damaged
    /// The data ends early.
    case truncated
    /// More than the limit comes out.
    case tooLarge
  }

  /// What comes out of `input`, at most `limit` bytes; `expectedCount` is a guess that saves growing.
  package static func inflate(
    _ input: some Collection<UInt8>, wrapping: Wrapping, expectedCount: Int, limit: Int
  ) throws(Failure) -> [UInt8] {
    let answer: Result<[UInt8], Failure>? = input.withContiguousStorageIfAvailable {
      inflate(UnsafeRawBufferPointer($0), wrapping: wrapping, expectedCount: expectedCount, limit: limit)
    }
    return try
      (answer
      ?? Array(input).withUnsafeBytes {
        inflate($0, wrapping: wrapping, expectedCount: expectedCount, limit: limit)
      }).get()
  }

  private static func inflate(
    _ input: UnsafeRawBufferPointer, wrapping: Wrapping, expectedCount: Int, limit: Int
  ) -> Result<[UInt8], Failure> {
    // zlib keeps the stream's address.
    let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
    stream.initialize(to: z_stream())
    defer { stream.deallocate() }
    let windowBits: Int32 = wrapping == .none ? -15 : 15 + 32
    guard
      inflateInit2_(stream, windowBits, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK
    else { return .failure(.damaged) }
    defer { inflateEnd(stream) }

    guard let base = input.bindMemory(to: UInt8.self).baseAddress else { return .failure(.truncated) }
    // zlib's field isn't const, though it only reads.
    stream.pointee.next_in = UnsafeMutablePointer(mutating: base)
    var unread = input.count
    stream.pointee.avail_in = 0

    var output: [UInt8] = []
    // One byte more than expected, so that an exact guess ends in one call.
    var chunk = min(max(expectedCount, 512), limit) + 1
    while true {
      var code = Z_OK
      let piece = [UInt8](unsafeUninitializedCapacity: chunk) { buffer, count in
        stream.pointee.next_out = buffer.baseAddress
        stream.pointee.avail_out = UInt32(clamping: chunk)
        let room = stream.pointee.avail_out
        while true {
          if stream.pointee.avail_in == 0, unread > 0 {
            stream.pointee.avail_in = UInt32(clamping: unread)
            unread -= Int(stream.pointee.avail_in)
          }
          code = CZlib.inflate(stream, Z_NO_FLUSH)
          if code == Z_STREAM_END, wrapping == .gzipOrZlib, stream.pointee.avail_in >= 2,
            stream.pointee.next_in[0] == 0x1f, stream.pointee.next_in[1] == 0x8b
          {
            inflateReset(stream)
            continue
          }
          if code == Z_OK, stream.pointee.avail_out > 0, stream.pointee.avail_in == 0, unread > 0 { continue }
          break
        }
        count = Int(room - stream.pointee.avail_out)
      }
      if output.isEmpty { output = piece } else { output.append(contentsOf: piece) }
      if output.count > limit { return .failure(.tooLarge) }
      switch code {
      case Z_STREAM_END: return .success(output)
      case Z_OK where stream.pointee.avail_out == 0:
        chunk = min(max(output.count, 4096), limit - output.count + 1)
      case Z_OK, Z_BUF_ERROR: return .failure(.truncated)
      default: return .failure(.damaged)
      }
    }
  }

  /// CRC-32 as zip and gzip have it.
  package static func checksum(_ bytes: [UInt8]) -> UInt32 {
    bytes.withUnsafeBufferPointer { UInt32(truncatingIfNeeded: crc32_z(0, $0.baseAddress, $0.count)) }
  }
}
