import PythonPackaging
import Testing

/// What a file on a project's page is, by its name.
struct DistributionTests {
  @Test(arguments: [
    ("a-b-1.0-1.tar.gz", "a-b", "1.0.post1"), ("a_b-1.0.tar.gz", "a-b", "1.0"),
    ("A.B-1.0rc1.zip", "a-b", "1.0rc1"),
    ("a-b-2024-01.tgz", "a-b", "2024.post1"), ("a-1.0.tar.bz2", "a", "1.0"), ("a-1.tar.xz", "a", "1"),
    ("a_b-1.0-py2.py3-none-any.whl", "a-b", "1.0"), ("a-v1.0-py3-none-any.whl", "a", "1.0"),
    ("a-1.0_1-py3-none-any.whl", "a", "1.0.post1"), ("a-2-3.0.tar.gz", "a-2", "3.0"),
  ])
  func readsTheVersion(filename: String, project: String, version: String) throws {
    let name = try PackageName(project)
    let distribution = try Distribution(
      filename: filename, of: name, url: "https://index.example/\(filename)")
    #expect(distribution.version.description == version)
    #expect(distribution.name == name)
    #expect(distribution.isWheel == filename.hasSuffix(".whl"))
  }

  @Test(arguments: [
    ("a-1.0-py3.11.egg", "the file is neither a wheel (.whl) nor a source distribution (.tar.gz, .zip)"),
    ("a-1.0.win32.exe", "the file is neither a wheel (.whl) nor a source distribution (.tar.gz, .zip)"),
    ("a-1.0-1.noarch.rpm", "the file is neither a wheel (.whl) nor a source distribution (.tar.gz, .zip)"),
    ("a.tar.gz", "no dash divides the project's name from a version"),
    ("b-1.0.tar.gz", "the file does not belong to `a`"),
    ("b-1.0-py3-none-any.whl", "the file does not belong to `a`"),
    ("a-1.0.linux-x86_64.tar.gz", "`x86_64` is not a version: expected a digit, found `x`"),
    ("a-1.0-py3-none.whl", "a wheel's name has five or six parts between dashes, not 4"),
    ("a-1.0-x-py3-none-any.whl", "`x` is not a build tag"),
    ("a-1.0-py3-none-any..any.whl", "a tag is empty"),
    ("a-1.0-3py-none-any.whl", "`3py` is not a Python tag"),
    ("a__b-1.0-py3-none-any.whl", "`_` is not allowed in a name"),
    (String(repeating: "a", count: 1025), "the name is longer than 1024 bytes"),
  ])
  func saysWhyAFileIsNone(filename: String, message: String) throws {
    let name = try PackageName("a")
    let error = try #require(throws: FilenameError.self) {
      try Distribution(filename: filename, of: name, url: "")
    }
    #expect(error.filename == filename)
    if !filename.contains("linux") { #expect(error.description == message) }
  }

  @Test func ordersBuildTags() throws {
    let tags = ["1", "1a", "2", "10", "10_b"].compactMap { BuildTag($0[...]) }
    #expect(tags.count == 5)
    #expect(tags.sorted() == tags)
    #expect(BuildTag("01") == BuildTag("1"))
  }

  @Test func listsDigestsWithTheStrongestFirst() throws {
    let file = try Distribution(
      filename: "a-1.tar.gz", url: "https://index.example/a-1.tar.gz", sha256: "00ff",
      otherHashes: [Distribution.Digest(algorithm: "MD5", hex: "AB")])
    #expect(file.hashes.map(\.description) == ["sha256:00ff", "md5:ab"])
  }
}
