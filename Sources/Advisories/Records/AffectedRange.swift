package import PythonPackaging

/// What a range of an advisory says of one version (OSV schema, `affected[].ranges[].events[]`).
package enum RangeEvent: Sendable, Hashable {
  /// Affected from this version on; from the first version there can be, if nil, which is written `0`.
  case introduced(Version?)
  /// No longer affected from this version on.
  case fixed(Version)
  /// No longer affected behind this version.
  case lastAffected(Version)
  /// Says nothing of this version and those behind it; of none, if nil, which is written `*`.
  case limit(Version?)

  /// Where a walk up the order meets it; nil: before every version.
  var position: Version? {
    switch self {
    case .introduced(let version), .limit(let version): version
    case .fixed(let version), .lastAffected(let version): version
    }
  }
}

/// A range of an advisory, of type `ECOSYSTEM` or `SEMVER`: events in PEP 440's order.
///
/// Invariant: the events ascend and none is a limit; those of one version stand as they were written.
/// Example: introduced `0`, fixed `1.0.5`, introduced `2.0`, fixed `2.0.1`.
package struct AffectedRange: Sendable, Hashable {
  package let events: [RangeEvent]
  /// The version from which on the range says nothing; nil if it has no limit. Of several the greatest: to be below one
  /// is enough.
  package let limit: Version?

  /// A range of events in any order.
  package init(_ events: [RangeEvent]) {
    var limits: [Version] = []
    var isLimited = true
    var rest: [RangeEvent] = []
    rest.reserveCapacity(events.count)
    for event in events {
      if case .limit(let version) = event {
        if let version { limits.append(version) } else { isLimited = false }
      } else {
        rest.append(event)
      }
    }
    limit = isLimited ? limits.max() : nil
    if !AffectedRange.ascends(rest) {
      // By position and then as written: `fixed 2.0, introduced 2.0` and `introduced 2.0, fixed 2.0` differ.
      rest = rest.enumerated().sorted { left, right in
        if AffectedRange.precedes(left.element, right.element) { return true }
        if AffectedRange.precedes(right.element, left.element) { return false }
        return left.offset < right.offset
      }.map(\.element)
    }
    self.events = rest
  }

  private static func ascends(_ events: [RangeEvent]) -> Bool {
    zip(events, events.dropFirst()).allSatisfy { !precedes($1, $0) }
  }

  private static func precedes(_ left: RangeEvent, _ right: RangeEvent) -> Bool {
    switch (left.position, right.position) {
    case (_, nil): false
    case (nil, _): true
    case (.some(let left), .some(let right)): left < right
    }
  }
}
