import PythonPackaging
import ZipReading

/// Reads METADATA out of a wheel of which only pieces are at hand: says which bytes it needs next.
///
///     var extraction = MetadataExtraction(wheel: …, fileSize: 91_234)
///     extraction.supply(tail, at: 58_466)
///     while true {
///       switch try extraction.step() {
///       case .needs(let range): extraction.supply(try await fetch(range), at: range.lowerBound)
///       case .metadata(let bytes): return bytes
///       }
///     }
struct MetadataExtraction: Sendable {
  enum Step: Sendable, Hashable {
    /// These bytes of the file.
    case needs(Range<Int>)
    /// The contents of METADATA.
    case metadata([UInt8])
  }

  /// The most bytes of METADATA, in the archive or out of it.
  static let longestMetadata = 16 << 20
  /// The most bytes of a table of contents.
  static let longestDirectory = 64 << 20

  private let project: PackageName
  private let fileSize: Int
  private var pieces: [(start: Int, bytes: [UInt8])] = []
  private var location: ZipDirectory.Location?
  private var entry: (entry: ZipDirectory.Entry, range: Range<Int>)?

  init(wheel: WheelFilename, fileSize: Int) {
    project = wheel.name
    self.fileSize = fileSize
  }

  /// Adds a piece of the file.
  mutating func supply(_ bytes: [UInt8], at start: Int) { pieces.append((start, bytes)) }

  mutating func step() throws(ArchiveError) -> Step {
    if location == nil { location = try locate() }
    guard let location else { throw .zip(.noEndRecord) }
    guard location.range.count <= Self.longestDirectory else { throw .tooLarge(limit: Self.longestDirectory) }
    if entry == nil {
      guard let directory = bytes(location.range) else { return .needs(location.range) }
      let all = try ArchiveError.of { () throws(ZipError) in
        try ZipDirectory.entries(directory, count: location.entryCount, fileSize: fileSize)
      }
      let chosen = try metadataEntry(all)
      guard chosen.compressedSize <= Self.longestMetadata else {
        throw .tooLarge(limit: Self.longestMetadata)
      }
      // The local header's own extra field may differ in length; what follows bounds it.
      let next = all.lazy.map(\.offset).filter { $0 > chosen.offset }.min() ?? location.range.lowerBound
      let longest = chosen.offset + 30 + 2 * 0xffff + chosen.compressedSize
      let end = min(max(next, chosen.offset), longest, fileSize)
      entry = (chosen, chosen.offset..<end)
    }
    guard let entry else { throw .noMetadata }
    guard let data = bytes(entry.range) else { return .needs(entry.range) }
    return try ArchiveError.of { () throws(ZipError) in
      .metadata(try ZipDirectory.contents(of: entry.entry, from: data, limit: Self.longestMetadata))
    }
  }

  private func locate() throws(ArchiveError) -> ZipDirectory.Location {
    let tail = pieces.filter { $0.start + $0.bytes.count == fileSize }.max { $0.bytes.count < $1.bytes.count }
    guard let tail else { throw .zip(.noEndRecord) }
    return try ArchiveError.of { () throws(ZipError) in
      try ZipDirectory.locate(inTail: tail.bytes[...], fileSize: fileSize)
    }
  }

  private func bytes(_ range: Range<Int>) -> ArraySlice<UInt8>? {
    for piece in pieces where piece.start <= range.lowerBound {
      guard piece.start + piece.bytes.count >= range.upperBound else { continue }
      return piece.bytes[range.lowerBound - piece.start..<range.upperBound - piece.start]
    }
    return nil
  }

  /// The one `NAME-VERSION.dist-info/METADATA` (binary distribution format, "The .dist-info directory").
  private func metadataEntry(_ entries: [ZipDirectory.Entry]) throws(ArchiveError) -> ZipDirectory.Entry {
    let suffix = Array(".dist-info/METADATA".utf8)
    var candidates = entries.filter { entry in
      entry.name.count > suffix.count && entry.name.suffix(suffix.count).elementsEqual(suffix)
        && !entry.name.dropLast(suffix.count).contains(UInt8(ascii: "/"))
    }
    if candidates.count > 1 {
      candidates = candidates.filter { entry in
        let written = entry.name.prefix { $0 != UInt8(ascii: "-") }
        return (try? PackageName(String(decoding: written, as: UTF8.self))) == project
      }
      guard candidates.count <= 1 else { throw .ambiguousMetadata }
    }
    guard let only = candidates.first else { throw .noMetadata }
    return only
  }
}
