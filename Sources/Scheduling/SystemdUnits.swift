import UpdatePolicy

/// A service and a timer of systemd: `repin.service`, `repin.timer`.
package struct SystemdUnits: Sendable, Hashable {
  /// The text of the service.
  package let service: String
  /// The text of the timer.
  package let timer: String
  /// What the timer's `OnCalendar=` lines have.
  package let events: CalendarEvents

  /// - Throws: ``ScheduleError`` where systemd can't say the window, or takes a text for something else.
  package init(_ run: ScheduledCommand) throws(ScheduleError) {
    events = try CalendarEvents(run.schedule, rules: run.rules, in: run.future)
    let path = try run.absoluteDirectory(for: .systemd)
    guard let directory = SystemdText.whole(path) else {
      let mark = path.hasSuffix("\\") ? "\\" : " "
      throw ScheduleError(.systemd, .meaning(.directory, path, character: mark))
    }
    try Self.check(run.words[0])
    if let user = run.details.user, !Self.isAccount(user) { throw ScheduleError(.systemd, .user(user)) }
    service = Self.service(run, directory: directory)
    timer = Self.timer(run, events: events)
  }

  /// Of the program's name systemd takes some characters for its own, in quotes too (systemd.service(5), "Command lines").
  private static func check(_ program: String) throws(ScheduleError) {
    if let first = program.first, "@-:+!|".contains(first) {
      throw ScheduleError(.systemd, .meaning(.command, program, character: String(first)))
    }
    if program.contains("$") { throw ScheduleError(.systemd, .meaning(.command, program, character: "$")) }
    if program.contains("/"), !program.hasPrefix("/") {
      throw ScheduleError(.systemd, .meaning(.command, program, character: "/"))
    }
  }

  /// The strict form of a name (systemd.io, "User/Group Name Syntax"), with capitals.
  private static func isAccount(_ name: String) -> Bool {
    func isLetter(_ byte: UInt8) -> Bool {
      (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20) || byte == UInt8(ascii: "_")
    }
    func isFurther(_ byte: UInt8) -> Bool {
      isLetter(byte) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || byte == UInt8(ascii: "-")
    }
    return name.utf8.first.map(isLetter) == true && name.utf8.count < 33 && name.utf8.allSatisfy(isFurther)
  }

  private static func service(_ run: ScheduledCommand, directory: String) -> String {
    var lines = ["[Unit]", "Description=repin in \(directory)"]
    // A user's manager has no such target.
    if !run.details.isOfUser { lines += ["Wants=network-online.target", "After=network-online.target"] }
    lines += ["", "[Service]", "Type=oneshot", "WorkingDirectory=\(directory)"]
    if let user = run.details.user { lines.append("User=\(user)") }
    if let path = run.searchPath { lines.append("Environment=\(SystemdText.quoted("PATH=\(path)"))") }
    lines.append("ExecStart=\(run.words.map(SystemdText.word).joined(separator: " "))")
    lines += hardening(isOfUser: run.details.isOfUser)
    return lines.map { $0 + "\n" }.joined()
  }

  /// What the command needn't be able to do. It builds what it is told to, so that programs, containers and the network stay
  /// within its reach. A user's manager can't take capabilities away or remount what isn't its user's.
  private static func hardening(isOfUser: Bool) -> [String] {
    let everywhere = [
      "LockPersonality=yes", "NoNewPrivileges=yes",
      "RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6 AF_NETLINK",
      "RestrictRealtime=yes", "RestrictSUIDSGID=yes", "SystemCallArchitectures=native",
    ]
    let machines = [
      "CapabilityBoundingSet=", "PrivateTmp=yes", "ProtectClock=yes", "ProtectControlGroups=yes",
      "ProtectHostname=yes", "ProtectKernelLogs=yes", "ProtectKernelModules=yes", "ProtectKernelTunables=yes",
      "ProtectSystem=full",
    ]
    return ["UMask=0022", "TimeoutStartSec=1h"] + (isOfUser ? everywhere : (everywhere + machines).sorted())
  }

  private static func timer(_ run: ScheduledCommand, events: CalendarEvents) -> String {
    var lines = [
      "[Unit]",
      "Description=repin: \(ScheduleWords.window(run.schedule))",
      "",
      "[Timer]",
    ]
    lines += events.events.map { "OnCalendar=\($0)" }
    if !events.moments.isEmpty {
      let last = MomentText.dayAndClock(run.future.upperBound).prefix(10)
      lines.append("# What systemd leaves out where the clock is changed, until \(last):")
      lines += events.moments.map { "OnCalendar=\($0)" }
    }
    lines += ["Persistent=true", "", "[Install]", "WantedBy=timers.target"]
    return lines.map { $0 + "\n" }.joined()
  }
}
