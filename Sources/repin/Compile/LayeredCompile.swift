import PythonPackaging
import RequirementsFiles
import Synchronization

/// Several lockfiles compiled as one: those that others build on come first, each sees what the ones before it came to,
/// and none is written unless all can be.
struct LayeredCompile {
  let compilations: [PlannedCompile]
  let context: CommandContext

  /// Compiles all, then writes all.
  func run() async throws(CommandFailure) {
    var pending: [String: [UInt8]] = [:]
    var done: [LockfileSet.Member] = []
    let layers = try ordered()
    for layer in layers {
      do throws(CommandFailure) {
        try CompileRun(command: layer.command, context: context).refuseReadOnly()
      } catch {
        throw error.placed(among: layer.settings)
      }
    }
    for layer in layers {
      let run = CompileRun(command: layer.command, context: context, pending: pending)
      let compilation = await run.compilation()
      await compilation.close(context.terminal)
      do throws(CommandFailure) {
        let outcome = try compilation.result.get()
        pending[layer.path] = outcome.bytes
        done.append(LockfileSet.Member(run: run, outcome: outcome, settings: layer.settings))
      } catch {
        throw .layer(output: layer.output, error.placed(among: layer.settings))
      }
    }
    CompileRun.warnOfUnneededNames(
      compilations.map(\.command), in: done.map(\.outcome), on: context.terminal)
    if done.contains(where: \.run.command.check) { return try check(done) }
    for member in done { member.run.summary(of: member.outcome).sayNotices(on: context.terminal) }
    let written = try LockfileSet(members: done, context: context).write()
    for member in done { member.run.sayResult(of: member.outcome) }
    if let first = compilations.first {
      await LockfileRecording(context: context, arguments: first.command.history).record(written)
    }
  }

  /// Shows what would change in each.
  private func check(_ done: [LockfileSet.Member]) throws(CommandFailure) {
    var outdated: [String] = []
    for member in done {
      do throws(CommandFailure) {
        try member.run.check(member.outcome)
      } catch {
        guard case .outOfDate(let output, _) = error else { throw error }
        outdated.append(output)
      }
    }
    if !outdated.isEmpty { throw .severalOutOfDate(outputs: outdated) }
  }

  /// One lockfile with the files it is made of.
  struct Layer {
    var command: CompileCommand
    let output: String
    /// The output, absolute and normalised.
    let path: String
    /// The files it reads, likewise.
    let reads: Set<String>
    /// What is configured for it.
    var settings: [OptionSettings.Setting] = []
  }

  /// The lockfiles so that each comes after those it reads, else in the order given.
  func ordered() throws(CommandFailure) -> [Layer] {
    var layers: [Layer] = []
    for compilation in compilations {
      let command = compilation.command
      let inputs: CompileInputs
      do throws(CommandFailure) {
        inputs = try CompileInputs(command, context: context)
      } catch {
        throw error.placed(among: compilation.settings)
      }
      let path = context.normalized(inputs.output)
      if let other = layers.first(where: { $0.path == path }) {
        let failure = CommandFailure.usage(
          "`\(inputs.output)` is the output of two entries of `[[compile]]`",
          about: MentionedOption("output-file", inputs.output))
        throw failure.placed(among: other.settings + compilation.settings)
      }
      layers.append(
        Layer(
          command: command, output: inputs.shownOutput, path: path, reads: filesRead(by: command, inputs),
          settings: compilation.settings))
    }
    var result: [Layer] = []
    var rest = layers
    while !rest.isEmpty {
      let next = rest.firstIndex { layer in
        !rest.contains { $0.path != layer.path && layer.reads.contains($0.path) }
      }
      guard let next else {
        let names = rest.map { "`\($0.output)`" }.joined(separator: ", ")
        let failure = CommandFailure.usage(
          "the lockfiles \(names) of `[[compile]]` build on each other",
          hint: "a lockfile can be a constraint (`-c`) of another only one way",
          about: MentionedOption("output-file"))
        throw failure.placed(among: rest.flatMap(\.settings))
      }
      result.append(rest.remove(at: next))
    }
    return result
  }

  /// All files that a compilation reads, as far as they can be told before others are compiled.
  private func filesRead(by command: CompileCommand, _ inputs: CompileInputs) -> Set<String> {
    let asked = Mutex<Set<String>>([])
    let reader = RequirementsReader(localFilesOf: context) { file in asked.withLock { _ = $0.insert(file) } }
    // A fault in them is told when they are compiled.
    _ = try? reader.read(inputs.requirementsFiles, constraints: command.constraint)
    return Set(asked.withLock { $0 }.map(context.normalized))
  }
}

extension RequirementsReader {
  /// Reads files of this machine alone, as far as they are there: what others would tell is left out.
  ///
  /// - Parameter noting: is told the absolute path of each.
  init(localFilesOf context: CommandContext, noting: @escaping @Sendable (String) -> Void) {
    self.init(
      workingDirectory: context.workingDirectory, nestedOrigin: .normalized,
      environment: { [environment = context.environment] in environment[$0] },
      pathKind: { RequirementsLoading.kind(of: $0) },
      load: { [context] path throws(RequirementsReader.LoadFailure) in
        if path == "-" || path.contains("://") { return [] }
        let file = context.absolute(path)
        noting(file)
        return (try? Files.read(file, limit: RequirementsReader.Limits().bytesPerFile)) ?? []
      })
  }
}
