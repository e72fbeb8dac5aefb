import IndexServer
import TestSupport
import Testing

/// Which releases may be picked and which of them is wanted: the options, and what becomes of them in the lockfile.
@Suite struct ResolutionOptionTests {
  /// `app` needs `lib`; each has releases of several years, and `lib` a pre-release.
  private func fixture() async throws -> CommandFixture {
    let fixture = try await CommandFixture()
    fixture.server.serve("app", "1.0", requires: ["lib>=1.1"], uploadTime: "2024-01-10T00:00:00Z")
    fixture.server.serve("app", "2.0", requires: ["lib>=1.1"], uploadTime: "2025-01-10T00:00:00Z")
    fixture.server.serve("app", "3.0", requires: ["lib>=2"], uploadTime: "2026-01-10T12:00:00Z")
    fixture.server.serve("lib", "1.0", uploadTime: "2024-01-01T00:00:00Z")
    fixture.server.serve("lib", "1.1", uploadTime: "2024-01-02T00:00:00Z")
    fixture.server.serve("lib", "2.0", uploadTime: "2025-06-01T00:00:00Z")
    fixture.server.serve("lib", "2.1", uploadTime: "2026-02-01T00:00:00Z")
    fixture.server.serve("lib", "3.0rc1", uploadTime: "2026-03-01T00:00:00Z")
    fixture.server.serve("odd", "1.0", requires: ["lib; python_version > 'three'"])
    fixture.directory.write("requirements.in", "app>1\n")
    return fixture
  }

  private static func pinned(_ app: String, _ lib: String) -> String {
    "app==\(app)\n    # via -r requirements.in\nlib==\(lib)\n    # via app"
  }

  static let cases: [CompileCase] = [
    CompileCase(testDescription: "nothing said", pins: pinned("3.0", "2.1")),
    CompileCase(
      testDescription: "highest", arguments: ["--resolution", "highest"], pins: pinned("3.0", "2.1")),
    CompileCase(testDescription: "lowest", arguments: ["--resolution=lowest"], pins: pinned("2.0", "1.1")),
    CompileCase(
      testDescription: "lowest-direct", arguments: ["--resolution=lowest-direct"], pins: pinned("2.0", "2.1")
    ),
    CompileCase(
      testDescription: "the pins that are there stay, whatever is wanted else",
      files: ["requirements.txt": "app==3.0\nlib==2.0\n"], arguments: ["--resolution=lowest"],
      pins: pinned("3.0", "2.0")),
    CompileCase(
      testDescription: "an unknown strategy", arguments: ["--resolution=newest"], status: 2,
      says: ["'newest'", "highest", "lowest-direct"]),
    CompileCase(
      testDescription: "pre-releases like others", arguments: ["--prerelease=allow"],
      pins: pinned("3.0", "3.0rc1")),
    CompileCase(
      testDescription: "pre-releases where the sources name one",
      files: ["requirements.in": "app>1\nlib>=3.0a1\n"], arguments: ["--prerelease=explicit"],
      pins:
        "app==3.0\n    # via -r requirements.in\nlib==3.0rc1\n    # via\n    #   -r requirements.in\n    #   app"
    ),
    CompileCase(
      testDescription: "no pre-release where the sources name none",
      files: ["requirements.in": "app>1\nlib>2.1\n"], arguments: ["--prerelease=explicit"], status: 1,
      says: ["hint: `--prerelease if-necessary` instead of `explicit` admits the pre-release `lib==3.0rc1`"]),
    CompileCase(
      testDescription: "a pre-release where nothing else is in range",
      files: ["requirements.in": "lib>2.1\n"], arguments: ["--prerelease=if-necessary"],
      pins: "lib==3.0rc1\n    # via -r requirements.in"),
    CompileCase(
      testDescription: "a pre-release named beside stable ones",
      files: ["requirements.in": "lib>=2.1b1\n"], arguments: ["--prerelease=if-necessary-or-explicit"],
      pins: "lib==2.1\n    # via -r requirements.in"),
    CompileCase(
      testDescription: "never a pre-release", files: ["requirements.in": "lib>2.1\n"],
      arguments: ["--prerelease=disallow"], status: 1, says: ["pre-release"]),
    CompileCase(
      testDescription: "two words on pre-releases", arguments: ["--pre", "--prerelease=disallow"], status: 2,
      says: ["exclude each other"]),
    CompileCase(
      testDescription: "nothing of what is needed", arguments: ["--no-deps"],
      pins: "app==3.0\n    # via -r requirements.in"),
    CompileCase(
      testDescription: "a date, its whole day", arguments: ["--exclude-newer=2026-01-10"],
      pins: pinned("3.0", "2.0")),
    CompileCase(
      testDescription: "a moment", arguments: ["--exclude-newer", "2026-01-10T12:00:00Z"],
      pins: pinned("2.0", "2.0")),
    CompileCase(
      testDescription: "a moment in another zone",
      arguments: ["--exclude-newer", "2026-01-10T13:00:00.001+01:00"],
      pins: pinned("3.0", "2.0")),
    CompileCase(
      testDescription: "another date for one package",
      arguments: ["--exclude-newer=2025-02-01", "--exclude-newer-package=lib=2025-12-31"],
      pins: pinned("2.0", "2.0")),
    CompileCase(
      testDescription: "no date for one package",
      arguments: ["--exclude-newer=2025-02-01", "--exclude-newer-package", "LIB=false"],
      pins: pinned("2.0", "2.1")),
    CompileCase(
      testDescription: "a date for one package alone", arguments: ["--exclude-newer-package=app=2025-02-01"],
      pins: pinned("2.0", "2.1")),
    CompileCase(
      testDescription: "years ago", arguments: ["--exclude-newer=2000 weeks"], status: 1,
      says: [
        "newer than the cutoff",
        "hint: `--exclude-newer 2025-01-10T00:00:01Z` is the earliest cutoff that admits",
      ]),
    CompileCase(
      testDescription: "years ago, by pip's option", arguments: ["--uploaded-prior-to=1970-01-02"], status: 1,
      says: ["hint: `--uploaded-prior-to 2025-01-10T00:00:01Z` is the earliest cutoff that admits"]),
    CompileCase(
      testDescription: "the earliest cutoff that admits a release",
      arguments: ["--exclude-newer=2025-01-10T00:00:01Z"], pins: pinned("2.0", "1.1")),
    CompileCase(
      testDescription: "a moment ago", arguments: ["--exclude-newer=PT1S"], pins: pinned("3.0", "2.1")),
    CompileCase(
      testDescription: "no moment", arguments: ["--exclude-newer=3 months"], status: 2,
      says: ["--exclude-newer"]),
    CompileCase(
      testDescription: "one package twice",
      arguments: ["--exclude-newer-package=a=false", "--exclude-newer-package=A=2025-01-01"], status: 2,
      says: ["names `a` twice"]),
    CompileCase(
      testDescription: "two cutoffs",
      arguments: ["--exclude-newer=2025-01-01", "--uploaded-prior-to=2025-01-01"],
      status: 2, says: ["exclude each other"]),
    CompileCase(
      testDescription: "an override of what something else asks for",
      files: ["overrides.txt": "lib<2 # too new\n"], arguments: ["--override", "overrides.txt"],
      pins:
        "app==3.0\n    # via -r requirements.in\nlib==1.1\n    # via\n    #   --override overrides.txt\n    #   app"
    ),
    CompileCase(
      testDescription: "an override that takes a package out",
      files: ["overrides.txt": "lib; python_version < '3'\n"], arguments: ["--override=overrides.txt"],
      pins: "app==3.0\n    # via -r requirements.in"),
    CompileCase(
      testDescription: "an override brings nothing by itself", files: ["overrides.txt": "other==1\n"],
      arguments: ["--override=overrides.txt"], pins: pinned("3.0", "2.1")),
    CompileCase(
      testDescription: "an override that can't be met", files: ["overrides.txt": "\nlib==9\n"],
      arguments: ["--override=overrides.txt"], status: 1, says: ["lib==9 (override overrides.txt:2)"]),
    CompileCase(
      testDescription: "an override by URL",
      files: ["overrides.txt": "lib @ https://host.example/lib-1.zip\n"],
      arguments: ["--override=overrides.txt"], status: 2,
      says: ["overrides.txt:1:1: found", "expected an override"]),
    CompileCase(
      testDescription: "options in a file of overrides", files: ["overrides.txt": "--pre\nlib==1\n"],
      arguments: ["--override=overrides.txt"], status: 2,
      errors: """
        error: overrides.txt:1:1: found the option `--pre`, expected an override: a name and its versions
        hint: options belong into a source, or on the command line

        """),
    CompileCase(
      testDescription: "constraints in a file of overrides",
      files: ["more.txt": "lib==1\n-c c.txt\n", "overrides.txt": "-r more.txt\n", "c.txt": "lib<2\n"],
      arguments: ["--override=overrides.txt"], status: 2,
      errors: """
        error: more.txt:2:1: found `--constraint`, expected an override: a name and its versions (included from \
        overrides.txt:1:1)
        hint: give the file of constraints to the command's own `--constraint`

        """),
    CompileCase(
      testDescription: "an index in a file of overrides",
      files: ["overrides.txt": "lib==1\n-i ROOT/simple/\n"],
      arguments: ["--override=overrides.txt"], status: 2,
      says: ["overrides.txt:2:1: found the option `--index-url`"]),
    CompileCase(
      testDescription: "an editable in a file of overrides", files: ["overrides.txt": "-e .\n"],
      arguments: ["--override=overrides.txt"], status: 2, says: ["overrides.txt:1:1: found an editable"]),
    CompileCase(
      testDescription: "a hash in a file of overrides",
      files: ["overrides.txt": "lib<2 --hash=sha256:\(String(repeating: "0", count: 64))\n"],
      arguments: ["--override=overrides.txt"], status: 1, says: ["lib"]),
    CompileCase(
      testDescription: "the output is the file of overrides", files: ["overrides.txt": "lib==1.1\n"],
      arguments: ["--override=overrides.txt", "-o", "overrides.txt"], status: 2,
      errors: """
        error: the output `overrides.txt` is read too: it is included by a source, or a file of `--override`
        hint: name another by `--output-file`

        """, output: "overrides.txt"),
    CompileCase(
      testDescription: "a marker that compares with a word",
      files: ["requirements.in": "app>1\n  lib<2 ; python_version > 'three'\n"], pins: pinned("3.0", "2.1"),
      errors: """
        warning: requirements.in:2:3: `python_version > "three"` compares text, since `three` is no version, and doesn't \
        hold: the line doesn't count
        wrote requirements.txt: 2 pins (TIME)

        """),
    CompileCase(
      testDescription: "a project's marker that compares with a word, and holds",
      files: [
        "pyproject.toml":
          "[project]\nname = 'x'\nversion = '1'\ndependencies = [\n  \"app>1; implementation_version != 'a'\"]\n"
      ], arguments: ["--no-annotate", "pyproject.toml"],
      pins: "app==3.0 ; implementation_version != \"a\"\nlib==2.1",
      says: [
        "pyproject.toml:5:3: `implementation_version != \"a\"` compares text", "no version, and holds\n",
      ]),
    CompileCase(
      testDescription: "a release's own markers are nobody's here to mend",
      files: ["requirements.in": "odd\n"], pins: "odd==1.0\n    # via -r requirements.in",
      neverSays: ["warning"]),
    CompileCase(
      testDescription: "no file of overrides", arguments: ["--override=nowhere.txt"], status: 2,
      says: ["nowhere.txt"]),
    CompileCase(
      testDescription: "in the configuration",
      files: [
        "repin.toml": "resolution = \"lowest\"\nexclude-newer-package = [\"app=2024-06-01\"]\n",
        "requirements.in": "app\n",
      ],
      pins: pinned("1.0", "1.1")),
  ]

  @Test(arguments: cases) func pins(_ given: CompileCase) async throws {
    try await fixture().expect(given)
  }

  @Test func `the header says it all again`() async throws {
    let fixture = try await fixture()
    fixture.directory.write("overrides.txt", "lib<2\n")
    let options = [
      "--resolution=lowest", "--prerelease=explicit", "--override=overrides.txt",
      "--exclude-newer=2026-12-31",
      "--exclude-newer-package=app=2026-12-31", "--exclude-newer-package=lib=false", "--no-build=app",
      "--no-build=lib", "--index-strategy=unsafe-best-match",
    ]
    let outcome = try await fixture.run(["compile"] + CommandFixture.target + options + ["--no-deps"])
    #expect(outcome.status == 0, Comment(rawValue: outcome.errors))
    let lockfile = try #require(fixture.directory.text("requirements.txt"))
    for option in options + ["--no-deps"] { #expect(lockfile.contains(" \(option)"), "\(option)") }
  }

  struct Strategy: CustomTestStringConvertible {
    let testDescription: String
    let pins: String
  }

  /// The extra index, which comes first, has `lib` 1.0; the other one 2.0, and of 1.0 another file.
  @Test(arguments: [
    Strategy(testDescription: "first-index", pins: "lib==1.0"),
    Strategy(testDescription: "unsafe-first-match", pins: "lib==1.0"),
    Strategy(testDescription: "unsafe-best-match", pins: "lib==2.0"),
  ]) func `several indexes`(_ given: Strategy) async throws {
    let fixture = try await CommandFixture()
    let first = try await IndexServer.start()
    first.serve("lib", "1.0")
    fixture.server.serve("lib", "2.0")
    fixture.server.serve("lib", "1.0", tag: "py312-none-any")
    fixture.directory.write("requirements.in", "lib\n")
    let options = [
      "--extra-index-url", first.url, "--index-strategy", given.testDescription, "--generate-hashes",
    ]
    let outcome = try await fixture.run(
      ["compile", "--no-annotate", "--no-emit-options"] + CommandFixture.target + options)
    #expect(outcome.status == 0, Comment(rawValue: outcome.errors))
    let lines = (fixture.pins() ?? "").split(separator: "\n").map { String($0).replacing(" \\", with: "") }
    #expect(lines.first == given.pins)
    // A release of several indexes has the files of all that it may come from.
    #expect(lines.count - 1 == (given.testDescription == "unsafe-first-match" ? 2 : 1))
  }

  @Test func `what only a later index has in range is found where it may come from there`() async throws {
    let fixture = try await CommandFixture()
    let first = try await IndexServer.start()
    first.serve("lib", "1.0")
    fixture.server.serve("lib", "2.0")
    fixture.directory.write("requirements.in", "lib>1\n")
    let options = ["compile", "--extra-index-url", first.url] + CommandFixture.target
    let outcome = try await fixture.run(options)
    #expect(outcome.status == 1)
    #expect(
      outcome.errors.contains(
        "hint: `lib` isn't looked for on `ROOT/simple/`, as an earlier index has the name: "
          + "`--index-strategy unsafe-best-match` takes releases from all, and asks all for every name, private ones too"
      ), Comment(rawValue: outcome.errors)
    )
    // A private project's name stays with its index.
    #expect(fixture.server.requests.isEmpty)
    #expect(try await fixture.run(options + ["--index-strategy=unsafe-first-match"]).status == 0)
    #expect(fixture.pins()?.contains("lib==2.0") == true)
  }
}
