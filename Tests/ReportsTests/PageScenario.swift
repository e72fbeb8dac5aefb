import PythonPackaging
import Reports
import Testing

@testable import UpdatePolicy

/// Pages that the tests and the browser look at.
enum PageScenario: String, CaseIterable {
  case empty, clean, dashboard, many, hostile

  func report() throws -> PageReport {
    switch self {
    case .empty: PageReport(check: CheckReport(locks: [], checkedAt: Facts.now, moments: try Facts.moments()))
    // Nothing is known but the check.
    case .clean: PageReport(check: try Scenario.clean.report())
    case .dashboard: try Self.dashboard()
    case .many: try Self.many()
    case .hostile: try Self.hostile()
    }
  }

  static func dashboard() throws -> PageReport {
    var lock = try Scenario.findings()
    lock.outlooks = [
      FixOutlook(
        package: try PackageName("jinja2"), version: try Version("3.1.2"),
        path: ["-r requirements.in", "flask"],
        state: .possible(to: try Version("3.1.6"), others: ["markupsafe 2.0.1 → 2.1.5"])),
      FixOutlook(
        package: try PackageName("lxml"), version: try Version("5.1.0"), path: ["-r requirements.in"],
        state: .none),
    ]
    let trend = try trend("2025-12-01", [1.2, 1.5, 2.1, 2.9, 0.8, 1.1, 2.4, 3.6, 4.4, 3.9, 4.9, 5.6])
    return PageReport(
      check: CheckReport(
        locks: [lock], checkedAt: Facts.now, moments: try Facts.moments(),
        advisories: [
          AdvisoryProvenance(source: "advisories.example", syncedAt: Facts.now - 7_200, records: 18_211)
        ]),
      backgrounds: [LockBackground(trend: trend, timelines: try timelines(), origins: try origins())],
      links: PageLinks(
        projects: [try PackageName("numpy"): "https://index.example/project/numpy/"],
        advisories: ["GHSA-aaaa-bbbb-cccc": "https://advisories.example/GHSA-aaaa-bbbb-cccc"]))
  }

  private static func many() throws -> PageReport {
    let check = try Scenario.many.report()
    let backgrounds = try check.locks.indices.map { index -> LockBackground in
      // Of some nothing is known but the check.
      if index % 5 == 4 { return LockBackground() }
      return LockBackground(
        trend: try trend("2026-0\(1 + index % 6)-05", (0..<6).map { Double(($0 * 7 + index) % 9) / 4 }),
        timelines: [try timeline("click", [("8.1.3", "2025-06-01"), ("8.1.7", "2026-11-20")])],
        origins: [PinOrigin(package: try PackageName("click"), inputs: ["-r requirements.in"])])
    }
    return PageReport(check: check, backgrounds: backgrounds)
  }

  /// A point each thirty days.
  private static func trend(_ start: String, _ libyears: [Double]) throws -> [LockHistory.TrendPoint] {
    let first = try Facts.day(start)
    return libyears.enumerated().map {
      .init(at: first + Int64($0) * 30 * 86_400, libyearSeconds: Int64($1 * 31_557_600))
    }
  }

  /// Versions and the days on which they came, each until the next.
  private static func timeline(_ name: String, _ versions: [(String, String)]) throws -> PackageTimeline {
    let days = try versions.map { try Facts.day($0.1) }
    let stays = try versions.enumerated().map { index, version in
      LockHistory.Stay(
        version: try Version(version.0), from: days[index],
        until: index + 1 < days.count ? days[index + 1] : nil,
        commit: "9f1c2ab3d4e5f60718293a4b5c6d7e8f9012345\(index % 10)")
    }
    return PackageTimeline(package: try PackageName(name), stays: stays)
  }

  private static func timelines() throws -> [PackageTimeline] {
    [
      try timeline(
        "jinja2", [("2.11.3", "2023-06-01"), ("3.0.3", "2024-02-12"), ("3.1.2", "2026-03-02")]),
      try timeline("numpy", [("1.26.4", "2023-06-01")]),
      try timeline(
        "requests",
        [
          ("2.28.1", "2023-06-01"), ("2.28.2", "2023-10-09"), ("2.29.0", "2024-05-20"),
          ("2.30.0", "2025-01-13"), ("2.31.0", "2026-11-20"),
        ]),
      try timeline("six", [("1.15.0", "2024-06-03"), ("1.16.0", "2026-11-20")]),
      PackageTimeline(
        package: try PackageName("toml"),
        stays: [
          .init(
            version: try Version("0.10.2"), from: try Facts.day("2023-06-01"),
            until: try Facts.day("2025-03-01"))
        ]),
    ]
  }

  private static func origins() throws -> [PinOrigin] {
    let input = "-r requirements.in"
    let asked: [(String, [String], [String])] = [
      ("aiohttp", [], ["litellm"]), ("jinja2", [], ["flask", "litellm"]), ("left-pad", [input], []),
      ("litellm", [input], []), ("lxml", [input], []), ("nose", [input], []), ("numpy", [], ["pandas"]),
      ("pandas", [input], []), ("pillow", [input], []), ("requests", [], ["litellm", "pandas"]),
      ("six", [], ["pandas"]), ("flask", [input], []),
    ]
    return try asked.map { name, inputs, askers in
      PinOrigin(
        package: try PackageName(name), inputs: inputs, askers: try askers.map { try PackageName($0) })
    }
  }

  /// What a browser could take for markup, a lockfile each.
  private static func hostile() throws -> PageReport {
    let pages = try Hostile.texts.filter { $0.contains("<") || $0.contains("\"") }.prefix(5).map {
      try hostile($0)
    }
    return PageReport(
      check: CheckReport(
        locks: pages.flatMap(\.check.locks), checkedAt: Facts.now, moments: try Facts.moments(),
        advisories: pages.flatMap(\.check.advisories)), backgrounds: pages.flatMap(\.backgrounds),
      links: PageLinks(projects: [try PackageName("yanked"): "javascript:alert(1)"]))
  }

  /// A page in which every text from outside is this one.
  static func hostile(_ text: String, locks: Int = 1) throws -> PageReport {
    let flask = try PackageName("flask")
    let yanked = try PackageName("yanked")
    let background = LockBackground(
      trend: [.init(at: .min, libyearSeconds: .max), .init(at: Facts.now, libyearSeconds: .min)],
      timelines: [
        PackageTimeline(
          package: flask,
          stays: [
            .init(version: try Version("1.0"), from: .min, until: .max, commit: text),
            .init(version: try Version("1.1"), from: .max, until: .min, commit: text),
          ])
      ],
      origins: [
        PinOrigin(package: flask, inputs: [text], askers: [flask, yanked]),
        PinOrigin(package: yanked, inputs: [text, ""], askers: [flask]),
      ])
    var report = try Hostile.report(text, locks: locks)
    var checked = report.locks
    for index in checked.indices {
      checked[index].outlooks = [
        FixOutlook(package: flask, version: try Version("1.0"), path: [text], state: .held(by: [text]))
      ]
    }
    report = CheckReport(
      locks: checked, checkedAt: report.checkedAt, moments: report.moments,
      advisories: [AdvisoryProvenance(source: text, syncedAt: .max, records: 1)])
    return PageReport(
      check: report, backgrounds: Array(repeating: background, count: locks),
      links: PageLinks(projects: [yanked: text], advisories: [text: text]))
  }
}
