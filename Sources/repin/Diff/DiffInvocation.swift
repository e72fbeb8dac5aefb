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
    let isFetching = command.fetch
    @Sendable func quiet(_ compile: CompileCommand) -> CompileCommand {
      var compile = compile
      compile.history.isOff = true
      if !isFetching {
        compile.index.offline = true
        compile.index.refresh = false
      }
      return compile
    }
    let planned = try CheckPlan(
      compile: quiet(command.compile), advisories: command.advisories, words: words, context: context,
      parse: { quiet(try DiffCommand.parse($0).compile) })
    var compared: [ComparedLock] = []
    let states = DiffedStates(context: context)
    let pairs = try await pairs(planned, states)
    await states.read(pairs.flatMap { [$0.old, $0.new] })
    for pair in pairs {
      if let lock = try await lock(pair, states) { compared.append(lock) }
    }
    guard !compared.isEmpty else {
      throw CommandFailure.usage(
        "no lockfile is there, before or after", hint: "name one, or two files: `repin diff OLD NEW`")
    }
    // What was configured names it; that it was off was for the check.
    var history = planned.run.compile.history
    history.isOff = command.compile.history.isOff
    let survey = DiffSurvey(check: planned.run, isFetching: command.fetch, history: history)
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
    /// Whether it was found, and nobody named it: then it may be in neither state.
    var isFound = false
  }

  /// Every lockfile that there is in either of two states.
  private func all(
    from old: DiffedState, to new: DiffedState, _ planned: CheckPlan, _ states: DiffedStates
  ) async throws(CommandFailure) -> [Pair] {
    var paths = Set((try? planned.lockfiles(named: [], below: [])) ?? [])
    for state in [old, new] { paths.formUnion(try await states.lockfiles(in: state)) }
    return paths.sorted().map { path in
      Pair(old: old.at(path), new: new.at(path), mayBeAbsent: true, isFound: true)
    }
  }

  private func pairs(
    _ planned: CheckPlan, _ states: DiffedStates
  ) async throws(CommandFailure) -> [Pair] {
    let words = command.compile.sources
    if let since = command.since {
      let revision = try DiffedState.revision(since, in: "--since \(since)")
      if words.isEmpty {
        return try await all(from: .revision(revision, path: nil), to: .file(""), planned, states)
      }
      return try planned.lockfiles(named: words, below: []).map { path in
        Pair(old: .revision(revision, path: path), new: .file(path), mayBeAbsent: true)
      }
    }
    guard words.count <= 2 else {
      throw .usage(
        "found \(words.count) words, expected an old state and a new one",
        hint: "`--since REVISION` compares any number of lockfiles with what they were at one")
    }
    var named: [DiffedState] = []
    for word in words { named.append(try DiffedState(word)) }
    if named.count == 2 {
      let (old, new) = (named[0], named[1])
      switch (old.path, new.path) {
      case (nil, nil): return try await all(from: old, to: new, planned, states)
      case (nil, let path?): return [Pair(old: old.at(path), new: new, mayBeAbsent: true)]
      case (let path?, nil): return [Pair(old: old, new: new.at(path), mayBeAbsent: true)]
      case (.some, .some): return [Pair(old: old, new: new, mayBeAbsent: false)]
      }
    }
    switch named.first {
    case .revision(let revision, let path?):
      return [Pair(old: .revision(revision, path: path), new: .file(path), mayBeAbsent: true)]
    case .revision(let revision, nil):
      return try await all(from: .revision(revision, path: nil), to: .file(""), planned, states)
    case nil: return try await all(from: .revision("HEAD", path: nil), to: .file(""), planned, states)
    case .file(let path):
      // A lockfile that is gone has no file.
      if Files.status(of: context.absolute(path)) == nil, !path.contains(where: { "*?[".contains($0) }) {
        return [Pair(old: .revision("HEAD", path: path), new: .file(path), mayBeAbsent: true)]
      }
      return try planned.lockfiles(named: words, below: []).map { path in
        Pair(old: .revision("HEAD", path: path), new: .file(path), mayBeAbsent: true)
      }
    }
  }

  /// Nil where there is none in either state, and nobody has named it.
  private func lock(_ pair: Pair, _ states: DiffedStates) async throws(CommandFailure) -> ComparedLock? {
    let old = try await states.bytes(of: pair.old)
    let new = try await states.bytes(of: pair.new)
    if pair.isFound, old == nil, new == nil { return nil }
    for (state, bytes) in [(pair.old, old), (pair.new, new)] where bytes == nil {
      guard !pair.mayBeAbsent || old == nil && new == nil else { continue }
      throw absent(state, isAlone: pair.mayBeAbsent)
    }
    do throws(CommandFailure) {
      return try ComparedLock(
        old: old.map { (states.shownPath(pair.old.path ?? ""), $0) },
        new: new.map { (states.shownPath(pair.new.path ?? ""), $0) })
    } catch {
      // A name alone makes no lockfile.
      guard pair.isFound else { throw error }
      if old != new { context.terminal.warn("not compared: \(error.message)") }
      return nil
    }
  }

  /// - Parameter isAlone: whether a word that is no path might be a revision.
  private func absent(_ state: DiffedState, isAlone: Bool) -> CommandFailure {
    switch state {
    case .file(let path):
      .usage("the lockfile `\(DiffedState.shown(path))` can't be read: no such file", hint: "name a lockfile")
    case .revision(let revision, let path?) where isAlone && command.compile.sources == [path]:
      .usage(
        "git has no `\(DiffedState.shown(path))` at `\(DiffedState.shown(revision))`, and there is no such file",
        hint: "name a lockfile; a revision is written `git:\(DiffedState.shown(path))`")
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
