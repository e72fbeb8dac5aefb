import Advisories
import PythonPackaging
import Reports

/// What is known of advisories of every source; docs/advisories-database.md describes it as data.
struct AdvisoriesReport: Encodable {
  struct Source: Encodable {
    let address: String
    let records: Int
    let withdrawn: Int
    let skipped: Int
    let syncedAt: String
    let newestChange: String
  }

  let schema = "repin.advisories/1"
  let file: String
  let sources: [Source]

  init(file: String, sources: [SyncedSource]) {
    self.file = file
    self.sources = sources.map { source in
      Source(
        address: PrintableText.excerpt(URLCredentials.redacted(source.address), limit: 300),
        records: source.recordCount, withdrawn: source.withdrawnCount, skipped: source.skippedCount,
        syncedAt: Self.moment(source.syncedAt), newestChange: Self.moment(source.newest / 1000))
    }
  }

  /// In UTC (RFC 3339).
  static func moment(_ seconds: Int64) -> String { UploadTime(milliseconds: seconds * 1000).description }

  /// How old something is that is so many seconds old.
  static func age(_ seconds: Int64) -> String {
    let hours = seconds / 3600
    if hours < 1 { return "under an hour" }
    if hours == 1 { return "an hour" }
    return hours < 48 ? "\(hours) hours" : "\(hours / 24) days"
  }

  /// For people, where it is `now` in seconds since 1970.
  func text(_ known: [SyncedSource], now: Int64) -> String {
    guard !known.isEmpty else {
      return "\(file): no advisories were ever fetched; `repin advisories sync` fetches them"
    }
    var lines = [file]
    for (shown, source) in zip(sources, known) {
      lines.append(
        "  \(shown.address): \(shown.records) records, synced \(Self.age(source.age(at: now))) ago")
      lines.append("    \(shown.withdrawn) withdrawn, \(shown.skipped) that couldn't be read")
    }
    return WorkflowText.inert(lines.joined(separator: "\n"))
  }
}

/// One advisory, as it is shown.
struct AdvisoryReport: Encodable {
  struct Package: Encodable {
    let name: String
    let fixed: [String]
  }

  let schema = "repin.advisory/1"
  let id: String
  let aliases: [String]
  let severity: String
  let score: String?
  let summary: String
  let details: String
  let published: String?
  let modified: String
  let withdrawn: String?
  let packages: [Package]
  let references: [String]

  init(_ record: AdvisoryRecord) {
    let severity = AdvisorySeverity(
      vectors: record.severities + record.affected.values.flatMap(\.severities),
      words: [record.databaseSeverity].compactMap { $0 })
    id = record.id.description
    aliases = record.aliases.map(\.description)
    self.severity = severity?.rating.description ?? "unknown"
    score = severity?.score?.description
    summary = record.summary
    details = record.details.split(separator: "\n", omittingEmptySubsequences: false)
      .map { PrintableText.escaped(String($0), limit: 2000) }.joined(separator: "\n")
    published = record.published.map(AdvisoriesReport.moment)
    modified = AdvisoriesReport.moment(record.modified)
    withdrawn = record.withdrawn.map(AdvisoriesReport.moment)
    packages = record.affected.sorted { $0.key < $1.key }.map { name, affected in
      let fixed = affected.ranges.flatMap(\.events).compactMap { event -> Version? in
        if case .fixed(let version) = event { version } else { nil }
      }
      return Package(name: name.normalized, fixed: Set(fixed).sorted().map(\.description))
    }
    references = record.references.map { PrintableText.excerpt($0.url, limit: 500) }
  }

  /// For people.
  var text: String {
    var lines = ["\(([id] + aliases).joined(separator: ", ")): \(severity)\(score.map { " (\($0))" } ?? "")"]
    if !summary.isEmpty { lines.append(summary) }
    if let withdrawn { lines.append("withdrawn by its authors on \(withdrawn.prefix(10))") }
    for package in packages {
      lines.append(
        "  \(package.name): "
          + (package.fixed.isEmpty
            ? "no release is known to fix it" : "fixed in \(package.fixed.joined(separator: ", "))"))
    }
    if !details.isEmpty {
      lines += [""] + details.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    }
    if !references.isEmpty { lines += [""] + references.map { "  \($0)" } }
    return WorkflowText.inert(lines.joined(separator: "\n"))
  }
}
