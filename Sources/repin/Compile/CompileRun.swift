import PackageIndex
import PythonPackaging
import Reports
import RequirementsFiles
import Resolution

/// One run of `repin compile` for one lockfile: reads, resolves, writes.
struct CompileRun {
  var command: CompileCommand
  let context: CommandContext
  /// What other compilations of the same command are going to write, by absolute path: read instead of what is there.
  var pending: [String: [UInt8]] = [:]
  /// Whether nothing may be built, which nobody has said by an option: the lockfile's header doesn't have it.
  var isBuildBarred = false
  /// Shared with the runs that ask another question about the same lockfile.
  let localBuilds = LocalBuilds()

  /// What a compilation came to, not written yet.
  struct Outcome {
    let inputs: CompileInputs
    let existing: ExistingLockfile?
    let graph: ResolvedGraph
    let lookups: Lookups
    let lockfile: Lockfile
    let bytes: [UInt8]
    let elapsed: Duration

    /// Whether the lockfile there is has these bytes.
    var isUnchanged: Bool { bytes == existing?.bytes }

    /// How the lockfile there is differs, as `diff -u` writes it; nil: in no line.
    ///
    /// The lockfile there was may have a password that somebody wrote into it.
    ///
    /// - Parameter word: what has made the new one.
    func difference(labelled word: String) -> String? {
      let output = inputs.shownOutput
      let lines = UnifiedDiff(
        old: String(decoding: existing?.bytes ?? [], as: UTF8.self), new: lockfile.text, oldLabel: output,
        newLabel: "\(output) (\(word))"
      ).lines
      return lines.isEmpty ? nil : URLCredentials.redacted(within: lines.joined(separator: "\n"))
    }
  }

  /// A compilation at its end, with what it holds open.
  struct Compilation {
    let result: Result<Outcome, CommandFailure>
    fileprivate let sources: OpenSources

    func close(_ terminal: Terminal) async { await sources.close(terminal) }
  }

  /// A lockfile that was written.
  struct Written {
    let path: String
    let bytes: [UInt8]
  }

  /// Compiles and writes.
  func run() async throws(CommandFailure) {
    try refuseReadOnly()
    let compilation = await compilation()
    // The lockfile goes first: what was fetched is kept for the next run either way, and nobody waits for it.
    let written: Result<Written?, CommandFailure>
    do throws(CommandFailure) {
      let outcome = try compilation.result.get()
      Self.warnOfUnneededNames([command], in: [outcome], on: context.terminal)
      written = .success(try finish(outcome))
    } catch {
      written = .failure(error)
    }
    await compilation.close(context.terminal)
    if let written = try written.get() {
      await LockfileRecording(context: context, arguments: command.history).record([written])
    }
  }

  /// Refuses a lockfile that is marked as read-only, before anything is asked for it, where it is to be written.
  func refuseReadOnly() throws(CommandFailure) {
    guard !command.check, !command.dryRun else { return }
    try CompileInputs(command, context: context).refuseReadOnly(context: context)
  }

  /// Compiles and writes nothing.
  func compilation() async -> Compilation {
    await compilation { question throws(CommandFailure) in try await resolve(question) }
  }

  /// Makes the lockfile of a graph that is found in another way, and writes nothing.
  ///
  /// - Parameter find: finds the graph.
  func compilation(
    by find: (Question) async throws(CommandFailure) -> ResolvedGraph
  ) async -> Compilation {
    let start = context.clock.now
    var sources = OpenSources()
    let result: Result<Outcome, CommandFailure>
    do throws(CommandFailure) {
      for note in command.quiet ? [] : command.habits.notes { context.terminal.say("note: \(note)") }
      let question = try await question(opening: &sources)
      let graph = try await find(question)
      try await checkHashes(
        question.request, of: graph, direct: question.direct, options: question.input.options,
        with: question.client)
      let lockfile = try await lockfile(graph, question)
      let newline = Newline(
        command.newline,
        contents: (question.existing.map { [$0.bytes] } ?? [])
          + question.inputs.sources.compactMap(question.loading.contents)
      )
      result = .success(
        Outcome(
          inputs: question.inputs, existing: question.existing, graph: graph, lookups: question.lookups,
          lockfile: lockfile, bytes: lockfile.bytes(newline: newline), elapsed: context.clock.now - start))
    } catch {
      result = .failure(error)
    }
    return Compilation(result: result, sources: sources)
  }

  /// Writes the lockfile and says what changed.
  ///
  /// - Returns: what was written; nil: nothing, or to standard output.
  func finish(_ outcome: Outcome) throws(CommandFailure) -> Written? {
    if command.check {
      try check(outcome)
      return nil
    }
    summary(of: outcome).sayNotices(on: context.terminal)
    let written = try write(outcome)
    sayResult(of: outcome)
    return written
  }

  /// Says what changed.
  func sayResult(of outcome: Outcome) {
    if command.quiet { return }
    summary(of: outcome).sayResult(
      output: outcome.inputs.shownOutput, wasSame: outcome.isUnchanged, elapsed: outcome.elapsed,
      on: context.terminal)
  }

  /// What there is to say of a compilation.
  func summary(of outcome: Outcome) -> CompileSummary {
    CompileSummary(
      graph: outcome.graph, lockfile: outcome.lockfile, before: outcome.existing?.contents, command: command)
  }

  /// Shows what would change.
  func check(_ outcome: Outcome) throws(CommandFailure) {
    summary(of: outcome).sayNotices(on: context.terminal)
    let output = outcome.inputs.shownOutput
    guard !outcome.isUnchanged else {
      if !command.quiet { context.terminal.say("\(output) is up to date") }
      return
    }
    let difference = outcome.difference(labelled: "compiled")
    if let difference { context.terminal.show(difference) }
    throw .outOfDate(output: output, onlyLineEnds: difference == nil)
  }

  /// Writes the lockfile, or shows it where that is wanted.
  ///
  /// - Returns: what was written; nil: nothing, or to standard output.
  func write(_ outcome: Outcome) throws(CommandFailure) -> Written? {
    let inputs = outcome.inputs
    if inputs.output == "-" || command.dryRun {
      context.terminal.show(outcome.bytes)
      return nil
    }
    guard !outcome.isUnchanged else { return nil }
    return try put(outcome, undisturbedBy: context.interruption)
  }

  /// Puts the lockfile in its place.
  ///
  /// - Parameter interruption: nil: the caller holds it.
  func put(_ outcome: Outcome, undisturbedBy interruption: Interruption?) throws(CommandFailure) -> Written {
    let inputs = outcome.inputs
    do throws(Files.Failure) {
      try Files.replace(
        context.absolute(inputs.output), with: outcome.bytes, undisturbedBy: interruption)
    } catch {
      throw .unwritable(path: inputs.shownOutput, reason: error.reason)
    }
    return Written(path: inputs.output, bytes: outcome.bytes)
  }
}
