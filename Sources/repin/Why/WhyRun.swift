import PythonPackaging
import RequirementsFiles
import Resolution

/// One run of `repin why` for one lockfile: reads what compiling it reads, resolves with its pins kept, and answers from
/// the graph.
struct WhyRun {
  let subject: Requirement
  let run: CompileRun

  /// What there is to tell.
  func report() async throws(CommandFailure) -> WhyReport {
    var sources = CompileRun.OpenSources()
    let result: Result<WhyReport, CommandFailure>
    do throws(CommandFailure) {
      let question = try await run.question(opening: &sources)
      result = .success(try await report(question))
    } catch {
      result = .failure(error)
    }
    await sources.close(run.context.terminal)
    return try result.get()
  }

  private func report(_ question: CompileRun.Question) async throws(CommandFailure) -> WhyReport {
    let progress = Progress(terminal: run.context.terminal, isShown: !run.command.quiet)
    defer { progress.finish() }
    let resolver = try await run.resolver(for: question, progress: progress)
    var graph = try await run.resolve(question, by: resolver)
    let assembly = LockfileAssembly(
      graph: graph, request: question.request, direct: question.direct, hashes: [:],
      unsafePackages: run.command.unsafePackage)
    let pins = assembly.pins()
    let heldBack = Set(run.command.allowUnsafe ? [] : pins.unsafe.compactMap(\.name))
    let answer =
      subject.specifiers.isEmpty
      ? nil : try await self.answer(graph, question, by: resolver, heldBack: heldBack)
    for place in graph.edges.indices {
      graph.edges[place].requirement.url = graph.edges[place].requirement.url.map(URLCredentials.redacted)
    }
    let pin = graph.pin(subject.name)
    let requirements = question.request.writtenRequirements
    let tree = DependencyTree(
      to: subject.name, extras: subject.specifiers.isEmpty ? subject.extras : [], in: graph,
      written: requirements, overrides: question.request.overrides.map(CompileRequest.written))
    return WhyReport(
      lockfile: question.inputs.output,
      lockState: lockState(
        question, resolved: pins.safe + (run.command.allowUnsafe ? pins.unsafe : [])),
      subject: subject, pin: pin,
      url: question.direct.sources[subject.name].map { URLCredentials.redacted($0.lockedURL) },
      tree: tree,
      versions: Dictionary(graph.pins.map { ($0.name, $0.version) }) { first, _ in first },
      requirements: requirements,
      constraints: question.request.constraints.map {
        $0.map(CompileRequest.written) ?? WrittenRequirement(file: "--upgrade-package", line: nil, text: "")
      },
      overrides: question.request.overrides.map(CompileRequest.written),
      bounds: pin?.constraints ?? [],
      absence: absence(graph, question, tree: tree, isHeldBack: heldBack.contains(subject.name)),
      answer: answer)
  }

  // MARK: The lockfile

  /// Whether compiling would change a pin.
  private func lockState(_ question: CompileRun.Question, resolved: [LockedPin]) -> WhyReport.LockState {
    guard let existing = question.existing else { return .missing }
    func texts(_ pins: [LockedPin]) -> [PackageName: String] {
      var result: [PackageName: String] = [:]
      for pin in pins {
        // An address may be written in several ways; whether it moved is compile's to tell.
        if let name = pin.name { result[name] = pin.version?.description ?? "" }
      }
      return result
    }
    let old = texts(existing.contents.pins)
    let new = texts(resolved)
    let changed = Set(old.keys).union(new.keys).filter { old[$0] != new[$0] }
    // A pin by path may not tell its name.
    let isWhole = existing.contents.pins.allSatisfy { $0.name != nil }
    return changed.isEmpty || !isWhole ? .current : .outdated(changed.sorted())
  }

  // MARK: Absence

  private func absence(
    _ graph: ResolvedGraph, _ question: CompileRun.Question, tree: DependencyTree, isHeldBack: Bool
  ) -> WhyReport.Absence? {
    if isHeldBack { return .heldBack }
    let locked = question.existing?.contents.pins.compactMap(\.name) ?? []
    guard graph.pin(subject.name) == nil else { return tree.lines.isEmpty ? .extraNotAskedFor : nil }
    let excluded = excluded(graph, question)
    if !excluded.isEmpty { return .excluded(excluded) }
    if locked.contains(subject.name) { return .unneeded }
    let names = Set(graph.pins.map(\.name) + locked).sorted().map(\.normalized)
    return .unknown(near: NearNames.of(subject.name.normalized, among: names))
  }

  /// The requirements on the project that don't hold.
  private func excluded(_ graph: ResolvedGraph, _ question: CompileRun.Question) -> [WhyReport.Excluded] {
    let markers = question.target.environment.markers
    let own = question.input.entries.filter { entry in
      entry.name == subject.name && !entry.isConstraint
        && !(entry.marker?.evaluate(in: markers, extras: []) ?? true)
    }
    let declared = graph.pins.flatMap { pin in
      pin.declared.filter { $0.name == subject.name }.map { (pin, $0) }
    }
    return own.map { entry in
      let written = CompileRequest.written(entry)
      return WhyReport.Excluded(asker: .written(written), text: written.text)
    }
      + declared.map { pin, requirement in
        WhyReport.Excluded(
          asker: .pin(pin.name, pin.version, extra: nil),
          text: URLCredentials.redacted(requirement.description))
      }
  }

  // MARK: Answer

  private func answer(
    _ graph: ResolvedGraph, _ question: CompileRun.Question, by resolver: Resolver<IndexReleases>,
    heldBack: Set<PackageName>
  ) async throws(CommandFailure) -> WhyReport.Answer {
    let asked = PinQuestion(subject, about: graph, of: question.request.resolution)
    let answer: PinQuestion.Answer
    do throws(ResolutionError<IndexFailure>) {
      answer = try await resolver.answer(asked)
    } catch {
      throw await run.failure(error, of: question, by: resolver)
    }
    switch answer {
    case .pinned(let version): return .pinned(version)
    case .possible(let other, let changes):
      guard let version = other.pin(subject.name)?.version else {
        preconditionFailure("a graph without what was asked for")
      }
      for case .yanked(subject.name, version, let reason) in other.notices {
        let reason = reason.map { ": \(PrintableText.escaped($0, limit: 300))" } ?? ""
        run.context.terminal.warn("\(subject.name)==\(version) is yanked\(reason)")
      }
      return .possible(
        version, changes: changes.filter { $0.name == subject.name || !heldBack.contains($0.name) })
    case .impossible(let failed, let blockers):
      let report = FailureReport(
        await resolver.study(failed, in: run.setting(of: question)), request: question.request.asking(asked),
        lockedNames: question.existing?.contents.pins.compactMap(\.name) ?? [])
      let lines = report.text(isWhole: run.command.verbose).split(separator: "\n").dropFirst().map { line in
        String(line.drop { $0 == " " })
      }
      // The blockers tell which lines to change.
      let hints = report.hints.filter { blockers.isEmpty || !$0.kind.isOfLine }
      return .impossible(
        WhyReport.Refusal(
          blockers: blockers, proof: lines, hints: hints.map(\.text), isIncomplete: report.isIncomplete))
    }
  }
}
