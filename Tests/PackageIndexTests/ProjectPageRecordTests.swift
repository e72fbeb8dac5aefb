import PythonPackaging
import Testing

@testable import PackageIndex

@Suite("Records of project pages")
struct ProjectPageRecordTests {
  @Test("A record is read as it was written")
  func roundTrip() throws {
    let page = try SamplePage.page()
    let read = try ProjectPage(record: page.record)
    #expect(read.record == page.record)
    #expect(read.project == page.project)
    #expect(read.versionCount == 3 && read.fileCount == 4)
    #expect(try read.everyDistribution == SamplePage.releases().flatMap(\.files))
    #expect(read.status == page.status && read.lastSerial == 42)
    #expect(read.unreadableFilenames == 2 && read.unusableFiles == 1)
  }

  @Test("The digests of a version's files are those of the files")
  func digests() throws {
    let page = try SamplePage.page()
    var found = 0
    for place in 0..<page.versionCount {
      let digests = page.distributions(at: place).map(\.sha256)
      if digests.contains(nil) {
        #expect(page.sha256Digests(at: place) == nil)
      } else {
        #expect(page.sha256Digests(at: place) == digests.compactMap(\.self))
        found += digests.count
      }
    }
    #expect(found > 0)
  }

  @Test("A page without files has a record")
  func empty() throws {
    let page = try SamplePage.page(of: "a", files: [])
    let read = try ProjectPage(record: page.record)
    #expect(read.versionCount == 0 && read.fileCount == 0 && read.project.normalized == "a")
    #expect(read.status == nil && read.lastSerial == nil)
  }

  struct Broken: Sendable, CustomTestStringConvertible {
    let name: String
    let offset: Int
    let bytes: [UInt8]
    let part: ProjectPageError.RecordPart
    var testDescription: String { name }
  }

  private typealias Header = PageRecordLayout.Header
  private static let firstVersion = PageRecordLayout.Header.length
  private static let secondVersion = firstVersion + PageRecordLayout.VersionRow.length

  static let broken: [Broken] = [
    Broken(name: "mark", offset: Header.mark, bytes: [0], part: .format),
    Broken(name: "format", offset: Header.format, bytes: [0xFF], part: .format),
    Broken(name: "packing", offset: Header.packing + 3, bytes: [0xFF], part: .format),
    Broken(name: "one version more", offset: Header.versionCount, bytes: [4], part: .length),
    Broken(
      name: "very many versions", offset: Header.versionCount, bytes: [255, 255, 255, 255], part: .length),
    Broken(name: "very many files", offset: Header.fileCount, bytes: [255, 255, 255, 255], part: .length),
    Broken(
      name: "very many digests", offset: Header.digestCount, bytes: [255, 255, 255, 255], part: .length),
    Broken(
      name: "very many strings", offset: Header.stringLength, bytes: [255, 255, 255, 255], part: .length),
    Broken(name: "no project", offset: Header.project, bytes: [255, 255, 255, 255], part: .project),
    Broken(name: "project beyond the end", offset: Header.project, bytes: [0, 0, 1], part: .project),
    Broken(
      name: "version without a kind", offset: firstVersion, bytes: [UInt8](repeating: 0, count: 8),
      part: .version(0)),
    Broken(name: "version out of order", offset: firstVersion + 7, bytes: [0xFF], part: .version(1)),
    Broken(name: "version of 9 segments", offset: firstVersion + 12, bytes: [9], part: .version(0)),
    Broken(name: "version's text beyond the end", offset: secondVersion + 12, bytes: [0], part: .version(1)),
    Broken(name: "files beyond the end", offset: firstVersion + 8, bytes: [5], part: .version(0)),
    Broken(name: "files out of order", offset: firstVersion + 8, bytes: [4], part: .version(1)),
  ]

  @Test("A broken header or version is refused", arguments: broken)
  func refuses(_ example: Broken) throws {
    var record = try SamplePage.page().record
    record.replaceSubrange(example.offset..<example.offset + example.bytes.count, with: example.bytes)
    let error = #expect(throws: ProjectPageError.self) { try ProjectPage(record: record) }
    #expect(error == .record(example.part))
  }

  @Test("A record that is cut short or goes on is refused")
  func truncated() throws {
    let record = try SamplePage.page().record
    for count in 0..<record.count where (try? ProjectPage(record: Array(record[..<count]))) != nil {
      Issue.record("cut at \(count)")
    }
    #expect(throws: ProjectPageError.record(.length)) { try ProjectPage(record: record + [0]) }
  }

  @Test("Every flipped bit is refused, or makes a page whose answers may be used")
  func flippedBits() throws {
    let record = try SamplePage.page().record
    var (read, refused, changed) = (0, 0, 0)
    let files = try SamplePage.page().everyDistribution
    for index in record.indices {
      for bit in 0..<8 {
        var damaged = record
        damaged[index] ^= 1 << UInt8(bit)
        guard let page = try? ProjectPage(record: damaged) else {
          refused += 1
          continue
        }
        read += 1
        PageCheck.check(page)
        if page.everyDistribution != files { changed += 1 }
      }
    }
    #expect(read > 1_000 && refused > 200 && changed > 1_000)
  }

  @Test("Records with random damage never trap", arguments: 0..<8)
  func randomDamage(_ seed: Int) throws {
    let record = try SamplePage.page().record
    var random = SeededRandom(seed: UInt64(seed))
    var (read, refused) = (0, 0)
    for _ in 0..<1_000 {
      var damaged = record
      // Half of the damage behind the header, so that enough of it gets through.
      let start = Bool.random(using: &random) ? 0 : PageRecordLayout.Header.length
      for _ in 0...Int.random(in: 0..<6, using: &random) {
        let index = Int.random(in: start..<damaged.count, using: &random)
        damaged[index] = Bool.random(using: &random) ? 0xFF : UInt8.random(in: 0...255, using: &random)
      }
      if Int.random(in: 0..<10, using: &random) == 0 {
        damaged.removeLast(Int.random(in: 0..<damaged.count, using: &random))
      }
      if let page = try? ProjectPage(record: damaged) {
        read += 1
        PageCheck.check(page)
      } else {
        refused += 1
      }
    }
    #expect(read > 50 && refused > 50)
  }
}
