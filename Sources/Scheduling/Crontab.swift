package import UpdatePolicy

/// What a crontab needs to run a command: some variables and one line.
///
///     CRON_TZ=Europe/Berlin
///     0 6 * * 1 cd /srv/app && /usr/local/bin/repin run
package struct Crontab: Sendable, Hashable {
  /// The greatest length of a command: programs read 998 bytes and more, less what a `%` takes.
  package static let greatestLength = 990

  /// The time zone, where it isn't the machine's.
  package let timeZone: TimeZoneName?
  /// The line with the five fields and the command.
  package let line: String
  private let searchPath: String?
  private let mail: String?
  private let zone: TimeZoneName
  private let window: String

  /// - Throws: ``ScheduleError`` where the directory isn't absolute, and where the line would be cut or read otherwise.
  package init(_ run: ScheduledCommand) throws(ScheduleError) {
    let directory = try run.absoluteDirectory(for: .cron)
    let command = "cd \(ShellText.quoted(directory)) && \(ShellText.command(run.words))"
    // Where cron finds a `%`, the command ends and its input begins; a backslash before it is cron's, and none else is.
    let escaped = command.split(separator: "%", omittingEmptySubsequences: false).joined(separator: "\\%")
    guard escaped.utf8.count <= Self.greatestLength else {
      throw ScheduleError(.cron, .line(length: escaped.utf8.count, limit: Self.greatestLength))
    }
    if let path = run.searchPath {
      for mark in ["\"", "'", " "] where path.hasPrefix(mark) || path.hasSuffix(mark) {
        throw ScheduleError(.cron, .meaning(.searchPath, path, character: mark))
      }
    }
    if let mail = run.details.mail, !Self.isAddress(mail) { throw ScheduleError(.cron, .address(mail)) }
    mail = run.details.mail
    zone = run.schedule.timeZone
    let isMachines = zone == run.machineTimeZone || zone.isUTC && run.machineTimeZone.isUTC
    timeZone = isMachines ? nil : zone
    line = "\(run.schedule.window.numeric) \(escaped)"
    searchPath = run.searchPath
    window = ScheduleWords.window(run.schedule)
  }

  /// The lines, each with its end.
  package var text: String { text(namesZone: false) }

  /// The lines, each with its end.
  ///
  /// - Parameter namesZone: whether the zone is said even where it is the machine's, since lines above say another.
  package func text(namesZone: Bool) -> String {
    var lines = [
      "# repin: \(window)",
      "# `repin run` keeps a lock: while one runs, another ends at once. cron mails what is printed.",
    ]
    if let timeZone = timeZone ?? (namesZone ? zone : nil) {
      lines += [
        "# CRON_TZ holds for all lines below it. Not every cron knows it: where `man 5 crontab` has no word of it,",
        "# the times are of the machine's own zone, and a systemd timer is the better choice.",
        "CRON_TZ=\(timeZone)",
      ]
    }
    if let mail { lines.append("MAILTO=\(mail)") }
    if let searchPath { lines.append("PATH=\(searchPath)") }
    lines.append(line)
    return lines.map { $0 + "\n" }.joined()
  }

  /// An address, or several with commas between them, in the characters that every cron lets through to its mailer.
  private static func isAddress(_ text: String) -> Bool {
    !text.isEmpty && text.utf8.count <= 254 && text.utf8.first != UInt8(ascii: "-")
      && text.utf8.allSatisfy { byte in
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
          || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || "@.,-_+".utf8.contains(byte)
      }
  }
}

/// Words about a schedule that stand in comments.
enum ScheduleWords {
  /// `0 6 * * MON in Europe/Berlin`.
  static func window(_ schedule: Schedule) -> String { "\(schedule.window) in \(schedule.timeZone)" }
}
