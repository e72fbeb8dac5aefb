import Testing

@testable import RequirementsFiles

/// What reading gives beside what pip's parser tells: origins, warnings, written forms.
@Suite struct RequirementsReaderTests {
  struct OriginRow: Sendable {
    var top: String
    var style: RequirementsReader.NestedOrigin = .joined
    var origins: [String]
  }

  static let files: KeyValuePairs<String, String> = [
    "r.in": "six\n-r sub/a.in\n-c ./c.txt\n", "sub/a.in": "attrs\n-c ../c.txt\n-r ../sub/./b.in",
    "sub/b.in": "idna",
    "c.txt": "yarl<9", "-": "six\n-c c.txt",
    "https://h.example/x/r.txt": "six\n-r ../a.txt\n-c https://h.example/c.txt",
    "https://h.example/a.txt": "idna", "https://h.example/c.txt": "yarl<9",
    "u.in": "-r https://u:${PW}@h.example/c.txt",
    "https://u:secret@h.example/c.txt": "x", "abs.in": "-c /project/c.txt",
  ]

  @Test(arguments: [
    OriginRow(
      top: "r.in", origins: ["-r r.in", "-r sub/a.in", "-c sub/../c.txt", "-r sub/../sub/b.in", "-c c.txt"]),
    OriginRow(
      top: "./r.in", origins: ["-r r.in", "-r sub/a.in", "-c sub/../c.txt", "-r sub/../sub/b.in", "-c c.txt"]),
    OriginRow(
      top: "sub/../r.in",
      origins: [
        "-r sub/../r.in", "-r sub/../sub/a.in", "-c sub/../sub/../c.txt", "-r sub/../sub/../sub/b.in",
        "-c sub/../c.txt",
      ]),
    OriginRow(
      top: "/project/r.in",
      origins: [
        "-r /project/r.in", "-r /project/sub/a.in", "-c /project/sub/../c.txt", "-r /project/sub/../sub/b.in",
        "-c /project/c.txt",
      ]),
    OriginRow(top: "../project/sub/b.in", origins: ["-r ../project/sub/b.in"]),
    OriginRow(top: "abs.in", origins: ["-c /project/c.txt"]),
    OriginRow(top: "-", origins: ["-r -", "-r -"]),
    OriginRow(
      top: "https://h.example/x/r.txt",
      origins: ["-r https://h.example/x/r.txt", "-r https://h.example/a.txt", "-c https://h.example/c.txt"]),
    OriginRow(top: "u.in", origins: ["-r https://u:${PW}@h.example/c.txt"]),
    // as pip-compile 7.6.2 with pip 26.3 shows the same files
    OriginRow(
      top: "r.in", style: .normalized,
      origins: ["-r r.in", "-r sub/a.in", "-c c.txt", "-r sub/b.in", "-c c.txt"]),
    OriginRow(
      top: "sub/../r.in", style: .normalized,
      origins: ["-r sub/../r.in", "-r sub/a.in", "-c c.txt", "-r sub/b.in", "-c c.txt"]),
    OriginRow(
      top: "/project/sub/../r.in", style: .normalized,
      origins: [
        "-r /project/sub/../r.in", "-r /project/sub/a.in", "-c /project/c.txt", "-r /project/sub/b.in",
        "-c /project/c.txt",
      ]),
    OriginRow(
      top: "../project/r.in", style: .normalized,
      origins: ["-r ../project/r.in", "-r sub/a.in", "-c c.txt", "-r sub/b.in", "-c c.txt"]),
  ]) func origins(_ row: OriginRow) throws {
    let project = Project(Self.files, environment: ["PW": "secret"])
    let input = try project.reader(nestedOrigin: row.style).read([row.top])
    #expect(input.entries.map(\.origin.description) == row.origins)
  }

  @Test func constraintsOfTheCommandLine() throws {
    let input = try Project(Self.files).reader().read(["sub/b.in"], constraints: ["c.txt"])
    #expect(input.requirements.map(\.origin) == [.requirements("sub/b.in")])
    #expect(input.constraints.map(\.origin) == [.constraints("c.txt")])
    #expect(input.files == ["sub/b.in", "c.txt"])
  }

  @Test(
    arguments: [
      ("-e ./pkg ; python_version > '3'", "r.in:1:10: `; python_version > '3'` is ignored, as pip does"),
      ("-r b.in c.in", "r.in:1:9: `c.in` is ignored, as pip does"),
      ("-r b.in --pre", "r.in:1:9: `--pre` has no effect on this line"),
      ("six --pre", "r.in:1:5: `--pre` has no effect on this line"),
      ("-e ./pkg --hash=sha256:1", "r.in:1:10: `--hash` has no effect on this line"),
      ("--hash=sha256:1", "r.in:1:1: `--hash` belongs to no requirement and is ignored"),
      ("-f a -f b", "r.in:1:6: `--find-links` has no effect on this line"),
      ("six\nx.zip", "r.in:2:1: `x.zip` looks like an archive, and there is no such file"),
      (
        "-i https://u:p@h.example/",
        "r.in:1:4: `https://u:****@h.example/` holds a credential; write it as `${VARIABLE}`"
      ),
      (
        "x @ https://token@h.example/x.zip",
        "r.in:1:1: `https://****@h.example/x.zip` holds a credential; write it as `${VARIABLE}`"
      ),
      ("-i https://u:${PW}@h.example/", nil),
      ("six # c", nil),
      ("--pre\n--no-binary x", nil),
      ("six --no-binary six", nil),
      ("-e git+ssh://git@h.example/r.git#egg=r", nil),
    ] as [(String, String?)]) func warnings(_ text: String, _ warning: String?) throws
  {
    let project = Project(
      ["r.in": text, "b.in": "six", "pkg/setup.py": ""], environment: ["PW": "secret"])
    let input = try project.reader().read(["r.in"])
    #expect(input.warnings.map(\.description) == (warning.map { [$0] } ?? []))
  }

  struct WrittenRow: Sendable {
    var line: String
    var text: String
    var url: String?
    var writtenURL: String?
  }

  @Test(arguments: [
    WrittenRow(line: "flask >= 2 # c", text: "flask >= 2"),
    WrittenRow(line: "flask>=2 ; os_name == 'nt' --hash=sha256:1", text: "flask>=2 ; os_name == 'nt'"),
    WrittenRow(
      line: "x @ https://u:${PW}@h.example/x.zip", text: "x @ https://u:${PW}@h.example/x.zip",
      url: "https://u:secret@h.example/x.zip", writtenURL: "https://u:${PW}@h.example/x.zip"),
    WrittenRow(
      line: "https://u:${PW}@h.example/x.zip#egg=x ; os_name == 'nt'",
      text: "https://u:${PW}@h.example/x.zip#egg=x ; os_name == 'nt'",
      url: "https://u:secret@h.example/x.zip#egg=x", writtenURL: "https://u:${PW}@h.example/x.zip#egg=x"),
    WrittenRow(line: "./pkg[dev]", text: "./pkg[dev]", url: "file:///project/pkg"),
    WrittenRow(line: "./a%20b", text: "./a%20b", url: "file:///project/a%2520b"),
    WrittenRow(line: "-e ./pkg[dev]", text: "./pkg[dev]", url: "file:///project/pkg"),
    WrittenRow(line: "-e './with space'", text: "'./with space'", url: "file:///project/with%20space"),
    WrittenRow(
      line: "-e git+https://${PW}@h.example/r#egg=r", text: "git+https://${PW}@h.example/r#egg=r",
      url: "git+https://secret@h.example/r#egg=r", writtenURL: "git+https://${PW}@h.example/r#egg=r"),
    WrittenRow(
      line: "--editable='x @ git+https://${PW}@h.example/r'", text: "'x @ git+https://${PW}@h.example/r'",
      url: "git+https://secret@h.example/r", writtenURL: "git+https://${PW}@h.example/r"),
  ]) func writtenForms(_ row: WrittenRow) throws {
    let project = Project(
      ["r.in": row.line, "pkg/setup.py": "", "with space/setup.py": "", "a%20b/setup.py": ""],
      environment: ["PW": "secret"])
    let entry = try #require(try project.reader().read(["r.in"]).entries.first)
    #expect(entry.text == row.text)
    #expect(entry.url == row.url)
    #expect(entry.writtenURL == row.writtenURL)
  }

  @Test func optionsKeepTheirWrittenForm() throws {
    let project = Project(
      [
        "r.in": "-i https://u:${PW}@h.example/\n-f links\n--extra-index-url \"https://${PW}@h.example/\"",
        "links/x": "",
      ],
      environment: ["PW": "secret"])
    let options = try project.reader().read(["r.in"]).options
    #expect(options.indexURL?.value == "https://u:secret@h.example/")
    #expect(options.indexURL?.output == "https://u:${PW}@h.example/")
    #expect(options.extraIndexURLs.map(\.value) == ["https://secret@h.example/"])
    #expect(options.findLinks == [OptionValue("/project/links")])
    let text = Lockfile(header: nil, options: options, pins: []).text
    #expect(!text.contains("secret"))
  }

  @Test(
    arguments: [
      ("six[x]", nil), ("./pkg", .unnamedConstraint), ("six", nil),
      ("x @ https://h.example/x.zip", nil),
    ]
      as [(String, RequirementsFileError.Reason?)])
  func constraintProblems(_ line: String, _ reason: RequirementsFileError.Reason?) throws {
    let input = try Project(["c.txt": line, "pkg/setup.py": ""]).reader().read([], constraints: ["c.txt"])
    #expect(input.entries.map(\.constraintProblem?.reason) == [reason])
  }
}
