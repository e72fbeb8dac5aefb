import Testing
import UpdatePolicy

@testable import Scheduling

/// Words that mean something to somebody on their way to the command.
enum Hostile {
  static let words = [
    "a b", "it's", "say \"x\"", "100%", "\\%", "\\\\%", "%\\", "a\\", "$HOME", "${HOME}", "$(id)", "`id`",
    "${{ github.token }}",
    "$${{x}}", "$[[ inputs.x ]]", "a;b", ";", "&& rm -rf /", "| sh", "> /etc/passwd", "#no", "a #b", "~root",
    "*", "[a]",
    "{a,b}", "!x", "", "-rf",
    "--", "A=b", "%i", "%%", "%h/x", "é ü", "日本語", ": x", "- x", "*a", "&a", "!!str x", "'\\''", "'%'",
    "\\'%", "'",
    "\\$", "$'\\n'", "@x", "+x", "a,b", "\\u0041", "\u{1F600}%${",
  ]
  static let unprintable = [
    "a\nb", "a\rb", "a\tb", "a\0b", "\u{1B}[31m", "\u{202E}x", "\u{85}", "\u{2028}", "\u{200B}", "a\u{FFFE}b",
    "👩\u{200D}👧",
  ]
}

@Suite struct QuotingTests {
  private static func run(
    _ words: [String], directory: String = "/srv/app", lockfiles: [String] = [],
    details: ScheduledCommand.Details = .init()
  ) throws -> ScheduledCommand {
    try ScheduledCommand(
      command: ["repin"] + words, directory: directory, lockfiles: lockfiles, schedule: Schedule(),
      rules: .utc,
      now: Zones.now, details: details)
  }

  @Test(arguments: Hostile.words) func aShellTakesAWordAsItIs(_ word: String) throws {
    #expect(Words.shell(ShellText.quoted(word)) == [word])
    #expect(!ShellText.quoted(word).contains("${") && !ShellText.quoted(word).contains("$["))
    #expect(Words.shell(ShellText.command([word, "x", word])) == [word, "x", word])
  }

  @Test(arguments: Hostile.words) func cronTakesAWordAsItIs(_ word: String) throws {
    let line = try Crontab(Self.run([word], directory: "/srv/\(word)")).line
    let command = Words.cron(line.split(separator: " ", maxSplits: 5)[5].description)
    #expect(!command.hasInput)
    #expect(Words.shell(command.command) == ["cd", "/srv/\(word)", "&&", "repin", word])
  }

  @Test(arguments: Hostile.words) func systemdTakesAWordAsItIs(_ word: String) throws {
    let service = try SystemdUnits(Self.run([word, "x"], lockfiles: ["a" + word])).service
    let line = try #require(service.split(separator: "\n").first { $0.hasPrefix("ExecStart=") })
    #expect(Words.systemd(String(line.dropFirst(10))) == ["repin", word, "x", "a" + word])
    #expect(service.split(separator: "\n").count == 25)
  }

  @Test(arguments: Hostile.words) func systemdTakesADirectoryAsItIs(_ word: String) throws {
    let path = "/srv/" + word
    let made = Result { try SystemdUnits(Self.run([], directory: path)).service }
    if word.hasSuffix("\\") {
      #expect(throws: ScheduleError(.systemd, .meaning(.directory, path, character: "\\"))) { try made.get() }
      return
    }
    let line = try #require(try made.get().split(separator: "\n").first { $0.hasPrefix("WorkingDirectory=") })
    var text = String(line.dropFirst(17))
    #expect(text.filter { $0 == "%" }.count == path.filter { $0 == "%" }.count * 2)
    text.replace("%%", with: "%")
    #expect(text == path)
  }

  @Test(arguments: Hostile.words) func workflowsTakeAWordAsItIs(_ word: String) throws {
    let text = try GitHubWorkflow(Self.run([word], directory: ".")).text
    let steps = try #require(YAMLValue(text)["jobs"]?["repin"]?["steps"]).items
    let run = try #require(steps.first { $0["name"]?.text == "Run repin" }?["run"]?.text)
    #expect(Words.shell(String(run.dropLast())) == ["repin", word])
    // None but those that are there without it.
    let expressions = try GitHubWorkflow(Self.run([], directory: ".")).text.matches(of: #/\$\{\{/#).count
    #expect(text.matches(of: #/\$\{\{/#).count == expressions)
    let job = try #require(YAMLValue(try GitLabJob(Self.run([word], directory: ".")).text)["repin"])
    #expect(Words.shell(try #require(job["script"]?.items.last?.text)) == ["repin", word])
  }

  @Test(arguments: Hostile.words + Hostile.unprintable) func yamlTakesATextAsItIs(_ word: String) throws {
    #expect(try YAMLValue("a: \(YAMLText.quoted(word))\nb: x\n")["a"] == .text(word))
    #expect(try YAMLValue("- \(YAMLText.quoted(word))\n").items == [.text(word)])
  }

  @Test(arguments: Hostile.unprintable) func whatIsNotSeenIsRefused(_ text: String) {
    func fails(_ part: ScheduleError.Part, _ make: () throws -> ScheduledCommand) {
      #expect(throws: ScheduleError(nil, .unprintable(part, text)), performing: make)
    }
    fails(.command) { try Self.run([text]) }
    fails(.directory) { try Self.run([], directory: text) }
    fails(.lockfile) { try Self.run([], lockfiles: [text]) }
    var details = ScheduledCommand.Details()
    details.searchPath = text
    fails(.searchPath) { try Self.run([], details: details) }
    details.searchPath = nil
    details.installation = [text]
    fails(.installation) { try Self.run([], details: details) }
    let words = "\(ScheduleError(nil, .unprintable(.command, text)))"
    #expect(words.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7F && $0 != "\u{202E}" })
  }

  @Test func partsAreBounded() {
    let long = String(repeating: "a", count: 4_097)
    #expect(throws: ScheduleError(nil, .tooLong(.command, limit: 4_096))) { try Self.run([long]) }
    #expect(throws: ScheduleError(.cron, .line(length: 1_013, limit: 990))) {
      try Crontab(Self.run([String(repeating: "%", count: 495)]))
    }
    #expect(throws: ScheduleError(nil, .empty(.directory))) { try Self.run([], directory: "") }
    #expect(throws: ScheduleError(nil, .empty(.lockfile))) { try Self.run([], lockfiles: [""]) }
    #expect(throws: ScheduleError(nil, .empty(.command))) {
      try ScheduledCommand(
        command: [], directory: "/", lockfiles: [], schedule: Schedule(), rules: .utc, now: 0)
    }
  }

  @Test(arguments: ["app", "./app", "~/app"]) func theMachinesSchedulersNeedAllOfAPath(_ path: String) {
    #expect(throws: ScheduleError(.cron, .relative(path))) { try Crontab(Self.run([], directory: path)) }
    #expect(throws: ScheduleError(.systemd, .relative(path))) {
      try SystemdUnits(Self.run([], directory: path))
    }
  }

  @Test(arguments: ["/srv", "../x", "a/../..", "~"]) func pipelinesStayInTheRepository(_ path: String) {
    #expect(throws: ScheduleError(.github, .outsideRepository(path))) {
      try GitHubWorkflow(Self.run([], directory: path))
    }
    #expect(throws: ScheduleError(.gitlab, .outsideRepository(path))) {
      try GitLabJob(Self.run([], directory: path))
    }
  }

  @Test(arguments: [
    ("a/*", "*"), ("!a", "!"), ("#a", "#"), ("${{ x }}", "{"), ("a?", "?"), ("a\\b", "\\"), (" a", " "),
  ])
  func lockfilesAreNoPatterns(_ path: String, _ mark: String) {
    #expect(throws: ScheduleError(.github, .meaning(.lockfile, path, character: mark))) {
      try GitHubWorkflow(Self.run([], directory: ".", lockfiles: [path]))
    }
    #expect(throws: ScheduleError(.gitlab, .meaning(.lockfile, path, character: mark))) {
      try GitLabJob(Self.run([], directory: ".", lockfiles: [path]))
    }
  }

  @Test func expressionsAreRefusedWhereNothingQuotesThem() {
    #expect(throws: ScheduleError(.github, .meaning(.directory, "${{ x }}", character: "${{"))) {
      try GitHubWorkflow(Self.run([], directory: "${{ x }}"))
    }
    var details = ScheduledCommand.Details()
    details.installation = ["echo ${{ x }}"]
    #expect(throws: ScheduleError(.github, .meaning(.installation, "echo ${{ x }}", character: "${{"))) {
      try GitHubWorkflow(Self.run([], directory: ".", details: details))
    }
  }

  @Test(arguments: [("-x", "-"), ("@x", "@"), ("a/b", "/"), ("/a$b", "$"), ("!x", "!")])
  func systemdRefusesPrograms(_ program: String, _ mark: String) throws {
    let run = try ScheduledCommand(
      command: [program], directory: "/", lockfiles: [], schedule: Schedule(), rules: .utc, now: 0)
    #expect(throws: ScheduleError(.systemd, .meaning(.command, program, character: mark))) {
      try SystemdUnits(run)
    }
  }

  @Test(arguments: ["a b", "-x", "a\nb", "", "%u", "1a", "a:b", String(repeating: "a", count: 33)])
  func systemdRefusesUsers(_ name: String) throws {
    var details = ScheduledCommand.Details()
    details.user = name
    #expect(throws: ScheduleError(.systemd, .user(name))) { try SystemdUnits(Self.run([], details: details)) }
  }

  /// A file whose name begins with a dash is no option, and the directory is one for the shell alone.
  @Test func lockfilesAreNoOptions() throws {
    let line = try Crontab(Self.run(["run"], lockfiles: ["-rf", "b c.txt"])).line
    #expect(line == "0 6 * * 1 cd /srv/app && repin run ./-rf 'b c.txt'")
  }

  @Test(arguments: ["\"/bin", "/bin\"", "/bin ", "'x"]) func cronRefusesSearchPaths(_ path: String) throws {
    var details = ScheduledCommand.Details()
    details.searchPath = path
    #expect(throws: ScheduleError.self) { try Crontab(Self.run([], details: details)) }
  }
}
