import IndexServer
import TestSupport
import Testing

/// `--hash` and `--require-hashes` in what is compiled: nothing else may be pinned.
@Suite struct InputHashTests {
  @Test(arguments: [false, true]) func `the release that has the hash is picked`(isListed: Bool) async throws
  {
    let fixture = try await CommandFixture()
    let old = fixture.server.serve("lib", "1.0") { if !isListed { $0.announcedHash = "" } }
    fixture.server.serve("lib", "2.0")
    let hash = ServedFile.sha256(old.bytes)
    fixture.directory.write("requirements.in", "lib>=1 --hash=sha256:\(hash.uppercased())\n")
    let outcome = try await fixture.compile("--generate-hashes", "--no-emit-options")
    #expect(outcome.status == 0, Comment(rawValue: outcome.errors))
    #expect(
      fixture.pins() == "lib==1.0 \\\n    --hash=sha256:\(hash)\n    # via -r requirements.in")
  }

  static let cases: [CompileCase] = [
    CompileCase(
      testDescription: "no release has it",
      files: ["requirements.in": "lib==2.0 --hash=sha256:\(String(repeating: "0", count: 64))\n"], status: 1,
      says: ["lib==2.0 (requirements.in:1)", "no file with a hash that your requirement gives", "--hash"]),
    CompileCase(
      testDescription: "two lines that agree on none",
      files: [
        "requirements.in":
          "lib --hash=sha256:\(String(repeating: "0", count: 64))\nlib --hash=sha256:\(String(repeating: "1", count: 64))\n"
      ], status: 1, says: ["no file with a hash"]),
    CompileCase(
      testDescription: "no hash", files: ["requirements.in": "\nlib --hash=sha256:abc\n"], status: 2,
      says: ["requirements.in:2", "sha256:abc", "64 hexadecimal digits"]),
    CompileCase(
      testDescription: "another algorithm",
      files: ["requirements.in": "lib --hash=sha512:\(String(repeating: "0", count: 128))\n"], status: 2,
      says: ["requirements.in:1", "sha512:HASH", "expected `sha256:`"]),
    CompileCase(
      testDescription: "of a file by URL",
      files: [
        "requirements.in":
          "lib @ ROOT/files/lib-2.0-py3-none-any.whl --hash=sha256:\(String(repeating: "0", count: 64))\n"
      ], status: 3, says: ["requirements.in:1", "`lib` has the hash sha256:HASH"]),
    CompileCase(
      testDescription: "of a directory",
      files: [
        "app/pyproject.toml": "[project]\nname = 'app'\nversion = '1'\n",
        "requirements.in": "app @ file://DIR/app --hash=sha256:\(String(repeating: "0", count: 64))\n",
      ], status: 3, says: ["which has no hash"]),
    CompileCase(
      testDescription: "one is wanted of everything",
      files: ["requirements.in": "--require-hashes\nlib==2.0\n"], status: 2,
      says: ["requirements.in:2: `lib` has no `--hash`", "--generate-hashes"]),
  ]

  @Test(arguments: cases) func refused(_ given: CompileCase) async throws {
    let fixture = try await CommandFixture()
    fixture.server.serve("lib", "2.0")
    try await fixture.expect(given)
  }

  @Test func `a file by URL that has it`() async throws {
    let fixture = try await CommandFixture()
    let file = fixture.server.serve("lib", "2.0")
    fixture.directory.write(
      "requirements.in",
      "--require-hashes\nlib @ \(fixture.server.fileURL(file.filename)) --hash=sha256:\(ServedFile.sha256(file.bytes))\n"
    )
    let outcome = try await fixture.compile()
    #expect(outcome.status == 0, Comment(rawValue: outcome.errors))
  }
}
