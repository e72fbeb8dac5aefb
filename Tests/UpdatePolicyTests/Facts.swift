import PythonPackaging
import Testing

@testable import UpdatePolicy

/// Short ways to write facts.
func release(
  _ version: String, _ uploaded: String?, yanked: Bool = false, python: Bool = true, file: Bool = true
) throws -> ReleaseFacts {
  ReleaseFacts(
    version: try Version(version), uploadedAt: try uploaded.map { try Fixture.moment($0) }, isYanked: yanked,
    admitsPython: python, hasUsableFile: file)
}

func project(
  _ name: String, _ releases: [ReleaseFacts], status: ProjectFacts.Status = .active
) throws -> ProjectFacts {
  ProjectFacts(name: try PackageName(name), releases: releases, status: status)
}

func pin(
  _ name: String, _ version: String, pinned: String? = "2026-11-20", uploaded: String? = "2026-10-01",
  yank: Distribution.Yank? = nil, presence: PinFacts.Presence = .present, line: Int = 1,
  advisories: [AdvisoryFacts] = []
) throws -> PinFacts {
  PinFacts(
    package: try PackageName(name), version: try Version(version),
    place: PinFacts.Place(path: "requirements.txt", line: line),
    pinnedAt: try pinned.map { try Fixture.moment($0) },
    uploadedAt: try uploaded.map { try Fixture.moment($0) },
    yank: yank, presence: presence, advisories: advisories)
}

func advisory(
  _ id: String, _ severity: Severity, aliases: [String] = [], fixed: [String] = [], withdrawn: Bool = false
) throws -> AdvisoryFacts {
  AdvisoryFacts(
    id: id, aliases: aliases, severity: severity, fixedVersions: try fixed.map { try Version($0) },
    fix: try fixed.first.map { try Version($0) }, isWithdrawn: withdrawn)
}

/// Monday 2026-11-30, 09:00 UTC.
let monday: Int64 = 1_796_029_200
