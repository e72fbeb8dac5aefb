package import PythonPackaging

/// What is known of a project: its releases, and what its index says of it as a whole. Locks for the same target share it.
///
/// Invariant: the releases ascend, each version once.
package struct ProjectFacts: Sendable, Hashable {
  /// What an index says of a project as a whole (PEP 792).
  package enum Status: Sendable, Hashable {
    case active
    /// No more releases are to be expected.
    case archived(reason: String?)
    /// Considered unsafe: the index offers none of its files.
    case quarantined(reason: String?)
    /// Obsolete, perhaps superseded by another project.
    case deprecated(reason: String?)
  }

  /// The project.
  package let name: PackageName
  /// Its releases, ascending.
  package let releases: [ReleaseFacts]
  /// What its index says of it.
  package let status: Status
  /// Whether its releases have to be of an age before they are picked; those of an exempt index haven't.
  package let hasCooldown: Bool

  /// - Parameter releases: in any order; of several with one version the first counts.
  package init(
    name: PackageName, releases: [ReleaseFacts], status: Status = .active, hasCooldown: Bool = true
  ) {
    self.name = name
    self.status = status
    self.hasCooldown = hasCooldown
    let versions = releases.map(\.version)
    let order = versions.withUnsafeBufferPointer { versions -> [Int]? in
      let isAscending = versions.indices.dropFirst().allSatisfy { versions[$0 - 1] < versions[$0] }
      if isAscending { return nil }
      return versions.indices.sorted { left, right in
        if versions[left] < versions[right] { return true }
        return versions[right] < versions[left] ? false : left < right
      }
    }
    guard let order else {
      self.releases = releases
      return
    }
    var ascending: [ReleaseFacts] = []
    ascending.reserveCapacity(order.count)
    for index in order where ascending.last?.version != versions[index] { ascending.append(releases[index]) }
    self.releases = ascending
  }
}
