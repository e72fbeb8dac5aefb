import PythonPackaging
import UpdatePolicy

/// When which release of a project was the newest that could be picked.
struct ProjectRecords: Sendable {
  /// A time in which a lockfile had a version pinned.
  struct Stay {
    let version: Version
    let from: Int64
    /// The first moment at which it was gone; nil while it is there.
    let until: Int64?
  }

  /// A release that could be picked from a moment on, and was newer than all before.
  private struct Record {
    let from: Int64
    let version: Version
    let uploadedAt: Int64
  }

  private let uploads: [Version: Int64]
  /// Ascending by moment and by version; without pre-releases.
  private let finals: [Record]
  /// The same with them; empty if there are none.
  private let all: [Record]

  /// - Parameter cooldown: in seconds.
  init(_ facts: ProjectFacts, cooldown: Int64) {
    var uploads: [Version: Int64] = [:]
    var arrivals: [Record] = []
    for release in facts.releases {
      guard let uploadedAt = release.uploadedAt.map(ShownMoments.clamped) else { continue }
      uploads[release.version] = uploadedAt
      let (from, overflows) = uploadedAt.addingReportingOverflow(max(0, cooldown))
      if release.isYanked || !release.admitsPython || !release.hasUsableFile || overflows { continue }
      arrivals.append(Record(from: from, version: release.version, uploadedAt: uploadedAt))
    }
    arrivals.sort { ($0.from, $0.version) < ($1.from, $1.version) }
    self.uploads = uploads
    finals = Self.records(arrivals.filter { !$0.version.isPreRelease })
    all = arrivals.contains { $0.version.isPreRelease } ? Self.records(arrivals) : []
  }

  private static func records(_ arrivals: [Record]) -> [Record] {
    var records: [Record] = []
    for arrival in arrivals where records.last.map({ $0.version < arrival.version }) ?? true {
      // Of those that come at one moment the greatest is the last.
      if records.last?.from == arrival.from { records.removeLast() }
      records.append(arrival)
    }
    return records
  }

  /// Tells by how much stays change the libyears, and when; of one moment it may tell more than once.
  ///
  /// - Parameter end: behind it nothing is told.
  func addDifferences(of stays: [Stay], until end: Int64, tell: (_ at: Int64, _ difference: Int64) -> Void) {
    add(stays.filter { !usesPreReleases($0.version) }, of: finals, until: end, tell)
    add(stays.filter { usesPreReleases($0.version) }, of: all, until: end, tell)
  }

  private func usesPreReleases(_ version: Version) -> Bool { version.isPreRelease && !all.isEmpty }

  private func add(_ stays: [Stay], of records: [Record], until end: Int64, _ tell: (Int64, Int64) -> Void) {
    // Many stays may see the same release come.
    var differences = [Int64](repeating: 0, count: records.count)
    for stay in stays {
      guard let uploadedAt = uploads[stay.version], stay.from < stay.until ?? .max else { continue }
      func value(_ record: Record) -> Int64 {
        record.version > stay.version ? max(0, record.uploadedAt - uploadedAt) : 0
      }
      var next = Self.count(of: records, until: stay.from)
      var libyears = next > 0 ? value(records[next - 1]) : 0
      tell(stay.from, libyears)
      while next < records.count, records[next].from <= end, records[next].from < stay.until ?? .max {
        let now = value(records[next])
        differences[next] += now - libyears
        libyears = now
        next += 1
      }
      if let until = stay.until { tell(until, -libyears) }
    }
    for (record, difference) in zip(records, differences) where difference != 0 {
      tell(record.from, difference)
    }
  }

  /// How many of the records there were at a moment.
  private static func count(of records: [Record], until moment: Int64) -> Int {
    var range = 0..<records.count
    while !range.isEmpty {
      let middle = (range.lowerBound + range.upperBound) / 2
      range =
        records[middle].from <= moment ? middle + 1..<range.upperBound : range.lowerBound..<middle
    }
    return range.lowerBound
  }
}
