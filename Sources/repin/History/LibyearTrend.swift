import PinHistory
import PythonPackaging
import Reports
import UpdatePolicy

/// How many libyears a lockfile's pins came to over time: at each moment the time between the upload of what was pinned and
/// that of the newest release there was then.
///
/// Which releases could be picked is judged by today: what is yanked now counts as if it had never been there.
struct LibyearTrend {
  /// A project's releases that could be picked, in the order in which they came.
  private struct Project {
    var uploads: [Version: Int64] = [:]
    /// When the newest release changed, and when that one was uploaded; ascending.
    var newest: [(from: Int64, uploadedAt: Int64)] = []

    /// When the newest release was uploaded that there was at a time.
    func newestUpload(at time: Int64) -> Int64? {
      var range = 0..<newest.count
      while !range.isEmpty {
        let middle = (range.lowerBound + range.upperBound) / 2
        range = newest[middle].from <= time ? middle + 1..<range.upperBound : range.lowerBound..<middle
      }
      return range.lowerBound > 0 ? newest[range.lowerBound - 1].uploadedAt : nil
    }
  }

  private let projects: [PackageName: Project]

  init(_ known: [ProjectFacts]) {
    var projects: [PackageName: Project] = [:]
    for facts in known where projects[facts.name] == nil { projects[facts.name] = Self.project(facts) }
    self.projects = projects
  }

  private static func project(_ facts: ProjectFacts) -> Project {
    var project = Project()
    var arrivals: [(at: Int64, version: Version)] = []
    for release in facts.releases {
      guard let uploadedAt = release.uploadedAt else { continue }
      project.uploads[release.version] = uploadedAt
      if release.isYanked || !release.admitsPython || !release.hasUsableFile || release.version.isPreRelease {
        continue
      }
      arrivals.append((uploadedAt, release.version))
    }
    arrivals.sort { ($0.at, $0.version) < ($1.at, $1.version) }
    var newest: Version?
    for (at, version) in arrivals where newest.map({ $0 < version }) ?? true {
      newest = version
      project.newest.append((at, at))
    }
    return project
  }

  /// The libyears after each change, and at the end.
  func points(of changes: [PinChange], until end: Int64) -> [LockHistory.TrendPoint] {
    var points: [LockHistory.TrendPoint] = []
    var last: Set<Pin> = []
    changes.forEachState { moment, pins in
      points.append(LockHistory.TrendPoint(at: moment, libyearSeconds: libyears(of: pins, at: moment)))
      if moment == changes.last?.at { last = pins }
    }
    if !points.isEmpty {
      points.append(LockHistory.TrendPoint(at: end, libyearSeconds: libyears(of: last, at: end)))
    }
    return points
  }

  private func libyears(of pins: Set<Pin>, at time: Int64) -> Int64 {
    pins.reduce(0) { sum, pin in
      guard let project = projects[pin.package], let uploadedAt = project.uploads[pin.version],
        let newest = project.newestUpload(at: time)
      else { return sum }
      return sum + max(0, newest - uploadedAt)
    }
  }
}
