import PullRequests
import PythonProjects
import TOMLReading
import UpdatePolicy

/// Reads the tables of repin's configuration that are no options of commands.
///
///     repin.toml          [policy], [[policy.ignore]], [schedule], [advisories], [rebuild], [pull-request]
///     pyproject.toml      [tool.repin.policy], [[tool.repin.policy.ignore]], [tool.repin.schedule], …
///
/// Where both files are there, each table counts whole from the first that has it.
struct PolicyConfiguration {
  /// What is configured, defaults for the rest.
  private(set) var policy = Policy()
  /// Where the window is configured; nil: nowhere, and the default holds.
  private(set) var windowPlace: String?
  /// Where the time zone is configured.
  private(set) var timeZonePlace: String?
  /// Where the cooldown is configured.
  private(set) var cooldownPlace: String?
  /// Where advisories are from, as it is written; nil: nowhere is it said.
  var advisorySource: Placed?
  /// How old kept advisories may be.
  var advisoryMaximumAge: PolicyDuration?
  /// Indexes whose names may be told to anybody.
  var publicIndexes: [String] = []
  /// How what is made of the lockfiles is made anew.
  var rebuild = RebuildSettings()
  /// How changes are proposed; nil: there is no such table.
  var pullRequest: PullRequestSettings?

  /// The defaults.
  init() {}

  /// Reads what there is.
  ///
  /// - Parameters:
  ///   - config: `--config`, read instead of what lies in the directory.
  ///   - directory: where the files are looked for, with its slash; empty for the working directory.
  ///   - read: the bytes of a file; nil if there is none.
  init(
    config: String?, directory: String, read: (String) throws(CommandFailure) -> [UInt8]?
  ) throws(CommandFailure) {
    var sources: [(table: TOMLTable, file: String)] = []
    func take(_ path: String, isOwn: Bool?) throws(CommandFailure) {
      guard let bytes = try read(path) else { return }
      do throws(ProjectFileError) {
        let file = try PyprojectFile(bytes, file: path)
        if isOwn ?? (file.tool("repin") == nil) {
          sources.append((file.root, path))
        } else if let table = file.tool("repin") {
          sources.append((table, path))
        }
      } catch {
        throw .project(error)
      }
    }
    if let config {
      try take(config, isOwn: nil)
    } else {
      try take("\(directory)repin.toml", isOwn: true)
      try take("\(directory)pyproject.toml", isOwn: false)
    }
    if let (item, file) = Self.first("policy", in: sources) { try takePolicy(item, file) }
    if let (item, file) = Self.first("schedule", in: sources) { try takeSchedule(item, file) }
    if let (item, file) = Self.first("advisories", in: sources) { try takeAdvisories(item, file) }
    if let (item, file) = Self.first("rebuild", in: sources) { try takeRebuild(item, file) }
    if let (item, file) = Self.first("pull-request", in: sources) { try takePullRequest(item, file) }
  }

  private static func first(
    _ key: String, in sources: [(table: TOMLTable, file: String)]
  ) -> (TOMLItem, String)? {
    for (table, file) in sources {
      if let item = table.item(key) { return (item, file) }
    }
    return nil
  }

  // MARK: [policy]

  private mutating func takePolicy(_ item: TOMLItem, _ file: String) throws(CommandFailure) {
    let table = try PolicyTable(item, named: "policy", file: file)
    try table.refuseOthers(than: [
      "max-days-behind", "max-pin-age", "cooldown", "cooldown-exempt-indexes", "due", "ignore",
    ])
    if let limit = try table.duration("max-days-behind") { policy.maxDaysBehind = limit }
    if let limit = try table.duration("max-pin-age") { policy.maxPinAge = limit }
    if let cooldown = try table.duration("cooldown") {
      policy.setCooldown = cooldown
      cooldownPlace = table.item("cooldown").map(table.place)
    }
    policy.cooldownExemptIndexes =
      try table.texts(of: "cooldown-exempt-indexes", expected: "addresses") ?? []
    if let due = table.item("due") { try takeDue(due, file) }
    guard let ignores = table.item("ignore") else { return }
    guard case .array(let items) = ignores.value else {
      throw table.unexpected(ignores, of: "ignore", expected: "tables `[[policy.ignore]]`")
    }
    for item in items { policy.ignores.append(try ignore(item, file)) }
  }

  private mutating func takeDue(_ item: TOMLItem, _ file: String) throws(CommandFailure) {
    let table = try PolicyTable(item, named: "due", file: file)
    for entry in table.entries {
      let cause = try table.value(of: entry.key, at: entry.place) { text throws(PolicyValueError) in
        try DueCause(text)
      }
      policy.due[cause] = try table.text(entry.item, of: entry.key) { text throws(PolicyValueError) in
        try Due(text)
      }
    }
  }

  private func ignore(_ item: TOMLItem, _ file: String) throws(CommandFailure) -> Ignore {
    let table = try PolicyTable(item, named: "policy.ignore", file: file)
    let keys: [IgnoreError.Key] = [.id, .package, .version, .reason, .until]
    try table.refuseOthers(than: keys.map(\.rawValue))
    var texts: [IgnoreError.Key: String] = [:]
    for key in keys { texts[key] = try table.text(of: key.rawValue, orDate: key == .until) }
    do throws(IgnoreError) {
      return try Ignore(
        id: texts[.id], package: texts[.package], version: texts[.version], reason: texts[.reason],
        until: texts[.until])
    } catch {
      throw table.failure("\(error)")
    }
  }

  // MARK: [schedule]

  private mutating func takeSchedule(_ item: TOMLItem, _ file: String) throws(CommandFailure) {
    let table = try PolicyTable(item, named: "schedule", file: file)
    try table.refuseOthers(than: ["window", "timezone", "blackout"])
    if let item = table.item("window") {
      windowPlace = table.place(of: item)
      policy.schedule.window = try table.text(item, of: "window") { text throws(CronError) in
        try CronExpression(text)
      }
    }
    if let item = table.item("timezone") {
      timeZonePlace = table.place(of: item)
      policy.schedule.timeZone = try table.text(item, of: "timezone") { text throws(PolicyValueError) in
        try TimeZoneName(text)
      }
    }
    if let item = table.item("blackout") { policy.schedule.blackouts = try blackouts(item, table) }
  }

  /// Days, each a date of TOML or a string with one or with two and `..` between them.
  private func blackouts(_ item: TOMLItem, _ table: PolicyTable) throws(CommandFailure) -> [Blackout] {
    let expected = "an array of days such as \"2026-12-24\" or \"2026-12-20..2027-01-02\""
    guard case .array(let items) = item.value else {
      throw table.unexpected(item, of: "blackout", expected: expected)
    }
    guard items.count <= Blackout.greatestCount else {
      throw .configuration(
        "\(table.place(of: item)): `schedule.blackout`: found \(items.count) entries, expected at most "
          + "\(Blackout.greatestCount); write days that follow each other as one, with `..`")
    }
    var blackouts: [Blackout] = []
    for item in items {
      let text: String
      switch item.value {
      case .string(let written), .dateTime(let written): text = written
      default: throw table.unexpected(item, of: "blackout", expected: expected)
      }
      do throws(PolicyValueError) {
        blackouts.append(try Blackout(text))
      } catch {
        throw .configuration("\(table.place(of: item)): `schedule.blackout`: \(error)")
      }
    }
    return blackouts
  }
}
