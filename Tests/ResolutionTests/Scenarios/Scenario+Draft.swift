import PythonPackaging
import Resolution

extension Scenario {
  private typealias Problem = ScenarioReader.Problem
  private typealias Field = ScenarioReader.Draft.Field

  /// Makes sense of a scenario's lines.
  init(_ draft: ScenarioReader.Draft, file: String) throws(ScenarioReader.Problem) {
    let fields = draft.fields
    guard let asks = fields["asks"] else {
      throw Problem(line: draft.line, what: "the scenario asks nothing")
    }
    rule = draft.rule
    place = "\(file):\(draft.line)"
    index = draft.index
    isBuildRuledOut = try Self.flag(fields["no-build"], "all")
    isOrdered = try Self.flag(fields["order"], "matters")
    answer = try Self.answer(draft)
    notices = (fields["notices"]?.parts ?? []).sorted()
    tries = try Self.number(fields["tries"])

    var request = ResolutionRequest(
      requirements: try Self.requirements(asks), environment: try Self.environment(draft))
    request.constraints = try Self.requirements(fields["constraints"])
    request.preferences = try Self.kept(fields["keeps"])
    request.preReleases = try Self.choice(fields["pre-releases"]) ?? .ifNecessary
    if let cutoff = fields["exclude-newer"] { request.cutoff = try Self.moment(cutoff) }
    request.projectCutoffs = try Self.cutoffs(fields["exclude-newer-package"])
    request.strategy = try Self.choice(fields["resolution"]) ?? .highest
    request.overrides = try Self.requirements(fields["overrides"])
    request.followsDependencies = try !Self.flag(fields["no-deps"], "all")
    for word in fields["only-binary"]?.words ?? [] { request.formats.addOnlyBinary(word) }
    for word in fields["no-binary"]?.words ?? [] { request.formats.addNoBinary(word) }
    self.request = request
  }

  private static func answer(_ draft: ScenarioReader.Draft) throws(Problem) -> Answer {
    switch (draft.fields["pins"], draft.fields["refused"]) {
    case (.some(let pins), nil): return .pins(pins.value == "none" ? [] : pins.words)
    case (nil, .some(let reasons)):
      return .refused(reasons.value == "conflict" ? [] : Set(reasons.parts).sorted())
    default: throw Problem(line: draft.line, what: "either `pins` or `refused` must be said")
    }
  }

  private static func environment(_ draft: ScenarioReader.Draft) throws(Problem) -> TargetEnvironment {
    do {
      return try TargetEnvironment(
        pythonVersion: draft.fields["python"]?.value ?? "3.12",
        platformName: draft.fields["platform"]?.value ?? "linux")
    } catch {
      throw Problem(line: draft.line, what: "\(error)")
    }
  }

  private static func requirements(_ field: Field?) throws(Problem) -> [Requirement] {
    guard let field else { return [] }
    var requirements: [Requirement] = []
    for part in field.parts {
      do {
        requirements.append(try Requirement(part))
      } catch {
        throw Problem(line: field.line, what: "`\(part)` is no requirement: \(error)")
      }
    }
    return requirements
  }

  private static func kept(_ field: Field?) throws(Problem) -> [PackageName: Version] {
    guard let field else { return [:] }
    var kept: [PackageName: Version] = [:]
    for word in field.words {
      let parts = word.split(separator: "=", omittingEmptySubsequences: false).map(String.init)
      guard parts.count == 3, parts[1].isEmpty, let name = try? PackageName(parts[0]),
        let version = try? Version(parts[2]), kept.updateValue(version, forKey: name) == nil
      else { throw Problem(line: field.line, what: "`\(word)` is no pin") }
    }
    return kept
  }

  private static func choice<Choice: RawRepresentable>(
    _ field: Field?
  ) throws(Problem) -> Choice? where Choice.RawValue == String {
    guard let field else { return nil }
    guard let choice = Choice(rawValue: field.value) else {
      throw Problem(line: field.line, what: "`\(field.value)` is no choice")
    }
    return choice
  }

  /// The cutoffs of single projects: `tea=2026-01-31`, or `tea=false` for none.
  private static func cutoffs(_ field: Field?) throws(Problem) -> [PackageName: Int64?] {
    guard let field else { return [:] }
    var cutoffs: [PackageName: Int64?] = [:]
    for word in field.words {
      let parts = word.split(separator: "=").map(String.init)
      guard parts.count == 2, let name = try? PackageName(parts[0]) else {
        throw Problem(line: field.line, what: "`\(word)` is no cutoff")
      }
      cutoffs[name] = parts[1] == "false" ? .some(nil) : try moment(Field(line: field.line, value: parts[1]))
    }
    return cutoffs
  }

  /// The last millisecond that counts: what was uploaded at the moment itself doesn't.
  private static func moment(_ field: Field) throws(Problem) -> Int64 {
    guard let moment = ReleaseLine.milliseconds(field.value) else {
      throw Problem(line: field.line, what: "`\(field.value)` is no moment")
    }
    return moment - 1
  }

  private static func number(_ field: Field?) throws(Problem) -> Int? {
    guard let field else { return nil }
    guard let number = Int(field.value) else {
      throw Problem(line: field.line, what: "`\(field.value)` is no number")
    }
    return number
  }

  private static func flag(_ field: Field?, _ word: String) throws(Problem) -> Bool {
    guard let field else { return false }
    if field.value != word { throw Problem(line: field.line, what: "not `\(word)`") }
    return true
  }
}
