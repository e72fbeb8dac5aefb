import PythonPackaging

/// repin's lines of a crontab for one directory, between two of its own.
///
///     # >>> repin in /srv/app
///     # Written by …
///     0 6 * * 1 cd /srv/app && /usr/local/bin/repin run
///     # <<< repin in /srv/app
struct CrontabBlock: Sendable, Hashable {
  /// Where the command runs; printable, as a scheduled command has it.
  let directory: String

  private var start: String { "# >>> repin in \(PrintableText.escaped(directory))" }
  private var end: String { "# <<< repin in \(PrintableText.escaped(directory))" }

  /// Why a crontab can't be changed.
  enum Fault: Error, Sendable, Hashable {
    /// A block without its end, or with two beginnings.
    case torn
    /// Somebody has changed the block since it was written.
    case changed
  }

  /// The block around a text.
  func text(_ text: String) -> String { "\(start)\n\(WrittenByRepin.marked(text))\(end)\n" }

  /// A crontab without the block, the rest byte for byte.
  ///
  /// - Parameter isForced: whether a block that was changed goes too.
  func removed(from crontab: String, isForced: Bool) throws(Fault) -> String {
    let lines = crontab.split(separator: "\n", omittingEmptySubsequences: false)
    let starts = lines.indices.filter { lines[$0] == start }
    let ends = lines.indices.filter { lines[$0] == end }
    if starts.isEmpty, ends.isEmpty { return crontab }
    guard starts.count == 1, ends.count == 1, starts[0] < ends[0] else { throw .torn }
    let inside = lines[(starts[0] + 1)..<ends[0]].map { $0 + "\n" }.joined()
    guard isForced || WrittenByRepin.isUnchanged(inside) else { throw .changed }
    return (lines[..<starts[0]] + lines[(ends[0] + 1)...]).joined(separator: "\n")
  }

  /// A crontab with the block at its end, where its variables are nobody else's.
  static func appended(_ block: String, to rest: String) -> String {
    rest.isEmpty || rest.hasSuffix("\n") ? rest + block : "\(rest)\n\(block)"
  }

  /// Whether some line of a crontab says in which zone its times are.
  static func namesZone(_ crontab: String) -> Bool {
    crontab.split(separator: "\n").contains { line in
      let text = line.drop { $0 == " " || $0 == "\t" }
      return text.hasPrefix("CRON_TZ") && text.dropFirst(7).first.map { " \t=".contains($0) } == true
    }
  }
}
