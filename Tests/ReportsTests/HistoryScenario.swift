import PythonPackaging
import Reports
import Testing

@testable import UpdatePolicy

/// Histories that the tests and the documents show.
enum HistoryScenario: String, CaseIterable {
  case lock, package, several, nothing

  func report(_ order: PinOrder = .daysBehind) throws -> HistoryReport {
    switch self {
    case .lock:
      HistoryReport(
        lockfiles: [try Self.lockfile()], at: Facts.now, order: order, moments: try Facts.moments())
    case .package:
      HistoryReport(
        package: try PackageName("flask"), lockfiles: [try Self.timeline("requirements.txt")],
        at: Facts.now, order: order, moments: try Facts.moments())
    case .several:
      HistoryReport(
        package: try PackageName("flask"),
        lockfiles: [
          try Self.timeline("a/requirements.txt"), LockHistory(path: "b/requirements.txt", pins: []),
        ],
        at: Facts.now, order: order, moments: try Facts.moments())
    case .nothing: HistoryReport(lockfiles: [], at: Facts.now, order: order, moments: try Facts.moments())
    }
  }

  static let renderings = allCases.flatMap { scenario -> [Rendering] in
    [60, 100].map { width in
      Rendering(name: "history-\(scenario.rawValue)-\(width)") {
        try scenario.report().text(TerminalStyle(width: width))
      }
    } + [
      Rendering(name: "history-\(scenario.rawValue)-ascii") {
        try scenario.report().text(TerminalStyle(width: 60, isASCII: true))
      },
      Rendering(name: "history-\(scenario.rawValue)-json") { try scenario.report().json() },
      Rendering(name: "history-\(scenario.rawValue)-csv") { try scenario.report().csv() },
    ]
  }

  static let day: Int64 = 86_400

  static func lockfile() throws -> LockHistory {
    func pin(
      _ name: String, _ version: String, pinned: Int64?, released: Int64?, behind: Int64?, releases: Int?,
      newest: String? = nil, libyears: Int64?
    ) throws -> PinAge {
      PinAge(
        package: try PackageName(name), version: try Version(version), pinAge: pinned.map { $0 * day },
        releaseAge: released.map { $0 * day }, timeBehind: behind.map { $0 * day },
        releasesBehind: releases, newest: try newest.map { try Version($0) },
        libyearSeconds: libyears.map { $0 * day })
    }
    return LockHistory(
      path: "requirements.txt",
      pins: [
        try pin("click", "8.1.7", pinned: 41, released: 60, behind: 0, releases: 0, libyears: 0),
        try pin(
          "flask", "3.0.0", pinned: 12, released: 90, behind: 20, releases: 2, newest: "3.0.2", libyears: 73),
        try pin(
          "numpy", "1.26.4", pinned: 1_278, released: 1_309, behind: 897, releases: 14, newest: "2.1.3",
          libyears: 1_007),
        try pin("private-app", "2.4", pinned: 300, released: nil, behind: nil, releases: nil, libyears: nil),
      ],
      trend: try [
        ("2025-12-01", 200), ("2026-01-12", 420), ("2026-02-02", 700), ("2026-04-06", 980),
        ("2026-04-20", 310),
        ("2026-07-06", 600), ("2026-09-28", 1_400), ("2026-11-02", 1_080),
      ].map { LockHistory.TrendPoint(at: try Facts.day($0.0), libyearSeconds: $0.1 * day) })
  }

  static func timeline(_ path: String) throws -> LockHistory {
    LockHistory(
      path: path,
      pins: [
        PinAge(
          package: try PackageName("flask"), version: try Version("3.0.0"), pinAge: 12 * day,
          releaseAge: 90 * day, timeBehind: 20 * day, releasesBehind: 2, newest: try Version("3.0.2"),
          libyearSeconds: 73 * day)
      ],
      stays: [
        .init(
          version: try Version("2.3.2"), from: try Facts.day("2023-09-04"),
          until: try Facts.day("2026-02-02"), commit: "9f1c2ab3d4e5f60718293a4b5c6d7e8f90123456"),
        .init(
          version: try Version("2.3.3"), from: try Facts.day("2026-02-02"),
          until: try Facts.day("2026-02-02") + 5 * 3_600),
        .init(version: try Version("3.0.0"), from: try Facts.day("2026-11-18"), commit: "0a1b2c3d4e5f"),
      ])
  }
}
