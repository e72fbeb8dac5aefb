import PackageIndex
import PythonPackaging
import RequirementsFiles
import Resolution

/// One run of `repin why` for one lockfile: reads what compiling it reads, resolves with its pins kept, and answers from
/// the graph.
struct WhyRun {
  let subject: Requirement
  var run: CompileRun
  let progress: Progress

  /// What compiling comes to.
  struct Basis {
    let question: CompileRun.Question
    let resolver: Resolver<IndexReleases>
    let graph: ResolvedGraph
    let assembly: LockfileAssembly
    /// What would be pinned.
    let pins: [LockedPin]
  }

  /// An answer, or why there is none, and the lockfile that it leads to where that is wanted.
  struct Answered {
    var answer: WhyReport.Answer?
    var absence: WhyReport.Absence?
    var lockfile: Lockfile?
  }

  // MARK: Compiling

  /// Reads and resolves; what is opened for it is added to `sources`.
  func basis(opening sources: inout [CompileRun.OpenSources]) async throws(CommandFailure) -> Basis {
    let (question, resolver) = try await question(of: run, opening: &sources)
    return try basis(
      question, question.request, resolver, graph: await run.resolve(question, by: resolver))
  }

  private func question(
    of run: CompileRun, opening sources: inout [CompileRun.OpenSources]
  ) async throws(CommandFailure) -> (CompileRun.Question, Resolver<IndexReleases>) {
    sources.append(CompileRun.OpenSources(sharing: sources.last))
    let question = try await run.question(opening: &sources[sources.count - 1])
    return (question, try await run.resolver(for: question, progress: progress))
  }

  private func basis(
    _ question: CompileRun.Question, _ request: CompileRequest, _ resolver: Resolver<IndexReleases>,
    graph: ResolvedGraph
  ) -> Basis {
    var question = question
    question.request = request
    let assembly = LockfileAssembly(
      graph: graph, request: request, direct: question.direct, hashes: [:],
      unsafePackages: run.command.unsafePackage)
    let pins = assembly.pins()
    return Basis(
      question: question, resolver: resolver, graph: graph, assembly: assembly,
      pins: pins.safe + (run.command.allowUnsafe ? pins.unsafe : []))
  }

  /// The lockfile of a basis, as far as others build on it.
  func lockfile(of basis: Basis) async throws(CommandFailure) -> Lockfile {
    try await run.lockfile(basis.graph, basis.question)
  }

  /// Whether a project would be held back from the lockfile.
  func isHeldBack(_ name: PackageName, _ basis: Basis) -> Bool {
    !run.command.allowUnsafe && basis.assembly.isUnsafe(name)
  }

  // MARK: Answering

  /// Whether the lockfile could have the releases that are asked about.
  ///
  /// - Parameters:
  ///   - shown: what compiling comes to.
  ///   - isShifted: whether a lockfile that this one builds on moves with it: what that leads to is read.
  ///   - isKept: whether others build on what it leads to.
  func answer(
    _ shown: Basis, isShifted: Bool, isKept: Bool, opening sources: inout [CompileRun.OpenSources]
  ) async throws(CommandFailure) -> Answered {
    guard !isHeldBack(subject.name, shown) else { return Answered(absence: .heldBack) }
    var basis = shown
    var asked = PinQuestion(subject, about: shown.graph, of: shown.question.request.resolution)
    let isMovable = shown.question.direct.sources[subject.name]?.release.commit != nil
    if isShifted || (isMovable && asked.version(in: shown.graph) == nil) {
      if let upgraded = try await upgraded(opening: &sources), asked.version(in: upgraded.graph) != nil {
        return try await possible(upgraded, from: shown, by: .upgrade, isKept: isKept)
      }
      if isShifted, let shifted = try await compiled(opening: &sources) {
        basis = shifted
        asked = PinQuestion(subject, about: shifted.graph, of: shifted.question.request.resolution)
      }
    }
    let answer: PinQuestion.Answer
    do throws(ResolutionError<IndexFailure>) {
      answer = try await basis.resolver.answer(asked)
    } catch {
      throw await run.failure(error, of: basis.question, by: basis.resolver)
    }
    switch answer {
    case .pinned(let version):
      let changes = changes(from: shown, to: basis)
      if changes.contains(where: { $0.name == subject.name }) || shown.question.existing == nil {
        return try await possible(basis, from: shown, by: .compile, isKept: isKept)
      }
      return Answered(answer: .pinned(version))
    case .possible(let graph, let way):
      let request = basis.question.request
      let other = self.basis(
        basis.question, way == .upgrade ? request.upgrading(asked) : request.asking(asked), basis.resolver,
        graph: graph)
      return try await possible(
        other, from: shown, by: way == .upgrade ? .upgrade : .line, isKept: isKept)
    case .impossible(let failed, let blockers, let waysOut):
      return Answered(answer: .impossible(await refusal(failed, blockers, waysOut, asked, basis)))
    }
  }

  /// What compiling with the project's pin given up comes to, all read anew; nil: nothing, it can't be done.
  func upgraded(opening sources: inout [CompileRun.OpenSources]) async throws(CommandFailure) -> Basis? {
    var upgrading = self
    upgrading.run.command.upgradePackage = [subject.description]
    return try await upgrading.compiled(opening: &sources)
  }

  private func compiled(
    opening sources: inout [CompileRun.OpenSources]
  ) async throws(CommandFailure) -> Basis? {
    do throws(CommandFailure) {
      var answering = self
      answering.run.command.quiet = true
      answering.run.command.verbose = false
      return try await answering.basis(opening: &sources)
    } catch {
      guard case .unsatisfiable = error else { throw error }
      return nil
    }
  }

  private func possible(
    _ other: Basis, from shown: Basis, by way: WhyReport.Way, isKept: Bool
  ) async throws(CommandFailure) -> Answered {
    guard let version = other.graph.pin(subject.name)?.version else {
      preconditionFailure("a graph without what was asked for")
    }
    if let missing = missingExtra(other) { return Answered(absence: missing) }
    for case .yanked(subject.name, version, let reason) in other.graph.notices {
      let reason = reason.map { ": \(PrintableText.escaped($0, limit: 300))" } ?? ""
      run.context.terminal.warn("\(subject.name)==\(version) is yanked\(reason)")
    }
    return Answered(
      answer: .possible(version, changes: changes(from: shown, to: other), by: way),
      lockfile: isKept ? try await lockfile(of: other) : nil)
  }

  /// What becomes of the lockfile's pins; where there is none, of those that compiling would pin.
  private func changes(from shown: Basis, to other: Basis) -> [LockfileChange] {
    LockfileChange.changes(from: shown.question.existing?.contents.pins ?? shown.pins, to: other.pins)
  }

  private func refusal(
    _ failed: UnsatisfiableRequirements, _ blockers: [PinBlocker], _ waysOut: WaysOut, _ asked: PinQuestion,
    _ basis: Basis
  ) async -> WhyReport.Refusal {
    let setting = run.setting(of: basis.question, basis.question.request.asking(asked))
    let report = FailureReport(await basis.resolver.study(failed, in: setting))
    let lines = report.text(isWhole: run.command.verbose).split(separator: "\n").dropFirst().map { line in
      String(line.drop { $0 == " " })
    }
    // The blockers and the ways out tell which lines to change.
    let hints = report.hints.filter { (blockers.isEmpty && waysOut.found.isEmpty) || !$0.kind.isOfLine }
    return WhyReport.Refusal(
      blockers: blockers, lines: WrittenLines(basis.question.request), proof: lines, hints: hints.map(\.text),
      waysOut: waysOut, isIncomplete: report.isIncomplete)
  }
}
