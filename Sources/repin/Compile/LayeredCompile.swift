import PythonPackaging
import RequirementsFiles
import Synchronization

/// Several lockfiles compiled as one: those that others build on come first, each sees what the ones before it came to,
/// and none is written unless all can be.
struct LayeredCompile {
  let commands: [CompileCommand]
  let context: CommandContext

  /// Compiles all, then writes all.
  func run() async throws(CommandFailure) {
    var pending: [String: [UInt8]] = [:]
    var done: [(run: CompileRun, outcome: CompileRun.Outcome)] = []
    for layer in try ordered() {
      let run = CompileRun(command: layer.command, context: context, pending: pending)
      let compilation = await run.compilation()
      await compilation.close(context.terminal)
      do throws(CommandFailure) {
        let outcome = try compilation.result.get()
        pending[layer.path] = outcome.bytes
        done.append((run, outcome))
      } catch {
        throw .layer(output: layer.output, error)
      }
    }
    CompileRun.warnOfUnneededUpgrades(commands, pinned: done.map(\.outcome.graph), on: context.terminal)
    var outdated: [String] = []
    for (run, outcome) in done {
      do throws(CommandFailure) {
        try run.finish(outcome)
      } catch {
        guard case .outOfDate(let output, _) = error else {
          throw .layer(output: outcome.inputs.shownOutput, error)
        }
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
  }

  /// The lockfiles so that each comes after those it reads, else in the order given.
  func ordered() throws(CommandFailure) -> [Layer] {
    var layers: [Layer] = []
    for command in commands {
      let inputs = try CompileInputs(command, context: context)
      let path = normalized(inputs.output)
      if layers.contains(where: { $0.path == path }) {
        throw .usage("`\(inputs.output)` is the output of two entries of `[[compile]]`")
      }
      layers.append(
        Layer(command: command, output: inputs.shownOutput, path: path, reads: filesRead(by: command, inputs))
      )
    }
    var result: [Layer] = []
    var rest = layers
    while !rest.isEmpty {
      let next = rest.firstIndex { layer in
        !rest.contains { $0.path != layer.path && layer.reads.contains($0.path) }
      }
      guard let next else {
        let names = rest.map { "`\($0.output)`" }.joined(separator: ", ")
        throw .usage(
          "the lockfiles \(names) of `[[compile]]` build on each other",
          hint: "a lockfile can be a constraint (`-c`) of another only one way")
      }
      result.append(rest.remove(at: next))
    }
    return result
  }

  /// All files that a compilation reads, as far as they can be told before others are compiled.
  private func filesRead(by command: CompileCommand, _ inputs: CompileInputs) -> Set<String> {
    let asked = Mutex<Set<String>>([])
    let reader = RequirementsReader(
      workingDirectory: context.workingDirectory, nestedOrigin: .normalized,
      environment: { [environment = context.environment] in environment[$0] }, pathKind: { _ in .missing },
      load: { [context] path throws(RequirementsReader.LoadFailure) in
        if path == "-" || path.contains("://") { return [] }
        let file = context.absolute(path)
        asked.withLock { _ = $0.insert(file) }
        return (try? Files.read(file, limit: RequirementsReader.Limits().bytesPerFile)) ?? []
      })
    // A fault in them is told when they are compiled.
    _ = try? reader.read(inputs.requirementsFiles, constraints: command.constraint)
    return Set(asked.withLock { $0 }.map(normalized))
  }

  private func normalized(_ path: String) -> String {
    RequirementOrigin.normalizedPath(context.absolute(path))
  }
}
