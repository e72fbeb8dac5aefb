import Glibc
import TestSupport
import Testing
import ZipReading

@testable import PackageIndex

/// Small files that much would come out of.
@Suite struct SourceArchiveBombTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var filename: String
    /// How much may come out of each byte.
    var ratio = 1000
    var error: @Sendable (_ size: Int) -> SourceArchiveError
    var bytes: @Sendable () -> [UInt8]
  }

  /// Small enough for a test that others run beside, and more than a bomb may take of memory.
  private static let unpackedLimit = 512 << 20

  private static let megabytes = [UInt8](repeating: 0, count: 64 << 20)

  /// Members that unpack to one after the other, each of which may come several times.
  private static func members(_ members: [(bytes: [UInt8], times: Int)], _ coding: StreamCoding) -> [UInt8] {
    members.flatMap { member in
      let packed = ArchivePacking.packed(member.bytes, coding)
      return (0..<member.times).flatMap { _ in packed }
    }
  }

  /// The header of an entry, without its contents and the end.
  private static func header(_ name: String, size: Int) -> [UInt8] {
    Array(ArchivePacking.tar { $0.add(name, size: size) }.prefix(512))
  }

  private static func bound(_ size: Int, ratio: Int = 1000) -> Int {
    min(unpackedLimit, 64 << 20 + ratio * size)
  }

  private static let cases: [Case] = [
    Case(
      testDescription: "a gzipped tar of one entry of 5 GiB", filename: "a.tar.gz",
      error: { .tooLarge(limit: bound($0)) },
      bytes: { members([(header("a-1/x", size: 5 << 30), 1), (megabytes, 12)], .gzip) }),
    Case(
      testDescription: "a gzipped tar of 12 entries of 64 MiB", filename: "a.tar.gz", ratio: 100,
      error: { .tooLarge(limit: bound($0, ratio: 100)) },
      bytes: { members([(header("a-1/x", size: 64 << 20) + megabytes, 12)], .gzip) }),
    Case(
      testDescription: "a bzip2 of 12 entries of 64 MiB", filename: "a.tar.bz2",
      error: { .tooLarge(limit: bound($0)) },
      bytes: { members([(header("a-1/x", size: 64 << 20) + megabytes, 12)], .bzip2) }),
    Case(
      testDescription: "an xz of 12 entries of 64 MiB", filename: "a.tar.xz",
      error: { .tooLarge(limit: bound($0)) },
      bytes: { members([(header("a-1/x", size: 64 << 20) + megabytes, 12)], .xz) }),
    Case(
      testDescription: "gzip within gzip, whose name doesn't end", filename: "a.tar.gz",
      error: { _ in .damaged(reason: "Unrecognized archive format") },
      bytes: {
        members(
          [([0x1f, 0x8b, 8, 8, 0, 0, 0, 0, 0, 0], 1), ([UInt8](repeating: 65, count: 64 << 20), 12)], .gzip)
      }),
    Case(
      testDescription: "bzip2 of nothing, within bzip2", filename: "a.tar.bz2",
      error: { _ in .damaged(reason: "Unrecognized archive format") },
      bytes: { members([(members([([], 1 << 20)], .bzip2), 80)], .bzip2) }),
    Case(
      testDescription: "members of nothing", filename: "a.tar.gz",
      error: { _ in .damaged(reason: "more than 100000 gzip members") },
      bytes: { members([([], 300_000)], .gzip) }),
  ]

  @Test(.timeLimit(.minutes(5)), arguments: cases)
  func `a bomb is refused in little memory`(bomb: Case) throws {
    let bytes = bomb.bytes()
    #expect(bytes.count < 16 << 20)
    var limits = SourceArchive.Limits()
    limits.ratio = bomb.ratio
    limits.unpackedBytes = Self.unpackedLimit
    let archive = try SourceArchive(bytes, filename: bomb.filename, limits: limits)
    let before = residentBytes()
    #expect(throws: bomb.error(bytes.count)) { try archive.metadataFiles() }
    #expect(residentBytes() - before < 256 << 20)
  }

  @Test(.timeLimit(.minutes(5)))
  func `a zip's bomb is refused as it unpacks`() throws {
    let bytes = ArchivePacking.zip { zip in
      for index in 0..<3 { zip.add("a-1/\(index)", Self.megabytes) }
    }
    var limits = SourceArchive.Limits()
    limits.ratio = 10
    let bound = 64 << 20 + 10 * bytes.count
    let temporary = TemporaryDirectory()
    #expect(throws: SourceArchiveError.tooLarge(limit: bound)) {
      try SourceArchive(bytes, filename: "a.zip", limits: limits).extract(into: temporary.path)
    }
  }

  @Test func `xz that asks for more memory than any preset is refused`() throws {
    var bytes = ArchivePacking.packed(ArchivePacking.tar { $0.add("a-1/x", "text") }, .xz)
    // The block header: its size in words, less one, up to its CRC-32; among its fields LZMA2's number, a byte of
    // properties, and in it the dictionary's size.
    let end = 12 + Int(bytes[12]) * 4
    let filter = try #require(ArchivePacking.position(of: [0x21, 1], in: bytes, from: 12))
    bytes[filter + 2] = 40
    let checksum = Inflate.checksum(Array(bytes[12..<end]))
    for index in 0..<4 { bytes[end + index] = UInt8(truncatingIfNeeded: checksum >> UInt32(index * 8)) }
    #expect(throws: SourceArchiveError.damaged(reason: "xz data that takes more than 268435456 bytes")) {
      try SourceArchive(bytes, filename: "a.tar.xz").metadataFiles()
    }
  }

  /// The most that the process has held of memory so far.
  private func residentBytes() -> Int {
    var usage = rusage()
    getrusage(RUSAGE_SELF.rawValue, &usage)
    return usage.ru_maxrss << 10
  }
}
