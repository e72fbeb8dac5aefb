import PythonPackaging

/// What `repin history --format json` writes; docs/history-report.md describes it. `schema` changes where a reader could
/// break; members may be added. What isn't known isn't there.
struct HistoryDocument: Encodable {
  struct Totals: Encodable {
    let pins: Int
    let oldestPinSeconds: Int64?
    let oldestReleaseSeconds: Int64?
    let mostDaysBehind: Int64?
    let releasesBehind: Int64?
    let libyears: Double?
  }

  struct Stay: Encodable {
    let version: String
    let from: DocumentMoment
    let until: DocumentMoment?
    let seconds: Int64
    let commit: String?
  }

  struct TrendPoint: Encodable {
    let at: DocumentMoment
    let libyears: Double
  }

  struct Lockfile: Encodable {
    let path: String
    let totals: Totals
    let pins: [DocumentPin]
    let timeline: [Stay]?
    let trend: [TrendPoint]
  }

  let schema = "repin.history/1"
  let at: DocumentMoment
  let package: String?
  let order: String
  let lockfiles: [Lockfile]

  private enum CodingKeys: String, CodingKey {
    case schema, at, package, order, lockfiles
  }

  init(_ report: HistoryReport) {
    at = DocumentMoment(report.at)
    package = report.package?.normalized
    order = report.order.rawValue
    lockfiles = report.lockfiles.map { lock in
      let totals = lock.totals
      return Lockfile(
        path: OutsideText.path(lock.path),
        totals: Totals(
          pins: totals.pinCount, oldestPinSeconds: totals.oldestPin,
          oldestReleaseSeconds: totals.oldestRelease, mostDaysBehind: totals.mostBehind.map { $0 / 86_400 },
          releasesBehind: totals.releasesBehind,
          libyears: totals.libyearSeconds.map(ShownDuration.libyearNumber)),
        pins: lock.pins.map(DocumentPin.init),
        timeline: report.package == nil ? nil : lock.stays.map { Stay($0, now: report.at) },
        trend: lock.trend.map {
          TrendPoint(
            at: DocumentMoment($0.at), libyears: ShownDuration.libyearNumber($0.libyearSeconds))
        })
    }
  }
}

extension HistoryDocument.Stay {
  fileprivate init(_ stay: LockHistory.Stay, now: Int64) {
    version = stay.version.description
    from = DocumentMoment(stay.from)
    until = stay.until.map(DocumentMoment.init)
    seconds = stay.length(until: now)
    commit = stay.commit.map(OutsideText.name)
  }
}
