import PythonPackaging
import Testing

@testable import RequirementsFiles

/// What repin does where pip-tools is silent: secrets, control characters, warnings, line ends.
@Suite struct LockfileTests {
  @Test(arguments: [
    ("https://u:p@h.example/x", "https://u:****@h.example/x"),
    ("https://token@h.example/x", "https://****@h.example/x"),
    ("https://h.example/x", "https://h.example/x"),
    ("https://${U}:${P}@h.example/", "https://${U}:${P}@h.example/"),
    ("https://u:${P}@h.example/", "https://u:${P}@h.example/"),
    ("https://${U}:p@h.example/", "https://${U}:****@h.example/"),
    ("https://${T}@h.example/", "https://${T}@h.example/"),
    ("https://u:x${P}@h.example/", "https://u:****@h.example/"),
    ("git+ssh://git@h.example/r", "git+ssh://git@h.example/r"),
    ("git+ssh://git:p@h.example/r", "git+ssh://git:****@h.example/r"),
    ("https://a@b:c@h.example/", "https://a@b:****@h.example/"),
    ("https://h.example/a@b", "https://h.example/a@b"),
    ("https://h.example/?q=u:p@x", "https://h.example/?q=u:p@x"), ("./links", "./links"),
    ("https://u:****@h.example/", "https://u:****@h.example/"),
    ("https://****@h.example/", "https://****@h.example/"),
    ("https://u:p/q@h.example/x", "https://u:****@h.example/x"),
    ("https://u:p#q?r@h.example/x", "https://u:****@h.example/x"),
    ("https://h.example:81/a@b", "https://h.example:81/a@b"), ("http://[::1]/a@b", "http://[::1]/a@b"),
  ]) func redacts(_ url: String, _ expected: String) {
    #expect(URLCredentials.redacted(url) == expected)
    #expect(URLCredentials.areLiteral(in: url) == (url != expected))
  }

  @Test(arguments: [
    ("https://u:p@h.example/x", "https://u@h.example/x"),
    ("https://token@h.example/x", "https://h.example/x"),
    ("https://:p@h.example/x", "https://h.example/x"), ("https://h.example/x", "https://h.example/x"),
    ("https://${U}:${P}@h.example/", "https://${U}:${P}@h.example/"),
    ("https://${U}:p@h.example/", "https://${U}@h.example/"),
    ("https://u:${P}@h.example/", "https://u:${P}@h.example/"),
    ("https://u:x${P}@h.example/", "https://u@h.example/"),
    ("https://x${T}@h.example/", "https://h.example/"),
    ("git+ssh://git@h.example/r", "git+ssh://git@h.example/r"),
    ("git+ssh://git:p@h.example/r", "git+ssh://git@h.example/r"),
    ("git+https://t@h.example/r@v1#egg=r", "git+https://h.example/r@v1#egg=r"),
    ("https://u:****@h.example/", "https://u@h.example/"), ("https://****@h.example/", "https://h.example/"),
    ("https://u:p/q@h.example/x", "https://u@h.example/x"), ("./links", "./links"),
  ]) func leavesOut(_ url: String, _ expected: String) {
    #expect(URLCredentials.withoutLiteral(url) == expected)
  }

  @Test func neverWritesACredential() throws {
    var options = IndexOptions()
    options.indexURL = OptionValue("https://u:secret@h.example/")
    options.findLinks = [OptionValue("https://secret@h.example/")]
    let name = try PackageName("a")
    let pins = [
      LockedPin(name: name, source: .url("https://u:secret@h.example/a.zip")),
      LockedPin(name: try PackageName("b"), source: .editable("git+https://secret@h.example/b#egg=b")),
    ]
    let lockfile = Lockfile(header: nil, options: options, pins: pins)
    #expect(
      lockfile.text == """
        --index-url https://u@h.example/
        --find-links https://h.example/

        -e git+https://h.example/b#egg=b
        a @ https://u@h.example/a.zip

        """)
    #expect(
      lockfile.warnings
        == [
          "https://u:****@h.example/", "https://****@h.example/", "https://u:****@h.example/a.zip",
          "git+https://****@h.example/b#egg=b",
        ].map(Lockfile.Warning.redactedCredential))
  }

  @Test func noFieldEndsALine() throws {
    let evil = "x\nevil==1\r\u{85}\u{2028}\u{0B}\u{1B}[31m"
    var options = IndexOptions()
    options.indexURL = OptionValue(evil)
    options.findLinks = [OptionValue(evil)]
    options.trustedHosts = [evil]
    options.formatControl.addNoBinary(evil)
    let header = LockfileHeader(pythonMajor: 3, pythonMinor: 13, command: evil)
    for origin in [
      RequirementOrigin.requirements(evil), .constraints(evil), .project(name: evil, file: evil),
      .package(evil),
    ] {
      for source in [LockedPin.Source.version(evil), .arbitraryVersion(evil), .url(evil), .editable(evil)] {
        let pin = LockedPin(
          name: try PackageName("a"), source: source, marker: evil, hashes: [evil], origins: [origin])
        let unsafe = LockedPin(name: nil, source: .url(evil))
        let text = Lockfile(header: header, options: options, pins: [pin], unsafePins: [unsafe]).text
        let lines = text.split(separator: "\n").map { $0.drop { $0 == " " } }
        #expect(!lines.contains { $0.hasPrefix("evil") })
        #expect(!text.unicodeScalars.contains { $0 != "\n" && !PrintableText.isPrintable($0) })
      }
    }
  }

  @Test func aCommandOfSeveralLinesStaysAComment() {
    let header = LockfileHeader(pythonMajor: 3, pythonMinor: 9, command: "one\ntwo")
    #expect(Lockfile(header: header, pins: []).text.contains("\n#    one\n#    two\n#\n"))
  }

  @Test(arguments: [
    ("", "''"), ("a b", "'a b'"), ("it's", "'it'\"'\"'s'"),
    ("a-b_c.d/e@f%g+h=i:j,k", "a-b_c.d/e@f%g+h=i:j,k"), ("é", "'é'"),
    ("a\nb", "$'a\\nb'"), ("\u{1B}'\\", "$'\\033\\'\\\\'"),
  ]) func quotesForAShell(_ text: String, _ expected: String) {
    #expect(ShellWord.quoted(text) == expected)
  }

  @Test func dropsDefaultsAndOneOffs() {
    let options: [CompileCommandLine.Option] = [
      .init("-q"), .init("--offline"), .init("--check"), .init("--no-cache"), .init("--history", "x"),
      .init("--prerelease", "allow"),
      .init("--resolution", "highest"), .init("--config", "repin.toml"), .init("--no-generate-hashes"),
      .init("--no-index"),
      .init("-o", "a"), .init("--output-file", "b"), .init("--only-binary", "x"),
      .init("--only-binary", ":all:"),
    ]
    let line = CompileCommandLine(
      program: "repin compile", options: options, sources: ["-b.in", "a b.in"],
      defaults: [.init("--resolution", "highest")])
    #expect(
      line.description == """
        repin compile --no-generate-hashes --no-index --only-binary=:all: --only-binary=x --output-file=b --prerelease=allow -- 'a b.in' -b.in
        """)
  }

  @Test(arguments: [
    (Newline.Choice.preserve, ["a\r\nb\n", "c\n"], Newline.crlf), (.preserve, ["", "a", "c\r\n"], .crlf),
    (.preserve, ["a\n", "c\r\n"], .lf),
    (.preserve, [], .lf), (.preserve, ["a\rb"], .lf), (.lf, ["a\r\n"], .lf), (.crlf, ["a\n"], .crlf),
    (.native, ["a\r\n"], .lf),
  ]) func choosesTheLineEnd(_ choice: Newline.Choice, _ contents: [String], _ expected: Newline) {
    #expect(Newline(choice, contents: contents.map { Array($0.utf8) }) == expected)
  }

  @Test func namesTheChoices() {
    #expect(Newline.Choice(option: "crlf") == .crlf)
    #expect(Newline.Choice(option: "Preserve") == .preserve)
    #expect(Newline.Choice(option: "cr") == nil)
  }

  @Test func warnsOfWhatPipWillRefuse() throws {
    let hashed = LockedPin(name: try PackageName("b"), source: .version("1"), hashes: ["sha256:1"])
    let bare = LockedPin(name: try PackageName("a"), source: .url("git+https://h.example/a"))
    let unsafe = LockedPin(name: try PackageName("pip"), source: .version("24"))
    let lockfile = Lockfile(header: nil, pins: [hashed, bare], unsafePins: [unsafe])
    #expect(lockfile.warnings == [.unhashed("a"), .unpinnedUnsafe(["pip"])])
    #expect(Lockfile(header: nil, pins: [bare], unsafePins: [unsafe]).warnings.isEmpty)
  }

  @Test(arguments: [
    "-r requirements.in", "-c c.txt", "-r -", "My.Project (pyproject.toml)", "flask", "requests[socks]",
  ])
  func originsReadBack(_ text: String) {
    #expect(RequirementOrigin(text).description == text)
  }

  @Test func formatControlFollowsPip() throws {
    var control = FormatControl()
    control.addOnlyBinary(":all:")
    control.addNoBinary("LXML")
    #expect(control.allowed(of: try PackageName("lxml")) == .sourceOnly)
    #expect(control.allowed(of: try PackageName("six")) == .binaryOnly)
    control.addNoBinary(":none:")
    #expect(control.allowed(of: try PackageName("lxml")) == .binaryOnly)
    var release = ReleaseControl()
    #expect(release.allowsPreReleases(of: try PackageName("a")) == nil)
    release.addOnlyFinal("a")
    release.addPreReleases()
    #expect(release.allowsPreReleases(of: try PackageName("a")) == false)
    #expect(release.allowsPreReleases(of: try PackageName("b")) == true)
  }
}
