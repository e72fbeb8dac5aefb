import IndexServer
import TestSupport

/// An advisory as a source writes it, in OSV's form.
struct WrittenAdvisory {
  var id: String
  var package = "lib"
  var aliases: [String] = []
  var introduced = "0"
  /// Nil: it isn't fixed.
  var fixed: String?
  var summary = "Things go wrong"
  var details = ""
  /// `9.8`, `5.3` or nothing.
  var score: String? = "9.8"
  var modified = "2024-02-01T00:00:00Z"
  var withdrawn: String?

  private static let vectors = [
    "9.8": "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H",
    "5.3": "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:L/I:N/A:N",
  ]

  var json: String {
    let severity = score.flatMap { Self.vectors[$0] }.map { "{\"type\": \"CVSS_V3\", \"score\": \"\($0)\"}" }
    let fix = fixed.map { ", {\"fixed\": \"\($0)\"}" } ?? ""
    return """
      {"schema_version": "1.6.0", "id": "\(id)", "modified": "\(modified)", "published": "2024-01-02T03:04:05Z",
       "aliases": [\(aliases.map { "\"\($0)\"" }.joined(separator: ","))], "summary": "\(summary)",
       "details": "\(details)", "severity": [\(severity ?? "")],\(withdrawn.map { "\"withdrawn\": \"\($0)\"," } ?? "")
       "affected": [{"package": {"ecosystem": "PyPI", "name": "\(package)"},
         "ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "\(introduced)"}\(fix)]}]}],
       "references": [{"type": "WEB", "url": "https://advisories.example/\(id)"}]}
      """
  }
}

extension CommandFixture {
  /// The address at which advisories are served.
  var advisories: String { url.replacing("/simple/", with: "/osv") }

  /// Serves advisories as OSV's files are laid out, and makes them the source that commands go by.
  mutating func serve(advisories records: [WrittenAdvisory]) {
    environment["REPIN_ADVISORIES_SOURCE"] = advisories
    server.behave { $0.sendsEntityTags = true }
    var archive = ZipWriter()
    for record in records.sorted(by: { $0.id < $1.id }) {
      archive.add("\(record.id).json", Array(record.json.utf8))
      serve(record)
    }
    server.serve(document: archive.finished(), at: "/osv/PyPI/all.zip")
    list(records)
  }

  /// Serves one that has changed.
  func serve(_ record: WrittenAdvisory) {
    server.serve(document: Array(record.json.utf8), at: "/osv/PyPI/\(record.id).json")
  }

  /// Serves the list of what has changed, the newest first.
  func list(_ records: [WrittenAdvisory]) {
    let rows = records.map { "\($0.modified),\($0.id)\n" }.sorted().reversed().joined()
    server.serve(document: Array(rows.utf8), at: "/osv/PyPI/modified_id.csv")
  }
}
