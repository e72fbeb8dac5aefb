package import PythonPackaging

extension IndexClient {
  /// The metadata that a build of a project in a directory tells.
  ///
  /// - Throws: `.needsBuild` where there is nothing to build with.
  package func builtMetadata(
    ofProject directory: String, label: String, mayBuild: Bool
  ) async throws(IndexError) -> CoreMetadata {
    guard mayBuild, let builder = configuration.builder else {
      throw .needsBuild(label, isRuledOut: !mayBuild)
    }
    let text = try await build(ofTree: directory, label: label, with: builder).metadata
    do throws(CoreMetadataError) {
      return try CoreMetadata(utf8: text)
    } catch {
      throw .malformedMetadata(file: label, reason: error)
    }
  }

  /// What building a project in a directory needs installed, for each target.
  ///
  /// - Throws: `.needsBuild` where there is nothing to build with.
  package func buildRequirements(
    ofProject directory: String, label: String, targets: Set<BuildTarget>, mayBuild: Bool
  ) async throws(IndexError) -> BuildRequirements {
    guard mayBuild, let builder = configuration.builder else {
      throw .needsBuild(label, isRuledOut: !mayBuild)
    }
    let system = try buildSystem(ofTree: directory, label: label)
    return try await builds.run { () async -> Result<BuildRequirements, IndexError> in
      do throws(BuildError) {
        return .success(
          try await builder.buildRequirements(
            of: directory, label: label, system: system, targets: targets))
      } catch {
        return .failure(.build(error))
      }
    }.get()
  }
}
