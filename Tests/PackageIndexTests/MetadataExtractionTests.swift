import IndexServer
import PythonPackaging
import TestSupport
import Testing

@testable import PackageIndex

@Suite struct MetadataExtractionTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var shape: WheelShape
    var tail: Int
    /// How many pieces beyond the tail are asked for.
    var pieces: Int
  }

  private static func shape(_ change: (inout WheelShape) -> Void) -> WheelShape {
    var shape = WheelShape()
    change(&shape)
    return shape
  }

  @Test(arguments: [
    Case(testDescription: "all in the tail", shape: shape { $0.padding = 5000 }, tail: 2000, pieces: 0),
    Case(
      testDescription: "METADATA at the start",
      shape: shape {
        $0.padding = 200_000
        $0.metadataFirst = true
      },
      tail: 2000, pieces: 1),
    Case(
      testDescription: "the directory outside too", shape: shape { $0.padding = 200_000 }, tail: 30, pieces: 2
    ),
    Case(
      testDescription: "Zip64",
      shape: shape {
        $0.padding = 5000
        $0.isZip64 = true
        $0.metadataFirst = true
      },
      tail: 1000, pieces: 1),
    Case(testDescription: "stored", shape: shape { $0.method = .stored }, tail: 400, pieces: 1),
    Case(testDescription: "the whole file", shape: shape { $0.padding = 5000 }, tail: 1 << 20, pieces: 0),
  ])
  func `METADATA is read from pieces`(extractionCase: Case) throws {
    let file = ServedFile.wheel("some.name", "1.0", requires: ["b>=2"], shape: extractionCase.shape)
    let wheel = try WheelFilename(file.filename)
    var extraction = MetadataExtraction(wheel: wheel, fileSize: file.bytes.count)
    let start = max(0, file.bytes.count - extractionCase.tail)
    extraction.supply(Array(file.bytes[start...]), at: start)
    var pieces = 0
    while true {
      switch try extraction.step() {
      case .metadata(let bytes):
        #expect(bytes == file.metadata)
        #expect(pieces == extractionCase.pieces)
        return
      case .needs(let range):
        pieces += 1
        extraction.supply(Array(file.bytes[range]), at: range.lowerBound)
      }
    }
  }

  private func metadata(of bytes: [UInt8], _ name: String = "a-1-py3-none-any.whl") throws -> [UInt8] {
    var extraction = MetadataExtraction(wheel: try WheelFilename(name), fileSize: bytes.count)
    extraction.supply(bytes, at: 0)
    guard case .metadata(let found) = try extraction.step() else { throw ArchiveError.noMetadata }
    return found
  }

  @Test(
    arguments: [
      (["a-1.dist-info/METADATA"], nil),
      (["a-1.dist-info/METADATA", "vendor/b-1.dist-info/METADATA"], nil),
      (["b-2.dist-info/METADATA", "A-1.dist-info/METADATA"], nil),
      (["a-1.dist-info/METADATA", "a-1.dist-info/METADATA"], ArchiveError.ambiguousMetadata),
      (["b-1.dist-info/METADATA", "c-1.dist-info/METADATA"], ArchiveError.noMetadata),
      (["a/METADATA", "a-1.dist-info/METADATA.json"], ArchiveError.noMetadata),
      ([], ArchiveError.noMetadata),
    ] as [([String], ArchiveError?)])
  func `one METADATA is the wheel's`(names: [String], error: ArchiveError?) throws {
    var zip = ZipWriter()
    for name in names { zip.add(name, Array(name.utf8)) }
    let bytes = zip.finished(comment: "PK\u{5}\u{6} in a comment")
    if let error {
      #expect(throws: error) { try metadata(of: bytes) }
    } else {
      #expect(
        String(decoding: try metadata(of: bytes), as: UTF8.self).lowercased() == "a-1.dist-info/metadata")
    }
  }

  @Test func `a decompression bomb is stopped at the bound`() {
    var zip = ZipWriter()
    zip.add("a-1.dist-info/METADATA", [UInt8](repeating: 0, count: MetadataExtraction.longestMetadata + 1))
    let bytes = zip.finished()
    #expect(bytes.count < 100_000)
    #expect(throws: ArchiveError.tooLarge(limit: MetadataExtraction.longestMetadata)) {
      try metadata(of: bytes)
    }
  }

  @Test func `damage is an error, never a trap`() throws {
    let file = ServedFile.wheel("a", "1", shape: Self.shape { $0.isZip64 = true })
    let good = try metadata(of: file.bytes)
    var failures = 0
    for index in file.bytes.indices {
      for value in [0, 0xff, file.bytes[index] ^ 0x10] as [UInt8] where value != file.bytes[index] {
        var damaged = file.bytes
        damaged[index] = value
        // Some bytes (times, other entries) don't matter; the contents may never differ unnoticed.
        do {
          #expect(try metadata(of: damaged) == good)
        } catch is ArchiveError {
          failures += 1
        }
      }
      #expect(throws: ArchiveError.self) { try metadata(of: Array(file.bytes.prefix(index))) }
    }
    #expect(failures > 200)
  }

  @Test(arguments: [
    ("bytes 0-9/10", 0..<10, 10), ("bytes 5-5/10", 5..<6, 10),
  ])
  func `a content range is read`(text: String, range: Range<Int>, size: Int) {
    #expect(ContentRange(text)?.range == range)
    #expect(ContentRange(text)?.fileSize == size)
  }

  @Test(arguments: [
    "", "bytes */10", "bytes 0-9/*", "bytes 5-4/10", "bytes 0-10/10", "items 0-9/10", "bytes 0-9",
  ])
  func `anything else is no content range`(text: String) {
    #expect(ContentRange(text) == nil)
  }
}

@Suite struct CompactMetadataTests {
  @Test func `the description and what isn't asked for are left out, and nothing else`() throws {
    let text = """
      Metadata-Version: 2.1\r
      Name: a\r
      Keywords: x,\r
        Name: not.this
      Version: 1
      Requires-Dist: b
        >=2
      Author: someone
      Provides-Extra: e

      Requires-Dist: in-the-description
      """
    let compact = CompactMetadata.filtered(Array(text.utf8))
    #expect(
      String(decoding: compact, as: UTF8.self)
        == "Metadata-Version: 2.1\r\nName: a\r\nVersion: 1\nRequires-Dist: b\n  >=2\nProvides-Extra: e\n")
    #expect(try CoreMetadata(utf8: compact) == CoreMetadata(text))
    #expect(
      String(decoding: CompactMetadata.headers(Array(text.utf8)), as: UTF8.self).hasSuffix(
        "Provides-Extra: e\n"))
  }
}
