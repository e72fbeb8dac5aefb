import CArchive
import TestSupport

@testable import PackageIndex

/// Packs what tests make into what a source distribution is.
enum ArchivePacking {
  /// Compressed as one member; nil: as it is.
  static func packed(_ bytes: [UInt8], _ coding: StreamCoding?) -> [UInt8] {
    switch coding {
    case nil: return bytes
    case .gzip: return deflated(bytes, windowBits: 31)
    case .bzip2:
      var source = bytes.map { CChar(bitPattern: $0) }
      var count = UInt32(bytes.count + bytes.count / 100 + 600)
      var output = [CChar](repeating: 0, count: Int(count))
      let code = BZ2_bzBuffToBuffCompress(&output, &count, &source, UInt32(bytes.count), 9, 0, 0)
      precondition(code == BZ_OK)
      return output.prefix(Int(count)).map { UInt8(bitPattern: $0) }
    case .xz:
      var output = [UInt8](repeating: 0, count: lzma_stream_buffer_bound(bytes.count))
      var count = 0
      let code = lzma_easy_buffer_encode(
        0, LZMA_CHECK_CRC64, nil, bytes, bytes.count, &output, &count, output.count)
      precondition(code == LZMA_OK)
      return Array(output.prefix(count))
    }
  }

  /// A tar that `fill` adds entries to.
  static func tar(_ fill: (inout TarWriter) -> Void) -> [UInt8] {
    var writer = TarWriter()
    fill(&writer)
    return writer.finished()
  }

  /// A gzipped tar that `fill` adds entries to.
  static func tarGzip(_ fill: (inout TarWriter) -> Void) -> [UInt8] { packed(tar(fill), .gzip) }

  /// A zip file that `fill` adds entries to.
  static func zip(_ fill: (inout ZipWriter) -> Void) -> [UInt8] {
    var writer = ZipWriter()
    fill(&writer)
    return writer.finished()
  }

  /// A zip file of files, with the 16- and 32-bit words of their records in the table of contents changed.
  static func zip(
    _ names: [String], flags: UInt16 = 0, mode: Int? = nil, contents: String = "text"
  ) -> [UInt8] {
    var bytes = zip { zip in
      for name in names { zip.add(name, Array(contents.utf8), method: .stored) }
    }
    var from = 0
    while let record = position(of: [0x50, 0x4b, 1, 2], in: bytes, from: from) {
      if let mode {
        // Made by UNIX, whose modes are the upper half of the external attributes.
        bytes[record + 5] = 3
        bytes[record + 40] = UInt8(truncatingIfNeeded: mode)
        bytes[record + 41] = UInt8(truncatingIfNeeded: mode >> 8)
      }
      bytes[record + 8] |= UInt8(truncatingIfNeeded: flags)
      bytes[record + 9] |= UInt8(truncatingIfNeeded: flags >> 8)
      from = record + 46
    }
    from = 0
    while let header = position(of: [0x50, 0x4b, 3, 4], in: bytes, from: from) {
      bytes[header + 6] |= UInt8(truncatingIfNeeded: flags)
      bytes[header + 7] |= UInt8(truncatingIfNeeded: flags >> 8)
      from = header + 30
    }
    return bytes
  }

  /// Where bytes occur first.
  static func position(of pattern: [UInt8], in bytes: [UInt8], from: Int = 0) -> Int? {
    guard bytes.count >= pattern.count else { return nil }
    return (from...max(from, bytes.count - pattern.count)).first { bytes[$0...].starts(with: pattern) }
  }

  /// The bytes with the first occurrence of some replaced by as many others.
  static func replacing(_ old: String, with new: String, in bytes: [UInt8], from: Int = 0) -> [UInt8] {
    guard let start = position(of: Array(old.utf8), in: bytes, from: from) else { return bytes }
    var bytes = bytes
    bytes.replaceSubrange(start..<start + old.utf8.count, with: Array(new.utf8))
    return bytes
  }
}
