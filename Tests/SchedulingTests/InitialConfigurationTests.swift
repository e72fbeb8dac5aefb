import PythonPackaging
import TOMLReading
import Testing
import UpdatePolicy

@testable import Scheduling

@Suite struct InitialConfigurationTests {
  private static func read(_ survey: ProjectSurvey) throws -> TOMLTable {
    try TOMLDocument(Array(try InitialConfiguration(survey).text.utf8)).root
  }

  private static func texts(_ value: TOMLValue?) -> [String]? {
    guard case .array(let items)? = value else { return nil }
    return items.compactMap { if case .string(let text) = $0.value { text } else { nil } }
  }

  private static func layers(_ root: TOMLTable) -> [TOMLTable] {
    guard case .array(let items)? = root["compile"] else { return [] }
    return items.compactMap { if case .table(let table) = $0.value { table } else { nil } }
  }

  private static func schedule(_ root: TOMLTable) -> [String: String] {
    guard case .table(let table)? = root["schedule"] else { return [:] }
    return Dictionary(
      uniqueKeysWithValues: table.entries.map { entry in
        if case .string(let text) = entry.item.value { (entry.key, text) } else { (entry.key, "?") }
      })
  }

  @Test func anEmptyProjectHasTheDefaults() throws {
    let root = try Self.read(ProjectSurvey())
    #expect(root.keys == ["policy", "schedule"])
    guard case .table(let policy)? = root["policy"] else {
      Issue.record("no policy")
      return
    }
    #expect(policy.keys.isEmpty)
    #expect(Self.schedule(root) == ["window": "0 6 * * MON", "timezone": "UTC"])
  }

  /// What is commented out can be put in, and says what holds anyway.
  @Test func commentsAreConfiguration() throws {
    let text = try InitialConfiguration(ProjectSurvey()).text
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      line.hasPrefix("# ") && (line.contains(" = ") || line.hasPrefix("# ["))
        ? String(line.dropFirst(2)) : String(line)
    }
    let root = try TOMLDocument(Array(lines.joined(separator: "\n").utf8)).root
    #expect(root["generate-hashes"] == .boolean(true))
    #expect(Self.layers(root).map { Self.texts($0["sources"]) } == [["requirements.in"]])
    guard case .table(let policy)? = root["policy"], case .table(let due)? = policy["due"],
      case .array(let ignores)? = policy["ignore"], case .table(let ignore)? = ignores.first?.value
    else {
      Issue.record("no policy")
      return
    }
    let standard = Policy()
    #expect(policy.keys == ["max-days-behind", "max-pin-age", "cooldown", "due", "ignore"])
    #expect(policy["max-days-behind"] == .integer(standard.maxDaysBehind.days))
    #expect(policy["max-pin-age"] == .integer(standard.maxPinAge.days))
    guard case .string(let cooldown)? = policy["cooldown"] else {
      Issue.record("no cooldown")
      return
    }
    #expect(try PolicyDuration(cooldown) == standard.cooldown(for: .update))
    for entry in due.entries {
      guard case .string(let word) = entry.item.value else { continue }
      #expect(try standard.due[DueCause(entry.key)] == Due(word))
    }
    #expect(due.keys == ["critical", "medium"])
    #expect(ignore["id"] == .string("GHSA-abcd-2345-efgh"))
    #expect(ignore["until"] == .dateTime("2030-12-31"))
  }

  @Test func whatIsFoundIsWritten() throws {
    var survey = ProjectSurvey()
    survey.indexURL = "https://index.example/simple/"
    survey.extraIndexURLs = ["https://user:secret@other.example/simple/"]
    survey.pythonVersion = "3.12"
    survey.pipTools = .init(file: "pyproject.toml", settings: [.init("strip-extras", .flag(true))])
    survey.schedule = try Zones.schedule("30 5 * * TUE", "Europe/Berlin")
    survey.lockfiles = [
      .init(
        sources: ["requirements.in"], output: "requirements.txt",
        command: "pip-compile --generate-hashes --strip-extras requirements.in",
        settings: [
          .init("strip-extras", .flag(true)), .init("upgrade", .flag(true)),
          .init("generate-hashes", .flag(true)),
          .init("extra", .list(["a", "b"])), .init("generate-hashes", .flag(false)),
        ]),
      .init(sources: ["-", ""], output: "nothing.txt"),
      .init(sources: ["dev.in"], output: nil),
    ]
    let root = try Self.read(survey)
    #expect(root.keys == ["index-url", "extra-index-url", "python-version", "compile", "policy", "schedule"])
    #expect(root["index-url"] == .string("https://index.example/simple/"))
    #expect(Self.texts(root["extra-index-url"]) == ["https://user@other.example/simple/"])
    #expect(root["python-version"] == .string("3.12"))
    let layers = Self.layers(root)
    #expect(layers.map(\.keys) == [["sources", "output", "extra", "generate-hashes"], ["sources"]])
    #expect(layers[0]["generate-hashes"] == .boolean(false))
    #expect(Self.texts(layers[0]["extra"]) == ["a", "b"])
    #expect(Self.schedule(root) == ["window": "30 5 * * TUE", "timezone": "Europe/Berlin"])
  }

  @Test(
    arguments: Hostile.words + Hostile.unprintable.filter { !$0.contains("\0") } + [
      "\"\"\"", "]]\n[x]\na=1", "\\\"",
    ])
  func anyTextIsAValue(_ text: String) throws {
    var survey = ProjectSurvey()
    survey.indexURL = text
    survey.pythonVersion = text
    survey.pipTools = .init(file: text, settings: [])
    survey.lockfiles = [
      .init(
        sources: ["x\(text)", String(repeating: "y", count: 90)], output: "o\(text)", command: text,
        settings: [.init("k\(text)", .text(text))])
    ]
    let root = try Self.read(survey)
    #expect(root.keys == ["index-url", "python-version", "compile", "policy", "schedule"])
    #expect(root["index-url"] == .string(text))
    let layer = try #require(Self.layers(root).first)
    #expect(layer.keys.count == 3)
    #expect(Self.texts(layer["sources"])?.first == "x\(text)")
    #expect(layer["output"] == .string("o\(text)"))
    #expect(layer["k\(text)"] == .string(text))
    let written = try InitialConfiguration(survey).text
    #expect(written.unicodeScalars.allSatisfy { $0 == "\n" || PrintableText.isPrintable($0) })
  }

  @Test func noPasswordIsWritten() throws {
    var survey = ProjectSurvey()
    survey.indexURL = "https://token@index.example/simple/"
    survey.findLinks = ["https://u:secret@files.example/"]
    survey.lockfiles = [
      .init(
        sources: ["a.in"], output: nil,
        command: "pip-compile --index-url=https://u:secret@index.example/ a.in",
        settings: [.init("pip-args", .text("--index-url https://u:secret@index.example/"))])
    ]
    let made = try InitialConfiguration(survey)
    #expect(!made.text.contains("secret") && !made.text.contains("token"))
    #expect(made.secret == ["pip-args"])
    let root = try TOMLDocument(Array(made.text.utf8)).root
    #expect(root["index-url"] == .string("https://index.example/simple/"))
    #expect(Self.texts(root["find-links"]) == ["https://u@files.example/"])
    #expect(Self.layers(root).map(\.keys) == [["sources"]])
  }

  @Test func noConfigurationHasANUL() {
    var survey = ProjectSurvey()
    survey.lockfiles = [.init(sources: ["a\0"], output: nil)]
    #expect(throws: InitialConfigurationError(key: "sources")) { try InitialConfiguration(survey) }
  }
}
