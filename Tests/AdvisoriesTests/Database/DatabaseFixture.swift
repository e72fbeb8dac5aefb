import PythonPackaging
import Synchronization
import TestSupport

@testable import Advisories

extension AdvisorySync.Outcome {
  /// What was done, and what was passed over.
  var line: String {
    switch self {
    case .unchanged: "unchanged"
    case .replaced(let records, let skipped, let count):
      "replaced \(records), skipped \(count): " + skipped.map(\.id).joined(separator: " ")
    case .updated(let records, let skipped, let lines):
      "updated \(records), skipped \(lines) lines: " + skipped.map(\.id).joined(separator: " ")
    }
  }
}

/// A database in a directory of its own, a server by script and a clock.
final class DatabaseFixture: Sendable {
  static let base = "https://osv.example"
  static let archive = "\(base)/PyPI/all.zip"
  static let list = "\(base)/PyPI/modified_id.csv"

  let directory = TemporaryDirectory()
  let server = ScriptedFetching()
  private let time = Mutex<Int64>(DatabaseFixture.start)

  /// 2026-01-31T00:00:00Z
  static let start: Int64 = 1_769_817_600

  var path: String { directory.file("advisories.sqlite") }

  var now: Int64 { time.withLock { $0 } }

  func advance(_ seconds: Int64) { time.withLock { $0 += seconds } }

  func open(_ access: AdvisoryDatabase.Access = .writing) throws -> AdvisoryDatabase {
    try AdvisoryDatabase(path: path, access: access, busyTimeout: 100)
  }

  func sync(
    isForced: Bool = false, _ change: (inout AdvisorySync.Limits) -> Void = { _ in }
  ) async throws -> AdvisorySync.Outcome {
    var limits = AdvisorySync.Limits()
    change(&limits)
    return try await AdvisorySync(
      open(), from: Self.base, by: server, limits: limits, now: { self.now }
    ).run(isForced: isForced)
  }

  /// Every record that names one of these packages, as `id@details` by package.
  func stored(_ packages: String...) throws -> [String] {
    let names = try Set(packages.map { try PackageName($0) })
    let records = try open(.reading).records(of: names, from: Self.base).records
    return names.sorted().flatMap { name in
      (records[name] ?? []).map { record in
        "\(name) \(record.id)@\(record.details)\(record.isWithdrawn ? " withdrawn" : "")"
      }
    }
  }

  // MARK: What the server has

  /// The moment so many seconds after the start, as RFC 3339 has it.
  static func moment(_ seconds: Int64) -> String {
    UploadTime(milliseconds: (start + seconds) * 1000).description
  }

  /// An OSV record.
  static func record(
    _ id: String, _ packages: String..., modified: Int64 = -86_400, details: String = "1",
    withdrawn: Bool = false
  ) -> String {
    let affected = packages.map {
      #"{"package":{"ecosystem":"PyPI","name":"\#($0)"},"versions":["1.0"]}"#
    }.joined(separator: ",")
    let taken = withdrawn ? #","withdrawn":"\#(moment(modified))""# : ""
    return
      #"{"id":"\#(id)","modified":"\#(moment(modified))"\#(taken),"details":"\#(details)","affected":[\#(affected)]}"#
  }

  func serveArchive(_ records: KeyValuePairs<String, String>, entityTag: String? = nil) {
    var zip = ZipWriter()
    for (name, text) in records { zip.add(name, Array(text.utf8)) }
    server[Self.archive] = .ok(zip.finished(), entityTag: entityTag)
  }

  func serveList(_ rows: [(Int64, String)], entityTag: String? = nil) {
    let lines = rows.map { "\(Self.moment($0.0)),\($0.1)\n" }
    server[Self.list] = .ok(lines.joined(), entityTag: entityTag)
  }

  func serve(_ id: String, _ text: String) { server["\(Self.base)/PyPI/\(id).json"] = .ok(text) }
}
