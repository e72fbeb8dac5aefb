import PythonPackaging
import RequirementsFiles
import Resolution

/// What a compilation changed, told on standard error.
struct CompileSummary {
  let graph: ResolvedGraph
  let lockfile: Lockfile
  /// The lockfile there was.
  let before: LockfileContents?
  let command: CompileCommand
  /// Why packages change, where there is more to say than that they do.
  var reasons: [PackageName: String] = [:]

  /// What the user should hear whatever else is said: warnings.
  func sayNotices(on terminal: Terminal) {
    for notice in graph.notices {
      switch notice {
      case .yanked(let name, let version, let reason):
        let reason = reason.map { ": \(PrintableText.escaped($0, limit: 300))" } ?? ""
        terminal.warn("\(name)==\(version) is yanked\(reason)")
      case .withdrawn(let name, let version):
        terminal.warn("\(name)==\(version) is withdrawn: the index no longer has it")
      case .passedOver(let name, let version, let reason):
        terminal.warn("\(name)==\(version) is passed over: \(PrintableText.escaped(reason, limit: 300))")
      case .missingExtra(let name, let version, let extra):
        terminal.warn("\(name)==\(version) has no extra `\(extra)`")
      }
    }
    for warning in lockfile.warnings {
      switch warning {
      case .unhashed(let pin):
        terminal.warn("\(pin) has no hash, and pip will want one since others have")
      case .unpinnedUnsafe(let names):
        terminal.warn(
          "\(names.joined(separator: ", ")) is held back, and pip will want it pinned: `--allow-unsafe` pins it"
        )
      case .redactedCredential(let text):
        terminal.warn("a credential was left out of the lockfile: \(text)")
      }
    }
  }

  /// The changes, then the totals.
  func sayResult(output: String, wasSame: Bool, elapsed: Duration, on terminal: Terminal) {
    sayChanges(on: terminal)
    sayTotals(output: output, wasSame: wasSame, isDryRun: command.dryRun, elapsed: elapsed, on: terminal)
  }

  /// What becomes of each package.
  var changes: [LockfileChange] {
    before.map { LockfileChange.changes(from: $0.pins, to: pinned) } ?? []
  }

  /// The changes, a line each.
  func sayChanges(on terminal: Terminal) {
    for change in changes {
      let (text, was) = change.parts
      let reason = reasons[change.name].map { ": \($0)" } ?? ""
      terminal.say(terminal.styled("  \(text)", change.style) + was + reason)
    }
  }

  /// How many pins there are, and what was done.
  func sayTotals(
    output: String, wasSame: Bool, isDryRun: Bool, elapsed: Duration, on terminal: Terminal
  ) {
    let count = pinned.count
    let pins = "\(count) \(count == 1 ? "pin" : "pins")"
    let time = terminal.styled("(\(Self.seconds(elapsed)))", .faint)
    if isDryRun {
      terminal.say("dry run: nothing written, \(pins) \(time)")
    } else if output == "-" {
      terminal.say("\(pins) \(time)")
    } else {
      terminal.say("\(wasSame ? "unchanged" : "wrote") \(output): \(pins) \(time)")
    }
  }

  /// What the lockfile pins.
  var pinned: [LockedPin] { lockfile.pins + (lockfile.allowsUnsafe ? lockfile.unsafePins : []) }

  /// `0.08 s`, `2.1 s`, `75 s`.
  static func seconds(_ duration: Duration) -> String {
    let hundredths = Int(duration / .milliseconds(10))
    if hundredths >= 1000 { return "\(hundredths / 100) s" }
    let fraction = hundredths % 100
    return "\(hundredths / 100).\(fraction < 10 ? "0" : "")\(fraction) s"
  }
}
