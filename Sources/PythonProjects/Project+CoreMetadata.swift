package import PythonPackaging

extension Project {
  /// The core metadata that a build of the project has; nil if it takes a build to know.
  ///
  /// What an extra asks for has `extra == "…"` behind its own marker, as build backends write it.
  package var coreMetadata: CoreMetadata? {
    guard hasStaticMetadata, let version else { return nil }
    var requirements = dependencies.map(\.requirement)
    for extra in optionalDependencies {
      let isAsked = Marker.extra(extra.name)
      for var requirement in extra.requirements.map(\.requirement) {
        requirement.marker = requirement.marker?.and(isAsked) ?? isAsked
        requirements.append(requirement)
      }
    }
    return CoreMetadata(
      name: name, writtenName: writtenName, version: version, requiresDist: requirements,
      providesExtra: optionalDependencies.map(\.name), requiresPython: requiresPython)
  }
}
