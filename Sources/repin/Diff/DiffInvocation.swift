import ArgumentParser
import LockDiff
import LockfileFormats
import PackageIndex
import PythonPackaging
import Reports

/// `repin diff` as it was called, with what configuration and environment add to its command line.
struct DiffInvocation {
  private(set) var command: DiffCommand
  /// The words behind `diff`.
  let words: [String]
  let context: CommandContext

  /// Compares, shows what came out, and tells how it ended.
  mutating func run() async throws -> ExitStatus {
    try command.settle(by: context, beside: words)
    try command.checkUse()
    let format = try command.format()
    try CommandFailure.checkOpenFiles()
    context.interruption.install(clearsProgress: context.terminal.isInteractive)
    // What is compared isn't recorded, and nothing is asked for unless that is wanted.
    var compile = command.compile
    compile.history.isOff = true
    if !command.fetch { compile.index.offline = true }
    let planned = try CheckPlan(
      compile: compile, advisories: command.advisories, words: words, context: context,
      parse: { words in
        var compile = try DiffCommand.parse(words).compile
        compile.history.isOff = true
        return compile
      })
    var compared: [ComparedLock] = []
    let states = DiffedStates(context: context)
    for pair in try pairs(planned) { compared.append(try await Self.lock(pair, states)) }
    let survey = DiffSurvey(check: planned.run, isFetching: command.fetch)
    let (report, isComplete) = try await survey.report(of: compared)
    for fault in compared.flatMap(\.faults) {
      context.terminal.warn(fault.description)
      if let remedy = fault.remedy { context.terminal.hint(remedy) }
    }
    try show(report, as: format)
    if compared.contains(where: { !$0.faults.isEmpty }) { return .wrongInput }
    return isComplete ? .done : .outsideFailure
  }

  // MARK: What is compared

  /// Two states of one lockfile.
  private struct Pair {
    let old: DiffedState
    let new: DiffedState
    /// Whether a state that isn't there is the news, and not a mistake.
    let mayBeAbsent: Bool
  }

  private func pairs(_ planned: CheckPlan) throws(CommandFailure) -> [Pair] {
    let words = command.compile.sources
    if let since = command.since {
      let revision = try DiffedState.revision(since, in: "--since \(since)")
      return try planned.lockfiles(named: words, below: []).map { path in
        Pair(old: .revision(revision, path: path), new: .file(path), mayBeAbsent: true)
      }
    }
    guard words.count <= 2 else {
      throw .usage(
        "found \(words.count) words, expected an old state and a new one",
        hint: "`--since HEAD` compares any number of lockfiles with a revision")
    }
    var states: [DiffedState] = []
    for word in words { states.append(try DiffedState(word)) }
    if states.count == 2 {
      let (old, new) = (states[0], states[1])
      switch (old.path, new.path) {
      case (nil, nil):
        return try planned.lockfiles(named: [], below: []).map { path in
          Pair(old: old.at(path), new: new.at(path), mayBeAbsent: true)
        }
      case (nil, let path?): return [Pair(old: old.at(path), new: new, mayBeAbsent: true)]
      case (let path?, nil): return [Pair(old: old, new: new.at(path), mayBeAbsent: true)]
      case (.some, .some): return [Pair(old: old, new: new, mayBeAbsent: false)]
      }
    }
    switch states.first {
    case .revision(let revision, let path?):
      return [Pair(old: .revision(revision, path: path), new: .file(path), mayBeAbsent: true)]
    case .revision(let revision, nil):
      return try planned.lockfiles(named: [], below: []).map { path in
        Pair(old: .revision(revision, path: path), new: .file(path), mayBeAbsent: true)
      }
    case let word:
      // A lockfile that is gone has no file.
      if case .file(let path)? = word, Files.status(of: context.absolute(path)) == nil {
        return [Pair(old: .revision("HEAD", path: path), new: .file(path), mayBeAbsent: true)]
      }
      return try planned.lockfiles(named: words, below: []).map { path in
        Pair(old: .revision("HEAD", path: path), new: .file(path), mayBeAbsent: true)
      }
    }
  }

  private static func lock(_ pair: Pair, _ states: DiffedStates) async throws(CommandFailure) -> ComparedLock
  {
    let old = try await states.bytes(of: pair.old)
    let new = try await states.bytes(of: pair.new)
    for (state, bytes) in [(pair.old, old), (pair.new, new)] where bytes == nil {
      guard !pair.mayBeAbsent || old == nil && new == nil else { continue }
      throw absent(state)
    }
    return try ComparedLock(
      old: old.map { (pair.old.path ?? "", $0) }, new: new.map { (pair.new.path ?? "", $0) })
  }

  private static func absent(_ state: DiffedState) -> CommandFailure {
    switch state {
    case .file(let path):
      .usage("the lockfile `\(DiffedState.shown(path))` can't be read: no such file", hint: "name a lockfile")
    case .revision(let revision, let path):
      .usage(
        "git has no `\(DiffedState.shown(path ?? ""))` at `\(DiffedState.shown(revision))`",
        hint: "`git ls-tree -r --name-only \(DiffedState.shown(revision))` shows what there is")
    }
  }

  // MARK: Showing

  private func show(_ report: DiffReport, as format: DiffCommand.Format) throws(CommandFailure) {
    let text: String
    switch format {
    case .text: text = report.text(context.reportStyle)
    case .markdown: text = report.markdown()
    case .json: text = report.json()
    case .title: text = report.title()
    case .commit: text = report.commit()
    case .unified:
      do throws(FilePatch.Refusal) {
        text = try report.unified()
      } catch {
        throw .usage(error.description, hint: "`--format text` shows what changed")
      }
      if text.isEmpty { return }
    }
    // What a rendering ends with, the terminal adds.
    context.terminal.show(RenderedText.withoutLastLineFeed(text))
  }
}
