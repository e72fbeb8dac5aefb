import PythonPackaging
import UpdatePolicy

/// Why a project can't be written into a configuration.
package struct InitialConfigurationError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The key whose value has a NUL, which no file's name has.
  package let key: String

  /// One line.
  package var description: String {
    "the value of `\(PrintableText.excerpt(key, limit: 80))` has a NUL; no configuration can hold one"
  }
}

/// The `repin.toml` that `repin init` writes: what holds in the project as it was found, and all else as a comment with its
/// default.
///
/// It never has a credential, and no line of it is longer or other than what was found.
package struct InitialConfiguration: Sendable, Hashable {
  /// The file's text.
  package let text: String
  /// Keys that were left out since their values hold a password.
  package let secret: [String]

  package init(_ survey: ProjectSurvey) throws(InitialConfigurationError) {
    var writer = Writer()
    try writer.writeOptions(survey)
    try writer.writeLockfiles(survey)
    writer.writePolicy()
    writer.writeSchedule(survey.schedule)
    writer.writeRebuild(survey)
    text = writer.lines.map { $0 + "\n" }.joined()
    secret = writer.secret
  }

  /// Options for one run, which a command in a header may show, and those that say where something is written.
  private static let passing: Set<String> = [
    "upgrade", "upgrade-package", "dry-run", "quiet", "verbose", "rebuild", "output-file", "config",
    "no-config", "check",
    "format", "color", "sources",
  ]

  private struct Writer {
    private(set) var lines = [
      "# repin: what is pinned, how old it may get, and when it is rebuilt.",
      "# What is commented out holds anyway, or shows how it is written.",
      "",
    ]
    private(set) var secret: [String] = []

    mutating func writeOptions(_ survey: ProjectSurvey) throws(InitialConfigurationError) {
      lines.append("# Options of `repin compile` for all lockfiles, by their long names.")
      if let pipTools = survey.pipTools {
        lines.append(
          "# Those of `[tool.pip-tools]` in \(Self.comment(pipTools.file)) hold too, where nothing else is said here."
        )
      }
      let count = lines.count
      if let url = survey.indexURL { try write(.init("index-url", .text(url))) }
      if !survey.extraIndexURLs.isEmpty { try write(.init("extra-index-url", .list(survey.extraIndexURLs))) }
      if !survey.findLinks.isEmpty { try write(.init("find-links", .list(survey.findLinks))) }
      if let version = survey.pythonVersion { try write(.init("python-version", .text(version))) }
      if lines.count == count { lines.append("# generate-hashes = true") }
      lines.append("")
    }

    mutating func writeLockfiles(_ survey: ProjectSurvey) throws(InitialConfigurationError) {
      lines.append("# One table for each lockfile; those that others build on are compiled first.")
      var isEmpty = true
      for lockfile in survey.lockfiles {
        let sources = lockfile.sources.filter { !$0.isEmpty && $0 != "-" }
        guard !sources.isEmpty else { continue }
        if !isEmpty { lines.append("") }
        isEmpty = false
        if let command = lockfile.command { lines.append("# Its header says: \(Self.comment(command))") }
        lines.append("[[compile]]")
        try write(.init("sources", .list(sources)))
        if let output = lockfile.output, !output.isEmpty, output != "-" {
          try write(.init("output", .text(output)))
        }
        let known = Self.last(survey.pipTools?.settings ?? [])
        for setting in Self.last(lockfile.settings) where !known.contains(setting) { try write(setting) }
      }
      if isEmpty {
        lines += ["# [[compile]]", "# sources = [\"requirements.in\"]", "# output = \"requirements.txt\""]
      }
      lines.append("")
    }

    mutating func writePolicy() {
      let policy = Policy()
      lines += [
        "[policy]",
        "# A pin that is more days behind is stale; one that was pinned more days ago is noted.",
        "# max-days-behind = \(policy.maxDaysBehind.days)",
        "# max-pin-age = \(policy.maxPinAge.days)",
        "# The least age of a release that an update picks.",
        "# cooldown = \"\(policy.cooldown(for: .update))\"",
        "# When each cause is due: \"now\", at the \"window\", or just \"noted\".",
        "# due = { critical = \"\(policy.due[Severity.critical].rawValue)\", medium = \"\(policy.due[Severity.medium].rawValue)\" }",
        "",
        "# What is known and needs nothing done; why, and until when, have to be said.",
        "# [[policy.ignore]]",
        "# id = \"GHSA-abcd-2345-efgh\"",
        "# reason = \"the function is never called\"",
        "# until = 2030-12-31",
        "",
      ]
    }

    mutating func writeSchedule(_ schedule: Schedule) {
      lines += [
        "[schedule]",
        "# When a scheduled rebuild may run, as cron has it: minute, hour, day of month, month, day of week.",
        "window = \(TOMLText.quoted(schedule.window.description))",
        "timezone = \(TOMLText.quoted(schedule.timeZone.description))",
        "# Days on which none runs.",
        "# blackout = [\"2030-12-24\", \"2030-12-27..2031-01-02\"]",
        "",
      ]
    }

    mutating func writeRebuild(_ survey: ProjectSurvey) {
      lines += [
        survey.hasDockerfile
          ? "# What `repin run` runs once the lockfiles are new; there is a Dockerfile."
          : "# What `repin run` runs once the lockfiles are new.",
        "# [rebuild]",
        "# command = [\"docker\", \"build\", \"--pull\", \".\"]",
      ]
    }

    // MARK: Values

    /// The last of each name, in the order of names; none that is for one run.
    private static func last(_ settings: [ProjectSurvey.Setting]) -> [ProjectSurvey.Setting] {
      var byName: [String: ProjectSurvey.Setting] = [:]
      for setting in settings where !passing.contains(setting.name) { byName[setting.name] = setting }
      return byName.values.sorted { $0.name < $1.name }
    }

    private mutating func write(_ setting: ProjectSurvey.Setting) throws(InitialConfigurationError) {
      let key = setting.name
      let texts: [String]
      switch setting.value {
      case .flag(let isOn):
        lines.append("\(Self.key(key)) = \(isOn)")
        return
      case .text(let text): texts = [Self.withoutCredentials(text, key)]
      case .list(let list): texts = list.map { Self.withoutCredentials($0, key) }
      }
      if (texts + [key]).contains(where: { $0.unicodeScalars.contains("\0") }) {
        throw InitialConfigurationError(key: key)
      }
      // Of an address a user's name alone stays, which netrc is asked with.
      let isAddress = Self.addresses.contains(key)
      guard texts.allSatisfy({ URLCredentials.redacted(within: $0, sparesTokens: isAddress) == $0 }) else {
        secret.append(key)
        lines.append(
          "# \(Self.comment(key)) is left out: it has a password, which belongs into netrc or the environment."
        )
        return
      }
      if case .list = setting.value {
        lines.append("\(Self.key(key)) = \(TOMLText.array(texts))")
      } else {
        lines.append("\(Self.key(key)) = \(TOMLText.quoted(texts[0]))")
      }
    }

    /// Options whose values are addresses.
    private static let addresses: Set<String> = ["index-url", "extra-index-url", "find-links"]

    private static func withoutCredentials(_ text: String, _ key: String) -> String {
      addresses.contains(key)
        ? URLCredentials.withoutLiteral(text) : text
    }

    /// A bare key (TOML 1.0.0, "Keys"), else a quoted one.
    private static func key(_ name: String) -> String {
      let isBare =
        !name.isEmpty
        && name.utf8.allSatisfy { byte in
          (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
            || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || byte == UInt8(ascii: "-")
        }
      return isBare ? name : TOMLText.quoted(name)
    }

    private static func comment(_ text: String) -> String { PrintableText.excerpt(text, limit: 500) }
  }
}
