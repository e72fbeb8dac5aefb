import PackageIndex
import PythonPackaging
import Scheduling
import Subprocess
import SystemPackage

/// The user's crontab, read and written by the program `crontab`, which alone knows where it is.
struct CrontabFile {
  let context: CommandContext

  /// So long a crontab is at most.
  private static let greatestSize = 1 << 20

  /// Puts a block in the place of the one that is there, if one is.
  func install(_ crontab: Crontab, _ block: CrontabBlock, isForced: Bool) async throws(CommandFailure) {
    let old = try await read()
    let rest: String
    do throws(CrontabBlock.Fault) {
      rest = try block.removed(from: old, isForced: isForced)
    } catch {
      let what =
        switch error {
        case .torn: "repin's block has lost its first or its last line"
        case .changed: "repin's block was changed by hand"
        }
      throw .usage(
        "your crontab stays as it is: \(what)",
        hint: error == .torn
          ? "take what is left of it out with `crontab -e`"
          : "look at it with `crontab -l`; `--force` overwrites the block")
    }
    let new = CrontabBlock.appended(
      block.text(crontab.text(namesZone: CrontabBlock.namesZone(rest))), to: rest)
    if new == old {
      context.terminal.say("unchanged: your crontab")
      return
    }
    try await write(new)
    context.terminal.say("wrote your crontab")
  }

  private func read() async throws(CommandFailure) -> String {
    let answer = try await run(["-l"], input: "")
    if answer.isDone {
      guard let text = String(validating: answer.output, as: UTF8.self) else {
        throw .usage(
          "your crontab stays as it is: it has characters that aren't UTF-8, and nothing would keep them as they are",
          hint: "print the lines without `--write`, and put them in with `crontab -e`")
      }
      return text
    }
    // Who has none is told so, and nothing else (POSIX has no status for it).
    guard answer.output.isEmpty, answer.errors.hasPrefix("no crontab for") else {
      throw .unwritable(path: "crontab", reason: answer.reason)
    }
    return ""
  }

  private func write(_ text: String) async throws(CommandFailure) {
    let answer = try await run(["-"], input: text)
    guard answer.isDone else { throw .unwritable(path: "crontab", reason: answer.reason) }
  }

  private struct Answer {
    let isDone: Bool
    let output: [UInt8]
    let errors: String

    var reason: String {
      let line = errors.split(separator: "\n").first.map(String.init) ?? "`crontab` failed without a word"
      return PrintableText.excerpt(line, limit: 300)
    }
  }

  private func run(_ arguments: [String], input: String) async throws(CommandFailure) -> Answer {
    let path = executablePath(
      named: "crontab", on: context.variable("PATH") ?? "/usr/local/bin:/usr/bin:/bin")
    guard let path else {
      throw .usage(
        "there is no `crontab` on PATH",
        hint: "print the lines without `--write`, or take `--systemd`")
    }
    var environment: [Environment.Key: String] = ["LC_ALL": "C"]
    for name in ["HOME", "PATH", "LOGNAME", "USER"] {
      if let value = context.variable(name), let key = Environment.Key(rawValue: name) {
        environment[key] = value
      }
    }
    do {
      let result = try await Subprocess.run(
        .path(FilePath(path)), arguments: Arguments(arguments), environment: .custom(environment),
        workingDirectory: FilePath("/"), input: .string(input), output: .bytes(limit: Self.greatestSize),
        error: .string(limit: 1 << 16))
      return Answer(
        isDone: result.terminationStatus.isSuccess, output: result.standardOutput,
        errors: result.standardError)
    } catch {
      throw .unwritable(path: "crontab", reason: PrintableText.excerpt("\(error)", limit: 300))
    }
  }
}
