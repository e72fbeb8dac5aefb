import PythonPackaging
import Testing

@testable import PackageIndex

@Suite("Versions and file names on project pages")
struct ProjectPageVersionTests {
  /// In PEP 440's order; `true` marks the pre-releases.
  private static let ascending: [(String, Bool)] = [
    ("0.dev0", true), ("0", false), ("0.9.9.9", false), ("1.0.dev1", true), ("1.0a1.dev1", true),
    ("1.0a1", true),
    ("1.0a1.post1.dev2", true), ("1.0a1.post1", true), ("1.0a2", true), ("1.0b1", true), ("1.0rc1", true),
    ("1.0rc10", true), ("1.0", false), ("1.0+abc", false), ("1.0+abc.5", false), ("1.0+5", false),
    ("1.0.post1.dev1", true), ("1.0.post1", false), ("1.0.post1+local", false), ("1.0.0.0.0.1", false),
    ("1.0.1", false), ("1.2", false), ("1.10", false), ("2.0.1024", false), ("2.1", false),
    ("99999.dev1", true), ("20240101", false),
    ("20240101.5", false), ("1!0.1.dev1", true), ("1!0.1", false), ("2!0", false),
  ]

  @Test("Versions ascend by PEP 440, epochs, post, dev and local versions among them", arguments: 0..<10)
  func order(_ seed: Int) throws {
    var random = SeededRandom(seed: UInt64(seed))
    let sorted = Self.ascending
    let names = Self.ascending.shuffled(using: &random).map { "a-\($0.0).tar.gz" }
    let page = try SamplePage.page(of: "a", files: names)
    #expect((0..<page.versionCount).map { page.version(at: $0).description } == sorted.map(\.0))
    #expect((0..<page.versionCount).map { page.isPreRelease(at: $0) } == sorted.map(\.1))
    #expect(page.everyDistribution.map(\.filename) == sorted.map { "a-\($0.0).tar.gz" })
    #expect(page.index(of: try Version("1!0.1")).map { page.version(at: $0).description } == "1!0.1")
  }

  @Test("Of a version's files, the wheels for a target are had alone, where none is yanked")
  func wheels() throws {
    let tags = CompatibilityTags(
      python: (3, 12), implementation: .cpython,
      platform: .manylinux(glibcMajor: 2, glibcMinor: 28, architecture: "x86_64"))
    let sieve = WheelSieve(tags)
    let page = try SamplePage.page(
      of: "a-b",
      files: [
        "a_b-1-py3-none-any.whl", "a_b-1-2-cp312-cp312-manylinux_2_17_x86_64.whl", "a-b-1.tar.gz",
        "a_b-1-cp312-cp312-win_amd64.whl", "A.B-1.0-CP312-abi3-any.whl", "a_b-2-py2-none-any.whl",
        "a-b-3.zip",
      ])
    let found = (0..<page.versionCount).map { place in
      page.wheels(at: place, through: sieve)?.map(\.filename)
    }
    #expect(
      found == [
        [
          "A.B-1.0-CP312-abi3-any.whl", "a_b-1-2-cp312-cp312-manylinux_2_17_x86_64.whl",
          "a_b-1-py3-none-any.whl",
        ],
        [], [],
      ])
    for place in 0..<page.versionCount {
      let whole = Set(page.distributions(at: place))
      #expect(page.wheels(at: place, through: sieve)?.allSatisfy(whole.contains) == true)
      let kinds = page.availability(at: place, through: sieve).map(\.kind)
      #expect(kinds == page.distributions(at: place).map { PageCheck.availability($0).kind })
    }
    let yanked = try SamplePage.page()
    #expect(
      (0..<yanked.versionCount).map { yanked.wheels(at: $0, through: sieve) == nil } == [true, true, false])
  }

  @Test("Spellings of one version are one version, named by the shortest")
  func spellings() throws {
    let names = ["a-1.0.0.tar.gz", "a-1.tar.gz", "a-1.0-py3-none-any.whl", "a-v1.00.zip", "a-1.0.0.0.0.zip"]
    let page = try SamplePage.page(of: "a", files: names)
    #expect(page.versionCount == 1)
    #expect(page.version(at: 0).description == "1")
    #expect(page.distributions(at: 0).map(\.filename) == names.sorted())
  }

  struct Name: Sendable, CustomTestStringConvertible {
    let project: String
    let filename: String
    let version: String?
    var testDescription: String { "\(filename) of \(project)" }

    init(_ project: String, _ filename: String, _ version: String?) {
      self.project = project
      self.filename = filename
      self.version = version
    }
  }

  static let names: [Name] = [
    Name("a-b", "a-b-1.0.tar.gz", "1.0"), Name("a-b", "A.B-1.0.tgz", "1.0"),
    Name("a-b", "a__b-1.0.zip", "1.0"),
    Name("a-b", "a-b-1.0.tar.bz2", "1.0"), Name("a-b", "a-b-1.0.tar.xz", "1.0"),
    Name("a-b", "a-b-1.0-1.tar.gz", "1.0.post1"), Name("a", "a-1.0-1.tar.gz", "1.0.post1"),
    Name("a", "a-b-1.0.tar.gz", nil), Name("a-1", "a-1-1.0.tar.gz", "1.0"), Name("a", "a-1-1.0.tar.gz", nil),
    Name("a", "a-1-1.tar.gz", "1.post1"), Name("a-1", "a-1-1.tar.gz", "1"), Name("a", "a--1.tar.gz", nil),
    Name("a", "a_1.tar.gz", nil), Name("a", "a.tar.gz", nil), Name("a", "a-.tar.gz", nil),
    Name("a", "-1.tar.gz", nil),
    Name("a", "b-1.tar.gz", nil), Name("a", "ab-1.tar.gz", nil), Name("a", "a-1.0+x_1.zip", "1.0+x.1"),
    Name("a", "a-1.0.exe", nil), Name("a", "a-1.0.rpm", nil), Name("a", "a-1.0-py2.7.egg", nil),
    Name("a", "a-1.0.tar.gz.asc", nil), Name("a", "a-1.0.tar", nil), Name("a", "a-1.0.TAR.GZ", nil),
    Name("a", "a-1.0.dev-py2.7.zip", nil), Name("a", "a-latest.zip", nil), Name("a", "", nil),
    Name("a", "a-1.0/../x.zip", nil), Name("a", "../a-1.0.zip", nil), Name("a", "a-1.0 .zip", nil),
    Name("a-b", "a_b-1.0-py3-none-any.whl", "1.0"), Name("a-b", "A.b-1.0-py3-none-any.whl", "1.0"),
    Name("a-b", "a__b-1.0-py3-none-any.whl", nil), Name("a-b", "a-b-1.0-py3-none-any.whl", nil),
    Name("a", "a-1.0-2x-py2.py3-none-any.whl", "1.0"), Name("a", "a-1.0-x-py3-none-any.whl", nil),
    Name("a", "a-1.0_1-py3-none-any.whl", "1.0.post1"), Name("a", "a-1.0-py3-none.whl", nil),
    Name("a", "a-1.0-py3..cp3-none-any.whl", nil), Name("a", "a-1.0-3-none-any.whl", nil),
    Name("a", "a-1.0-py3--any.whl", nil), Name("a", "a-x-py3-none-any.whl", nil), Name("a", "a.whl", nil),
    Name("a", "a-.whl", nil), Name("a-whl", "a-.whl", nil), Name("a", "a-1.0-1-2-py3-none-any.whl", nil),
    Name("a", "a-1.0-99999999999999999999-py3-none-any.whl", nil),
    Name("a", "a-99999999999999999999.zip", nil),
    Name("a", "a-\(String(repeating: "1", count: 2000)).zip", nil),
  ]

  @Test("A file's name says the version, or the file is left out", arguments: names)
  func readsName(_ example: Name) throws {
    let page = try SamplePage.page(of: example.project, files: [example.filename])
    #expect(
      (0..<page.versionCount).map { page.version(at: $0).description } == (example.version.map { [$0] } ?? [])
    )
    #expect(page.unreadableFilenames == (example.version == nil ? 1 : 0))
    #expect(page.everyDistribution.map(\.filename) == (example.version == nil ? [] : [example.filename]))
  }

  @Test("The names that are read are those of `Distribution`", arguments: ["a", "a-b", "a-1"])
  func agreement(_ project: String) throws {
    let name = try PackageName(project)
    let starts = [
      "a-1.0.tar.gz", "a_b-1.0-py3-none-any.whl", "a-b-1.0-1.zip", "a-1-1.0-2-cp39-abi3-any.whl",
      "A.1-1!2.0+l.1.tgz",
    ]
    let alphabet = Array("aAbB01._-+!whltargzpy".utf8)
    var random = SeededRandom(seed: 9)
    var (read, refused) = (0, 0)
    for _ in 0..<4_000 {
      var bytes = Array((starts.randomElement(using: &random) ?? "").utf8)
      for _ in 0..<Int.random(in: 0..<4, using: &random) {
        let index = Int.random(in: 0..<bytes.count, using: &random)
        switch Int.random(in: 0..<3, using: &random) {
        case 0: bytes[index] = alphabet[Int.random(in: alphabet.indices, using: &random)]
        case 1: bytes.insert(alphabet[Int.random(in: alphabet.indices, using: &random)], at: index)
        default: if bytes.count > 2 { bytes.remove(at: index) }
        }
      }
      let filename = String(decoding: bytes, as: UTF8.self)
      let expected = try? Distribution(filename: filename, of: name, url: "x")
      let page = try SamplePage.page(of: project, files: [filename])
      let found = page.everyDistribution.first
      if found?.kind != expected?.kind || found?.filename != expected?.filename {
        Issue.record("\(filename) of \(project)")
      }
      if found == nil { refused += 1 } else { read += 1 }
    }
    #expect(read > 200 && refused > 200)
  }
}
