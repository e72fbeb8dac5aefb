import PubGrub
import PythonPackaging

/// Finds which lines of the user's own would have to change for a graph to have the releases that are wanted.
///
/// A proof that they can't be had holds as long as all lines in it do. So one of these must change, whatever else does:
/// the bounds of each are lifted in turn, and where that is refused, the new proof tells which lines could be the second.
/// When nothing is left to lift, no change of bounds helps. All is tried, nothing is concluded: a way out is what an
/// attempt gave, and what it gave once more with the lines as they would be written.
struct WayOutSearch<Index: ReleaseIndex> {
  /// How many changes are tried at most.
  static var mostAttempts: Int { 16 }
  /// How many releases one attempt may ask for.
  static var mostTries: Int { 600 }
  /// How many lines are changed together at most.
  static var mostLines: Int { 3 }
  /// How many ways out are told.
  static var mostWays: Int { 3 }

  let question: PinQuestion
  let resolver: Resolver<Index>

  /// Lines whose bounds are lifted, and the lines of the proof that this isn't enough.
  private struct Refusal {
    let lifted: Set<AskedLine>
    let next: [AskedLine]
  }

  func run(_ failed: UnsatisfiableRequirements) async -> WaysOut {
    var ways = WaysOut()
    var refusals = [Refusal(lifted: [], next: lines(of: failed))]
    var seen: Set<Set<AskedLine>> = []
    for count in 1...Self.mostLines {
      var next: [Refusal] = []
      for refusal in refusals {
        for line in refusal.next {
          let lifted = refusal.lifted.union([line])
          guard seen.insert(lifted).inserted else { continue }
          guard ways.tried < Self.mostAttempts, ways.found.count < Self.mostWays else {
            ways.isComplete = false
            return ways
          }
          ways.tried += 1
          switch await resolver.attempt(lifting(lifted), mostTries: Self.mostTries) {
          case .resolved(let graph):
            if let way = await confirmed(lifted.sorted(), graph) {
              ways.found.append(way)
            } else {
              ways.isComplete = false
            }
          case .refused(let failed): next.append(Refusal(lifted: lifted, next: lines(of: failed)))
          case .undecided: ways.isComplete = false
          }
        }
      }
      guard ways.found.isEmpty else { return ways }
      refusals = next
      if count == Self.mostLines, refusals.contains(where: { !$0.next.isEmpty }) { ways.isComplete = false }
    }
    return ways
  }

  /// The lines with bounds in a proof, but for the question.
  private func lines(of failed: UnsatisfiableRequirements) -> [AskedLine] {
    let failed = failed.condensed
    let lines = failed.explanation.facts.compactMap { fact -> AskedLine? in
      switch fact.cause {
      case .dependency(_, _, _, _, let label), .unavailable(let label): AskedLine(failed.labels[Int(label)])
      default: nil
      }
    }
    return Set(lines).sorted().filter { line in
      guard let requirement = requirement(of: line) else { return false }
      return requirement.url == nil && !requirement.specifiers.isEmpty
    }
  }

  /// What a line says; nil for that of the question.
  private func requirement(of line: AskedLine) -> Requirement? {
    let request = question.request
    let lines =
      switch line.kind {
      case .requirement: request.requirements
      case .constraint: request.constraints
      case .override: request.overrides
      }
    return line.index < lines.count ? lines[line.index] : nil
  }

  /// The question without the bounds of some lines.
  private func lifting(_ lines: Set<AskedLine>) -> ResolutionRequest {
    var request = question.asking
    for line in lines {
      guard let requirement = requirement(of: line) else { continue }
      request.replace(line, by: requirement.with(specifiers: SpecifierSet()))
    }
    return request
  }

  /// The way out with the lines as they would be written, if it leads to what is wanted.
  private func confirmed(_ lines: [AskedLine], _ graph: ResolvedGraph) async -> WayOut? {
    let changes = lines.compactMap { line in
      requirement(of: line).map {
        WayOut.Change(line: line.asker, requirement: $0, version: graph.pin($0.name)?.version)
      }
    }
    var request = question.request
    for (line, change) in zip(lines, changes) {
      request.replace(line, by: change.replacement ?? change.requirement.with(specifiers: SpecifierSet()))
    }
    let changed = PinQuestion(question.wanted, about: question.graph, of: request)
    for (way, request) in [(PinQuestion.Way.upgrade, changed.upgrading), (.line, changed.asking)] {
      guard case .resolved(let graph) = await resolver.attempt(request, mostTries: Self.mostTries),
        let version = question.version(in: graph)
      else { continue }
      return WayOut(changes: changes, version: version, way: way)
    }
    return nil
  }
}

extension AskedLine {
  /// The line as one that stands in the way.
  fileprivate var asker: PinBlocker.Asker {
    switch kind {
    case .requirement: .requirement(index)
    case .constraint: .constraint(index)
    case .override: .override(index)
    }
  }
}

extension ResolutionRequest {
  /// Has a line say something else.
  fileprivate mutating func replace(_ line: AskedLine, by requirement: Requirement) {
    switch line.kind {
    case .requirement: requirements[line.index] = requirement
    case .constraint: constraints[line.index] = requirement
    case .override: overrides[line.index] = requirement
    }
  }
}
