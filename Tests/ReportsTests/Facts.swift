import PythonPackaging
import Reports
import Testing

@testable import UpdatePolicy

/// Short ways to write facts.
enum Facts {
  /// Monday 2026-11-30, 09:00 UTC.
  static let now: Int64 = 1_796_029_200

  /// Berlin in winter.
  static let berlin = TimeZoneRules(initialOffset: 3_600, transitions: [], offsets: [], rule: nil)

  static func moments() throws -> ShownMoments {
    ShownMoments(zone: try TimeZoneName("Europe/Berlin"), rules: berlin)
  }

  static func day(_ text: String) throws -> Int64 { try CalendarDate(text).start }

  static func pin(
    _ name: String, _ version: String, line: Int, pinned: String? = "2026-11-20",
    uploaded: String? = "2026-10-01", yanked: String? = nil, presence: PinFacts.Presence = .present,
    path: String = "requirements.txt", _ advisories: [AdvisoryFacts] = []
  ) throws -> PinFacts {
    PinFacts(
      package: try PackageName(name), version: try Version(version),
      place: PinFacts.Place(path: path, line: line), pinnedAt: try pinned.map { try day($0) },
      uploadedAt: try uploaded.map { try day($0) },
      yank: yanked.map { Distribution.Yank(reason: $0) }, presence: presence, advisories: advisories)
  }

  static func advisory(
    _ id: String, _ severity: Severity, aliases: [String] = [], fixed: [String] = []
  ) throws -> AdvisoryFacts {
    AdvisoryFacts(
      id: id, aliases: aliases, severity: severity, fixedVersions: try fixed.map { try Version($0) },
      fix: try fixed.map { try Version($0) }.min())
  }

  /// The facts of the projects of pins: the pinned release, and newer ones with the days of their uploads.
  static func projects(
    _ pins: [PinFacts], newer: [String: [(String, String)]] = [:],
    status: [String: ProjectFacts.Status] = [:]
  ) throws -> [ProjectFacts] {
    try pins.map { pin in
      let more = try (newer[pin.package.normalized] ?? []).map {
        ReleaseFacts(version: try Version($0.0), uploadedAt: try day($0.1))
      }
      return ProjectFacts(
        name: pin.package,
        releases: [ReleaseFacts(version: pin.version, uploadedAt: pin.uploadedAt)] + more,
        status: status[pin.package.normalized] ?? .active)
    }
  }

  static func assessor(_ projects: [ProjectFacts], ignores: [Ignore] = []) -> Assessor {
    var policy = Policy()
    policy.ignores = ignores
    return Assessor(policy: policy, now: now, projects: projects, timeZone: berlin)
  }
}
