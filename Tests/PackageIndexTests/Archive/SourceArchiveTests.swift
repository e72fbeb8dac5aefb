import Glibc
import TestSupport
import Testing

@testable import PackageIndex

/// Archives that are taken, and what comes out of them.
@Suite struct SourceArchiveTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var filename: String
    /// The tree below the directory, empty: it is the tree.
    var top: String
    var lines: [String]
    var bytes: @Sendable () -> [UInt8]

    /// A gzipped tar.
    init(
      _ name: String, top: String = "a-1", _ lines: [String],
      tar: @Sendable @escaping (inout TarWriter) -> Void
    ) {
      self.init(name, filename: "a-1.tar.gz", top: top, lines) { ArchivePacking.tarGzip(tar) }
    }

    /// Any file.
    init(
      _ name: String, filename: String, top: String = "a-1", _ lines: [String],
      bytes: @Sendable @escaping () -> [UInt8]
    ) {
      testDescription = name
      self.filename = filename
      self.top = top
      self.lines = lines
      self.bytes = bytes
    }
  }

  private static let long = String(repeating: "long/", count: 30) + "x"
  private static let longLines: [String] =
    (1...30).map { "a-1/" + String(repeating: "long/", count: $0) } + ["a-1/\(long) = text"]
  private static let plain = ArchivePacking.tar { $0.add("a-1/x", "text") }
  private static let plainLines = ["a-1/", "a-1/x = text"]

  private static let tars: [Case] = [
    Case(
      "directories of their own, modes",
      ["a-1/", "a-1/b/", "a-1/b/x * = text", "a-1/y * = text", "a-1/z = text"]
    ) {
      $0.add("a-1/", kind: .directory, mode: 0o700)
      $0.add("a-1/b", kind: .directory, mode: 0o2777)
      $0.add("a-1/b/x", Array("text".utf8), mode: 0o4755)
      $0.add("a-1/y", Array("text".utf8), mode: 0o001)
      $0.add("a-1/z", Array("text".utf8), mode: 0o000)
    },
    Case("no directories of their own", ["a-1/", "a-1/b/", "a-1/b/c/", "a-1/b/c/x = text", "a-1/y = "]) {
      $0.add("a-1/b/c/x", "text")
      $0.add("a-1/y", "")
    },
    Case("`./` before names", plainLines) {
      $0.add("./", kind: .directory)
      $0.add("./a-1/", kind: .directory)
      $0.add("././a-1//./x", "text")
    },
    Case("a file twice: the later stays", ["a-1/", "a-1/x * = new"]) {
      $0.add("a-1/x", "old text")
      $0.add("./a-1/x", Array("new".utf8), mode: 0o755)
    },
    Case("a directory twice", ["a-1/", "a-1/b/", "a-1/b/x = text"]) {
      $0.add("a-1/b", kind: .directory)
      $0.add("a-1/b/x", "text")
      $0.add("a-1/b", kind: .directory)
    },
    Case("attributes of all entries", plainLines) {
      $0.addAttributes([("comment", "0123456789abcdef")], isGlobal: true)
      $0.add("a-1/x", "text")
    },
    Case("such attributes as a file", ["a-1/", "a-1/x = text", "pax_global_header = comment"]) {
      $0.add("pax_global_header", "comment")
      $0.add("a-1/x", "text")
    },
    Case("what macOS leaves", [".DS_Store = text", "._a-1 = text", "a-1/", "a-1/._x = text", "a-1/x = text"])
    {
      $0.add("./._a-1", "text")
      $0.add("./a-1/._x", "text")
      $0.add("./a-1/x", "text")
      $0.add(".DS_Store", "text")
    },
    Case("a long name by attributes", ["a-1/"] + longLines) {
      $0.addAttributes([("path", "a-1/" + long)])
      $0.add("a-1/short", "text")
    },
    Case("a long name by GNU's way", ["a-1/"] + longLines) {
      $0.add("././@LongLink", Array("a-1/\(long)\u{0}".utf8), kind: .longName)
      $0.add("a-1/short", "text")
    },
    Case("a size in base 256", plainLines) {
      var writer = TarWriter()
      writer.add("a-1/x", Array("text".utf8))
      // The same header with its size the other way, and its check sum made good.
      var header = Array(writer.finished().prefix(512))
      let size: [UInt8] = [0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 4]
      let change = size.reduce(0) { $0 + Int($1) } - header[124..<136].reduce(0) { $0 + Int($1) }
      header.replaceSubrange(124..<136, with: size)
      let old = Int(String(decoding: header[148..<154], as: UTF8.self), radix: 8) ?? 0
      let digits = String(old + change, radix: 8)
      header.replaceSubrange(
        148..<154, with: (String(repeating: "0", count: 6 - digits.utf8.count) + digits).utf8)
      $0.append(header)
      $0.append(Array("text".utf8))
    },
    Case("a flag that nobody knows is a file's", plainLines) {
      $0.add("a-1/x", Array("text".utf8), kind: .unknown)
    },
    Case("names beyond ASCII stay as they are", ["a-1/", "a-1/\u{e4}e\u{301} = text", "a-1/\u{fffd} = text"])
    {
      $0.addAttributes([("path", "a-1/\u{e4}e\u{301}")])
      $0.add("a-1/x", "text")
      $0.add(Array("a-1/".utf8) + [0xe4], Array("text".utf8))
    },
    Case("a backslash is none of a tar's separators", ["a-1/", "a-1/..\\x = text", "a-1/C:y = text"]) {
      $0.add("a-1/..\\x", "text")
      $0.add("a-1/C:y", "text")
    },
    Case("NUL ends a name", ["a-1/", "a-1/x = text"]) {
      $0.addAttributes([("path", "a-1/x\u{0}/../../y")])
      $0.add("a-1/z", "text")
    },
    Case("what comes after the end is no entry", plainLines) {
      $0.add("a-1/x", "text")
      $0.append([UInt8](repeating: 0, count: 1024))
      $0.add("../y", "text")
    },
    Case("files of the tree itself", top: "", ["a/", "a/x = text", "setup.py = text"]) {
      $0.add("a/x", "text")
      $0.add("setup.py", "text")
    },
    Case("two directories", top: "", ["a-1/", "a-1/x = text", "b/", "b/x = text"]) {
      $0.add("a-1/x", "text")
      $0.add("b/x", "text")
    },
    Case("one file", top: "", ["a-1 = text"]) { $0.add("a-1", "text") },
    Case("one empty directory", ["a-1/"]) { $0.add("a-1/", kind: .directory) },
    Case("egg-info alone is no tree", top: "", ["a.egg-info/", "a.egg-info/PKG-INFO = text"]) {
      $0.add("a.egg-info/PKG-INFO", "text")
    },
    Case("a GNU sparse file", ["a-1/", "a-1/x = \u{0}\u{0}\u{0}\u{0}text"]) {
      $0.addAttributes([
        ("GNU.sparse.major", "0"), ("GNU.sparse.minor", "1"), ("GNU.sparse.size", "8"),
        ("GNU.sparse.map", "4,4"),
      ])
      $0.add("a-1/x", "text")
    },
  ]

  private static let files: [Case] =
    StreamCoding.allCases.map { coding in
      Case("\(coding), told by its first bytes", filename: "main", plainLines) {
        ArchivePacking.packed(plain, coding)
      }
    }
    + StreamCoding.allCases.map { coding in
      Case("\(coding) of two members, padding and rubbish", filename: "main", plainLines) {
        ArchivePacking.packed(Array(plain.prefix(700)), coding) + [0, 0, 0, 0]
          + ArchivePacking.packed(Array(plain.dropFirst(700)), coding) + Array("rubbish".utf8)
      }
    }
    + [
      Case("a tar as it is", filename: "a.tar", plainLines) { plain },
      Case("a tar as it is, told by its first bytes", filename: "main", plainLines) { plain },
      Case("a tar without the mark of its end", filename: "a.tar", plainLines) { Array(plain.prefix(1024)) },
      Case("a zip", filename: "a.zip", plainLines) { ArchivePacking.zip(["a-1/x"]) },
      Case("a zip, told by its first bytes", filename: "main", plainLines) { ArchivePacking.zip(["a-1/x"]) },
      Case("a zip of directories and a program", filename: "a.zip", ["a-1/", "a-1/b/", "a-1/x * = text"]) {
        ArchivePacking.zip(["a-1/x", "a-1/b/"], mode: 0o100755)
      },
      Case("a compressed zip, with Zip64 records", filename: "a.zip", plainLines) {
        var zip = ZipWriter(isZip64: true)
        zip.add("a-1/x", Array("text".utf8))
        return zip.finished(comment: "PK\u{5}\u{6} in a comment")
      },
      Case("a zip's file twice", filename: "a.zip", ["a-1/", "a-1/x = new"]) {
        ArchivePacking.zip { zip in
          zip.add("a-1/x", Array("old text".utf8))
          zip.add("a-1/x", Array("new".utf8))
        }
      },
      Case("a zip's names beyond ASCII", filename: "a.zip", ["a-1/", "a-1/\u{e4}\u{6f22} = text"]) {
        ArchivePacking.zip(["a-1/\u{e4}\u{6f22}"], flags: 0x800)
      },
      Case(
        "a zip's names beyond ASCII, without their flag", filename: "a.zip", ["a-1/", "a-1/\u{e4} = text"]
      ) {
        ArchivePacking.zip(["a-1/\u{e4}"])
      },
      Case("a zip of macOS", filename: "a.zip", ["__MACOSX/", "__MACOSX/._x = text", "a-1/", "a-1/x = text"])
      {
        ArchivePacking.zip(["a-1/x", "__MACOSX/._x"])
      },
    ]

  @Test(arguments: tars + files)
  func `an archive's tree is unpacked`(archiveCase: Case) throws {
    let temporary = TemporaryDirectory()
    let archive = try SourceArchive(archiveCase.bytes(), filename: archiveCase.filename)
    let tree = try archive.extract(into: temporary.path)
    #expect(tree == (archiveCase.top.isEmpty ? temporary.path : temporary.file(archiveCase.top)))
    let unpacked = UnpackedTree(temporary.path)
    #expect(unpacked.lines == archiveCase.lines)
    // Strings are equal whatever form of Unicode they have.
    #expect(unpacked.lines.map { Array($0.utf8) } == archiveCase.lines.map { Array($0.utf8) })
    for entry in unpacked.entries {
      #expect(entry.mode == 0o755 || entry.contents != nil && entry.mode == 0o644, "\(entry.path)")
    }
  }

  @Test(
    arguments: [
      (1_700_000_001, 1_700_000_001), (0, 315_619_200), (-5, 315_619_200), (315_619_200, 315_619_200),
      (1 << 40, 4_354_646_400),
    ] as [(Int, Int)])
  func `modification times stay within what a zip can hold`(written: Int, kept: Int) throws {
    let temporary = TemporaryDirectory()
    let bytes = ArchivePacking.tarGzip { $0.add("a-1/x", Array("text".utf8), modified: written) }
    _ = try SourceArchive(bytes, filename: "a-1.tar.gz").extract(into: temporary.path)
    #expect(temporary.modified("a-1/x") == Int64(kept) * 1_000_000_000)
  }

  @Test func `the directory must be there`() throws {
    let temporary = TemporaryDirectory()
    let archive = try SourceArchive(ArchivePacking.packed(Self.plain, .gzip), filename: "a-1.tar.gz")
    #expect(
      throws: SourceArchiveError.machineFailure(
        entry: temporary.file("no"), reason: "no such file or directory")
    ) {
      try archive.extract(into: temporary.file("no"))
    }
  }

  @Test func `a link that is already there isn't followed`() throws {
    let temporary = TemporaryDirectory()
    temporary.makeDirectory("outside")
    temporary.makeDirectory("tree")
    symlink(temporary.file("outside"), temporary.file("tree/a-1"))
    let archive = try SourceArchive(ArchivePacking.packed(Self.plain, .gzip), filename: "a-1.tar.gz")
    #expect(throws: SourceArchiveError.conflict(entry: "a-1/x")) {
      try archive.extract(into: temporary.file("tree"))
    }
    #expect(temporary.names(in: "outside").isEmpty)
  }

  @Test(
    arguments: [
      ("v1.2.zip", .zip), ("main.tar.gz", .tar(.gzip)), ("A.TAR.GZ", .tar(.gzip)), ("a.tgz", .tar(.gzip)),
      ("a.tar.bz2", .tar(.bzip2)), ("a.tbz2", .tar(.bzip2)), ("a.tbz", .tar(.bzip2)), ("a.tar.xz", .tar(.xz)),
      ("a.txz", .tar(.xz)), ("a.tar", .tar(nil)), ("a.gz", nil), ("a.whl", nil), ("main", nil), ("", nil),
    ] as [(String, SourceArchive.Format?)])
  func `a file name's ending tells the format`(filename: String, format: SourceArchive.Format?) {
    #expect(SourceArchive.format(of: filename) == format)
  }

  /// Its headers are at 0, 1536 and 2560, its end at 3584.
  private static let twoFiles = ArchivePacking.tar {
    $0.add("a-1/x", (0..<1000).map { UInt8(truncatingIfNeeded: $0 &* $0 >> 3) })
    $0.add("a-1/y", "text")
  }

  /// What extracting the archive ends in: its paths, or an error.
  private func outcome(_ bytes: some Sequence<UInt8>, _ filename: String) -> Outcome {
    let temporary = TemporaryDirectory()
    do throws(SourceArchiveError) {
      _ = try SourceArchive(Array(bytes), filename: filename).extract(into: temporary.path)
      return .success(UnpackedTree(temporary.path).entries.map(\.path))
    } catch {
      return .failure(error)
    }
  }

  private typealias Outcome = Result<[String], SourceArchiveError>

  @Test(arguments: [("a.tgz", .gzip), ("a.tbz", .bzip2), ("a.txz", .xz)] as [(String, StreamCoding)])
  func `a compressed tar that is cut off is damaged`(filename: String, coding: StreamCoding) {
    let whole = ArchivePacking.packed(Self.twoFiles, coding)
    #expect(outcome(whole, filename) == .success(["a-1/", "a-1/x", "a-1/y"]))
    let cutOff: Outcome = .failure(.damaged(reason: "it ends early"))
    #expect(whole.indices.filter { outcome(whole.prefix($0), filename) != cutOff } == [])
  }

  @Test func `a tar that is cut off within an entry is damaged`() {
    let cuts = Array(stride(from: 1, to: 2564, by: 7)).filter { $0 != 1536 && $0 != 2560 }
    let taken = cuts.filter {
      if case .failure(.damaged) = outcome(Self.twoFiles.prefix($0), "a.tar") { false } else { true }
    }
    #expect(taken == [])
    // Between entries nothing tells; Python takes it too.
    #expect(outcome(Self.twoFiles.prefix(1536), "a.tar") == .success(["a-1/", "a-1/x"]))
  }

  @Test func `a zip that is cut off is damaged`() {
    let whole = ArchivePacking.zip(["a-1/x", "a-1/y"])
    let cutOff: Outcome = .failure(.damaged(reason: "it doesn't end as a zip file does"))
    #expect(whole.indices.filter { outcome(whole.prefix($0), "a.zip") != cutOff } == [])
  }
}
