import PythonPackaging
import RequirementsFiles
import Resolution

extension WhyRun {
  /// What there is to tell of a lockfile.
  ///
  /// - Parameter answered: what came of asking for releases; nil: none are asked about.
  func report(_ basis: Basis, answered: Answered?, command: WhyHintedCommand) -> WhyReport {
    let question = basis.question
    var graph = basis.graph
    for place in graph.edges.indices {
      graph.edges[place].requirement.url = graph.edges[place].requirement.url.map(URLCredentials.redacted)
    }
    let pin = graph.pin(subject.name)
    let lines = WrittenLines(question.request)
    let tree = DependencyTree(
      to: subject.name, extras: subject.specifiers.isEmpty ? subject.extras : [], in: graph,
      written: lines.requirements, overrides: lines.overrides)
    return WhyReport(
      lockfile: question.inputs.output, lockState: lockState(basis), subject: subject, pin: pin,
      url: question.direct.sources[subject.name].map { URLCredentials.redacted($0.lockedURL) },
      lockedNow: lockedNow(basis),
      tree: tree,
      versions: Dictionary(graph.pins.map { ($0.name, $0.version) }) { first, _ in first },
      heldBack: Set(graph.pins.map(\.name).filter { isHeldBack($0, basis) }),
      lines: lines, bounds: pin?.constraints ?? [],
      absence: answered == nil ? absence(basis, tree: tree) : answered?.absence, answer: answered?.answer,
      command: command,
      source: question.inputs.sources.first)
  }

  // MARK: The lockfile

  /// Whether compiling would change a pin.
  func lockState(_ basis: Basis) -> WhyReport.LockState {
    guard let existing = basis.question.existing else { return .missing }
    func texts(_ pins: [LockedPin]) -> [PackageName: String] {
      var result: [PackageName: String] = [:]
      for pin in pins {
        // An address may be written in several ways; whether it moved is compile's to tell.
        if let name = pin.name { result[name] = pin.version?.description ?? "" }
      }
      return result
    }
    let old = texts(existing.contents.pins)
    let new = texts(basis.pins)
    let changed = Set(old.keys).union(new.keys).filter { old[$0] != new[$0] }
    // A pin by path may not tell its name.
    let isWhole = existing.contents.pins.allSatisfy { $0.name != nil }
    return changed.isEmpty || !isWhole ? .current : .outdated(changed.sorted())
  }

  /// What the lockfile fixes the project to; of a lockfile that isn't there, what compiling would.
  private func lockedNow(_ basis: Basis) -> String? {
    let pins = basis.question.existing?.contents.pins ?? basis.pins
    return pins.last { $0.name == subject.name }.map { PinnedPlace($0).text }
  }

  // MARK: Absence

  /// The extra asked about that the project's release doesn't have.
  func missingExtra(_ basis: Basis) -> WhyReport.Absence? {
    guard let pin = basis.graph.pin(subject.name),
      let extra = subject.extras.first(where: { !pin.providedExtras.contains($0) })
    else { return nil }
    let names = pin.providedExtras.map(\.normalized).sorted()
    return .noSuchExtra(
      extra, pin.version, near: NearNames.of(extra.normalized, among: names), provided: names)
  }

  private func absence(_ basis: Basis, tree: DependencyTree) -> WhyReport.Absence? {
    let (graph, question) = (basis.graph, basis.question)
    if let missing = missingExtra(basis) { return missing }
    let hasPin = graph.pin(subject.name) != nil
    if isHeldBack(subject.name, basis), hasPin { return .heldBack }
    let locked = question.existing?.contents.pins.compactMap(\.name) ?? []
    guard !hasPin else { return tree.lines.isEmpty ? .extraNotAskedFor : nil }
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
        && !entry.applies(in: markers)
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
}

extension WrittenLines {
  init(_ request: CompileRequest) {
    requirements = request.writtenRequirements
    constraints = request.constraints.map {
      $0.map(CompileRequest.written) ?? WrittenRequirement(file: "--upgrade-package", line: nil, text: "")
    }
    overrides = request.overrides.map(CompileRequest.written)
  }
}
