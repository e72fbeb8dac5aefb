import PackageIndex
import PythonPackaging
import RequirementsFiles
import Resolution

extension CompileRun {
  /// What a run asks and of whom: all that it has read, and the indexes' client.
  struct Question {
    let inputs: CompileInputs
    let target: Target
    let loading: RequirementsLoading
    let input: RequirementsInput
    let existing: ExistingLockfile?
    let client: IndexClient
    let direct: DirectSources
    var request: CompileRequest
    /// What the resolver has asked the indexes for.
    let lookups = Lookups()
  }

  /// What a run holds open.
  struct OpenSources {
    fileprivate(set) var client: IndexClient?
    fileprivate(set) var cache: IndexCache?

    /// Nothing yet.
    ///
    /// - Parameter other: what has a cache open, which is shared.
    init(sharing other: OpenSources? = nil) { cache = other?.cache }

    /// Keeps for the next run what was fetched, and tells what there is to tell of the cache.
    func close(_ terminal: Terminal) async {
      await client?.close()
      for warning in cache?.takeWarnings() ?? [] { terminal.warn(warning.description) }
    }
  }

  /// Reads everything there is to read and makes the question to the resolver of it.
  func question(opening sources: inout OpenSources) async throws(CommandFailure) -> Question {
    let inputs = try CompileInputs(command, context: context)
    let setup = try IndexSetup(
      command.habits.applied(to: command.index), context: context, cache: sources.cache)
    sources.cache = setup.cache
    context.interruption.keeps { [weak cache = setup.cache] in cache?.close() }
    let target = try await target(cache: setup.cache)
    let loading = RequirementsLoading(context: context, pending: pending)
    var input = try await read(inputs, by: loading, setup: setup)
    let overrides = try await readOverrides(inputs, by: loading, setup: setup)
    let existing = try existingLockfile(inputs)
    let now = setup.clock.now()
    let client = try setup.client(
      for: input.options, defaultIndexURL: target.facts?.defaultIndexURL,
      builder: builder(for: input.options, target: target, setup: setup, now: now), git: git(setup: setup))
    sources.client = client
    try await readProjects(inputs, into: &input, target: target, with: client)
    warnOfTextComparisons(in: input.entries + overrides, environment: target.environment)
    if command.verbose { sayPlan(input, client: client, environment: target.environment) }
    let direct = try await directSources(
      of: input, environment: target.environment, client: client, existing: existing)
    let request = try CompileRequest(
      input, direct: direct, upgrades: upgradeRequirements(),
      overrides: overrides, locked: command.upgrade ? [] : existing?.contents.pins ?? [],
      environment: target.environment, arguments: command.resolution, now: now)
    return Question(
      inputs: inputs, target: target, loading: loading, input: input, existing: existing, client: client,
      direct: direct, request: request)
  }
}
