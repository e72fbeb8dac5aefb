import PythonPackaging

@testable import Advisories

/// Whether a version is affected, word for word as OSV's schema has it ("Evaluation"):
///
///     func IncludedInRanges(v, ranges)
///       for range in ranges
///         if BeforeLimits(v, range)
///           vulnerable = false
///           for evt in sorted(range.events)
///             if evt.introduced is present && v >= evt.introduced    vulnerable = true
///             else if evt.fixed is present && v >= evt.fixed         vulnerable = false
///             else if evt.last_affected is present && v > evt.last_affected    vulnerable = false
///           if vulnerable return true
///
/// Versions compare by PEP 440: a version with a local part equals one without, and is no greater than that.
enum NaiveEvaluator {
  /// An entry of `affected`: versions, and ranges of events as written.
  struct Entry {
    var versions: [Version] = []
    var ranges: [[RangeEvent]] = []

    var package: AffectedPackage {
      AffectedPackage(versions: versions, ranges: ranges.map { AffectedRange($0) })
    }
  }

  static func isAffected(_ version: Version, by entry: Entry) -> Bool {
    entry.versions.contains { equals(version, $0) } || entry.ranges.contains { includes(version, $0) }
  }

  private static func includes(_ version: Version, _ events: [RangeEvent]) -> Bool {
    guard isBeforeLimits(version, events) else { return false }
    var isAffected = false
    for event in sorted(events) {
      switch event {
      case .introduced(let first): if first.map({ version >= $0 }) ?? true { isAffected = true }
      case .fixed(let fixed): if version >= fixed { isAffected = false }
      case .lastAffected(let last): if version > last, !equals(version, last) { isAffected = false }
      case .limit: break
      }
    }
    return isAffected
  }

  private static func isBeforeLimits(_ version: Version, _ events: [RangeEvent]) -> Bool {
    let limits = events.compactMap { event -> Version?? in
      if case .limit(let limit) = event { .some(limit) } else { nil }
    }
    return limits.isEmpty || limits.contains { $0.map { version < $0 } ?? true }
  }

  /// By insertion, which keeps the order of equals.
  private static func sorted(_ events: [RangeEvent]) -> [RangeEvent] {
    var result: [RangeEvent] = []
    for event in events {
      let index = result.lastIndex { !precedes(event, $0) }.map { $0 + 1 } ?? 0
      result.insert(event, at: index)
    }
    return result
  }

  private static func precedes(_ left: RangeEvent, _ right: RangeEvent) -> Bool {
    guard let right = version(of: right) else { return false }
    guard let left = version(of: left) else { return true }
    return left < right
  }

  private static func version(of event: RangeEvent) -> Version? {
    switch event {
    case .introduced(let version), .limit(let version): version
    case .fixed(let version), .lastAffected(let version): version
    }
  }

  /// PEP 440, "Version matching": the local part of a version counts only where the other has one.
  private static func equals(_ version: Version, _ other: Version) -> Bool {
    version == other || (!other.hasLocal && version.public == other)
  }
}
