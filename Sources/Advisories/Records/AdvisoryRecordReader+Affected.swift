import JSONReading
import PythonPackaging

/// What a record's entries for packages of PyPI say.
struct AffectedEntries {
  var packages: [PackageName: AffectedPackage] = [:]
  var skipped = AdvisoryRecord.Skipped()
}

extension AdvisoryRecordReader {
  /// How many things have been met in the entries.
  private struct Counts {
    var packages = 0
    var versions = 0
    var ranges = 0
    var events = 0
    var severities = 0
  }

  /// Whom an entry is for.
  private enum Subject {
    case package(PackageName)
    /// A package of PyPI with a name that is none.
    case unnamed
    /// A package of another ecosystem, or none at all.
    case other
  }

  mutating func affectedEntries() throws(Failure) -> AffectedEntries {
    var entries: [PackageName: [AffectedPackage]] = [:]
    var skipped = AdvisoryRecord.Skipped()
    var counts = Counts()
    guard try begins(.array) else { return AffectedEntries() }
    while try nextElement() {
      try check(&counts.packages, .packages, limit: AdvisoryRecord.Limit.packages)
      // Whom it is for may stand behind what it says, which is of no use if it is for another ecosystem.
      let start = scanner
      switch try subject() {
      case .other: break
      case .unnamed: skipped.packages += 1
      case .package(let name):
        scanner = start
        let (package, skippedHere) = try affectedPackage(&counts)
        entries[name, default: []].append(package)
        skipped += skippedHere
      }
    }
    return AffectedEntries(packages: entries.mapValues { AffectedPackage(uniting: $0) }, skipped: skipped)
  }

  private mutating func subject() throws(Failure) -> Subject {
    var subject = Subject.other
    guard try begins(.object) else { return subject }
    while let member = try nextName() {
      guard scanner.value(of: member, is: "package") else {
        try skipValue()
        continue
      }
      subject = .other
      var (ecosystem, name, address): (JSONText?, JSONText?, JSONText?)
      guard try begins(.object) else { continue }
      while let member = try nextName() {
        if scanner.value(of: member, is: "ecosystem") {
          ecosystem = try text()
        } else if scanner.value(of: member, is: "name") {
          name = try text()
        } else if scanner.value(of: member, is: "purl") {
          address = try text()
        } else {
          try skipValue()
        }
      }
      if let ecosystem {
        guard isPyPI(ecosystem) else { continue }
        subject = name.flatMap { try? PackageName(scanner.string(of: $0)) }.map { .package($0) } ?? .unnamed
      } else if let address {
        subject = self.subject(ofPackageURL: scanner.string(of: address))
      }
    }
    return subject
  }

  /// `PyPI`, or `PyPI:` and something, in whatever case: who writes another one means the same.
  private func isPyPI(_ ecosystem: JSONText) -> Bool {
    let text = scanner.string(of: ecosystem).lowercased()
    return text == "pypi" || text.utf8.starts(with: "pypi:".utf8)
  }

  /// Of `pkg:pypi/NAME`, with what may follow: a version, qualifiers, a path.
  private func subject(ofPackageURL address: String) -> Subject {
    let parts = address.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2, parts[0].lowercased() == "pkg:pypi" else { return .other }
    return (try? PackageName(String(parts[1].prefix { !"@?#/".contains($0) }))).map { .package($0) }
      ?? .unnamed
  }

  private mutating func affectedPackage(
    _ counts: inout Counts
  ) throws(Failure) -> (AffectedPackage, AdvisoryRecord.Skipped) {
    var (versions, ranges, severities): ([Version], [AffectedRange], [SeverityVector]) = ([], [], [])
    // By member, so that the last of two with one name counts here too.
    var (skippedVersions, skippedInRanges) = (0, AdvisoryRecord.Skipped())
    guard try begins(.object) else { return (AffectedPackage(), AdvisoryRecord.Skipped()) }
    while let member = try nextName() {
      if scanner.value(of: member, is: "versions") {
        (versions, skippedVersions) = try readVersions(&counts)
      } else if scanner.value(of: member, is: "ranges") {
        (ranges, skippedInRanges) = try readRanges(&counts)
      } else if scanner.value(of: member, is: "severity") {
        severities = try readSeverities()
        counts.severities += severities.count - 1
        try check(&counts.severities, .severities, limit: AdvisoryRecord.Limit.severities)
      } else {
        try skipValue()
      }
    }
    skippedInRanges.versions += skippedVersions
    return (AffectedPackage(versions: versions, ranges: ranges, severities: severities), skippedInRanges)
  }

  private mutating func readVersions(
    _ counts: inout Counts
  ) throws(Failure) -> (versions: [Version], skipped: Int) {
    var (versions, skipped): ([Version], Int) = ([], 0)
    guard try begins(.array) else { return (versions, skipped) }
    while try nextElement() {
      try check(&counts.versions, .versions, limit: AdvisoryRecord.Limit.versions)
      if let version = try text().flatMap({ version($0) }) { versions.append(version) } else { skipped += 1 }
    }
    return (versions, skipped)
  }

  private mutating func readRanges(
    _ counts: inout Counts
  ) throws(Failure) -> (ranges: [AffectedRange], skipped: AdvisoryRecord.Skipped) {
    var (ranges, skipped): ([AffectedRange], AdvisoryRecord.Skipped) = ([], AdvisoryRecord.Skipped())
    guard try begins(.array) else { return (ranges, skipped) }
    while try nextElement() {
      try check(&counts.ranges, .ranges, limit: AdvisoryRecord.Limit.ranges)
      let start = scanner
      switch try rangeType() {
      case .commits: continue
      case .unknown: skipped.ranges += 1
      case .versions:
        scanner = start
        let (range, unreadable) = try range(&counts)
        skipped.events += unreadable
        if !range.events.isEmpty { ranges.append(range) }
      }
    }
    return (ranges, skipped)
  }

  private enum RangeType {
    /// `ECOSYSTEM`, `SEMVER`
    case versions
    /// `GIT`
    case commits
    case unknown
  }

  private mutating func rangeType() throws(Failure) -> RangeType {
    var type = RangeType.unknown
    guard try begins(.object) else { return type }
    while let member = try nextName() {
      guard scanner.value(of: member, is: "type") else {
        try skipValue()
        continue
      }
      let text = try text()
      switch text.map({ scanner.string(of: $0) }) {
      case "ECOSYSTEM", "SEMVER": type = .versions
      case "GIT": type = .commits
      default: type = .unknown
      }
    }
    return type
  }

  private mutating func range(_ counts: inout Counts) throws(Failure) -> (AffectedRange, unreadable: Int) {
    var (events, unreadable): ([RangeEvent], Int) = ([], 0)
    guard try begins(.object) else { return (AffectedRange([]), 0) }
    while let member = try nextName() {
      guard scanner.value(of: member, is: "events") else {
        try skipValue()
        continue
      }
      (events, unreadable) = ([], 0)
      guard try begins(.array) else { continue }
      while try nextElement() {
        let before = events.count
        var isReadable = try readEvents(into: &events, &counts)
        isReadable = isReadable && events.count > before
        if !isReadable { unreadable += 1 }
      }
    }
    return (AffectedRange(events), unreadable)
  }

  /// Reads an object that should be one event. One with several members is read as that many events, as records of the
  /// first schema had them; whether all of them can be is the answer.
  private mutating func readEvents(
    into events: inout [RangeEvent], _ counts: inout Counts
  ) throws(Failure) -> Bool {
    var isReadable = true
    guard try begins(.object) else { return false }
    while let member = try nextName() {
      guard let kind = eventKind(member) else {
        try skipValue()
        continue
      }
      if let text = try text(), let event = event(kind, text) {
        try check(&counts.events, .events, limit: AdvisoryRecord.Limit.events)
        events.append(event)
      } else {
        isReadable = false
      }
    }
    return isReadable
  }

  private enum EventKind {
    case introduced
    case fixed
    case lastAffected
    case limit
  }

  private func eventKind(_ member: JSONText) -> EventKind? {
    if scanner.value(of: member, is: "introduced") { return .introduced }
    if scanner.value(of: member, is: "fixed") { return .fixed }
    if scanner.value(of: member, is: "last_affected") { return .lastAffected }
    return scanner.value(of: member, is: "limit") ? .limit : nil
  }

  private func event(_ kind: EventKind, _ text: JSONText) -> RangeEvent? {
    switch kind {
    case .introduced where scanner.value(of: text, is: "0"): .introduced(nil)
    case .limit where scanner.value(of: text, is: "*"): .limit(nil)
    case .introduced: version(text).map { .introduced($0) }
    case .fixed: version(text).map { .fixed($0) }
    case .lastAffected: version(text).map { .lastAffected($0) }
    case .limit: version(text).map { .limit($0) }
    }
  }

  /// A text as a version; nil if it is none.
  private func version(_ text: JSONText) -> Version? {
    if text.isEscaped { return try? Version(scanner.string(of: text)) }
    return try? Version(utf8: scanner.bytes.span.extracting(text.range))
  }
}
