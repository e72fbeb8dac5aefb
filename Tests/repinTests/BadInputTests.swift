import IndexServer
import TestSupport
import Testing

/// What is wrong is named with its place and a remedy, ends with the right exit code, and loses nothing.
@Suite struct BadInputTests {
  struct Wrong: CustomTestStringConvertible {
    let testDescription: String
    var arguments: [String] = []
    var files: [String: String] = [:]
    /// A file that isn't there.
    var without: String?
    var environment: [String: String] = [:]
    let status: Int32
    let errors: String
  }

  static let cases: [Wrong] = [
    Wrong(
      testDescription: "a malformed line", files: ["requirements.in": "a\nb >\n"], status: 2,
      errors: """
        error: requirements.in:2:4: found the end, expected a version specifier (expected a digit, found the end)

        """),
    Wrong(
      testDescription: "a malformed line of an included file",
      files: ["requirements.in": "-r sub.in\n", "sub.in": "a ==1.0 junk\n"], status: 2,
      errors: """
        error: sub.in:1:9: found `j`, expected `,`, `;` or the end (included from requirements.in:1:1)

        """),
    Wrong(
      testDescription: "files that include each other",
      files: ["requirements.in": "-r sub.in\n", "sub.in": "-r requirements.in\n"], status: 2,
      errors: """
        error: sub.in:1:1: found `requirements.in` → `sub.in` → `requirements.in`, expected files that don't include \
        themselves (included from requirements.in:1:1)

        """),
    Wrong(
      testDescription: "a source that isn't there", arguments: ["gone.in"], status: 2,
      errors: "error: gone.in: found no file `gone.in`, expected a requirements file\n"),
    Wrong(
      testDescription: "no source", without: "requirements.in", status: 2,
      errors: """
        error: no source: there is no `requirements.in`, `setup.py`, `pyproject.toml` or `setup.cfg` in DIR
        hint: name one: `repin compile app/requirements.in`

        """),
    Wrong(
      testDescription: "a name that none can have, in what may be built", arguments: ["--no-build", "a b"],
      status: 2,
      errors: """
        Error: `--no-build`: `a b` is no package's name, expected names with commas between them, `:all:` or `:none:`
        Usage: repin compile [<options>] [<sources> ...]
          See 'repin compile --help' for more information.

        """),
    Wrong(
      testDescription: "no name, in the kinds", arguments: ["--only-binary=a,"], status: 2,
      errors: """
        Error: `--only-binary`: `` is no package's name, expected names with commas between them, `:all:` or `:none:`
        Usage: repin compile [<options>] [<sources> ...]
          See 'repin compile --help' for more information.

        """),
    Wrong(
      testDescription: "a name with a version, in what is held back",
      arguments: ["--unsafe-package", "a==1"],
      status: 2,
      errors: """
        Error: `--unsafe-package`: `a==1` is no package's name
        Usage: repin compile [<options>] [<sources> ...]
          See 'repin compile --help' for more information.

        """),
    Wrong(
      testDescription: "an output where there is no directory", arguments: ["-o", "sub/requirements.txt"],
      status: 2,
      errors: """
        error: there is no directory `sub` for the lockfile `sub/requirements.txt`
        hint: make it, or name another by `--output-file`

        """),
    Wrong(
      testDescription: "a requirement on a file that isn't there",
      files: ["requirements.in": "a @ file:///nowhere/a-1.0-py3-none-any.whl\n"], status: 2,
      errors: """
        error: requirements.in:1:1: `file:///nowhere/a-1.0-py3-none-any.whl`: `/nowhere/a-1.0-py3-none-any.whl` can't \
        be read: no such file or directory; nothing was written

        """),
    Wrong(
      testDescription: "a requirement on a repository of another system",
      files: ["requirements.in": "a @ hg+https://files.example/a\n"], status: 2,
      errors: """
        error: requirements.in:1:1: `hg+https://files.example/a`: of version control systems only git is supported, \
        not hg

        """),
    Wrong(
      testDescription: "the output is the source", arguments: ["-o", "./requirements.in"], status: 2,
      errors: """
        error: the output `./requirements.in` is the source `requirements.in`
        hint: name another by `--output-file`

        """),
    Wrong(
      testDescription: "two sources without an output", arguments: ["requirements.in", "b.in"],
      files: ["b.in": ""], status: 2,
      errors: """
        error: several sources need an output
        hint: name it: `--output-file requirements.txt`

        """),
    Wrong(
      testDescription: "no such platform", arguments: ["--python-platform", "linus"], status: 2,
      errors: """
        error: `linus` is not the name of a platform; the closest are `linux`, `macos`, `windows`
        hint: `repin compile --help` and docs/platforms.md have all names

        """),
    Wrong(
      testDescription: "no such platform in another's words", arguments: ["--python-platform", "win32"],
      status: 2,
      errors: """
        error: `win32` is not the name of a platform; the closest are `windows`, `x86_64-pc-windows-msvc`, \
        `aarch64-pc-windows-msvc`
        hint: `repin compile --help` and docs/platforms.md have all names

        """),
    Wrong(
      testDescription: "a platform of a system that no name is of",
      arguments: ["--python-platform", "freebsd"],
      status: 2,
      errors: """
        error: `freebsd` is not the name of a platform; there are `linux`, `macos`, `windows` and more of those systems
        hint: `repin compile --help` and docs/platforms.md have all names

        """),
    Wrong(
      testDescription: "no such format", arguments: ["--format", "xml"], status: 2,
      errors: "error: `--format`: found `xml`, expected text or json\n"),
    Wrong(
      testDescription: "a format of another command", arguments: ["--format", "dot"], status: 2,
      errors: "error: `--format dot` is for `repin why`\nhint: take text or json\n"),
    Wrong(
      testDescription: "a cutoff in months", arguments: ["--exclude-newer", "1 month"], status: 2,
      errors: """
        Error: The value '1 month' is invalid for '--exclude-newer <exclude-newer>': months and years differ in length; \
        write days or weeks ("30 days", P30D), or a day (2026-01-31)
        Help:  --exclude-newer <exclude-newer>  Only take what was uploaded before this moment: 2026-01-31T12:00:00Z (RFC \
        3339), a time before now, "7 days" or P7D, or the end of a day (UTC), 2026-01-31.
        Usage: repin compile [<options>] [<sources> ...]
          See 'repin compile --help' for more information.

        """),
    Wrong(
      testDescription: "an empty name of a file", arguments: ["-c", ""], status: 2,
      errors: """
        Error: `--constraint` is empty
        Usage: repin compile [<options>] [<sources> ...]
          See 'repin compile --help' for more information.

        """),
    Wrong(
      testDescription: "a host that would be two words of the lockfile",
      arguments: ["--trusted-host", "a b"],
      status: 2,
      errors: """
        Error: `--trusted-host`: `a b` is no host, expected `host` or `host:port`
        Usage: repin compile [<options>] [<sources> ...]
          See 'repin compile --help' for more information.

        """),
    Wrong(
      testDescription: "the output is what a source includes",
      arguments: ["-o", "included.txt"],
      files: ["requirements.in": "-r included.txt\n", "included.txt": "a>=1\n"], status: 2,
      errors: """
        error: the output `included.txt` is read too: it is included by a source, or a file of `--override`
        hint: name another by `--output-file`

        """),
    Wrong(
      testDescription: "a path where a URL is wanted", files: ["requirements.in": "a @ ./a\n"], status: 2,
      errors: """
        error: requirements.in:1:1: `./a`: it is no URL; write a path alone, `./app`, or as `name @ file:///…`

        """),
    Wrong(
      testDescription: "an unknown option", arguments: ["--hashes"], status: 2,
      errors: """
        Error: Unknown option '--hashes'
        Usage: repin compile [<options>] [<sources> ...]
          See 'repin compile --help' for more information.

        """),
    Wrong(
      testDescription: "a resolver that there isn't", arguments: ["--resolver", "legacy"], status: 2,
      errors: """
        Error: `--resolver=legacy`: there is only the backtracking one
        Usage: repin compile [<options>] [<sources> ...]
          See 'repin compile --help' for more information.

        """),
    Wrong(
      testDescription: "options for pip that can't be passed on",
      arguments: ["--pip-args", "--progress-bar off"],
      status: 2,
      errors: """
        error: `--pip-args`: Unknown option '--progress-bar'
        hint: only index options can be passed on: `--index-url`, `--extra-index-url`, `--trusted-host`, …

        """),
    Wrong(
      testDescription: "an unknown project", files: ["requirements.in": "b\nflsk\n"], status: 1,
      errors: """
        error: the requirements can't be met
          Because your requirements ask for flsk (requirements.in:2), which no index has, your requirements can't \
        be met.
        hint: `flsk` may be misspelt, or on an index that isn't asked: `--extra-index-url`

        """),
    Wrong(
      testDescription: "an unknown project near one that is asked for",
      files: ["requirements.in": "flask-login\nflask-logn\n"], status: 1,
      errors: """
        error: the requirements can't be met
          Because your requirements ask for flask-logn (requirements.in:2), which no index has, your requirements \
        can't be met.
        hint: no index has `flask-logn`; did you mean `flask-login`?

        """),
    Wrong(
      testDescription: "requirements that contradict each other", files: ["requirements.in": "b\na<1\n"],
      status: 1,
      errors: """
        error: the requirements can't be met
          Because your requirements ask for a<1 (requirements.in:2), which no release matches (the newest is 1.0), \
        your requirements can't be met.
        hint: raise `a<1` (requirements.in:2): the oldest release is 1.0

        """),
    Wrong(
      testDescription: "no interpreter",
      arguments: ["--python", "python9"], status: 2,
      errors: """
        error: `--python python9`: no `python9` on PATH
        hint: name a Python's executable, or use `--python-version` and `--python-platform`

        """),
    Wrong(
      testDescription: "no index", environment: ["REPIN_INDEX_URL": ""], status: 2,
      errors: """
        error: no index address: neither an option, nor the environment, nor pip's configuration gives one
        hint: give one with `--index-url`, `REPIN_INDEX_URL` or `PIP_INDEX_URL`, or name a Python that has pip

        """),
  ]

  @Test(arguments: cases) func says(_ wrong: Wrong) async throws {
    var fixture = try await CommandFixture()
    fixture.environment = wrong.environment
    fixture.server.serve("a", "1.0")
    fixture.server.serve("b", "1.0", requires: ["a>=1"])
    fixture.server.serve("flask-login", "1.0")
    fixture.directory.write("requirements.in", "a\n")
    fixture.directory.write("requirements.txt", "a==0.9\n")
    if let name = wrong.without { fixture.directory.remove(name) }
    for (name, text) in wrong.files { fixture.directory.write(name, text) }
    let outcome = try await fixture.run(["compile"] + CommandFixture.target + wrong.arguments)
    #expect(outcome == .init(status: wrong.status, output: "", errors: wrong.errors))
    #expect(fixture.directory.text("requirements.txt") == "a==0.9\n")
    for (name, text) in wrong.files { #expect(fixture.directory.text(name) == text) }
    #expect(fixture.directory.names().filter { $0.hasPrefix(".requirements") } == [])
  }
}
