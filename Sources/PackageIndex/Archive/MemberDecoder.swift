import CArchive
import CZlib

/// Decompresses one member of a gzip, bzip2 or xz file, with its check sum.
final class MemberDecoder {
  /// What became of a call.
  enum Outcome {
    /// More output needs room, or more input.
    case unfinished
    /// That was all of the member.
    case finished
    /// Not what the coding says, or a check sum that doesn't hold.
    case damaged
    /// It wants more than `mostMemory`.
    case tooMuchMemory
  }

  /// The most bytes that xz may take; its largest preset takes 65 MiB.
  static let mostMemory: UInt64 = 256 << 20

  // The libraries keep their stream's address.
  private enum Stream {
    case gzip(UnsafeMutablePointer<z_stream>)
    case bzip2(UnsafeMutablePointer<bz_stream>)
    case xz(UnsafeMutablePointer<lzma_stream>)
  }
  private let stream: Stream

  /// Nil if there is no memory for it.
  init?(_ coding: StreamCoding) {
    let isReady: Bool
    switch coding {
    case .gzip:
      let pointer = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
      pointer.initialize(to: z_stream())
      stream = .gzip(pointer)
      isReady = inflateInit2_(pointer, 15 + 16, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK
    case .bzip2:
      let pointer = UnsafeMutablePointer<bz_stream>.allocate(capacity: 1)
      pointer.initialize(to: bz_stream())
      stream = .bzip2(pointer)
      isReady = BZ2_bzDecompressInit(pointer, 0, 0) == BZ_OK
    case .xz:
      let pointer = UnsafeMutablePointer<lzma_stream>.allocate(capacity: 1)
      pointer.initialize(to: lzma_stream())
      stream = .xz(pointer)
      isReady = lzma_stream_decoder(pointer, MemberDecoder.mostMemory, 0) == LZMA_OK
    }
    if !isReady { return nil }
  }

  deinit {
    // Each is harmless for a stream that didn't become ready.
    switch stream {
    case .gzip(let pointer):
      inflateEnd(pointer)
      pointer.deallocate()
    case .bzip2(let pointer):
      BZ2_bzDecompressEnd(pointer)
      pointer.deallocate()
    case .xz(let pointer):
      lzma_end(pointer)
      pointer.deallocate()
    }
  }

  /// Takes bytes off the front of `input` and answers how many went into `output`.
  func decode(
    _ input: inout UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer
  ) -> (count: Int, outcome: Outcome) {
    // Two of the fields aren't const, though the libraries only read.
    let source = UnsafeMutableRawPointer(mutating: input.baseAddress)
    let unread: Int
    let room: Int
    let outcome: Outcome
    switch stream {
    case .gzip(let pointer):
      let available = UInt32(clamping: input.count)
      pointer.pointee.next_in = source?.assumingMemoryBound(to: UInt8.self)
      pointer.pointee.avail_in = available
      pointer.pointee.next_out = output.baseAddress?.assumingMemoryBound(to: UInt8.self)
      pointer.pointee.avail_out = UInt32(clamping: output.count)
      switch inflate(pointer, Z_NO_FLUSH) {
      case Z_OK, Z_BUF_ERROR: outcome = .unfinished
      case Z_STREAM_END: outcome = .finished
      default: outcome = .damaged
      }
      unread = input.count - Int(available - pointer.pointee.avail_in)
      room = Int(pointer.pointee.avail_out)
    case .bzip2(let pointer):
      let available = UInt32(clamping: input.count)
      pointer.pointee.next_in = source?.assumingMemoryBound(to: CChar.self)
      pointer.pointee.avail_in = available
      pointer.pointee.next_out = output.baseAddress?.assumingMemoryBound(to: CChar.self)
      pointer.pointee.avail_out = UInt32(clamping: output.count)
      switch BZ2_bzDecompress(pointer) {
      case BZ_OK: outcome = .unfinished
      case BZ_STREAM_END: outcome = .finished
      default: outcome = .damaged
      }
      unread = input.count - Int(available - pointer.pointee.avail_in)
      room = Int(pointer.pointee.avail_out)
    case .xz(let pointer):
      pointer.pointee.next_in = UnsafePointer(source?.assumingMemoryBound(to: UInt8.self))
      pointer.pointee.avail_in = input.count
      pointer.pointee.next_out = output.baseAddress?.assumingMemoryBound(to: UInt8.self)
      pointer.pointee.avail_out = output.count
      switch lzma_code(pointer, LZMA_RUN) {
      case LZMA_OK, LZMA_BUF_ERROR: outcome = .unfinished
      case LZMA_STREAM_END: outcome = .finished
      case LZMA_MEMLIMIT_ERROR, LZMA_MEM_ERROR: outcome = .tooMuchMemory
      default: outcome = .damaged
      }
      unread = pointer.pointee.avail_in
      room = pointer.pointee.avail_out
    }
    input = UnsafeRawBufferPointer(rebasing: input.suffix(unread))
    return (output.count - room, outcome)
  }
}
