package import PythonPackaging

/// What `repin report` has to say: a check, and what is known besides of its lockfiles. One value, of which the page is a
/// rendering. Pure, as ``CheckReport`` is: texts from outside may hold anything, and the page shows them as text.
package struct PageReport: Sendable {
  /// The findings, the pins and the next window.
  package let check: CheckReport
  /// What is known besides of each of the check's locks, in their order.
  package let backgrounds: [LockBackground]
  /// Where people read of something.
  package let links: PageLinks

  /// - Parameter backgrounds: those of the check's locks, in their order; of what is missing nothing is known.
  package init(check: CheckReport, backgrounds: [LockBackground] = [], links: PageLinks = PageLinks()) {
    self.check = check
    self.backgrounds = check.locks.indices.map { index in
      var background = index < backgrounds.count ? backgrounds[index] : LockBackground()
      background.trend.sort { ($0.at, $0.libyearSeconds) < ($1.at, $1.libyearSeconds) }
      return background
    }
    self.links = links
  }
}

/// What a page shows of a lockfile besides what a check says. Empty is what isn't known.
package struct LockBackground: Sendable, Hashable {
  /// The libyears of all pins over time, in any order.
  package var trend: [LockHistory.TrendPoint]
  /// What each package was pinned to.
  package var timelines: [PackageTimeline]
  /// Who asks for which pin.
  package var origins: [PinOrigin]

  package init(
    trend: [LockHistory.TrendPoint] = [], timelines: [PackageTimeline] = [], origins: [PinOrigin] = []
  ) {
    self.trend = trend
    self.timelines = timelines
    self.origins = origins
  }
}

/// Every version that a lockfile had a package pinned to.
package struct PackageTimeline: Sendable, Hashable {
  package var package: PackageName
  /// In the order of time.
  package var stays: [LockHistory.Stay]

  package init(package: PackageName, stays: [LockHistory.Stay]) {
    self.package = package
    self.stays = stays
  }
}

/// Who asks for a pin of a lockfile.
package struct PinOrigin: Sendable, Hashable {
  package var package: PackageName
  /// What people write that asks for it, as a lockfile says it: `-r requirements.in`.
  package var inputs: [String]
  /// The pinned packages that ask for it.
  package var askers: [PackageName]

  package init(package: PackageName, inputs: [String] = [], askers: [PackageName] = []) {
    self.package = package
    self.inputs = inputs
    self.askers = askers
  }
}

/// Addresses from outside; only those of the web become links.
package struct PageLinks: Sendable, Hashable {
  /// Of projects, by package.
  package var projects: [PackageName: String]
  /// Of advisories, by id.
  package var advisories: [String: String]

  package init(projects: [PackageName: String] = [:], advisories: [String: String] = [:]) {
    self.projects = projects
    self.advisories = advisories
  }
}
