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

  /// What gives a graph the releases.
  package enum Way: Sendable, Hashable {
    /// Giving up the project's pin within these bounds, as `repin compile -P` does.
    case upgrade
    /// One more requirement of the user's own.
    case line
  }

  /// What came of it.
  package enum Answer: Sendable {
    /// The graph has such a release already.
    case pinned(Version)
    /// It could: this graph instead, by the way told.
    case possible(ResolvedGraph, by: Way)
    /// It can't: the proof, what in the graph stands in the way, nearest first, and what the user could change. The
    /// proof counts; where nothing that is pinned stands in the way by itself, there are no blockers.
    case impossible(UnsatisfiableRequirements, blockers: [PinBlocker], WaysOut)
  }

  /// The version that a graph pins, if it is one that is meant, with the extras that are meant.
  package func version(in graph: ResolvedGraph) -> Version? {
    guard let pin = graph.pin(wanted.name), wanted.specifiers.allows(pin.version),
      wanted.extras.allSatisfy(pin.extras.contains)
    else { return nil }
    return pin.version
  }

  /// The request with what is wanted as its last requirement.
  ///
  /// Of a project with overrides it is the last override too: else those would stand instead of it.
  package var asking: ResolutionRequest {
    var request = request
    request.requirements.append(wanted)
    if request.overrides.contains(where: { $0.name == wanted.name }) { request.overrides.append(wanted) }
    return request
  }

  /// The request that doesn't keep the project's pin, and bounds it by what is wanted.
  package var upgrading: ResolutionRequest {
    var request = request
    request.preferences[wanted.name] = nil
    request.constraints.append(wanted)
    return request
  }
}

extension Resolver {
  /// Answers whether a graph could have certain releases, and how, or what stands in the way.
  ///
  /// Each way is taken as the user would take it, so that what is told is what happens. The lesser one, giving up the
  /// pin, isn't enough where nothing would ask for the project, or not with the extras, and where only a yanked release
  /// is meant. Whatever it leads to, the other leads to as well: so that one's proof is the proof.
  package func answer(
    _ question: PinQuestion
  ) async throws(ResolutionError<Index.Failure>) -> PinQuestion.Answer {
    if let version = question.version(in: question.graph) { return .pinned(version) }
    do throws(ResolutionError<Index.Failure>) {
      let graph = try await resolve(question.asking)
      if let other = try await upgraded(question), question.version(in: other) != nil {
        return .possible(other, by: .upgrade)
      }
      return .possible(graph, by: .line)
    } catch {
      guard case .unsatisfiable(let failed) = error else { throw error }
      var search = BlockerSearch(question, index: index)
      do throws(Index.Failure) {
        let blockers = try await search.run()
        let waysOut = await WayOutSearch(question: question, resolver: self).run(failed)
        return .impossible(failed, blockers: blockers, waysOut)
      } catch {
        throw .index(error)
      }
    }
  }

  /// The graph that giving up the project's pin leads to; nil: none.
  private func upgraded(
    _ question: PinQuestion
  ) async throws(ResolutionError<Index.Failure>) -> ResolvedGraph? {
    do throws(ResolutionError<Index.Failure>) {
      return try await resolve(question.upgrading)
    } catch {
      guard case .unsatisfiable = error else { throw error }
      return nil
    }
  }
}
