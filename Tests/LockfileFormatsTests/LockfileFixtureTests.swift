import PythonPackaging
import Testing

@testable import LockfileFormats

@Suite("Lockfiles that tools have written")
struct LockfileFixtureTests {
  @Test("All fixtures are there")
  func areThere() {
    #expect(LockfileFixture.all.count == 12)
    #expect(Set(LockfileFixture.all.compactMap { read($0).format }) == Set(PinnedFile.Format.allCases))
  }

  @Test("The pins are the tool's, and nothing is a fault", arguments: LockfileFixture.all)
  func pins(_ fixture: LockfileFixture) {
    let file = read(fixture)
    #expect(file.faults.map(\.description) == [])
    #expect(file.pins.map(LockfileFixture.row) == fixture.rows)
    #expect(file.isComplete)
  }

  @Test("Under a name that tells nothing, the format is told by the content", arguments: LockfileFixture.all)
  func sniffed(_ fixture: LockfileFixture) {
    let named = read(fixture)
    let unnamed = PinnedFileReader().read(fixture.bytes, path: "dependencies")
    #expect(unnamed.format == named.format)
    #expect(unnamed.pins == named.pins)
  }

  @Test("Line ends of Windows, a byte order mark and UTF-16 change nothing", arguments: LockfileFixture.all)
  func encodings(_ fixture: LockfileFixture) {
    let pins = read(fixture).pins
    let text = String(decoding: fixture.bytes, as: UTF8.self)
    let windows = text.replacing("\n", with: "\r\n")
    var wide: [UInt8] = [0xFF, 0xFE]
    for unit in windows.utf16 { wide += [UInt8(unit & 0xFF), UInt8(unit >> 8)] }
    for bytes in [Array(windows.utf8), [0xEF, 0xBB, 0xBF] + fixture.bytes, wide] {
      let file = PinnedFileReader().read(bytes, path: fixture.path)
      #expect(file.pins == pins)
      #expect(file.faults.map(\.description) == [])
    }
  }

  struct Facts: Sendable, CustomTestStringConvertible {
    let path: String
    let version: String?
    let python: String?
    var testDescription: String { path }
  }

  @Test(
    "The format's version and the Pythons",
    arguments: [
      Facts(path: "uv/uv.lock", version: "1.5", python: ">=3.9"),
      Facts(path: "uv-export/pylock.toml", version: "1.0", python: ">=3.9"),
      Facts(path: "pip-lock/pylock.toml", version: "1.0", python: nil),
      Facts(path: "poetry-1/poetry.lock", version: "2.0", python: "^3.10"),
      Facts(path: "poetry-2/poetry.lock", version: "2.1", python: ">=3.10,<4"),
      Facts(path: "pipenv/Pipfile.lock", version: "6", python: nil),
      Facts(path: "pip-compile/requirements.txt", version: nil, python: nil),
    ])
  func facts(_ facts: Facts) throws {
    let file = PinnedFileReader().read(try Fixture.bytes("lockfiles/\(facts.path)"), path: facts.path)
    #expect(file.formatVersion == facts.version)
    #expect(file.requiresPython == facts.python)
    #expect((file.pythonVersions == nil) == (facts.python == nil || facts.python == "^3.10"))
  }

  @Test(
    "Sources are told apart, with address and revision",
    arguments: [
      ("uv/uv.lock", "certifi", PinSource.index("https://index.example/simple/")),
      ("uv/uv.lock", "gitdep", gitdep), ("uv/uv.lock", "editdep", .editable("../editdep")),
      ("uv/uv.lock", "pathdep", .path("../pathdep")), ("uv/uv.lock", "orchard", .project(".")),
      ("uv/uv.lock", "six", .path("/srv/wheels/six-1.17.0-py2.py3-none-any.whl")),
      ("uv-export/pylock.toml", "gitdep", gitdep),
      ("uv-export/pylock.toml", "certifi", .index("https://index.example/simple/")),
      ("uv-compile/requirements.txt", "gitdep", gitdep),
      ("uv-compile/requirements.txt", "editdep", .editable("file:///srv/editdep#egg=editdep")),
      ("poetry-2/poetry.lock", "gitdep", gitdep),
      ("poetry-2/poetry.lock", "editdep", .editable("../editdep")),
      ("pipenv/Pipfile.lock", "gitdep", gitdep), ("pipenv/Pipfile.lock", "certifi", .index(nil)),
      ("pip-lock/pylock.toml", "gitdep", gitdep),
      ("pip-lock/pylock.toml", "six", .path("file:///srv/wheels/six-1.17.0-py2.py3-none-any.whl")),
    ])
  func sources(path: String, name: String, source: PinSource) throws {
    let file = PinnedFileReader().read(try Fixture.bytes("lockfiles/\(path)"), path: path)
    #expect(file.pins.first { $0.name?.normalized == name }?.source == source)
  }

  @Test("What older and other tools write")
  func otherTools() {
    let poetry = read(
      """
      [[package]]
      name = "A.b"
      version = "1.0"
      category = "dev"
      optional = false

      [package.source]
      type = "url"
      url = "https://user:secret@files.example/a.zip"

      [[package]]
      name = "c"
      version = "2"
      category = "main"

      [metadata]
      lock-version = "1.1"
      python-versions = "*"

      [metadata.files]
      c = [{file = "c.whl", hash = "sha256:0"}]
      """, path: "poetry.lock")
    #expect(poetry.faults == [])
    #expect(poetry.pins.map(\.groups) == [[.group("dev")], [.main]])
    #expect(poetry.pins.map(\.source) == [.url("https://user:****@files.example/a.zip"), .index(nil)])
    #expect(poetry.pins.map(\.text) == ["A.b==1.0", "c==2"])

    let byGroup = read(
      """
      [[package]]
      name = "a"
      version = "1"
      groups = ["main", "dev"]
      markers = {main = "os_name == 'nt' or os_name == 'x'", dev = "os_name == 'y'"}

      [[package]]
      name = "b"
      version = "1"
      groups = ["main", "dev"]
      markers = {main = "os_name == 'nt'"}

      [metadata]
      lock-version = "2.1"
      """, path: "poetry.lock")
    #expect(byGroup.faults == [])
    #expect(byGroup.pins.map(\.marker) == ["(os_name == 'nt' or os_name == 'x') or os_name == 'y'", nil])

    let pylock = read(
      """
      lock-version = "1.0"
      packages = [
        {name = "a", version = "1", marker = "'dev' in dependency_groups", wheels = [{name = "a.whl"}]},
      ]
      """, path: "pylock.toml")
    #expect(pylock.faults == [])
    #expect(pylock.pins.map(\.text) == ["a==1"])
    #expect(pylock.pins.map(\.marker) == ["'dev' in dependency_groups"])
    #expect(pylock.pins.map(\.hashCount) == [1])
  }

  private func read(_ text: String, path: String) -> PinnedFile {
    PinnedFileReader().read(Array(text.utf8), path: path)
  }

  private static let gitdep = PinSource.versionControl(
    system: "git", url: "https://git.example/orchard/gitdep",
    revision: "b7561f72d6bf364683bcbf0b3fb6e394ae27130b")

  private func read(_ fixture: LockfileFixture) -> PinnedFile {
    PinnedFileReader().read(fixture.bytes, path: fixture.path)
  }
}
