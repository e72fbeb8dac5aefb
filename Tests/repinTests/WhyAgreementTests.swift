import FoundationEssentials
import IndexServer
import PythonPackaging
import RequirementsFiles
import TestSupport
import Testing

/// What `repin why PKG SPEC` tells and hints at is what happens: the hinted command changes the lockfile as told.
@Suite struct WhyAgreementTests {
  struct Case: CustomTestStringConvertible {
    let testDescription: String
    var files: [String: String] = [:]
    let arguments: [String]
    /// The lockfiles told of.
    var lockfiles = ["requirements.txt"]
    /// What makes it so.
    var by = "upgrade"
  }

  static let layers =
    "[[compile]]\nsources = ['base.in']\noutput = 'base.txt'\n"
    + "[[compile]]\nsources = ['dev.in']\noutput = 'dev.txt'\nconstraint = ['base.txt']\n"

  static let cases: [Case] = [
    Case(testDescription: "others move", arguments: ["urllib3>=2.5"]),
    Case(testDescription: "no other moves", arguments: ["urllib3==1.25"]),
    Case(testDescription: "a parent goes back", arguments: ["core<2"], by: "line"),
    Case(
      testDescription: "a parent goes back and still asks", files: ["requirements.in": "part\n"],
      arguments: ["core<2"]),
    Case(testDescription: "nothing asks for it", arguments: ["brotli>=1"], by: "line"),
    Case(testDescription: "nothing asks for the extra", arguments: ["requests[br]>=2"], by: "line"),
    Case(
      testDescription: "yanked", files: ["requirements.in": "urllib3\n"], arguments: ["urllib3==2.6"],
      by: "line"),
    Case(
      testDescription: "a pre-release", files: ["requirements.in": "urllib3\n"], arguments: ["urllib3>2.6"]),
    Case(
      testDescription: "out of date, and compiling is enough",
      files: ["requirements.in": "requests\nurllib3>=2,<2.6\n"], arguments: ["urllib3>=2"], by: "compile"),
    Case(
      testDescription: "out of date, and compiling isn't enough",
      files: ["requirements.in": "requests\nsigning\nurllib3\n"], arguments: ["urllib3>=2"]),
    Case(
      testDescription: "options and another lockfile",
      files: [
        "app.in": "requests\n", "limits.txt": "urllib3<2.5\n", "my app.txt": "requests==2.0\nurllib3==1.26\n",
      ],
      arguments: ["urllib3>=2", "app.in", "-o", "my app.txt", "-c", "limits.txt"], lockfiles: ["my app.txt"]),
    Case(
      testDescription: "an override", files: ["over.txt": "urllib3<2.5\n"],
      arguments: ["urllib3>=2", "--override", "over.txt"]),
    Case(
      testDescription: "configured to upgrade all", files: ["repin.toml": "upgrade = true\n"],
      arguments: ["urllib3==1.25"]),
    Case(
      testDescription: "what is held back moves",
      files: ["requirements.in": "tool\n", "requirements.txt": "tool==1.0\n"], arguments: ["tool>=2"]),
    Case(
      testDescription: "what is held back is asked for", arguments: ["setuptools<70", "--allow-unsafe"]),
    Case(
      testDescription: "the lowest of what is named", files: ["requirements.in": "requests\nurllib3\n"],
      arguments: ["urllib3>=2", "--resolution", "lowest-direct"]),
    Case(
      testDescription: "one lockfile builds on another",
      files: [
        "repin.toml": layers, "base.in": "urllib3\n", "base.txt": "urllib3==1.26\n", "dev.in": "requests\n",
        "dev.txt": "requests==2.0\nurllib3==1.26\n",
      ], arguments: ["urllib3>=2"], lockfiles: ["base.txt", "dev.txt"]),
    Case(
      testDescription: "one lockfile builds on another, and neither is there",
      files: ["repin.toml": layers, "base.in": "requests\n", "dev.in": "requests\ncloud\n"],
      arguments: ["urllib3<2.1"], lockfiles: ["base.txt", "dev.txt"]),
  ]

  @Test(arguments: cases) func agreement(_ given: Case) async throws {
    let fixture = try await WhyTests.fixture()
    fixture.server.serve("tool", "1.0", requires: ["setuptools<70"])
    fixture.server.serve("tool", "2.0", requires: ["setuptools", "brotli"])
    fixture.server.serve("app", "1.0")
    fixture.server.serve("app", "2.0", requires: ["core>=2"])
    fixture.server.serve("part", "1.0", requires: ["core<2"])
    fixture.server.serve("part", "2.0", requires: ["core>=2"])
    for version in ["1.0", "2.0"] { fixture.server.serve("core", version) }
    if given.arguments == ["core<2"] {
      fixture.write(["requirements.in": "app\n"])
      fixture.write(given.files)
      _ = try await fixture.compile()
    }
    fixture.write(given.files)

    let told = try await fixture.run(
      ["why"] + given.arguments + ["--format", "json"] + CommandFixture.target)
    #expect(told.status == 0, Comment(rawValue: told.errors))
    let document = try JSONDecoder().decode(Document.self, from: Data(told.output.utf8))
    #expect(document.lockfiles.map(\.lockfile) == given.lockfiles)
    for lockfile in document.lockfiles {
      #expect(lockfile.answer.by == given.by)
      #expect(told.errors.contains("`\(lockfile.answer.command)` does it"))
    }
    let answer = try #require(document.lockfiles.first?.answer)
    let before = given.lockfiles.map { Self.pins(fixture.directory.text($0)) }
    if let line = answer.line {
      let written = fixture.directory.text("requirements.in") ?? ""
      fixture.write(["requirements.in": "\(written)\(line)\n"])
    }

    let done = try await fixture.run(Self.words(of: answer.command))
    #expect(done.status == 0, Comment(rawValue: done.errors))
    for ((lockfile, old), name) in zip(zip(document.lockfiles, before), given.lockfiles) {
      let new = Self.pins(fixture.directory.text(name))
      #expect(new?[document.asked.package] == lockfile.answer.version)
      // Where there was no lockfile, what is told is the difference from another that isn't there either.
      guard let old, let new else { continue }
      let changes = Set(old.keys).union(new.keys).sorted().compactMap { name in
        old[name] == new[name] ? nil : Change(package: name, before: old[name], after: new[name])
      }
      #expect(lockfile.answer.changes == changes)
    }
  }

  /// Questions that the lockfile can't follow, with how many ways out there are.
  static let refusals: [(Case, Int)] = [
    (
      Case(
        testDescription: "its own line", files: ["requirements.in": "urllib3<2\n"], arguments: ["urllib3>=2"]),
      1
    ),
    (
      Case(
        testDescription: "a line two levels up", files: ["requirements.in": "requests[socks]\n\ncloud<2\n"],
        arguments: ["urllib3>=2.5"]), 1
    ),
    (
      Case(
        testDescription: "a constraint", files: ["limits.txt": "urllib3<2  # why\n"],
        arguments: ["urllib3>=2", "requirements.in", "-c", "limits.txt"]), 1
    ),
    (
      Case(
        testDescription: "an override", files: ["over.txt": "urllib3<2\n", "requirements.in": "requests\n"],
        arguments: ["urllib3>=2", "--override", "over.txt"]), 1
    ),
    (
      Case(
        testDescription: "two lines",
        files: ["requirements.in": "requests[socks]\ncloud<2\n", "limits.txt": "cloud-core<2\n"],
        arguments: ["urllib3>=2", "requirements.in", "-c", "limits.txt"]), 1
    ),
    (
      Case(
        testDescription: "a line with a marker, and one without",
        files: ["requirements.in": "cloud-core<2; python_version > '3'\ncloud-core\n"],
        arguments: ["urllib3>=2"]), 1
    ),
    (
      Case(
        testDescription: "the parent doesn't ask for it any more", files: ["requirements.in": "tool<2\n"],
        arguments: ["setuptools>=70", "--allow-unsafe"]), 1
    ),
    (
      Case(
        testDescription: "an extra that only another release has", files: ["requirements.in": "kit<2\n"],
        arguments: ["kit[more]>=2"]), 1
    ),
    (
      Case(
        testDescription: "what the release needs another line rules out",
        files: ["requirements.in": "app<2\npart<2\n"], arguments: ["core>=2"]), 1
    ),
  ]

  @Test(arguments: refusals.indices) func `a way out leads where it says`(_ place: Int) async throws {
    let (given, count) = Self.refusals[place]
    func fixture() async throws -> CommandFixture {
      let fixture = try await WhyTests.fixture()
      fixture.server.serve("tool", "1.0", requires: ["setuptools<70"])
      fixture.server.serve("tool", "2.0")
      fixture.server.serve("kit", "1.0")
      fixture.server.serve("kit", "2.0", requires: ["brotli; extra == 'more'"], extras: ["more"])
      for number in 1...2 {
        fixture.server.serve("app", "\(number).0", requires: ["core==\(number).0"])
        fixture.server.serve("part", "\(number).0", requires: ["core==\(number).0"])
        fixture.server.serve("core", "\(number).0")
      }
      fixture.write(given.files)
      return fixture
    }
    let asked = try await fixture()
    let told = try await asked.run(["why"] + given.arguments + ["--format", "json"] + CommandFixture.target)
    #expect(told.status == 1, Comment(rawValue: told.errors))
    let ways = try JSONDecoder().decode(Document.Refusals.self, from: Data(told.output.utf8)).lockfiles
      .flatMap { $0.answer.waysOut ?? [] }
    #expect(ways.count == count, "\(given)")
    for way in ways {
      let followed = try await fixture()
      for change in way.change {
        let text = followed.directory.text(change.by.file) ?? ""
        let written = text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
          line.split(separator: "  #").first.map(String.init) == change.by.text
            ? change.replacement ?? "" : String(line)
        }
        #expect(written.joined(separator: "\n") != text, "\(change)")
        followed.write([change.by.file: written.joined(separator: "\n")])
      }
      if let line = way.line {
        followed.write(["requirements.in": "\(followed.directory.text("requirements.in") ?? "")\(line)\n"])
      }
      let done = try await followed.run(Self.words(of: way.command))
      #expect(done.status == 0, Comment(rawValue: done.errors))
      let name = given.arguments[0].prefix { $0.isLetter || $0.isNumber }
      #expect(Self.pins(followed.directory.text("requirements.txt"))?[String(name)] == way.version)
    }
  }

  private struct Document: Decodable {
    struct Asked: Decodable { let package: String }
    struct Lockfile: Decodable {
      let lockfile: String
      let answer: Answer
    }
    struct WayOut: Decodable {
      struct Change: Decodable {
        struct Line: Decodable {
          let file: String
          let text: String
        }
        let by: Line
        let replacement: String?
      }
      let change: [Change]
      let version: String
      let command: String
      let line: String?
    }
    struct Refusal: Decodable {
      struct Lockfile: Decodable { let answer: Refusal }
      let waysOut: [WayOut]?
    }
    struct Refusals: Decodable { let lockfiles: [Refusal.Lockfile] }
    struct Answer: Decodable {
      let by: String
      let command: String
      let line: String?
      let version: String
      let changes: [Change]
    }
    let asked: Asked
    let lockfiles: [Lockfile]
  }

  private struct Change: Decodable, Equatable {
    let package: String
    let before: String?
    let after: String?
  }

  /// The versions that a lockfile pins; nil: there is none.
  private static func pins(_ text: String?) -> [String: String]? {
    guard let text else { return nil }
    let pins = LockfileContents(Array(text.utf8)).pins.compactMap { pin in
      pin.name.map { ($0.normalized, pin.version?.description ?? "") }
    }
    return Dictionary(pins) { first, _ in first }
  }

  /// The words of a command behind its program, as a shell would read them.
  private static func words(of command: String) -> [String] {
    var words = [""]
    for (place, piece) in command.split(separator: "'", omittingEmptySubsequences: false).enumerated() {
      if place % 2 == 1 {
        words[words.count - 1] += piece
        continue
      }
      for character in piece {
        if character == " " { words.append("") } else { words[words.count - 1].append(character) }
      }
    }
    return Array(words.dropFirst())
  }
}
