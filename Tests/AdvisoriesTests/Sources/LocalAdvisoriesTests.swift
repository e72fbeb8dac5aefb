import Glibc
import PythonPackaging
import TestSupport
import Testing

@testable import Advisories

@Suite struct LocalAdvisoriesTests {
  private let directory = TemporaryDirectory()

  private func releases(_ names: String...) throws -> [AskedRelease] {
    try names.map { AskedRelease(try PackageName($0), try Version("1.0"), isPublic: false) }
  }

  private func lines(_ answer: AdvisoryAnswer) -> [String] {
    answer.records.sorted { $0.key < $1.key }.map { name, records in
      "\(name): \(records.map { "\($0.id)@\($0.details)" }.joined(separator: " "))"
    }
  }

  private static func yaml(_ id: String, _ name: String, version: String = "1.10") -> String {
    """
    id: \(id)
    details: 'Text: of "it"'
    modified: 2026-01-31T00:00:00.5Z
    published: "2024-01-01T00:00:00Z"
    affected:
    - package:
        name: \(name)
        ecosystem: PyPI
        purl: pkg:pypi/\(name)
      ranges:
      - type: ECOSYSTEM
        events:
        - introduced: "0"
        - fixed: \(version)
      versions:
      - 1.0
      - 1.1
    aliases:
    - CVE-2024-1
    """
  }

  @Test func `OSV's JSON at whatever depth`() async throws {
    for folder in ["2024", "2024/01"] { directory.makeDirectory(folder) }
    directory.write("P-1.json", DatabaseFixture.record("P-1", "a", "b"))
    directory.write("2024/01/P-2.json", DatabaseFixture.record("P-2", "A", withdrawn: true))
    directory.write("2024/other.txt", "text")
    let answer = await LocalAdvisories(path: directory.path).advisories(for: try releases("a", "c"))
    #expect(lines(answer) == ["a: P-1@1 P-2@1"])
    #expect(answer.isComplete && answer.origin.recordCount == 2)
    #expect(answer.records[try PackageName("a")]?.map(\.isWithdrawn) == [false, true])
  }

  @Test(arguments: ["", "advisory-database-main/"])
  func `PyPA's YAML, of the packages asked about only`(prefix: String) async throws {
    let files = [
      ("vulns/a-b/PYSEC-2024-1.yaml", Self.yaml("PYSEC-2024-1", "a_b")),
      ("vulns/A.b/PYSEC-2024-2.yml", Self.yaml("PYSEC-2024-2", "a-b")),
      ("vulns/other/PYSEC-2024-3.yaml", "this: [isn't read"), ("README.md", "text"),
    ]
    var zip = ZipWriter()
    for folder in ["tree", "tree/\(prefix)", "tree/\(prefix)vulns"] { directory.makeDirectory(folder) }
    for (name, text) in files {
      zip.add(prefix + name, Array(text.utf8))
      if let slash = name.lastIndex(of: "/") { directory.makeDirectory("tree/\(prefix)\(name[..<slash])") }
      directory.write("tree/\(prefix)\(name)", text)
    }
    directory.write("a.zip", zip.finished())
    for path in ["tree", "tree/\(prefix)vulns", "a.zip"] {
      let answer = await LocalAdvisories(path: directory.file(path)).advisories(for: try releases("a.b", "c"))
      #expect(answer.isComplete, "\(path): \(answer)")
      let records = try #require(answer.records[try PackageName("a-b")])
      #expect(records.map(\.id.description) == ["PYSEC-2024-1", "PYSEC-2024-2"])
      #expect(records[0].aliases.map(\.description) == ["CVE-2024-1"])
      #expect(records[0].details == #"Text: of "it""#)
      let affected = AffectedVersions(try #require(records[0].affected[try PackageName("a-b")]))
      // 1.10 as a version, which is not 1.1.
      #expect(affected.contains(try Version("1.9")))
      #expect(!affected.contains(try Version("1.10")))
    }
  }

  @Test func `what can't be read is passed over and named`() async throws {
    directory.makeDirectory("d")
    directory.makeDirectory("d/sub")
    directory.write("d/good.json", DatabaseFixture.record("P-1", "a"))
    directory.write("d/bad.json", "{")
    directory.write("d/bad.yaml", "a: *b")
    directory.write("d/sub/\u{1B}[2J.json", "[]")
    directory.write("d/large.json", [UInt8](repeating: 0x20, count: (4 << 20) + 1))
    symlink("/etc/passwd", directory.file("d/link.json"))
    symlink(directory.file("d"), directory.file("d/loop"))
    mkfifo(directory.file("d/pipe.json"), 0o600)
    let answer = await LocalAdvisories(path: directory.file("d")).advisories(for: try releases("a"))
    #expect(lines(answer) == ["a: P-1@1"])
    #expect(
      answer.skipped.map { "\($0.id): \($0.reason)" } == [
        "bad.json: is no OSV record in JSON: expected a name in quotes or `}`, found the end",
        "bad.yaml: line 1, column 4: an alias, which isn't read here",
        "large.json: it is larger than 4194304 bytes",
        "link.json: it is no regular file",
        "pipe.json: it is no regular file",
        "sub/\u{FFFD}[2J.json: is no OSV record in JSON: expected an object, found `[`",
      ])
    #expect(answer.skippedCount == 6 && !answer.isComplete)
  }

  @Test func `of two files with one record the newer counts`() async throws {
    directory.write("a.json", DatabaseFixture.record("P-1", "a", modified: 5, details: "new"))
    directory.write("b.json", DatabaseFixture.record("P-1", "a", modified: 4, details: "old"))
    let answer = await LocalAdvisories(path: directory.path).advisories(for: try releases("a"))
    #expect(lines(answer) == ["a: P-1@new"])
  }

  @Test func `a place without advisories is no clean one`() async throws {
    directory.makeDirectory("empty")
    directory.write("text.zip", "no zip")
    for (name, reason) in [
      ("none", "no such file or directory"), ("empty", "no advisory in it can be read"),
      ("text.zip", "no usable zip file: it doesn't end as a zip file does"),
    ] {
      let path = directory.file(name)
      let answer = await LocalAdvisories(path: path).advisories(for: try releases("b", "a"))
      #expect(
        answer.unanswered.map { "\($0.release.package): \($0.reason)" }
          == ["a: \(path): \(reason)", "b: \(path): \(reason)"])
    }
  }
}
