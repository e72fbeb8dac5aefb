import PythonPackaging

/// Finds one release for each project that the requirements need, by Python's rules over PubGrub.
///
/// Deterministic: the order in which the index answers has no part in the result.
package struct Resolver<Index: ReleaseIndex>: Sendable {
  let index: Index

  /// A resolver over an index.
  package init(index: Index) {
    self.index = index
  }

  /// Resolves a request.
  ///
  /// - Throws: ``ResolutionError/unsatisfiable(_:)`` with the derivation where there is no answer, and
  ///   ``ResolutionError/index(_:)`` where the index could not answer.
  package func resolve(
    _ request: ResolutionRequest
  ) async throws(ResolutionError<Index.Failure>) -> ResolvedGraph {
    var search = ResolutionSearch(request: request, index: index)
    return try await search.run()
  }

  /// Tries a request in bounded work: no source distribution is fetched or built for it.
  ///
  /// - Parameters:
  ///   - mostTries: how many releases' metadata is asked for at most.
  ///   - deadline: when it is given up, whatever has come of it.
  package func attempt(
    _ request: ResolutionRequest, mostTries: Int, until deadline: ContinuousClock.Instant? = nil
  ) async -> ResolutionAttempt {
    var search = ResolutionSearch(request: request, index: index, isTrial: true)
    do {
      guard let graph = try await search.run(withinTries: mostTries, until: deadline) else {
        return .undecided
      }
      return .resolved(graph)
    } catch .unsatisfiable(let failed) {
      return search.isUnbuiltPassed || failed.isIncomplete ? .undecided : .refused(failed)
    } catch {
      return .undecided
    }
  }
}

/// What came of trying a request in bounded work.
package enum ResolutionAttempt: Sendable {
  case resolved(ResolvedGraph)
  /// It has no answer.
  case refused(UnsatisfiableRequirements)
  /// The work that was allowed doesn't tell, or the index can't.
  case undecided
}

/// Why a resolution gave no graph.
package enum ResolutionError<IndexFailure: Error>: Error {
  /// The requirements contradict each other or what the index has.
  case unsatisfiable(UnsatisfiableRequirements)
  /// The index could not answer, so nothing can be said.
  case index(IndexFailure)
}
