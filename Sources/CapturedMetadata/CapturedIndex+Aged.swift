import PythonPackaging
package import Resolution

extension CapturedIndex {
  /// The set's request, with the pins of a lockfile that was compiled when there were but so many in a hundred of each
  /// project's releases, the oldest ones, as far as they go together.
  package func aged(percent: Int) async throws -> ResolutionRequest {
    let resolver = Resolver(index: self)
    var request = ResolutionRequest(
      requirements: requirements,
      environment: try TargetEnvironment(pythonVersion: "3.12", platformName: "linux"))
    var lock = try await resolver.resolve(request)
    // What is older needs other projects, which are to be old too.
    for _ in 0..<4 {
      for pin in lock.pins {
        guard let releases = knownReleases(of: pin.name)?.known else { continue }
        let stable = (0..<releases.versionCount).filter { !releases.isPreRelease(at: $0) }
        if stable.isEmpty { continue }
        request.preferences[pin.name] = releases.version(at: stable[(stable.count - 1) * percent / 100])
      }
      lock = try await resolver.resolve(request)
    }
    request.preferences = Dictionary(uniqueKeysWithValues: lock.pins.map { ($0.name, $0.version) })
    return request
  }
}
