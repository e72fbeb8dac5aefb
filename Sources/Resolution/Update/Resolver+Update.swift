import PythonPackaging

extension Resolver {
  /// Finds the least change to the present pins that gets what an update is for.
  ///
  ///     let security = UpdateRequest(
  ///       resolution: request,  // its preferences are the lockfile's pins
  ///       targets: [UpdateTarget(urllib3, .cleared)],
  ///       rules: UpdateRules(affecting: { name, version in advisories.ids(affecting: name, version) }))
  ///     let update = try await resolver.update(security)
  ///
  /// What is promised of the graph, where ``LeastUpdate/unproven`` says nothing else. *Admissible* is a graph that meets
  /// the resolution's request and has no release that the rules or a served target rule out, but for present pins that
  /// stay.
  ///
  ///  - Served: the targets are tried in the order of their ranks, and each is served that can be beside those before it.
  ///  - Downgrades: of the admissible graphs that serve these, none has downgrades that are but some of this one's.
  ///  - Pre-releases: of those graphs, none has pre-releases of but some of the pins that become one here. Where the request
  ///    takes them like any other release, nothing is promised of them.
  ///  - Newest: of a target that takes the newest, no such graph has a newer release, in the order of ranks.
  ///  - Fewest: no such graph changes but some of the pins that this one changes, targets aside, unless some pin
  ///    makes a larger step in it (major, minor, patch). Such a one is taken too where it has all projects that this one
  ///    has: what can't be had is the new major release that needs one project less.
  ///  - Nearest: no such graph leaves unchanged what this one does, has each changed pin as near to its present version,
  ///    and one of them nearer; where the newest is wanted, newer for nearer.
  ///
  /// What isn't pinned yet is picked as by a compile.
  ///
  /// - Throws: ``ResolutionError/unsatisfiable(_:)`` where not even the present pins can be kept, changed or not.
  package func update(
    _ request: UpdateRequest
  ) async throws(ResolutionError<Index.Failure>) -> LeastUpdate {
    var search = UpdateSearch(request, by: self)
    return try await search.run()
  }
}
