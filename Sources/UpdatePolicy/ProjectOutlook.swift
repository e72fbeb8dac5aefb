import PythonPackaging

/// What a policy makes of a project's releases at one moment, worked out once for all the pins of the project.
///
/// For each place among the ascending releases it has what there is from there on, so that a pin's answer is one search for
/// its version.
final class ProjectOutlook: Sendable {
  /// The releases from a place on that the policy lets be picked.
  struct Newer: Sendable, Hashable {
    /// How many there are.
    var count = 0
    /// Of those with a known upload time, the earliest; nil if there is none.
    var oldestUpload: Int64?
    /// The place of the last; nil if there is none.
    var newest: Int?
    /// Whether there are more, of which nobody knows whether their cooldown is over.
    var hasUndecided = false

    /// Takes one in that stands before all the others.
    mutating func prepend(_ place: Int, _ release: ReleaseFacts, _ pickability: Pickability) {
      guard pickability.isPickable else {
        if pickability == .uploadTimeUnknown { hasUndecided = true }
        return
      }
      count += 1
      newest = newest ?? place
      if let uploadedAt = release.uploadedAt { oldestUpload = min(oldestUpload ?? .max, uploadedAt) }
    }
  }

  let project: ProjectFacts
  /// By place, without pre-releases.
  private let finals: [Newer]
  /// By place, with them; empty if there are none.
  private let all: [Newer]

  init(_ project: ProjectFacts, policy: Policy, now: Int64) {
    self.project = project
    let policy = policy.applied(to: project)
    finals = Self.table(project, policy, now, allowsPreReleases: false)
    let hasPreReleases = project.releases.contains { $0.version.isPreRelease }
    all = hasPreReleases ? Self.table(project, policy, now, allowsPreReleases: true) : []
  }

  private static func table(
    _ project: ProjectFacts, _ policy: Policy, _ now: Int64, allowsPreReleases: Bool
  ) -> [Newer] {
    var table = [Newer](repeating: Newer(), count: project.releases.count + 1)
    for place in project.releases.indices.reversed() {
      var newer = table[place + 1]
      newer.prepend(
        place, project.releases[place],
        policy.pickability(of: project.releases[place], now: now, allowsPreReleases: allowsPreReleases))
      table[place] = newer
    }
    return table
  }

  /// The releases newer than a version that may be picked: of pre-releases only where the version is one.
  ///
  /// The fixes of its advisories may be younger than the cooldown.
  func newer(
    than version: Version, advisories: [AdvisoryFacts], policy: Policy, now: Int64
  ) -> Newer {
    let start = firstPlace(after: version)
    let exempting = advisories.filter { policy.exemptsFixes(of: $0) && !$0.fixedVersions.isEmpty }
    guard !exempting.isEmpty else {
      return version.isPreRelease && !all.isEmpty ? all[start] : finals[start]
    }
    let policy = policy.applied(to: project)
    var newer = Newer()
    for place in (start..<project.releases.count).reversed() {
      let release = project.releases[place]
      let fixes = exempting.filter { $0.fixedVersions.contains(release.version) }
      newer.prepend(
        place, release,
        policy.pickability(
          of: release, now: now, fixes: fixes, allowsPreReleases: version.isPreRelease))
    }
    return newer
  }

  private func firstPlace(after version: Version) -> Int {
    var (low, high) = (0, project.releases.count)
    while low < high {
      let middle = (low + high) / 2
      if project.releases[middle].version <= version { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
