import PythonPackaging
package import UpdatePolicy

/// How many libyears a lockfile's pins came to over time: they grow as releases come, though nobody touches the lockfile.
///
/// At a moment they are, summed over the pins, the time from the upload of the pinned release to that of the newest one which
/// could have been picked in its place then: a greater version, past its cooldown, and no pre-release unless the pin is one.
/// Whether a release is yanked, and whether it is for the target, is judged by today. A pin whose upload time isn't known
/// counts nothing.
package struct LibyearTrend: Sendable {
  /// The pins of a lockfile that come and go at one time.
  package struct Change: Sendable, Hashable {
    /// In seconds since 1970-01-01 00:00 UTC.
    package var at: Int64
    /// What wasn't there before.
    package var pinned: [ReportedPin]
    /// What isn't there any more; it goes before the others come.
    package var replaced: [ReportedPin]

    package init(at: Int64, pinned: [ReportedPin] = [], replaced: [ReportedPin] = []) {
      self.at = at
      self.pinned = pinned
      self.replaced = replaced
    }
  }

  /// What the libyears change by at a moment.
  private struct Event {
    let at: Int64
    var difference: Int64 = 0
    /// Whether there is a point at the moment whatever comes later in the day.
    var hasPoint = false
  }

  private let projects: [PackageName: ProjectRecords]

  /// - Parameters:
  ///   - known: of several projects with one name the first counts.
  ///   - cooldown: the least age of a release that can be picked, in seconds.
  package init(_ known: some Sequence<ProjectFacts>, cooldown: Int64) {
    var projects: [PackageName: ProjectRecords] = [:]
    for facts in known where projects[facts.name] == nil {
      projects[facts.name] = ProjectRecords(facts, cooldown: cooldown)
    }
    self.projects = projects
  }

  /// The libyears over time, ascending: a point at each change, at the end and, if there was something before, at the start;
  /// and between, for each day (UTC) on which releases changed them, the last of it.
  ///
  /// A stay of a pin costs the releases that came in it and no more.
  ///
  /// - Parameters:
  ///   - changes: in the order of time; those later than the end count as if they were at the end.
  ///   - start: in seconds since 1970-01-01 00:00 UTC; what was before has no points.
  ///   - end: now.
  package func points(
    of changes: [Change], since start: Int64 = .min, until end: Int64
  ) -> [LockHistory.TrendPoint] {
    guard let first = changes.first, start <= end else { return [] }
    var events = [Event(at: end, hasPoint: true)]
    if start > first.at { events.append(Event(at: start, hasPoint: true)) }
    for change in changes { events.append(Event(at: min(change.at, end), hasPoint: true)) }
    for (package, stays) in stays(of: changes, until: end) {
      projects[package]?.addDifferences(of: stays, until: end) { at, difference in
        events.append(Event(at: at, difference: difference))
      }
    }
    events.sort { $0.at < $1.at }
    return Self.points(of: events, since: start)
  }

  /// How long each pin was there, by package.
  private func stays(of changes: [Change], until end: Int64) -> [PackageName: [ProjectRecords.Stay]] {
    var stays: [PackageName: [ProjectRecords.Stay]] = [:]
    var held: [ReportedPin: Int64] = [:]
    for change in changes {
      let at = min(change.at, end)
      for pin in change.replaced {
        guard let from = held.removeValue(forKey: pin) else { continue }
        stays[pin.package, default: []].append(.init(version: pin.version, from: from, until: at))
      }
      for pin in change.pinned where held[pin] == nil { held[pin] = at }
    }
    for (pin, from) in held {
      stays[pin.package, default: []].append(.init(version: pin.version, from: from, until: nil))
    }
    return stays
  }

  private static func points(of events: [Event], since start: Int64) -> [LockHistory.TrendPoint] {
    var points: [LockHistory.TrendPoint] = []
    var libyears: Int64 = 0
    var next = 0
    while next < events.count {
      let at = events[next].at
      var hasPoint = false
      while next < events.count, events[next].at == at {
        libyears += events[next].difference
        hasPoint = hasPoint || events[next].hasPoint
        next += 1
      }
      let isLastOfDay = next == events.count || day(events[next].at) != day(at)
      if at >= start, hasPoint || isLastOfDay {
        points.append(LockHistory.TrendPoint(at: at, libyearSeconds: libyears))
      }
    }
    return points
  }

  private static func day(_ seconds: Int64) -> Int64 {
    seconds / 86_400 - (seconds % 86_400 < 0 ? 1 : 0)
  }
}
