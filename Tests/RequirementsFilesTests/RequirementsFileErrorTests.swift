import Testing

@testable import RequirementsFiles

/// Where and how reading goes wrong. In a row's text `👉` marks the place the error must name.
@Suite struct RequirementsFileErrorTests {
  struct Row: Sendable, CustomTestStringConvertible {
    var text: String
    var reason: RequirementsFileError.Reason
    var found: String
    var expected: String
    var remedy: String?

    init(
      _ text: String, _ reason: RequirementsFileError.Reason, found: String, expected: String,
      remedy: String? = nil
    ) {
      self.text = text
      self.reason = reason
      self.found = found
      self.expected = expected
      self.remedy = remedy
    }

    var testDescription: String { text }
  }

  static let rows = [
    Row(
      "flask\n👉--frobnicate\n", .unknownOption, found: "the option `--frobnicate`",
      expected: "an option of requirements files"),
    Row(
      "flask 👉--hsh=sha256:1", .unknownOption, found: "the option `--hsh`",
      expected: "an option of requirements files", remedy: "did you mean `--hash`?"),
    Row(
      "flask 👉--global-option=x", .unknownOption, found: "the option `--global-option`",
      expected: "an option of requirements files", remedy: "pip dropped it; use `--config-settings`"),
    Row("👉-x", .unknownOption, found: "the option `-x`", expected: "an option of requirements files"),
    Row(
      "👉--pr", .ambiguousOption, found: "`--pr`", expected: "one of `--prefer-binary`, `--pre`"),
    Row("-r👉", .missingValue, found: "the end of the line", expected: "a value for `-r`"),
    Row(
      "  --index-url👉  # c", .missingValue, found: "the end of the line",
      expected: "a value for `--index-url`"),
    Row("--pre👉=x", .unexpectedValue, found: "a value for `--pre`", expected: "the flag alone"),
    Row(
      "flask --hash=👉md5:x", .invalidValue, found: "`md5:x`",
      expected: "`sha256`, `sha384` or `sha512` before the colon"),
    Row("flask --hash 👉abc", .invalidValue, found: "`abc`", expected: "a hash like `sha256:…`"),
    Row("flask --hash=👉", .invalidValue, found: "no value for `--hash`", expected: "a hash like `sha256:…`"),
    Row(
      "flask \\\n  --hash=sha256:1 \\\n  --hash=👉sha1:2\n", .invalidValue, found: "`sha1:2`",
      expected: "`sha256`, `sha384` or `sha512` before the colon"),
    Row("flask --config-settings 👉a", .invalidValue, found: "`a`", expected: "`KEY=VALUE`"),
    Row("--no-binary 👉-x", .invalidValue, found: "`-x`", expected: "package names, `:all:` or `:none:`"),
    Row(
      "-i 👉'https://x", .unclosedQuote, found: "an opening `'`",
      expected: "the closing one before the line ends"),
    Row(
      "é -e 👉\"x", .unclosedQuote, found: "an opening `\"`", expected: "the closing one before the line ends"),
    Row(
      "flask👉=2", .invalidRequirement, found: "`=`",
      expected: "one of `==`, `!=`, `<=`, `>=`, `<`, `>`, `~=`, `===`", remedy: "write `==` for one version"),
    Row(
      "# c\n\n  fla👉 sk".replacing("👉 ", with: " 👉"), .invalidRequirement, found: "`s`",
      expected: "a version specifier, `;` or the end"),
    Row(
      "flask \\\n  >=1 \\\n  👉nonsense\n", .invalidRequirement, found: "`n`", expected: "`,`, `;` or the end"),
    Row(
      "flask~=👉2", .invalidRequirement, found: "`2`",
      expected: "a version specifier (`~=` needs a version of at least two numbers, such as `~=1.0`)"),
    Row(
      "flask>=1,>=2👉.*", .invalidRequirement, found: "`.*`",
      expected: "a version specifier (`.*` is not allowed after `>=`)"),
    Row(
      "flask>=👉${NAME}", .invalidRequirement, found: "`${NAME}`",
      expected: "a version specifier (expected a digit, found `a`)"),
    Row(
      "flask👉-", .invalidRequirement, found: "`-`",
      expected: "a name (a name must begin and end with a letter or a digit, not `-`)"),
    Row("flask[a,👉!]", .invalidRequirement, found: "`!`", expected: "an extra's name"),
    Row(
      "flask ; 👉nonsense == '1'", .invalidMarker, found: "`n`",
      expected: "a marker variable or a quoted string"),
    Row(
      "flask ; os_name == 'nt' or (👉python_version ~= '3')", .invalidMarker, found: "`python_version`",
      expected:
        "a variable on one side, and `~=` or `===` only with a version (`~=`: of two numbers or more)"
    ),
    Row(
      "flask ; 👉'a' == 'b'", .invalidMarker, found: "`'a'`",
      expected:
        "a variable on one side, and `~=` or `===` only with a version (`~=`: of two numbers or more)"
    ),
    Row(
      "flask ; python_version < '3' \\\n and👉", .invalidMarker, found: "the end",
      expected: "a marker variable or a quoted string"),
    Row("${NAME}[👉!", .invalidRequirement, found: "`!`", expected: "an extra's name"),
    Row(
      "x @ 👉https://[::1/x".replacing("x @ 👉", with: "👉x @ "), .invalidURL,
      found: "a URL whose brackets don't match", expected: "a URL"),
    Row(
      "👉file://other.example/x", .invalidURL, found: "the host `other.example` in a `file:` URL",
      expected: "`file:///` and an absolute path"),
    Row(
      "👉https://h.example/x#egg=a[b]", .invalidEggFragment, found: "`#egg=a[b]`",
      expected: "a project's name alone", remedy: "write it as `name[extras] @ URL`"),
    Row(
      "👉https://h.example/x.whl", .invalidWheelFilename, found: "`x.whl`",
      expected: "a wheel's file name, `name-version-python-abi-platform.whl`"),
    Row(
      "👉./empty", .notInstallable, found: "the directory `./empty`",
      expected: "a directory with a `pyproject.toml` or a `setup.py`"),
    Row(
      "👉./nowhere", .invalidRequirement, found: "`./nowhere`",
      expected: "a requirement, a URL, or the path of a directory or an archive that is there"),
    Row(
      "-e 👉flask", .invalidEditable, found: "`flask`",
      expected: "the path of a local project or a version control URL, `git+https://…`"),
    Row(
      "-e 👉git+https://u:p@h.example/r", .invalidEditable,
      found: "`git+https://u:****@h.example/r` without a name", expected: "the project's name",
      remedy: "write it as `name @ URL`"),
    Row(
      "-r 👉nowhere.in".replacing("-r 👉", with: "👉-r "), .missingFile, found: "no file `nowhere.in`",
      expected: "a requirements file"),
    Row(
      "flask\n  👉-c nowhere.txt", .missingFile, found: "no file `nowhere.txt`", expected: "a constraints file"
    ),
    Row(
      "👉-r empty", .unreadableFile, found: "`empty`, which can't be read (it is a directory)",
      expected: "a requirements file"),
    Row("👉-r r.in", .includeCycle, found: "`r.in` → `r.in`", expected: "files that don't include themselves"),
    Row("é\u{0301}flask", .invalidRequirement, found: "`é\u{0301}`", expected: "a package name"),
  ]

  @Test(arguments: rows) func namesThePlace(_ row: Row) throws {
    let (text, line, column) = Self.unmark(row.text)
    let project = Project(
      ["r.in": Array(text.utf8), "empty/readme": []], environment: ["NAME": "a-very-long-name"])
    let error = try #require(throws: RequirementsFileError.self) { try project.reader().read(["r.in"]) }
    #expect(error.location == SourceLocation(file: "r.in", line: line, column: column))
    #expect(error.reason == row.reason)
    #expect(error.found == row.found)
    #expect(error.expected == row.expected)
    #expect(error.remedy == row.remedy)
    #expect(error.description == "r.in:\(line):\(column): found \(row.found), expected \(row.expected)")
  }

  /// Takes the mark out; line and column in scalars.
  static func unmark(_ marked: String) -> (text: String, line: Int, column: Int) {
    var text = String.UnicodeScalarView()
    var place = (line: 1, column: 1)
    var current = (line: 1, column: 1)
    for scalar in marked.unicodeScalars {
      if scalar == "👉" {
        place = current
        continue
      }
      text.append(scalar)
      current = scalar == "\n" ? (current.line + 1, 1) : (current.line, current.column + 1)
    }
    return (String(text), place.line, place.column)
  }

  @Test func namesTheIncludingLines() throws {
    let project = Project(["r.in": "\n-r sub/a.in\n", "sub/a.in": "flask\n -c ../c.txt", "c.txt": "x\ny\n!"])
    let error = try #require(throws: RequirementsFileError.self) { try project.reader().read(["r.in"]) }
    #expect(
      error.description == """
        sub/../c.txt:3:1: found `!`, expected a package name (included from sub/a.in:2:2, from r.in:2:1)
        """)
  }

  @Test func namesTheChainOfACycle() throws {
    let project = Project(["r.in": "-r a.in", "a.in": "-c sub/b.in", "sub/b.in": "six\n-r ../r.in"])
    let error = try #require(throws: RequirementsFileError.self) { try project.reader().read(["r.in"]) }
    #expect(error.reason == .includeCycle)
    #expect(error.found == "`r.in` → `a.in` → `sub/b.in` → `sub/../r.in`")
    #expect(error.location == SourceLocation(file: "sub/b.in", line: 2, column: 1))
  }

  @Test func missingTopFile() throws {
    let error = try #require(throws: RequirementsFileError.self) { try Project([:]).reader().read(["r.in"]) }
    #expect(error.description == "r.in: found no file `r.in`, expected a requirements file")
  }

  @Test(arguments: [
    ([0x61, 0x0A, 0x62, 0xFF], "r.in:2:2: found a byte 0xFF that isn't UTF-8, expected UTF-8 text"),
    ([0x61, 0xC3], "r.in:1:2: found a byte 0xC3 that isn't UTF-8, expected UTF-8 text"),
    ([0x61, 0x0A, 0x00], "r.in:2:1: found a NUL byte, expected text"),
    (
      [0xFF, 0xFE, 0x00, 0xD8],
      "r.in:1:1: found bytes that aren't UTF-16, expected the text its byte order mark promises"
    ),
    (
      [0xFF, 0xFE, 0x61],
      "r.in:1:1: found bytes that aren't UTF-16, expected the text its byte order mark promises"
    ),
    (
      Array("# c\n# coding: utf-7\n".utf8),
      "r.in:2:11: found the encoding `utf-7`, expected `utf-8`, `latin-1` or `ascii`"
    ),
    (
      Array("# coding=ascii\né".utf8),
      "r.in:2:1: found a byte 0xC3 that isn't ASCII, expected ASCII text, as the file declares"
    ),
  ]) func undecodable(_ bytes: [UInt8], _ description: String) throws {
    let project = Project(["r.in": bytes])
    let error = try #require(throws: RequirementsFileError.self) { try project.reader().read(["r.in"]) }
    #expect(error.description == description)
  }

  @Test func boundsWhatItReads() throws {
    var limits = RequirementsReader.Limits()
    limits.bytesPerFile = 10
    limits.depth = 3
    limits.files = 5
    func reason(_ files: KeyValuePairs<String, String>) -> RequirementsFileError.Reason? {
      do throws(RequirementsFileError) {
        _ = try Project(files).reader(limits: limits).read(["r"])
        return nil
      } catch {
        return error.reason
      }
    }
    #expect(reason(["r": "flask\ndjango"]) == .tooLarge)
    #expect(reason(["r": "flask\nsix\n"]) == nil)
    #expect(reason(["r": "-r a", "a": "-r b", "b": "x"]) == nil)
    #expect(reason(["r": "-r a", "a": "-r b", "b": "-r c", "c": "x"]) == .tooDeep)
    #expect(reason(["r": "-r a\n-r a", "a": "-r b\n-r b", "b": "x"]) == .tooManyFiles)
  }

  /// No bytes make the reader trap, and every fault has a place.
  @Test func survivesAnyBytes() {
    var random = SplitMix(state: 7)
    let pieces = [
      "flask", "-r ", "--hash=sha256:1", "\\\n", " ; ", "'", "\"", "#", " @ ", "https://[", "]", "[", "${X}",
      "${", "\r", "\u{85}",
      "-e ", "./pkg", "--", "-", "é", "\u{0301}", "=", "==1", "==", "\n", " ", "\t", "//", "#egg=", ".whl",
      "\\", ":",
    ]
    for _ in 0..<4000 {
      let count = Int.random(in: 0...12, using: &random)
      let text = (0..<count).map { _ in pieces[Int.random(in: pieces.indices, using: &random)] }.joined()
      do throws(RequirementsFileError) {
        let project = Project(["r": Array(text.utf8), "pkg/setup.py": []], environment: ["X": "a\\ 'b # \n"])
        for entry in try project.reader().read(["r"]).entries {
          #expect(entry.location.line > 0 && entry.location.column > 0)
        }
      } catch {
        #expect(error.location.column > 0, "\(text.debugDescription)")
      }
      _ = LockfileContents(Array(text.utf8))
    }
  }
}

/// A small generator with a fixed seed.
struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var value = state
    value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
    return value ^ (value >> 31)
  }
}
