import PackageIndex
import PythonPackaging
import Synchronization

/// What builds of local projects told during one command: who asks a second question about the same lockfile builds none
/// of them again.
final class LocalBuilds: Sendable {
  /// What was built.
  enum Build: Hashable {
    case metadata(of: String)
    case requirements(of: String, for: Set<BuildTarget>)
    case release(DirectLocation, of: PackageName?)
  }

  private let told = Mutex<[Build: any Sendable]>([:])

  /// What a build told, or tells now.
  func told<Told: Sendable>(
    _ build: Build, by make: () async throws(IndexError) -> Told
  ) async throws(IndexError) -> Told {
    if let known = told.withLock({ $0[build] as? Told }) { return known }
    let new = try await make()
    told.withLock { $0[build] = new }
    return new
  }
}
