import Glibc
import TestSupport
import Testing

@testable import PackageIndex

/// Archives that were good, with random changes: whatever comes of one, it ends, and nothing is touched outside.
@Suite struct SourceArchiveMutationTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var filename: String
    var seed: UInt64
    /// How many of the changed archives are taken at least: a check sum over everything lets almost none pass.
    var leastTaken = 10
    /// Changes a good archive.
    var mutated: @Sendable (_ random: inout SeededRandom) -> [UInt8]
  }

  private static let tar = ArchivePacking.tar {
    $0.addAttributes([("comment", "0123456789abcdef")], isGlobal: true)
    $0.add("a-1/", kind: .directory)
    $0.add("a-1/PKG-INFO", "Metadata-Version: 2.2\nName: a\nVersion: 1\n")
    $0.addAttributes([("path", "a-1/\u{e4}/x"), ("mtime", "1700000000.25"), ("size", "4")])
    $0.add("a-1/x", "text")
    $0.add("././@LongLink", Array("a-1/long/x\u{0}".utf8), kind: .longName)
    $0.add("a-1/long", "text")
    $0.addAttributes([
      ("GNU.sparse.major", "0"), ("GNU.sparse.minor", "1"), ("GNU.sparse.size", "8"),
      ("GNU.sparse.map", "4,4"),
    ])
    $0.add("a-1/sparse", "text")
    $0.add("a-1/pyproject.toml", [UInt8](repeating: 35, count: 2000))
    $0.add("a-1/setup.py", Array("text".utf8), mode: 0o755)
  }

  private static let zip = ArchivePacking.zip {
    $0.add("a-1/", [], method: .stored)
    $0.add("a-1/PKG-INFO", Array("Metadata-Version: 2.2\nName: a\nVersion: 1\n".utf8))
    $0.add("a-1/b/x", Array("text".utf8), method: .stored)
    $0.add("a-1/pyproject.toml", [UInt8](repeating: 35, count: 2000))
  }

  private static let zip64: [UInt8] = {
    var zip = ZipWriter(isZip64: true)
    zip.add("a-1/PKG-INFO", Array("text".utf8))
    zip.add("a-1/x", Array("text".utf8), method: .stored)
    return zip.finished(comment: "PK\u{5}\u{6}")
  }()

  private static let cases: [Case] =
    [
      Case(testDescription: "tar", filename: "a.tar", seed: 1) { mutated(tar, &$0) },
      Case(testDescription: "tar, check sums made good", filename: "a.tar", seed: 2) {
        withGoodHeaders(mutated(tar, &$0))
      },
      Case(testDescription: "gzipped tar, check sums made good", filename: "a.tar.gz", seed: 3) {
        ArchivePacking.packed(withGoodHeaders(mutated(tar, &$0)), .gzip)
      },
      Case(testDescription: "zip", filename: "a.zip", seed: 4) { mutated(zip, &$0) },
      Case(testDescription: "zip with Zip64 records", filename: "a.zip", seed: 5) { mutated(zip64, &$0) },
    ]
    + StreamCoding.allCases.enumerated().map { index, coding in
      let packed = ArchivePacking.packed(tar, coding)
      return Case(testDescription: "\(coding)", filename: "main", seed: UInt64(6 + index), leastTaken: 0) {
        mutated(packed, &$0)
      }
    }

  @Test(.timeLimit(.minutes(2)), arguments: cases)
  func `whatever comes of a change, it ends, and stays inside`(mutation: Case) {
    let temporary = TemporaryDirectory()
    temporary.write("sentinel", "as it was")
    var random = SeededRandom(seed: mutation.seed)
    var limits = SourceArchive.Limits()
    limits.unpackedBytes = 1 << 20
    limits.entries = 1000
    limits.metadataBytes = 1 << 16
    var taken = 0
    var refused: Set<String> = []
    for round in 0..<200 {
      let bytes = mutation.mutated(&random)
      temporary.makeDirectory("tree")
      do throws(SourceArchiveError) {
        let archive = try SourceArchive(bytes, filename: mutation.filename, limits: limits)
        let files = Result { () throws(SourceArchiveError) in try archive.metadataFiles() }
        _ = try archive.extract(into: temporary.file("tree"))
        taken += 1
        // Reading less can't fail where reading all of it doesn't.
        #expect(throws: Never.self, "round \(round)") { try files.get() }
      } catch {
        refused.insert(error.description)
        #expect(error.description.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7f })
      }
      let unpacked = UnpackedTree(temporary.file("tree"))
      #expect(!unpacked.lines.contains { $0.hasSuffix("(neither)") }, "round \(round)")
      #expect(temporary.names() == ["sentinel", "tree"], "round \(round)")
      temporary.remove("tree")
    }
    #expect(temporary.text("sentinel") == "as it was")
    // Else the changes were too few or too many to tell anything.
    #expect(taken >= mutation.leastTaken)
    #expect(refused.count > 1)
  }

  /// A few random changes.
  private static func mutated(_ original: [UInt8], _ random: inout SeededRandom) -> [UInt8] {
    let pieces = [
      "../", "/", "/../", "\\", "..\\", "C:", "\u{0}", "\u{1B}[", "PK\u{1}\u{2}", "ustar", "999999999999",
      "\u{e4}",
    ]
    var bytes = original
    for _ in 0..<Int.random(in: 1...4, using: &random) {
      let at = Int.random(in: 0..<bytes.count, using: &random)
      let end = min(bytes.count, at + Int.random(in: 1...64, using: &random))
      let block = at & ~511
      switch Int.random(in: 0..<10, using: &random) {
      case 0...2: bytes[at] ^= 1 << UInt8.random(in: 0..<8, using: &random)
      case 3: bytes[at] = .random(in: 0...255, using: &random)
      case 4: bytes[at] = UInt8(ascii: "0") + .random(in: 0...9, using: &random)
      case 5:
        let piece = Array((pieces.randomElement(using: &random) ?? "").utf8.prefix(bytes.count - at))
        bytes.replaceSubrange(at..<at + piece.count, with: piece)
      case 6: bytes = ArchivePacking.replacing("a-1/", with: "../x", in: bytes, from: at)
      case 7: for index in at..<end { bytes[index] = 0xff }
      case 8 where block + 1024 <= bytes.count: bytes[block..<block + 512] = bytes[block + 512..<block + 1024]
      default: bytes.removeSubrange(at..<end)
      }
      if bytes.isEmpty { return original }
    }
    return bytes
  }

  /// The tar with the check sum of every block that is a header computed anew, so that changes get past it.
  private static func withGoodHeaders(_ tar: [UInt8]) -> [UInt8] {
    var tar = tar
    for block in stride(from: 0, through: tar.count - 512, by: 512)
    where tar[(block + 257)...].starts(with: "ustar".utf8) {
      for index in block + 148..<block + 156 { tar[index] = 0x20 }
      let digits = String(tar[block..<block + 512].reduce(0) { $0 + Int($1) }, radix: 8)
      let field = String(repeating: "0", count: 6 - digits.utf8.count) + digits + "\u{0}"
      tar.replaceSubrange(block + 148..<block + 155, with: field.utf8)
    }
    return tar
  }
}
