import PythonPackaging
import Testing

@testable import LockfileFormats

@Suite("Hashes of pins and who asks for them") struct PinOriginTests {
  private static let reader = PinnedFileReader(keepsOrigins: true)

  /// Nothing else about a file changes by it, in any format.
  @Test(arguments: LockfileFixture.all) func nothingElseChanges(_ fixture: LockfileFixture) throws {
    let plain = PinnedFileReader().read(fixture.bytes, path: fixture.path)
    var kept = Self.reader.read(fixture.bytes, path: fixture.path)
    #expect(plain.pins.allSatisfy { $0.hashes.isEmpty && $0.askers.isEmpty })
    for index in kept.pins.indices {
      kept.pins[index].hashes = []
      kept.pins[index].askers = []
    }
    #expect(kept == plain)
  }

  /// Every hash that was counted is there: no tool writes one twice.
  @Test(arguments: LockfileFixture.all) func hashesAreAsManyAsWereCounted(_ fixture: LockfileFixture) {
    let file = Self.reader.read(fixture.bytes, path: fixture.path)
    for pin in file.pins where pin.source.isIndex {
      #expect(pin.hashes.count == pin.hashCount, "\(pin.text)")
      #expect(pin.hashes.allSatisfy { $0.hasPrefix("sha256:") && $0.utf8.count == 71 })
      #expect(pin.hashes == pin.hashes.sorted())
    }
  }

  struct Case: CustomTestStringConvertible {
    let path: String
    let name: String
    let askers: [String]
    var testDescription: String { "\(path) \(name)" }
  }

  @Test(arguments: [
    Case(path: "pip-compile/requirements.txt", name: "idna", askers: ["gitdep", "requests"]),
    Case(path: "pip-compile/requirements.txt", name: "click", askers: ["-r requirements.in"]),
    Case(path: "uv/uv.lock", name: "certifi", askers: ["requests"]),
    Case(path: "uv/uv.lock", name: "click", askers: ["orchard (pyproject.toml)"]),
    Case(path: "poetry-2/poetry.lock", name: "certifi", askers: ["requests"]),
    Case(path: "poetry-1/poetry.lock", name: "charset-normalizer", askers: ["requests"]),
    Case(path: "pipenv/Pipfile.lock", name: "certifi", askers: []),
  ])
  func whoAsks(_ given: Case) throws {
    let fixture = try #require(LockfileFixture.all.first { $0.path == given.path })
    let file = Self.reader.read(fixture.bytes, path: fixture.path)
    let pin = try #require(file.pins.first { $0.name?.normalized == given.name })
    #expect(pin.askers.map(\.description) == given.askers)
  }

  @Test func hashesAtTheEndOfAnOldPoetryLock() throws {
    let text = """
      [[package]]
      name = "a"
      version = "1.0"

      [package.dependencies]
      B_c = ">=1"

      [[package]]
      name = "b.c"
      version = "1.0"

      [metadata]
      lock-version = "1.1"
      python-versions = "*"

      [metadata.files]
      a = [{file = "a.whl", hash = "sha256:AB"}, {file = "a.tar.gz", hash = "sha256:01"}]
      "b.c" = []
      """
    let file = Self.reader.read(Array(text.utf8), path: "poetry.lock")
    #expect(file.faults == [])
    #expect(file.pins.map(\.hashes) == [["sha256:01", "sha256:ab"], []])
    #expect(file.pins.map(\.askers) == [[], [.package(try PackageName("a"))]])
  }
}
