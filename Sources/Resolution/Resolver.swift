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
}

/// Why a resolution gave no graph.
package enum ResolutionError<IndexFailure: Error>: Error {
  /// The requirements contradict each other or what the index has.
  case unsatisfiable(UnsatisfiableRequirements)
  /// The index could not answer, so nothing can be said.
  case index(IndexFailure)
}
