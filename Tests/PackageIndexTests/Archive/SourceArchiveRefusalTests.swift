import TestSupport
import Testing

@testable import PackageIndex

/// Archives that no program should make, and such as some programs did.
@Suite struct SourceArchiveRefusalTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var filename = "a-1.tar.gz"
    var limits = SourceArchive.Limits()
    var bytes: @Sendable () -> [UInt8]
    /// What is thrown; nil: it is taken.
    var error: SourceArchiveError?

    /// A gzipped tar.
    init(
      _ name: String, limits: SourceArchive.Limits = .init(), error: SourceArchiveError?,
      tar: @Sendable @escaping (inout TarWriter) -> Void
    ) {
      testDescription = name
      self.limits = limits
      self.error = error
      bytes = { ArchivePacking.tarGzip(tar) }
    }

    /// Any file.
    init(
      _ name: String, filename: String, limits: SourceArchive.Limits = .init(), error: SourceArchiveError?,
      bytes: @Sendable @escaping () -> [UInt8]
    ) {
      testDescription = name
      self.filename = filename
      self.limits = limits
      self.error = error
      self.bytes = bytes
    }
  }

  private static func limits(_ change: (inout SourceArchive.Limits) -> Void) -> SourceArchive.Limits {
    var limits = SourceArchive.Limits()
    change(&limits)
    return limits
  }

  /// An entry that is no file.
  private static func entry(
    _ kind: TarWriter.Kind, is refused: ArchiveEntry.Kind, target: String = "", contents: String = ""
  ) -> Case {
    Case("a tar with \(refused)", error: .refusedKind(entry: "a-1/x", kind: refused)) {
      $0.add("a-1/setup.py", "text")
      $0.add("a-1/x", Array(contents.utf8), kind: kind, target: target)
      $0.add("a-1/x/y", "text")
    }
  }

  /// An entry whose name isn't taken.
  private static func name(
    _ name: String, _ problem: SourceArchiveError.NameProblem, printed: String? = nil
  ) -> Case {
    Case(
      "a tar's name: \(problem) (\(printed ?? name))",
      error: .refusedName(entry: printed ?? name, problem: problem)
    ) {
      $0.add("a-1/setup.py", "text")
      $0.add(name, "text")
    }
  }

  private static func zipName(
    _ name: String, _ problem: SourceArchiveError.NameProblem, printed: String? = nil
  ) -> Case {
    Case(
      "a zip's name: \(problem) (\(printed ?? name))", filename: "a-1.zip",
      error: .refusedName(entry: printed ?? name, problem: problem)
    ) { ArchivePacking.zip(["a-1/setup.py", name]) }
  }

  private static let names: [Case] = [
    name("/etc/x", .absolute),
    name("//x", .absolute),
    name("../x", .leavesTree),
    name("a-1/../../x", .leavesTree),
    name("a-1/..", .leavesTree),
    name("a-1/b/../x", .leavesTree),
    name("./../x", .leavesTree),
    name("a-1/x\ny", .controlCharacter, printed: "a-1/x\u{FFFD}y"),
    name("a-1/\u{1B}[2Jx", .controlCharacter, printed: "a-1/\u{FFFD}[2Jx"),
    name("a-1/x\u{7F}", .controlCharacter, printed: "a-1/x\u{FFFD}"),
    zipName("/etc/x", .absolute),
    zipName("../x", .leavesTree),
    zipName("a-1/../../x", .leavesTree),
    zipName("a-1\\x", .backslash),
    zipName("..\\..\\x", .backslash),
    zipName("C:/x", .driveLetter),
    zipName("c:x", .driveLetter),
    zipName("a-1/x\u{0}.py", .controlCharacter, printed: "a-1/x\u{FFFD}.py"),
    zipName("a-1/x\ty", .controlCharacter, printed: "a-1/x\u{FFFD}y"),
    Case(
      "attributes lead a name out", error: .refusedName(entry: "../x", problem: .leavesTree)
    ) {
      $0.addAttributes([("path", "../x")])
      $0.add("a-1/x", "text")
    },
    Case("GNU's long name leads out", error: .refusedName(entry: "/tmp/x", problem: .absolute)) {
      $0.add("././@LongLink", Array("/tmp/x\u{0}".utf8), kind: .longName)
      $0.add("a-1/x", "text")
    },
    Case(
      "a deep path", limits: limits { $0.depth = 3 },
      error: .refusedName(entry: "a/b/c/d", problem: .tooDeep(limit: 3))
    ) { $0.add("a/b/c/d", "text") },
    Case(
      "a long path",
      error: .refusedName(entry: String(repeating: "x", count: 200), problem: .tooLong(limit: 4096))
    ) {
      $0.addAttributes([("path", String(repeating: "x", count: 5000))])
      $0.add("x", "text")
    },
    Case(
      "a long component",
      error: .unwritable(entry: String(repeating: "x", count: 200), reason: "file name too long")
    ) {
      $0.addAttributes([("path", String(repeating: "x", count: 300))])
      $0.add("x", "text")
    },
    Case("a tree of no encoding", error: .refusedName(entry: "a\u{FFFD}", problem: .notUnicode)) {
      $0.add([0x61, 0xe9, 0x2f, 0x78], Array("text".utf8))
    },
    Case(
      "a zip's name that its flag says is UTF-8, and isn't", filename: "a-1.zip",
      error: .refusedName(entry: "number 1", problem: .notUnicode)
    ) {
      var bytes = ArchivePacking.zip(["a-1/xy"], flags: 0x800)
      for index in bytes.indices where bytes[index...].starts(with: "xy".utf8) { bytes[index] = 0xff }
      return bytes
    },
    Case(
      "a zip's two names of one entry", filename: "a-1.zip",
      error: .refusedName(entry: "../x", problem: .leavesTree)
    ) {
      // The first occurrence is the local header's.
      ArchivePacking.replacing("a-1x", with: "../x", in: ArchivePacking.zip(["a-1x"]))
    },
  ]

  private static let kinds: [Case] = [
    entry(.characterDevice, is: .characterDevice),
    entry(.blockDevice, is: .blockDevice),
    entry(.pipe, is: .pipe),
    Case(
      "a zip with a symbolic link", filename: "a-1.zip",
      error: .refusedKind(entry: "a-1/x", kind: .symbolicLink)
    ) { ArchivePacking.zip(["a-1/x"], mode: 0o120777, contents: "/tmp") },
    Case(
      "a zip with a device", filename: "a-1.zip",
      error: .refusedKind(entry: "a-1/x", kind: .blockDevice)
    ) { ArchivePacking.zip(["a-1/x"], mode: 0o060644) },
    Case(
      "a zip with a socket", filename: "a-1.zip", error: .refusedKind(entry: "a-1/x", kind: .socket)
    ) { ArchivePacking.zip(["a-1/x"], mode: 0o140644) },
    Case("an encrypted zip", filename: "a-1.zip", error: .encrypted(entry: "a-1/x")) {
      ArchivePacking.zip(["a-1/x"], flags: 1)
    },
    Case("a file where a directory is needed", error: .conflict(entry: "a-1/x/y")) {
      $0.add("a-1/x", "text")
      $0.add("a-1/x/y", "text")
    },
    Case("a directory in a file's place", error: .conflict(entry: "a-1/x")) {
      $0.add("a-1/x", "text")
      $0.add("a-1/x", kind: .directory)
    },
    Case("a file in a directory's place", error: .conflict(entry: "a-1/x")) {
      $0.add("a-1/x/", kind: .directory)
      $0.add("a-1/x", "text")
    },
    Case("the tree as a file", error: .conflict(entry: "")) { $0.add(".", "text") },
    Case("endless access control", error: .tooManyAttributes(entry: "a-1/x", limit: 100)) {
      let list = (0..<10_000).map { "user:u:rwx:\($0)" }.joined(separator: ",")
      $0.addAttributes([("SCHILY.acl.access", list)])
      $0.add("a-1/x", "text")
    },
  ]

  private static let bounds: [Case] = [
    Case("an entry too many", limits: limits { $0.entries = 2 }, error: .tooManyEntries(limit: 2)) {
      for name in ["a-1/x", "a-1/y", "a-1/z"] { $0.add(name, "text") }
    },
    Case("as many entries as may be", limits: limits { $0.entries = 2 }, error: nil) {
      for name in ["a-1/x", "a-1/y"] { $0.add(name, "text") }
    },
    Case(
      "a zip's entry too many", filename: "a-1.zip", limits: limits { $0.entries = 2 },
      error: .tooManyEntries(limit: 2)
    ) { ArchivePacking.zip(["a-1/x", "a-1/y", "a-1/z"]) },
    Case(
      "a byte too many", limits: limits { $0.unpackedBytes = 10_000 }, error: .tooLarge(limit: 10_000)
    ) { $0.add("a-1/x", [UInt8](repeating: 0, count: 10_001)) },
    Case(
      "a byte too many in headers", limits: limits { $0.unpackedBytes = 10_000 },
      error: .tooLarge(limit: 10_000)
    ) {
      for index in 0..<100 { $0.add("a-1/\(index)", kind: .directory) }
    },
    Case(
      "a zip's byte too many", filename: "a-1.zip", limits: limits { $0.unpackedBytes = 10_000 },
      error: .tooLarge(limit: 10_000)
    ) {
      ArchivePacking.zip { zip in
        for name in ["x", "y"] { zip.add("a-1/\(name)", [UInt8](repeating: 0, count: 5001)) }
      }
    },
    Case(
      "too much for what it is", limits: limits { ($0.ratio, $0.ratioSlack) = (10, 100_000) },
      error: .tooLarge(limit: 100_000 + 10 * tarOfZeros.count)
    ) { writer in writer.add("a-1/x", [UInt8](repeating: 0, count: 1 << 20)) },
    Case("a size that no disk holds", error: .tooLarge(limit: 64 << 20 + 1000 * tarOfAHugeFile.count)) {
      addHugeFile(&$0)
    },
    Case("a negative size", error: .damaged(reason: "Tar entry has negative size")) {
      $0.add("a-1/x", "text")
      $0.add("a-1/y", size: -512)
    },
  ]

  private static let tarOfZeros = ArchivePacking.tarGzip {
    $0.add("a-1/x", [UInt8](repeating: 0, count: 1 << 20))
  }
  private static let tarOfAHugeFile = ArchivePacking.tarGzip { addHugeFile(&$0) }
  private static func addHugeFile(_ writer: inout TarWriter) { writer.add("a-1/x", size: 1 << 60) }

  private static let good = ArchivePacking.tar {
    $0.add("a-1/x", [UInt8](repeating: 120, count: 3000))
    $0.add("a-1/y", "text")
  }

  private static let damage: [Case] = [
    Case("no bytes", filename: "a-1.tar.gz", error: .damaged(reason: "it ends early")) { [] },
    Case("no gzip", filename: "a-1.tar.gz", error: .damaged(reason: "no gzip data")) { good },
    Case("no bzip2", filename: "a-1.tar.bz2", error: .damaged(reason: "no bzip2 data")) {
      ArchivePacking.packed(good, .xz)
    },
    Case("no xz", filename: "a-1.tar.xz", error: .damaged(reason: "no xz data")) {
      ArchivePacking.packed(good, .gzip)
    },
    Case("no tar", filename: "a-1.tar.gz", error: .damaged(reason: "Unrecognized archive format")) {
      ArchivePacking.packed([UInt8](repeating: 65, count: 3000), .gzip)
    },
    Case("gzip within gzip", filename: "a-1.tar.gz", error: .damaged(reason: "Unrecognized archive format")) {
      ArchivePacking.packed(ArchivePacking.packed(good, .gzip), .gzip)
    },
    Case("nothing in it", filename: "a-1.tar.gz", error: .empty) {
      ArchivePacking.packed([UInt8](repeating: 0, count: 10_240), .gzip)
    },
    Case("nothing in a zip", filename: "a-1.zip", error: .empty) { ArchivePacking.zip([]) },
    Case("nothing that counts", error: .empty) { $0.add("./._a-1", "text") },
    Case("a wrong check sum of a header", error: .damaged(reason: "Damaged tar archive")) {
      $0.add("a-1/x", "text")
      $0.append([UInt8](repeating: 0x20, count: 512))
    },
    Case("no zip", filename: "a-1.zip", error: .damaged(reason: "it doesn't end as a zip file does")) {
      good
    },
    Case(
      "a zip's wrong check sum", filename: "a-1.zip",
      error: .damaged(reason: "ZIP bad CRC: 0x9bb908f9 should be 0x3b8ba7c7")
    ) { ArchivePacking.replacing("text", with: "Text", in: ArchivePacking.zip(["a-1/x"])) },
    Case(
      "a zip cut off at its start", filename: "a-1.zip",
      error: .damaged(reason: "its table of contents is damaged")
    ) {
      Array(ArchivePacking.zip(["a-1/x", "a-1/y"]).dropFirst(20))
    },
    Case("a file that nothing tells", filename: "main", error: .unknownFormat) { Array("text".utf8) },
  ]

  /// One bit of what gzip, bzip2 and xz check is another.
  private static let checkSums: [Case] = StreamCoding.allCases.map { coding in
    Case(
      "a wrong check sum of \(coding)", filename: "main",
      error: .damaged(reason: "no \(coding) data, or a wrong check sum")
    ) {
      var bytes = ArchivePacking.packed(good, coding)
      switch coding {
      case .gzip: bytes[bytes.count - 8] ^= 1
      case .bzip2: bytes[bytes.count - 5] ^= 1
      // Index, footer and padding take 28 bytes here.
      case .xz: bytes[bytes.count - 29] ^= 1
      }
      return bytes
    }
  }

  static let all = names + kinds + SourceArchiveLinkTests.refused + bounds + damage + checkSums

  @Test(arguments: all)
  func `what is hostile is refused, and stays inside`(archiveCase: Case) throws {
    let temporary = TemporaryDirectory()
    temporary.write("sentinel", "as it was")
    temporary.makeDirectory("tree")
    let archive = try? SourceArchive(
      archiveCase.bytes(), filename: archiveCase.filename, limits: archiveCase.limits)
    var thrown: SourceArchiveError?
    do throws(SourceArchiveError) {
      guard let archive else { throw .unknownFormat }
      _ = try archive.extract(into: temporary.file("tree"))
    } catch {
      thrown = error
    }
    #expect(thrown == archiveCase.error)
    #expect(temporary.names() == ["sentinel", "tree"])
    #expect(temporary.text("sentinel") == "as it was")
    if let thrown {
      #expect(!thrown.description.hasSuffix(".") && !thrown.description.contains("\n"))
    }
  }
}
