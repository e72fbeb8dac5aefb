import TestSupport
import Testing

@testable import PackageIndex

/// Reading an archive's metadata without unpacking it.
@Suite struct SourceArchiveMetadataTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var top: String?
    var pkgInfo: String?
    var pyproject: String?
    var setup: [String] = []
    var names: [String]
  }

  /// Each file's text is its name.
  @Test(arguments: [
    Case(
      testDescription: "as setuptools writes it", top: "a-1", pkgInfo: "a-1/PKG-INFO",
      setup: ["setup.cfg", "setup.py"],
      names: [
        "a-1/", "a-1/PKG-INFO", "a-1/a.egg-info/", "a-1/a.egg-info/PKG-INFO", "a-1/setup.cfg", "a-1/setup.py",
      ]),
    Case(
      testDescription: "as hatchling writes it", top: "a-1", pkgInfo: "a-1/PKG-INFO",
      pyproject: "a-1/pyproject.toml", names: ["a-1/a/b.py", "a-1/pyproject.toml", "a-1/PKG-INFO"]),
    Case(
      testDescription: "reading ends at the second document", top: "a-1", pkgInfo: "a-1/PKG-INFO",
      pyproject: "a-1/pyproject.toml", setup: ["setup.cfg"],
      names: ["a-1/setup.cfg", "a-1/PKG-INFO", "a-1/pyproject.toml", "a-1/setup.py", "../x"]),
    Case(
      testDescription: "a checkout", top: "a-main", pyproject: "./a-main/pyproject.toml",
      names: ["./", "./a-main/x", "./a-main/pyproject.toml"]),
    Case(
      testDescription: "nothing of it", top: "a-1",
      names: ["a-1/x/PKG-INFO", "a-1/pkg-info", "a-1/PKG-INFO.in"]),
    Case(
      testDescription: "the archive is the tree", pkgInfo: "PKG-INFO", setup: ["setup.py"],
      names: ["PKG-INFO", "setup.py", "a/pyproject.toml"]),
    Case(
      testDescription: "that shows late", pyproject: "pyproject.toml",
      names: ["a/PKG-INFO", "pyproject.toml"]),
    Case(
      testDescription: "egg-info first", pkgInfo: "PKG-INFO", pyproject: "pyproject.toml",
      names: ["a.egg-info/PKG-INFO", "PKG-INFO", "pyproject.toml"]),
    Case(
      testDescription: "two trees", names: ["a-1/PKG-INFO", "b-1/pyproject.toml"]),
    Case(
      testDescription: "what macOS leaves", top: "a-1", pkgInfo: "a-1/PKG-INFO",
      names: ["._a-1", "a-1/._PKG-INFO", "a-1/PKG-INFO"]),
    Case(
      testDescription: "directories of these names", top: "a-1", names: ["a-1/PKG-INFO/", "a-1/setup.py/x"]),
  ])
  func `the tree's own files are found`(metadataCase: Case) throws {
    let tar = ArchivePacking.tar {
      for name in metadataCase.names {
        if name.hasSuffix("/") { $0.add(name, kind: .directory) } else { $0.add(name, name) }
      }
    }
    let files = try SourceArchive(tar, filename: "a.tar").metadataFiles()
    check(files, metadataCase)
    guard !metadataCase.names.contains("../x") else { return }
    let zip = ArchivePacking.zip { for name in metadataCase.names { $0.add(name, Array(name.utf8)) } }
    check(try SourceArchive(zip, filename: "a.zip").metadataFiles(), metadataCase)
  }

  private func check(_ files: SourceArchive.MetadataFiles, _ expected: Case) {
    #expect(files.topDirectory == expected.top)
    #expect(files.pkgInfo.map { String(decoding: $0, as: UTF8.self) } == expected.pkgInfo)
    #expect(files.pyproject.map { String(decoding: $0, as: UTF8.self) } == expected.pyproject)
    #expect(files.hasSetupPy == expected.setup.contains("setup.py"))
    #expect(files.hasSetupCfg == expected.setup.contains("setup.cfg"))
  }

  @Test func `reading ends when the caller has enough`() throws {
    var bytes = ArchivePacking.tarGzip {
      $0.add("a-1/PKG-INFO", "text")
      var random = SeededRandom(seed: 1)
      $0.add("a-1/x", (0..<500_000).map { _ in UInt8.random(in: 0...255, using: &random) })
      $0.add("a-1/pyproject.toml", "text")
    }
    // What isn't needed isn't read: it would be damaged.
    bytes.removeLast(100_000)
    let archive = try SourceArchive(bytes, filename: "a-1.tar.gz")
    var asked: [SourceArchive.MetadataFiles] = []
    let files = try archive.metadataFiles {
      asked.append($0)
      return $0.pkgInfo != nil
    }
    #expect(files.pkgInfo == Array("text".utf8))
    #expect(asked.map(\.pkgInfo) == [Array("text".utf8)])
    #expect(throws: SourceArchiveError.damaged(reason: "it ends early")) { try archive.metadataFiles() }
  }

  @Test func `of two files of one name the later counts`() throws {
    let bytes = ArchivePacking.tarGzip {
      $0.add("a-1/PKG-INFO", "old")
      $0.add("a-1/PKG-INFO", "new")
    }
    #expect(try SourceArchive(bytes, filename: "a.tgz").metadataFiles().pkgInfo == Array("new".utf8))
  }

  @Test func `links elsewhere don't matter, in a document's place they do`() throws {
    let elsewhere = ArchivePacking.tarGzip {
      $0.add("a-1/x", kind: .symbolicLink, target: "/etc/passwd")
      $0.add("a-1/tests/setup.py", kind: .symbolicLink, target: "x")
      $0.add("a-1/PKG-INFO", "text")
    }
    #expect(try SourceArchive(elsewhere, filename: "a.tgz").metadataFiles().pkgInfo == Array("text".utf8))
    let inPlace = ArchivePacking.tarGzip {
      $0.add("a-1/PKG-INFO", kind: .symbolicLink, target: "/etc/passwd")
    }
    #expect(
      throws: SourceArchiveError.refusedLink(entry: "a-1/PKG-INFO", kind: .symbolicLink, problem: .absolute)
    ) {
      try SourceArchive(inPlace, filename: "a.tgz").metadataFiles()
    }
    let toAnother = ArchivePacking.tarGzip {
      $0.add("a-1/PKG-INFO", "text")
      $0.add("a-1/PKG-INFO", kind: .symbolicLink, target: "docs/PKG-INFO")
      $0.add("a-1/setup.py", kind: .hardLink, target: "a-1/docs/setup.py")
    }
    let files = try SourceArchive(toAnother, filename: "a.tgz").metadataFiles()
    #expect(files == SourceArchive.MetadataFiles(topDirectory: "a-1", hasSetupPy: true))
  }

  @Test(arguments: ["a.tgz", "a.zip"])
  func `a document larger than the bound is refused`(filename: String) throws {
    var limits = SourceArchive.Limits()
    limits.metadataBytes = 1000
    func archive(_ count: Int) throws -> SourceArchive {
      let contents = [UInt8](repeating: 0, count: count)
      let bytes =
        filename == "a.zip"
        ? ArchivePacking.zip { $0.add("a-1/PKG-INFO", contents) }
        : ArchivePacking.tarGzip { $0.add("a-1/PKG-INFO", contents) }
      return try SourceArchive(bytes, filename: filename, limits: limits)
    }
    #expect(try archive(1000).metadataFiles().pkgInfo?.count == 1000)
    #expect(throws: SourceArchiveError.fileTooLarge(entry: "a-1/PKG-INFO", limit: 1000)) {
      try archive(1001).metadataFiles()
    }
  }

  @Test func `an empty archive has no tree`() throws {
    #expect(throws: SourceArchiveError.empty) {
      try SourceArchive(ArchivePacking.tarGzip { _ in }, filename: "a.tgz").metadataFiles()
    }
  }
}
