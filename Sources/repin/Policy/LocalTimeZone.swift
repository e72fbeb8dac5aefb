import UpdatePolicy

/// The time zone that this machine's clocks are in: `TZ`, else what `/etc/localtime` leads to, else what Debian's
/// `/etc/timezone` has.
struct LocalTimeZone {
  let context: CommandContext
  /// For tests: where the machine's files are.
  var root = ""

  /// Nil: nobody tells, or in a way that is no name. All names of UTC are one.
  var name: TimeZoneName? { told.map { $0.isUTC ? .utc : $0 } }

  private var told: TimeZoneName? {
    if let text = context.variable("TZ") {
      // `:Europe/Berlin` is a name too (POSIX.1-2024, 8.3); a rule such as `CET-1CEST` is none.
      return try? TimeZoneName(text.hasPrefix(":") ? String(text.dropFirst()) : text)
    }
    if let path = Files.resolved("\(root)/etc/localtime"), let start = path.firstRange(of: "/zoneinfo/") {
      var text = path[start.upperBound...]
      for prefix in ["posix/", "right/"] where text.hasPrefix(prefix) { text = text.dropFirst(prefix.count) }
      if let name = try? TimeZoneName(String(text)) { return name }
    }
    let bytes = (try? Files.readRegular("\(root)/etc/timezone", limit: 1_024)) ?? []
    let line = bytes.prefix { $0 != UInt8(ascii: "\n") }
    return try? TimeZoneName(String(decoding: line, as: UTF8.self))
  }
}
