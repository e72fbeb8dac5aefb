package import PythonPackaging

/// The question whether a resolved graph could have certain releases of a project: `urllib3>=2.5`.
package struct PinQuestion: Sendable {
  /// The releases that are meant, perhaps with extras; it has neither URL nor marker.
  package let wanted: Requirement
  /// The graph in question.
  package let graph: ResolvedGraph
  /// The request that the graph answers.
  package let request: ResolutionRequest

  package init(_ wanted: Requirement, about graph: ResolvedGraph, of request: ResolutionRequest) {
    self.wanted = wanted
    self.graph = graph
    self.request = request
  }

  /// What came of it.
  package enum Answer: Sendable {
    /// The graph has such a release already.
    case pinned(Version)
    /// It could: with these pins instead of its own.
    case possible(ResolvedGraph, changes: [PinChange])
    /// It can't: the proof, and what in the graph stands in the way, nearest first. The proof counts; where nothing
    /// that is pinned stands in the way by itself, there are no blockers.
    case impossible(UnsatisfiableRequirements, blockers: [PinBlocker])
  }

  /// The version pinned, if it is one that is meant.
  var pinned: Version? {
    guard let pin = graph.pin(wanted.name), wanted.specifiers.allows(pin.version),
      wanted.extras.allSatisfy(pin.extras.contains)
    else { return nil }
    return pin.version
  }

  /// The request with what is wanted as its last requirement, keeping all that the graph has.
  ///
  /// Of a project with overrides it is the last override too: else those would stand instead of it.
  package var asking: ResolutionRequest {
    var request = request
    request.requirements.append(wanted)
    if request.overrides.contains(where: { $0.name == wanted.name }) { request.overrides.append(wanted) }
    request.preferences = Dictionary(graph.pins.map { ($0.name, $0.version) }) { first, _ in first }
    return request
  }
}

extension Resolver {
  /// Answers whether a graph could have certain releases, at what price, or what stands in the way.
  ///
  /// The releases are asked for beside the user's own requirements, and all else is kept as far as can be.
  package func answer(
    _ question: PinQuestion
  ) async throws(ResolutionError<Index.Failure>) -> PinQuestion.Answer {
    if let version = question.pinned { return .pinned(version) }
    do throws(ResolutionError<Index.Failure>) {
      let graph = try await resolve(question.asking)
      return .possible(graph, changes: PinChange.changes(from: question.graph, to: graph))
    } catch {
      guard case .unsatisfiable(let failed) = error else { throw error }
      var search = BlockerSearch(question, index: index)
      do throws(Index.Failure) {
        return .impossible(failed, blockers: try await search.run())
      } catch {
        throw .index(error)
      }
    }
  }
}
