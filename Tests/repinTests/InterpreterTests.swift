import IndexServer
import TestSupport
import Testing

/// Which Python is pinned for, and what is asked of it.
@Suite struct InterpreterTests {
  /// A project that needs `old` below Python 3.10 and `new` above, and a place for interpreters.
  private func fixture() async throws -> CommandFixture {
    let fixture = try await CommandFixture()
    fixture.server.serve("old", "1.0")
    fixture.server.serve("new", "1.0")
    fixture.directory.write(
      "requirements.in", "old; python_version < '3.10'\nnew; python_version >= '3.10'\n")
    fixture.directory.makeDirectory("bin")
    fixture.directory.makeDirectory("venv")
    fixture.directory.makeDirectory("venv/bin")
    return fixture
  }

  /// A program that answers like a Python of that version, and notes that it was asked.
  private func python(_ version: String, indexURL: String? = nil) -> String {
    let short = version.split(separator: ".").prefix(2).joined(separator: ".")
    let minor = version.split(separator: ".")[1]
    let index = indexURL.map { "\"\($0)\"" } ?? "null"
    return """
      #!/bin/sh
      echo asked >> "$0.log"
      echo '{"format": 1, "executable": "/usr/bin/python", "markers": {"implementation_name": "cpython",
       "implementation_version": "\(version)", "os_name": "posix", "platform_machine": "x86_64",
       "platform_python_implementation": "CPython", "platform_release": "6", "platform_system": "Linux",
       "platform_version": "1", "python_full_version": "\(version)", "python_version": "\(short)",
       "sys_platform": "linux"}, "implementation": "cpython", "major": 3, "minor": \(minor),
       "abis": ["cp3\(minor)"], "isFreeThreaded": false, "sysconfigPlatform": "linux-x86_64", "is32Bit": false,
       "glibc": {"major": 2, "minor": 36}, "musl": null, "macOS": null, "defaultIndexURL": \(index)}' \
      | tr -d '\\n'
      """
  }

  struct Choice: CustomTestStringConvertible {
    let testDescription: String
    var arguments: [String] = []
    var inEnvironment = false
    let pins: String
  }

  @Test(arguments: [
    Choice(testDescription: "python3 on PATH", pins: "new==1.0 ; python_version >= \"3.10\""),
    Choice(
      testDescription: "the virtual environment's", inEnvironment: true,
      pins: "old==1.0 ; python_version < \"3.10\""),
    Choice(
      testDescription: "--python with a path", arguments: ["--python", "venv/bin/python"],
      pins: "old==1.0 ; python_version < \"3.10\""),
    Choice(
      testDescription: "--python with an environment's folder", arguments: ["--python", "./venv"],
      pins: "old==1.0 ; python_version < \"3.10\""),
    Choice(
      testDescription: "--python with a name", arguments: ["--python", "python3"], inEnvironment: true,
      pins: "new==1.0 ; python_version >= \"3.10\""),
    Choice(
      testDescription: "--python-version over the interpreter's", arguments: ["--python-version", "3.9"],
      pins: "old==1.0 ; python_version < \"3.10\""),
  ])
  func chooses(_ choice: Choice) async throws {
    var fixture = try await fixture()
    fixture.directory.write("bin/python3", python("3.12.4"), mode: 0o755)
    fixture.directory.write("venv/bin/python", python("3.9.1"), mode: 0o755)
    fixture.environment["PATH"] = "\(fixture.directory.file("bin")):/usr/bin:/bin"
    if choice.inEnvironment { fixture.environment["VIRTUAL_ENV"] = fixture.directory.file("venv") }
    let outcome = try await fixture.run(["compile", "--no-annotate"] + choice.arguments)
    #expect(outcome.status == 0, Comment(rawValue: outcome.errors))
    #expect(fixture.pins() == choice.pins)
  }

  @Test func `the index is that of the interpreter's pip, and isn't written down`() async throws {
    var fixture = try await fixture()
    fixture.directory.write("bin/python3", python("3.12.4", indexURL: fixture.url), mode: 0o755)
    fixture.environment["PATH"] = "\(fixture.directory.file("bin")):/usr/bin:/bin"
    fixture.environment["REPIN_INDEX_URL"] = ""
    let outcome = try await fixture.run(["compile", "--no-annotate", "--no-header"])
    #expect(outcome.status == 0, Comment(rawValue: outcome.errors))
    #expect(fixture.directory.text("requirements.txt") == "new==1.0 ; python_version >= \"3.10\"\n")
  }

  @Test func `a script is asked each time, since it may lead elsewhere tomorrow`() async throws {
    var fixture = try await fixture()
    fixture.directory.write("bin/python3", python("3.12.4"), mode: 0o755)
    fixture.environment["PATH"] = "\(fixture.directory.file("bin")):/usr/bin:/bin"
    _ = try await fixture.run(["compile"])
    _ = try await fixture.run(["compile"])
    #expect(fixture.directory.text("bin/python3.log") == "asked\nasked\n")
  }

  struct Unusable: CustomTestStringConvertible {
    let testDescription: String
    let script: String
    let errors: String
  }

  @Test(arguments: [
    Unusable(
      testDescription: "it fails", script: "#!/bin/sh\necho 'no \u{7}such thing' >&2\nexit 3\n",
      errors: """
        error: `DIR/bin/python3` could not be asked for its facts: no \u{fffd}such thing
        hint: name another Python by `--python`, or use `--python-version` and `--python-platform`

        """),
    Unusable(
      testDescription: "it repeats its arguments",
      script: "#!/bin/sh\necho \"ls: cannot access '$3': No such file or directory\" >&2\nexit 2\n",
      errors: """
        error: `DIR/bin/python3` is not a Python: No such file or directory
        hint: name another Python by `--python`, or use `--python-version` and `--python-platform`

        """),
    Unusable(
      testDescription: "it says something else", script: "#!/bin/sh\necho hello\n",
      errors: """
        error: `DIR/bin/python3` does not answer like a Python
        hint: name a Python of version 3.7 or later by `--python`

        """),
  ])
  func `a Python that is none is named`(_ unusable: Unusable) async throws {
    var fixture = try await fixture()
    fixture.directory.write("bin/python3", unusable.script, mode: 0o755)
    fixture.environment["PATH"] = "\(fixture.directory.file("bin")):/usr/bin:/bin"
    let outcome = try await fixture.run(["compile"])
    #expect(outcome == .init(status: 2, output: "", errors: unusable.errors))
    #expect(fixture.directory.text("requirements.txt") == nil)
  }
}
