import PythonPackaging
import RequirementsFiles
import Resolution

/// What `repin why` finds out of the lockfiles that one command compiles: each is seen as compiling would leave it, and
/// those that build on others as those would be then.
struct WhySurvey {
  /// One lockfile of the command.
  struct Lockfile {
    var layer: LayeredCompile.Layer
    let hinted: WhyHintedCommand
    let isLayered: Bool
    /// Whether it is to be told of.
    var isMeant = true
  }

  let subject: Requirement
  /// Each after those it reads.
  let lockfiles: [Lockfile]
  let context: CommandContext
  let progress: Progress

  /// A lockfile with what compiling it comes to.
  private struct Compiled {
    let lockfile: Lockfile
    let run: WhyRun
    let basis: WhyRun.Basis

    /// Whether it has the project.
    var isPinned: Bool {
      basis.graph.pin(run.subject.name) != nil && !run.isHeldBack(run.subject.name, basis)
    }
  }

  /// What there is to tell of the lockfiles that are meant.
  func reports() async throws(CommandFailure) -> [WhyReport] {
    var sources: [CompileRun.OpenSources] = []
    let result: Result<[WhyReport], CommandFailure>
    do throws(CommandFailure) {
      result = .success(try await reports(opening: &sources))
    } catch {
      result = .failure(error)
    }
    progress.finish()
    for source in sources { await source.close(context.terminal) }
    return try result.get()
  }

  private func reports(
    opening sources: inout [CompileRun.OpenSources]
  ) async throws(CommandFailure) -> [WhyReport] {
    var compiled: [Compiled] = []
    var pending: [String: [UInt8]] = [:]
    for lockfile in lockfiles where isNeeded(lockfile) {
      let run = CompileRun(command: lockfile.layer.command, context: context, pending: pending)
      let why = WhyRun(subject: subject, run: run, progress: progress)
      do throws(CommandFailure) {
        let basis = try await why.basis(opening: &sources)
        compiled.append(Compiled(lockfile: lockfile, run: why, basis: basis))
        if isReadByOthers(lockfile), why.lockState(basis) != .current {
          pending[lockfile.layer.path] = Array(try await why.lockfile(of: basis).text.utf8)
        }
      } catch {
        guard lockfile.isLayered else { throw error }
        throw .layer(output: lockfile.layer.output, error.placed(among: lockfile.layer.settings))
      }
    }
    if subject.specifiers.isEmpty {
      return compiled.filter(\.lockfile.isMeant).map {
        $0.run.report($0.basis, answered: nil, command: $0.lockfile.hinted)
      }
    }
    return try await answers(compiled, pending: pending, opening: &sources)
  }

  /// The answers, each with the lockfiles before it as they would be.
  private func answers(
    _ compiled: [Compiled], pending: [String: [UInt8]], opening sources: inout [CompileRun.OpenSources]
  ) async throws(CommandFailure) -> [WhyReport] {
    var moved = pending
    var stuck: [String] = []
    var reports: [WhyReport] = []
    let isPinned = compiled.contains(where: \.isPinned)
    for one in compiled {
      let layer = one.lockfile.layer
      let isShifted = layer.reads.contains { moved[$0] != pending[$0] }
      let isAsked = one.isPinned || !isPinned
      guard isAsked || isShifted else { continue }
      do throws(CommandFailure) {
        var run = one.run
        run.run.pending = moved
        let isKept = isReadByOthers(one.lockfile)
        guard isAsked else {
          guard let upgraded = try await run.upgraded(opening: &sources) else {
            stuck.append(layer.output)
            continue
          }
          if isKept { moved[layer.path] = Array(try await run.lockfile(of: upgraded).text.utf8) }
          continue
        }
        let answered = try await run.answer(
          one.basis, isShifted: isShifted, isKept: isKept, opening: &sources)
        if let lockfile = answered.lockfile { moved[layer.path] = Array(lockfile.text.utf8) }
        if case .impossible? = answered.answer { stuck.append(layer.output) }
        guard one.lockfile.isMeant else { continue }
        reports.append(run.report(one.basis, answered: answered, command: one.lockfile.hinted))
      } catch {
        guard one.lockfile.isLayered else { throw error }
        throw .layer(output: layer.output, error.placed(among: layer.settings))
      }
    }
    for place in reports.indices {
      if case .impossible = reports[place].answer { reports[place].stuck = stuck }
      guard !stuck.isEmpty, case .possible(let version, let changes, .upgrade) = reports[place].answer else {
        continue
      }
      reports[place].answer = .possible(version, changes: changes, by: .nothing)
      reports[place].stuck = stuck
    }
    return reports
  }

  /// Whether another of the lockfiles is made of this one.
  private func isReadByOthers(_ lockfile: Lockfile) -> Bool {
    lockfiles.contains {
      $0.layer.path != lockfile.layer.path && $0.layer.reads.contains(lockfile.layer.path)
    }
  }

  /// Whether a lockfile is meant, or something that is meant is made of it, or compiled in the same command.
  private func isNeeded(_ lockfile: Lockfile) -> Bool {
    if lockfile.isMeant || !subject.specifiers.isEmpty { return true }
    return lockfiles.contains { other in
      other.layer.path != lockfile.layer.path && other.layer.reads.contains(lockfile.layer.path)
        && isNeeded(other)
    }
  }
}
