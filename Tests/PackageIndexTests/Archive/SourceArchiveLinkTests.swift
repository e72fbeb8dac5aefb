import Glibc
import TestSupport
import Testing

@testable import PackageIndex

/// Links of archives: those that stay in the tree are made, as by Python's `tarfile` with its filter `data` (PEP 706).
@Suite struct SourceArchiveLinkTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var lines: [String]
    var tar: @Sendable (inout TarWriter) -> Void

    init(_ name: String, _ lines: [String], tar: @Sendable @escaping (inout TarWriter) -> Void) {
      testDescription = name
      self.lines = lines
      self.tar = tar
    }
  }

  static let taken: [Case] = [
    Case(
      "to a file above", ["a-1/", "a-1/README.md = text", "a-1/docs/", "a-1/docs/README.md -> ../README.md"]
    ) {
      $0.add("a-1/README.md", "text")
      $0.add("a-1/docs/README.md", kind: .symbolicLink, target: "../README.md")
    },
    Case("to what comes later", ["a-1/", "a-1/x -> y", "a-1/y = text"]) {
      $0.add("a-1/x", kind: .symbolicLink, target: "y")
      $0.add("a-1/y", "text")
    },
    Case("to a directory", ["a-1/", "a-1/b/", "a-1/b/y = text", "a-1/x -> b"]) {
      $0.add("a-1/b/y", "text")
      $0.add("a-1/x", kind: .symbolicLink, target: "./b/")
    },
    Case("to nothing", ["a-1/", "a-1/x -> gone", "a-1/y = text"]) {
      $0.add("a-1/y", "text")
      $0.add("a-1/x", kind: .symbolicLink, target: "gone")
    },
    Case("to its own directory", ["a-1/", "a-1/x -> .", "a-1/y = text"]) {
      $0.add("a-1/y", "text")
      $0.add("a-1/x", kind: .symbolicLink, target: ".")
    },
    Case("up to the archive's top", ["a-1/", "a-1/x -> ..", "a-1/y = text"]) {
      $0.add("a-1/y", "text")
      $0.add("a-1/x", kind: .symbolicLink, target: "..")
    },
    Case("out of a directory and into it again", ["a-1/", "a-1/x -> ../a-1/y", "a-1/y = text"]) {
      $0.add("a-1/y", "text")
      $0.add("a-1/x", kind: .symbolicLink, target: "b/../../a-1/./y")
    },
    Case("to another link", ["a-1/", "a-1/w -> x", "a-1/x -> y", "a-1/y = text"]) {
      $0.add("a-1/w", kind: .symbolicLink, target: "x")
      $0.add("a-1/x", kind: .symbolicLink, target: "y")
      $0.add("a-1/y", "text")
    },
    Case("of a name by attributes", ["a-1/", "a-1/x -> t\u{e9}xt", "a-1/y = text"]) {
      $0.add("a-1/y", "text")
      $0.addAttributes([("linkpath", "t\u{e9}xt")])
      $0.add("a-1/x", kind: .symbolicLink, target: "/etc")
    },
    Case("a hard link", ["a-1/", "a-1/b/", "a-1/b/x * = text", "a-1/y * = text"]) {
      $0.add("a-1/y", Array("text".utf8), mode: 0o755)
      $0.add("a-1/b/x", kind: .hardLink, target: "a-1/y")
    },
    Case(
      "a hard link to what comes later, and one to it",
      ["a-1/", "a-1/x = text", "a-1/y = text", "a-1/z = text"]
    ) {
      $0.add("a-1/x", kind: .hardLink, target: "./a-1/y")
      $0.add("a-1/y", "text")
      $0.add("a-1/z", kind: .hardLink, target: "a-1/x")
    },
  ]

  @Test(arguments: taken)
  func `a link that stays in the tree is made`(archiveCase: Case) throws {
    let temporary = TemporaryDirectory()
    temporary.makeDirectory("tree")
    let archive = try SourceArchive(ArchivePacking.tarGzip(archiveCase.tar), filename: "a-1.tar.gz")
    #expect(try archive.extract(into: temporary.file("tree")) == temporary.file("tree/a-1"))
    #expect(UnpackedTree(temporary.file("tree")).lines == archiveCase.lines)
  }

  private static func link(
    _ name: String, kind: ArchiveEntry.Kind = .symbolicLink, _ problem: SourceArchiveError.LinkProblem,
    tar: @Sendable @escaping (inout TarWriter) -> Void
  ) -> SourceArchiveRefusalTests.Case {
    SourceArchiveRefusalTests.Case(
      "\(kind) \(name)", error: .refusedLink(entry: "a-1/x", kind: kind, problem: problem)
    ) {
      $0.add("a-1/setup.py", "text")
      tar(&$0)
    }
  }

  private static func conflict(
    _ name: String, entry: String = "a-1/x", tar: @Sendable @escaping (inout TarWriter) -> Void
  ) -> SourceArchiveRefusalTests.Case {
    SourceArchiveRefusalTests.Case(name, error: .conflict(entry: entry), tar: tar)
  }

  static let refused: [SourceArchiveRefusalTests.Case] = [
    link("to an absolute path", .absolute) { $0.add("a-1/x", kind: .symbolicLink, target: "/tmp") },
    link("by attributes to an absolute path", .absolute) {
      $0.addAttributes([("linkpath", "/t\u{e9}mp")])
      $0.add("a-1/x", kind: .symbolicLink, target: "y")
    },
    link("out of the archive", .leavesTree) { $0.add("a-1/x", kind: .symbolicLink, target: "../../y") },
    link("out of the archive and in again", .leavesTree) {
      $0.add("a-1/x", kind: .symbolicLink, target: "../../tree/a-1/setup.py")
    },
    link("out of the archive, the long way", .leavesTree) {
      $0.add("a-1/x", kind: .symbolicLink, target: "b/../../../y")
    },
    link("out of the archive by another", .leavesTree) {
      $0.add("a-1/b/c/up", kind: .symbolicLink, target: "../../..")
      $0.add("a-1/x", kind: .symbolicLink, target: "b/c/up/../sentinel")
    },
    link("out of the archive by one that comes later", .leavesTree) {
      $0.add("a-1/x", kind: .symbolicLink, target: "b/c/up/../sentinel")
      $0.add("a-1/b/c/up", kind: .symbolicLink, target: "../../..")
    },
    link("to itself", .endless) { $0.add("a-1/x", kind: .symbolicLink, target: "x") },
    link("to itself by another", .endless) {
      $0.add("a-1/x", kind: .symbolicLink, target: "y")
      $0.add("a-1/y", kind: .symbolicLink, target: "./x/z")
    },
    link("to no name", .empty) { $0.add("a-1/x", kind: .symbolicLink) },
    link("that is long", .tooLong(limit: 4096)) {
      $0.addAttributes([("linkpath", String(repeating: "x", count: 5000))])
      $0.add("a-1/x", kind: .symbolicLink, target: "y")
    },
    link("to an absolute path", kind: .hardLink, .absolute) {
      $0.add("a-1/x", kind: .hardLink, target: "/etc/passwd")
    },
    link("with contents", kind: .hardLink, .absolute) {
      $0.add("a-1/x", Array("text".utf8), kind: .hardLink, target: "/etc/passwd")
    },
    link("out of the archive", kind: .hardLink, .leavesTree) {
      $0.add("a-1/x", kind: .hardLink, target: "a-1/../../sentinel")
    },
    link("to nothing", kind: .hardLink, .noFile) { $0.add("a-1/x", kind: .hardLink, target: "a-1/gone") },
    link("to a directory", kind: .hardLink, .noFile) {
      $0.add("a-1/b/", kind: .directory)
      $0.add("a-1/x", kind: .hardLink, target: "a-1/b")
    },
    link("to a symbolic link", kind: .hardLink, .noFile) {
      $0.add("a-1/y", kind: .symbolicLink, target: "setup.py")
      $0.add("a-1/x", kind: .hardLink, target: "a-1/y")
    },
    link("through a symbolic link", kind: .hardLink, .noFile) {
      $0.add("a-1/y", kind: .symbolicLink, target: ".")
      $0.add("a-1/x", kind: .hardLink, target: "a-1/y/setup.py")
    },
    conflict("a file through a link") {
      $0.add("a-1/b/y", "text")
      $0.add("a-1/x", kind: .symbolicLink, target: "b")
      $0.add("a-1/x/y", "new")
    },
    conflict("a link through a link", entry: "a-1/x/y") {
      $0.add("a-1/b/z", "text")
      $0.add("a-1/x", kind: .symbolicLink, target: "b")
      $0.add("a-1/x/y", kind: .symbolicLink, target: "z")
    },
    conflict("a link over a file") {
      $0.add("a-1/x", "text")
      $0.add("a-1/x", kind: .symbolicLink, target: "y")
    },
    conflict("a file over a link") {
      $0.add("a-1/x", kind: .symbolicLink, target: "y")
      $0.add("a-1/x", "text")
    },
    conflict("a link over a link") {
      $0.add("a-1/y", "text")
      $0.add("a-1/x", kind: .symbolicLink, target: "y")
      $0.add("a-1/x", kind: .symbolicLink, target: "z")
    },
    conflict("a hard link over a file") {
      $0.add("a-1/x", "text")
      $0.add("a-1/y", "text")
      $0.add("a-1/x", kind: .hardLink, target: "a-1/y")
    },
  ]

  @Test(arguments: [
    (ENOSPC, true), (EDQUOT, true), (EIO, true), (EACCES, true), (EPERM, true), (EROFS, true), (EMFILE, true),
    (ENFILE, true), (ENOMEM, true), (EFBIG, true), (ENAMETOOLONG, false), (EILSEQ, false), (EINVAL, false),
  ])
  func `a failure of the machine is told from one of the archive`(number: Int32, isOfMachine: Bool) {
    guard case .machineFailure = SourceArchiveError.unwritable("x", errorNumber: number) else {
      #expect(!isOfMachine)
      return
    }
    #expect(isOfMachine)
  }
}
