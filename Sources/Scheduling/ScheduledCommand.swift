import PythonPackaging
package import UpdatePolicy

/// What is to run on a schedule, and when: all that a unit for some scheduler is made of.
///
/// Invariant: there is a first word, no word is empty, and every text is printable and bounded, so that no line ends
/// where none should.
package struct ScheduledCommand: Sendable, Hashable {
  /// The greatest length of a part, in UTF-8 bytes.
  package static let greatestLength = 4_096
  /// For how long ahead the clock's changes are looked at: ten years of 365.25 days, in seconds.
  package static let horizon: Int64 = 315_576_000

  /// The command's words, of which the first is repin: `/usr/local/bin/repin`, `run`.
  package let command: [String]
  /// Where it runs.
  package let directory: String
  /// The lockfiles, as seen from there, in the order given.
  package let lockfiles: [String]
  /// When it runs.
  package let schedule: Schedule
  /// The rules of the schedule's zone.
  package let rules: TimeZoneRules
  /// From when on the rules are looked at, in seconds since 1970-01-01 00:00 UTC.
  package let now: Int64
  /// Where the command's own commands are looked for (`PATH`); nil: the scheduler decides.
  package var searchPath: String? { details.searchPath }
  /// Lines of shell that install repin in a pipeline; none: it is there.
  package var installation: [String] { details.installation }
  /// Whether the command opens pull requests, and needs the rights for it.
  package var opensPullRequests: Bool { details.opensPullRequests }
  /// The zone of the machine that runs cron.
  package var machineTimeZone: TimeZoneName { details.machineTimeZone }
  /// What isn't always said.
  package let details: Details

  /// What isn't always said of a command.
  package struct Details: Sendable, Hashable {
    /// Whether it may run at other times than those of the schedule too.
    package var isTick = false
    package var searchPath: String?
    package var installation: [String] = []
    package var opensPullRequests = false
    package var machineTimeZone = TimeZoneName.utc
    /// The account that systemd runs the command as; nil: the one whose unit it is, root for the machine's own.
    package var user: String?
    /// Whether systemd's manager for one user runs it, which may set up less than the machine's own.
    package var isOfUser = false
    /// Who gets cron's mail; nil: whoever the crontab belongs to.
    package var mail: String?
    /// The container's image; for a cluster alone, which needs it.
    package var image: String?
    /// What a cluster keeps the work tree in: a claim's name.
    package var claim = "repin"

    package init() {}
  }

  /// Checks the parts.
  ///
  /// - Parameters:
  ///   - lockfiles: become the command's last words; empty: it finds them itself.
  ///   - rules: those of `schedule.timeZone`.
  package init(
    command: [String], directory: String, lockfiles: [String], schedule: Schedule, rules: TimeZoneRules,
    now: Int64, details: Details = Details()
  ) throws(ScheduleError) {
    guard command.first?.isEmpty == false else { throw ScheduleError(nil, .empty(.command)) }
    for word in command { try Self.check(word, .command) }
    for path in lockfiles { try Self.check(path, .lockfile, mayBeEmpty: false) }
    try Self.check(directory, .directory, mayBeEmpty: false)
    for line in details.installation { try Self.check(line, .installation) }
    if let path = details.searchPath { try Self.check(path, .searchPath, mayBeEmpty: false) }
    self.command = command
    self.directory = directory
    self.lockfiles = lockfiles
    self.schedule = schedule
    self.rules = rules
    // Any number may come from a clock; some ten thousand years are enough.
    self.now = min(max(now, -62_000_000_000), 253_000_000_000)
    self.details = details
  }

  private static func check(
    _ text: String, _ part: ScheduleError.Part, mayBeEmpty: Bool = true
  ) throws(ScheduleError) {
    if text.isEmpty, !mayBeEmpty { throw ScheduleError(nil, .empty(part)) }
    guard text.utf8.count <= greatestLength else {
      throw ScheduleError(nil, .tooLong(part, limit: greatestLength))
    }
    // YAML has no place for U+FFFE and U+FFFF.
    let isPrintable = text.unicodeScalars.allSatisfy {
      PrintableText.isPrintable($0) && !(0xFFFE...0xFFFF).contains($0.value)
    }
    guard isPrintable else {
      throw ScheduleError(nil, .unprintable(part, text))
    }
  }

  /// All words: the command's, then the lockfiles, none of which is taken for an option.
  var words: [String] { command + lockfileWords }

  /// Words for another of repin's commands about the same lockfiles.
  func words(of arguments: [String]) -> [String] { [command[0]] + arguments + lockfileWords }

  private var lockfileWords: [String] { lockfiles.map { $0.hasPrefix("-") ? "./\($0)" : $0 } }

  /// The stretch of time in which the clock's changes are looked at.
  var future: Range<Int64> { now..<now + Self.horizon }

  /// The directory, if it is absolute.
  func absoluteDirectory(for scheduler: ScheduleError.Scheduler) throws(ScheduleError) -> String {
    guard directory.hasPrefix("/") else { throw ScheduleError(scheduler, .relative(directory)) }
    return directory
  }

  /// The directory as a path from a repository's root, nil for the root.
  func repositoryDirectory(for scheduler: ScheduleError.Scheduler) throws(ScheduleError) -> String? {
    let parts = directory.split(separator: "/")
    guard !directory.hasPrefix("/"), !directory.hasPrefix("~"), !parts.contains("..") else {
      throw ScheduleError(scheduler, .outsideRepository(directory))
    }
    let path = parts.filter { $0 != "." }.joined(separator: "/")
    return path.isEmpty ? nil : path
  }

  /// The lockfiles as paths from a repository's root that are no patterns.
  func artifactPaths(for scheduler: ScheduleError.Scheduler) throws(ScheduleError) -> [String] {
    let directory = try repositoryDirectory(for: scheduler)
    var paths: [String] = []
    for lockfile in lockfiles {
      guard !lockfile.hasPrefix("/"), !lockfile.split(separator: "/").contains("..") else {
        throw ScheduleError(scheduler, .outsideRepository(lockfile))
      }
      for mark in ["*", "?", "[", "]", "{", "}", "!", "$", "\\", "~", "#"] where lockfile.contains(mark) {
        throw ScheduleError(scheduler, .meaning(.lockfile, lockfile, character: mark))
      }
      guard lockfile.first != " ", lockfile.last != " " else {
        throw ScheduleError(scheduler, .meaning(.lockfile, lockfile, character: " "))
      }
      paths.append(directory.map { "\($0)/\(lockfile)" } ?? lockfile)
    }
    return paths
  }
}
