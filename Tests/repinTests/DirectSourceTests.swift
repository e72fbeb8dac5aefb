import IndexServer
import TestSupport
import Testing

/// Requirements that name a file or a directory instead of asking an index: wheels and archives by URL and path.
@Suite struct DirectSourceTests {
  /// Some boats: `harbor` and `buoy` need `lantern`, `boats.tar.gz` has a project in a directory of its own.
  private func fixture() async throws -> CommandFixture {
    let fixture = try await CommandFixture()
    let server = fixture.server
    for version in ["1.0", "1.5", "2.0"] { server.serve("lantern", version) }
    server.serve("oars", "1.0")
    server.serve("buoy", "1.0", requires: ["lantern<2"])
    server.serve("beacon", "1.0", requires: ["lantern>=2"])
    server.serve(
      "harbor", "1.0",
      requires: ["lantern", "buoy; extra == 'night'", "oars; extra == 'day-time'"],
      extras: ["night", "day-time"])
    server.serve("hulk", "1.0", requires: [fixture.filled("oars @ ROOT/files/oars-1.0-py3-none-any.whl")])
    server.add(.staticSource("anchor", "1.0", requires: ["lantern>=1"]), to: "anchor")
    server.add(
      ServedFile(
        filename: "boats.tar.gz",
        bytes: ServedFile.source("boats", "1", files: ["dinghy/pyproject.toml": Self.dinghy]).bytes),
      to: "boats")
    fixture.write(.wheel("lantern", "1.5"), in: "wheels")
    fixture.write(.wheel("lantern", "1.5", tag: "cp312-cp312-win_amd64"), in: "wheels")
    fixture.write(.staticSource("anchor", "1.0", requires: ["lantern>=1"]), in: "wheels")
    return fixture
  }

  static let dinghy = "[project]\nname = \"Dinghy\"\nversion = \"0.1\"\ndependencies = [\"oars\"]\n"
  static let wheel = "ROOT/files/lantern-1.5-py3-none-any.whl"
  static let asked = "    # via -r requirements.in"

  static let cases: [CompileCase] = [
    CompileCase(
      testDescription: "a wheel", files: ["requirements.in": "lantern @ \(wheel)\n"],
      pins: "lantern @ \(wheel)\n\(asked)"),
    CompileCase(
      testDescription: "a wheel by a bare URL", files: ["requirements.in": "\(wheel)\n"],
      pins: "lantern @ \(wheel)\n\(asked)"),
    CompileCase(
      testDescription: "a wheel by a file: URL",
      files: ["requirements.in": "Lantern@file://DIR/wheels/lantern-1.5-py3-none-any.whl\n"],
      pins: "lantern @ file://DIR/wheels/lantern-1.5-py3-none-any.whl\n\(asked)"),
    CompileCase(
      testDescription: "a wheel by a bare file: URL",
      files: ["requirements.in": "file://DIR/wheels/lantern-1.5-py3-none-any.whl\n"],
      pins: "lantern @ file://DIR/wheels/lantern-1.5-py3-none-any.whl\n\(asked)"),
    CompileCase(
      testDescription: "a wheel by a relative path",
      files: ["requirements.in": "./wheels/lantern-1.5-py3-none-any.whl\n"],
      pins: "lantern @ file://DIR/wheels/lantern-1.5-py3-none-any.whl\n\(asked)"),
    CompileCase(
      testDescription: "a wheel by a file: URL below the working directory",
      files: ["requirements.in": "file:wheels/lantern-1.5-py3-none-any.whl\n"],
      pins: "file:wheels/lantern-1.5-py3-none-any.whl\n\(asked)"),
    CompileCase(
      testDescription: "a wheel by a name and a file: URL below the working directory",
      files: ["requirements.in": "lantern @ file:./wheels/lantern-1.5-py3-none-any.whl\n"],
      pins: "file:./wheels/lantern-1.5-py3-none-any.whl\n\(asked)"),
    CompileCase(
      testDescription: "a wheel by a bare file: URL that goes up",
      files: ["requirements.in": "file:wheels/../wheels/lantern-1.5-py3-none-any.whl\n"],
      pins: "lantern @ file://DIR/wheels/lantern-1.5-py3-none-any.whl\n\(asked)"),
    CompileCase(
      testDescription: "a relative file: URL that leads nowhere", files: ["requirements.in": "\nfile:gone\n"],
      status: 2,
      errors: """
        error: requirements.in:2:1: `file:gone`: `DIR/gone` can't be read: no such file or directory; nothing was written

        """),
    CompileCase(
      testDescription: "an editable by a file: URL below the working directory",
      files: ["requirements.in": "-e file:./dinghy\n", "dinghy/pyproject.toml": dinghy],
      arguments: ["--no-annotate"], pins: "-e file:./dinghy\noars==1.0"),
    CompileCase(
      testDescription: "`egg` is dropped", files: ["requirements.in": "\(wheel)#egg=lantern\n"],
      pins: "lantern @ \(wheel)\n\(asked)"),
    CompileCase(
      testDescription: "extras",
      files: ["requirements.in": "harbor[night,Day_Time] @ ROOT/files/harbor-1.0-py3-none-any.whl\n"],
      pins: """
        buoy==1.0
            # via harbor
        harbor[day-time,night] @ ROOT/files/harbor-1.0-py3-none-any.whl
            # via -r requirements.in
        lantern==1.5
            # via
            #   buoy
            #   harbor
        oars==1.0
            # via harbor
        """),
    CompileCase(
      testDescription: "extras left out of the lockfile",
      files: ["requirements.in": "harbor[day-time] @ ROOT/files/harbor-1.0-py3-none-any.whl\n"],
      arguments: ["--strip-extras", "--no-annotate"],
      pins: "harbor @ ROOT/files/harbor-1.0-py3-none-any.whl\nlantern==2.0\noars==1.0"),
    CompileCase(
      testDescription: "a marker that holds",
      files: ["requirements.in": "lantern @ \(wheel) ; python_version>='3.8'\n"],
      pins: "lantern @ \(wheel) ; python_version >= \"3.8\"\n\(asked)"),
    CompileCase(
      testDescription: "a marker that doesn't hold: nothing is fetched",
      files: ["requirements.in": "oars\nlantern @ ROOT/files/gone-1.whl ; python_version < '3'\n"],
      pins: "oars==1.0\n\(asked)"),
    CompileCase(
      testDescription: "within what another allows", files: ["requirements.in": "lantern @ \(wheel)\nbuoy\n"],
      pins: """
        buoy==1.0
            # via -r requirements.in
        lantern @ \(wheel)
            # via
            #   -r requirements.in
            #   buoy
        """),
    CompileCase(
      testDescription: "beside a requirement of the same name",
      files: ["requirements.in": "lantern @ \(wheel)\nlantern<2\n"], pins: "lantern @ \(wheel)\n\(asked)"),
    CompileCase(
      testDescription: "outside what another allows",
      files: ["requirements.in": "lantern @ \(wheel)\nbeacon\n"], status: 1),
    CompileCase(
      testDescription: "as a constraint",
      files: [
        "limits.txt": "lantern @ \(wheel)\noars @ ROOT/files/oars-1.0-py3-none-any.whl\n",
        "requirements.in": "-c limits.txt\nharbor\n",
      ],
      pins: """
        harbor==1.0
            # via -r requirements.in
        lantern @ \(wheel)
            # via
            #   -c limits.txt
            #   harbor
        """),
    CompileCase(
      testDescription: "another URL than the lockfile's",
      files: [
        "requirements.in": "lantern @ \(wheel)\n",
        "requirements.txt": "lantern @ ROOT/files/lantern-1.0-py3-none-any.whl\n",
      ], pins: "lantern @ \(wheel)\n\(asked)"),
    CompileCase(
      testDescription: "a source distribution",
      files: ["requirements.in": "anchor @ ROOT/files/anchor-1.0.tar.gz\n"],
      pins: "anchor @ ROOT/files/anchor-1.0.tar.gz\n\(asked)\nlantern==2.0\n    # via anchor"),
    CompileCase(
      testDescription: "a source distribution by a bare URL",
      files: ["requirements.in": "ROOT/files/anchor-1.0.tar.gz\n"], arguments: ["--no-annotate"],
      pins: "anchor @ ROOT/files/anchor-1.0.tar.gz\nlantern==2.0"),
    CompileCase(
      testDescription: "a source distribution by path",
      files: ["requirements.in": "wheels/anchor-1.0.tar.gz\n"], arguments: ["--no-annotate"],
      pins: "anchor @ file://DIR/wheels/anchor-1.0.tar.gz\nlantern==2.0"),
    CompileCase(
      testDescription: "a directory of an archive",
      files: ["requirements.in": "dinghy @ ROOT/files/boats.tar.gz#subdirectory=dinghy\n"],
      pins: "dinghy @ ROOT/files/boats.tar.gz#subdirectory=dinghy\n\(asked)\noars==1.0\n    # via dinghy"),
    CompileCase(
      testDescription: "with a password, which isn't written",
      files: [
        "requirements.in": "lantern @ \(wheel.replacing("ROOT", with: "http://person:secret@HOST"))\n"
      ], arguments: ["--no-annotate"],
      pins: "lantern @ http://person@HOST/files/lantern-1.5-py3-none-any.whl"),
    CompileCase(
      testDescription: "a directory that an archive hasn't",
      files: ["requirements.in": "dinghy @ ROOT/files/boats.tar.gz#subdirectory=raft\n"], status: 2,
      errors: """
        error: requirements.in:1:1: `ROOT/files/boats.tar.gz#subdirectory=raft`: boats.tar.gz has no directory \
        `raft`; nothing was written

        """),
    CompileCase(
      testDescription: "a directory outside an archive",
      files: ["requirements.in": "dinghy @ ROOT/files/boats.tar.gz#subdirectory=../boats\n"], status: 2),
    CompileCase(
      testDescription: "a wrong hash",
      files: ["requirements.in": "oars\nlantern @ \(wheel)#sha256=\(String(repeating: "0", count: 64))\n"],
      status: 3,
      says: [
        "error: requirements.in:2:1: `\(wheel)#sha256=HASH`: ",
        "lantern-1.5-py3-none-any.whl has sha256 HASH",
        "nothing was written\nhint: the file was changed on its way or",
      ], neverSays: ["the index announced"]),
    CompileCase(
      testDescription: "a wrong hash of a file of this machine",
      files: [
        "requirements.in":
          "lantern @ file://DIR/wheels/lantern-1.5-py3-none-any.whl#sha256=\(String(repeating: "0", count: 64))\n"
      ], status: 3, says: ["lantern-1.5-py3-none-any.whl has sha256 HASH"]),
    CompileCase(
      testDescription: "a wrong hash of an archive",
      files: [
        "requirements.in":
          "anchor @ ROOT/files/anchor-1.0.tar.gz#sha256=\(String(repeating: "0", count: 64))\n"
      ],
      status: 3, says: ["error: requirements.in:1:1: `ROOT/files/", "anchor-1.0.tar.gz has sha256 HASH"]),
    CompileCase(
      testDescription: "a wheel that isn't there",
      files: ["requirements.in": "lantern @ ROOT/files/lantern-9-py3-none-any.whl\n"], status: 3,
      says: ["error: requirements.in:1:1: `ROOT/files/lantern-9-py3-none-any.whl`: "],
      neverSays: ["the index lists"]),
    CompileCase(
      testDescription: "an archive that isn't there",
      files: ["requirements.in": "lantern @ ROOT/files/lantern-9.tar.gz\n"], status: 3,
      says: ["error: requirements.in:1:1: `ROOT/files/lantern-9.tar.gz`: "], neverSays: ["the index lists"]),
    CompileCase(
      testDescription: "metadata of another project", files: ["requirements.in": "oars @ \(wheel)\n"],
      status: 2,
      errors: """
        error: requirements.in:1:1: `\(wheel)`: the metadata of \(wheel) says Name `lantern`, expected `oars`; \
        nothing was written

        """),
    CompileCase(
      testDescription: "two URLs for one project",
      files: ["requirements.in": "lantern @ \(wheel)\nlantern @ ROOT/files/lantern-2.0-py3-none-any.whl\n"],
      status: 1,
      errors: """
        error: requirements.in:2:1: `lantern` is wanted from `ROOT/files/lantern-2.0-py3-none-any.whl` and from \
        `\(wheel)`
        hint: leave one of them out

        """),
    CompileCase(
      testDescription: "a release of the index that wants a URL", files: ["requirements.in": "hulk\n"],
      status: 1),
    CompileCase(
      testDescription: "a wheel for another platform",
      files: ["requirements.in": "./wheels/lantern-1.5-cp312-cp312-win_amd64.whl\n"], status: 1),
    CompileCase(
      testDescription: "offline, a URL that isn't cached", files: ["requirements.in": "lantern @ \(wheel)\n"],
      arguments: ["--offline"], status: 3),
  ]

  @Test(arguments: cases) func compiles(_ given: CompileCase) async throws {
    var given = given
    let fixture = try await fixture()
    let host = String(fixture.address.dropFirst("http://".count))
    given.files = given.files.mapValues { $0.replacing("HOST", with: host) }
    given.pins = given.pins?.replacing("HOST", with: host)
    try await fixture.expect(given)
  }

  @Test func `files are hashed, by the hash in the URL too`() async throws {
    let fixture = try await fixture()
    let wheel = fixture.filled(Self.wheel)
    let lantern = ServedFile.sha256(ServedFile.wheel("lantern", "1.5").bytes)
    let anchor = ServedFile.sha256(ServedFile.staticSource("anchor", "1.0", requires: ["lantern>=1"]).bytes)
    fixture.directory.write(
      "requirements.in", "lantern @ \(wheel)#sha256=\(lantern)\n./wheels/anchor-1.0.tar.gz\n")
    let outcome = try await fixture.compile("--generate-hashes", "--no-annotate")
    #expect(outcome.status == 0, Comment(rawValue: outcome.errors))
    #expect(
      fixture.pins() == """
        anchor @ file://DIR/wheels/anchor-1.0.tar.gz \\
            --hash=sha256:\(anchor)
        lantern @ \(Self.wheel)#sha256=\(lantern) \\
            --hash=sha256:\(lantern)
        """)
  }

  @Test func `a compilation again changes nothing and fetches no metadata`() async throws {
    let fixture = try await fixture()
    fixture.directory.write(
      "requirements.in",
      fixture.filled("lantern @ \(Self.wheel)\ndinghy @ ROOT/files/boats.tar.gz#subdirectory=dinghy\n"))
    let first = try await fixture.compile()
    #expect(first.status == 0, Comment(rawValue: first.errors))
    let second = try await fixture.compile()
    #expect(second == .init(status: 0, output: "", errors: "unchanged requirements.txt: 3 pins (TIME)\n"))
  }
}
