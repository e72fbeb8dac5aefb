import PackageIndex
import PythonPackaging
import RequirementsFiles
import Resolution

/// One run of `repin compile`: reads, resolves, writes.
struct CompileRun {
  let command: CompileCommand
  let context: CommandContext

  /// What a resolution came to.
  struct Compiled {
    let graph: ResolvedGraph
    let lockfile: Lockfile
    let bytes: [UInt8]
  }

  func run() async throws(CommandFailure) {
    let start = context.clock.now
    if !command.quiet { for note in command.habits.notes { context.terminal.say("note: \(note)") } }
    let inputs = try CompileInputs(command, context: context)
    let setup = try IndexSetup(command.habits.applied(to: command.index), context: context)
    let target = try await target(cache: setup.cache)
    let upgrades = try upgradeRequirements()
    let loading = RequirementsLoading(context: context)
    let input = try await read(inputs, by: loading, setup: setup)
    let existing = try existingLockfile(inputs)
    let request = try CompileRequest(
      input, upgrades: upgrades, locked: command.upgrade ? [] : existing?.contents.pins ?? [],
      environment: target.environment,
      preReleases: command.pre || input.options.releaseControl.allowsAll ? .allow : .ifNecessary)
    let client = try setup.client(for: input.options, defaultIndexURL: target.facts?.defaultIndexURL)
    if command.verbose { sayPlan(input, client: client, environment: target.environment) }

    let compiled: Result<Compiled, CommandFailure>
    do throws(CommandFailure) {
      let graph = try await resolve(request, with: client, existing: existing)
      let lockfile = try lockfile(graph, request, input, target: target, existing: existing, client: client)
      let newline = Newline(
        command.newline,
        contents: (existing.map { [$0.bytes] } ?? []) + inputs.sources.compactMap(loading.contents)
      )
      compiled = .success(Compiled(graph: graph, lockfile: lockfile, bytes: lockfile.bytes(newline: newline)))
    } catch {
      compiled = .failure(error)
    }
    // The lockfile goes first: what was fetched is kept for the next run either way, and nobody waits for it.
    let written: Result<Void, CommandFailure>
    do throws(CommandFailure) {
      try finish(compiled.get(), output: inputs.output, existing: existing, since: start)
      written = .success(())
    } catch {
      written = .failure(error)
    }
    await client.close()
    for warning in setup.cache?.takeWarnings() ?? [] { context.terminal.warn(warning.description) }
    try written.get()
  }

  /// Writes the lockfile and says what changed.
  private func finish(
    _ compiled: Compiled, output: String, existing: ExistingLockfile?,
    since start: ContinuousClock.Instant
  ) throws(CommandFailure) {
    let summary = CompileSummary(
      graph: compiled.graph, lockfile: compiled.lockfile, before: existing?.contents, command: command)
    summary.sayNotices(on: context.terminal)
    if command.check {
      try check(compiled, output: output, existing: existing)
      return
    }
    try write(compiled.bytes, over: existing?.bytes, to: output)
    if !command.quiet {
      summary.sayResult(
        output: output, wasSame: compiled.bytes == existing?.bytes, elapsed: context.clock.now - start,
        on: context.terminal)
    }
  }

  /// Shows what would change.
  private func check(
    _ compiled: Compiled, output: String, existing: ExistingLockfile?
  ) throws(CommandFailure) {
    guard compiled.bytes != existing?.bytes else {
      if !command.quiet { context.terminal.say("\(output) is up to date") }
      return
    }
    let difference = UnifiedDiff(
      old: String(decoding: existing?.bytes ?? [], as: UTF8.self), new: compiled.lockfile.text,
      oldLabel: output,
      newLabel: "\(output) (compiled)")
    if !difference.lines.isEmpty { context.terminal.show(difference.lines.joined(separator: "\n")) }
    throw .outOfDate(output: output, onlyLineEnds: difference.lines.isEmpty)
  }

  private func write(_ bytes: [UInt8], over old: [UInt8]?, to output: String) throws(CommandFailure) {
    if output == "-" || command.dryRun {
      context.terminal.show(bytes)
      return
    }
    guard bytes != old else { return }
    do throws(Files.Failure) {
      try Files.replace(context.absolute(output), with: bytes)
    } catch {
      throw .unwritable(path: output, reason: error.reason)
    }
  }
}
