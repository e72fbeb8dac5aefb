import ImageLabels
import PythonPackaging
import Reports
import Testing

@testable import UpdatePolicy

/// Reports that the tests and the documents show.
enum Scenario: String, CaseIterable {
  case clean, findings, incomplete, ignores, many, files, nothing, bill, hostile, image

  func report() throws -> CheckReport {
    let locks: [CheckedLock] =
      switch self {
      case .clean: [try Self.clean()]
      case .findings: [try Self.findings()]
      case .incomplete: [try Self.incomplete()]
      case .ignores: [try Self.ignores()]
      case .many: try Self.many()
      case .files: [try Self.files()]
      case .nothing: []
      case .bill: try Self.bill()
      case .hostile: [try Hostile.lock(Self.hostileText)]
      case .image: [try Self.clean()]
      }
    let image: ImageComparison? =
      switch self {
      case .image:
        try Self.image(
          #""repin.lock.digest": "\#(Self.digest("a"))", "repin.lock.path": "requirements.txt""#,
          today: [("requirements.txt", "b")])
      case .hostile: try Self.hostileImage()
      default: nil
      }
    var report = CheckReport(
      locks: locks, checkedAt: Facts.now, moments: try Facts.moments(), image: image)
    switch self {
    case .bill: report.remediations = try Self.remediations(of: locks)
    case .hostile: report.remediations = Hostile.remediations(of: locks[0], Self.hostileText)
    default: break
    }
    return report
  }

  static func digest(_ digit: Character) -> String { "sha256:" + String(repeating: digit, count: 64) }

  /// What is made of an image's labels, of an image that is 41 days old and may be 30.
  static func image(
    _ labels: String, name: String = "web:1.4", created: String = "2026-10-20T12:00:00Z",
    today: [(path: String, digit: Character)]
  ) throws -> ImageComparison {
    let text = """
      [{"RepoTags": ["\(name)"], "Created": "\(created)", "Config": {"Labels": {
        "org.opencontainers.image.revision": "1f0c3d5b7a9e1f0c3d5b7a9e1f0c3d5b7a9e1f0c", \(labels)}}}]
      """
    return try ImageComparison(
      of: try ImageInspection(Array(text.utf8)).image(named: nil),
      with: today.map { lock in
        ImageComparison.Question(
          path: lock.path, labelled: LabelledLock(path: lock.path, digest: digest(lock.digit)))
      }, now: Facts.now, limit: 30 * 86_400)
  }

  private static func hostileImage() throws -> ImageComparison {
    let json = hostileText.unicodeScalars.map { scalar in
      "\"\\".unicodeScalars.contains(scalar) ? "\\\(scalar)" : scalar.value < 0x20 ? "\\n" : "\(scalar)"
    }.joined()
    let labels = #""repin.lock.digest": "\#(digest("a"))", "repin.lock.path": "%3A%3Aerror%3A%3Ax%0Ay""#
    return try image(labels, name: "x:" + json, created: json, today: [(hostileText, "b")])
  }

  /// A text that wants to be more than text, wherever it is shown.
  private static let hostileText =
    "::error::@all see #1 `a`|<b>x</b>&lt;]]> [y](https://evil.example) {0} \"q\" %0A ##[error]\n=1+1\u{1b}[31m\u{202E}z"

  private static func clean() throws -> CheckedLock {
    let pins = [
      try Facts.pin("click", "8.1.7", line: 1, pinned: "2026-10-20"),
      try Facts.pin("flask", "3.0.0", line: 5, pinned: "2026-11-15"),
    ]
    let assessor = Facts.assessor(
      try Facts.projects(pins, newer: ["flask": [("3.0.1", "2026-11-10")]]))
    return CheckedLock(
      path: "requirements.txt", assessment: assessor.assess(LockFacts(pins: pins)), isChanged: false)
  }

  /// Every kind of finding.
  static func findings() throws -> CheckedLock {
    let pins = [
      try Facts.pin("aiohttp", "3.8.0", line: 1),
      try Facts.pin(
        "jinja2", "3.1.2", line: 5, pinned: "2026-03-02",
        [
          try Facts.advisory(
            "GHSA-aaaa-bbbb-cccc", .critical, aliases: ["CVE-2026-1001"], fixed: ["3.1.6", "3.1.5"])
        ]),
      try Facts.pin("left-pad", "1.0", line: 9, presence: .gone),
      try Facts.pin("litellm", "1.82.8", line: 13, [try Facts.advisory("MAL-2026-77", .unknown)]),
      try Facts.pin("lxml", "5.1.0", line: 20, [try Facts.advisory("PYSEC-2026-9", .unknown)]),
      try Facts.pin("nose", "1.3.7", line: 31, uploaded: "2015-06-02"),
      try Facts.pin("numpy", "1.26.4", line: 38, pinned: "2023-06-01", uploaded: "2023-05-01"),
      try Facts.pin("pillow", "10.0.0", line: 44, [try Facts.advisory("GHSA-dddd-eeee-ffff", .high)]),
      try Facts.pin(
        "requests", "2.31.0", line: 51, yanked: "broken TLS; use 2.32.4 or later, see the changelog for why"),
      try Facts.pin("six", "1.16.0", line: 60),
    ]
    let projects = try Facts.projects(
      pins,
      newer: [
        "numpy": [("2.0.0", "2024-06-16"), ("2.1.3", "2026-02-01")], "requests": [("2.32.4", "2026-10-20")],
      ],
      status: [
        "aiohttp": .quarantined(reason: "a release was uploaded with a stolen token"),
        "nose": .archived(reason: nil), "six": .deprecated(reason: "Python 2 is gone"),
      ])
    let ignore = try Ignore(
      id: "GHSA-dddd-eeee-ffff", reason: "we open no images", until: "2026-12-31")
    let numpy = FindingIdentity(
      package: try PackageName("numpy"), version: try Version("1.26.4"), kind: "stale", key: "stale")
    return CheckedLock(
      path: "requirements.txt",
      assessment: Facts.assessor(projects, ignores: [ignore]).assess(
        LockFacts(pins: pins, firstSeen: [numpy: try Facts.day("2024-09-15")])),
      unchecked: [
        UncheckedPin(
          name: try PackageName("app"), text: "app @ git+https://git.example/app@1f2e3d", line: 70,
          reason: .repository),
        UncheckedPin(name: nil, text: "-e ./libs/tools", line: 71, reason: .editable),
      ], isChanged: true)
  }

  private static func incomplete() throws -> CheckedLock {
    var pins = try (1...40).map { try Facts.pin("package-\($0)", "1.0", line: $0) }
    for index in 0..<3 { pins[index].presence = .unknown(source: "index.example") }
    pins[10].yank = Distribution.Yank(reason: nil)
    return CheckedLock(
      path: "requirements.txt",
      assessment: Facts.assessor(try Facts.projects(pins)).assess(
        LockFacts(
          pins: pins, failures: [SourceFailure(source: "advisories.example", subject: .advisories)])))
  }

  private static func ignores() throws -> CheckedLock {
    let pins = [
      try Facts.pin("pillow", "10.0.0", line: 3, [try Facts.advisory("GHSA-dddd-eeee-ffff", .high)]),
      try Facts.pin("lxml", "5.1.0", line: 2, [try Facts.advisory("PYSEC-2026-9", .medium)]),
    ]
    let ignores = [
      try Ignore(id: "GHSA-dddd-eeee-ffff", reason: "we open no images", until: "2026-12-31"),
      try Ignore(id: "PYSEC-2026-9", package: "lxml", reason: "no XML", until: "2026-11-01"),
      try Ignore(id: "CVE-2025-1", reason: "gone", until: "2026-11-01"),
      try Ignore(package: "django", reason: "to be removed", until: "2027-06-30"),
    ]
    return CheckedLock(
      path: "requirements.txt",
      assessment: Facts.assessor(try Facts.projects(pins), ignores: ignores).assess(LockFacts(pins: pins)))
  }

  /// A file of which a part can't be read, with pins of every source.
  private static func files() throws -> CheckedLock {
    let pins = [try Facts.pin("click", "8.1.7", line: 1, path: "poetry.lock")]
    return CheckedLock(
      path: "poetry.lock",
      assessment: Facts.assessor(try Facts.projects(pins)).assess(LockFacts(pins: pins)),
      unchecked: try UncheckedPin.Reason.allCases.enumerated().map { index, reason in
        UncheckedPin(
          name: try PackageName("package-\(reason)"), text: "package-\(reason)", line: index * 10,
          reason: reason)
      },
      faults: [
        LockFault(
          path: "poetry.lock", line: 12, column: 1, text: "found `versoin`, expected `version`",
          remedy: "run `poetry lock`", hidesPins: true),
        LockFault(
          path: "poetry.lock", text: "found no `content-hash`, expected one", hidesPins: false),
      ])
  }

  /// Two lockfiles that tell what asks for what, and what an update would change.
  private static func bill() throws -> [CheckedLock] {
    try ["shop", "shop/tests"].enumerated().map { index, folder in
      let path = "../\(folder)/requirements.txt"
      let pins = [
        try Facts.pin("flask", "3.0.0", line: 1, path: path),
        try Facts.pin(
          "jinja2", "3.1.2+local.1", line: 4, path: path,
          [
            AdvisoryFacts(
              id: "CVE-2026-1001", aliases: ["GHSA-aaaa-bbbb-cccc"], summary: "Sandbox escape [in `attr`]",
              severity: .medium, score: 5.4, fixedVersions: [try Version("3.1.6")], fix: try Version("3.1.6"))
          ]),
        try Facts.pin(
          "pillow", "10.0.0", line: 9, path: path, [try Facts.advisory("GHSA-dddd-eeee-ffff", .high)]),
      ]
      let ignore = try Ignore(package: "pillow", reason: "we open no images", until: "2026-12-31")
      var lock = CheckedLock(
        path: path,
        assessment: Facts.assessor(try Facts.projects(pins), ignores: [ignore]).assess(LockFacts(pins: pins)),
        unchecked: [
          UncheckedPin(
            name: try PackageName("app"), text: "app @ git+https://git.example/app@1f2e3d", line: 12,
            reason: .repository)
        ])
      lock.repositoryPath = String(path.dropFirst(3))
      lock.outlooks = [
        FixOutlook(
          package: pins[1].package, version: pins[1].version,
          state: .possible(to: try Version("3.1.6"), others: []))
      ]
      let digest = String(repeating: "0a", count: 32)
      lock.details = [
        PinDetail(
          package: pins[0].package, version: pins[0].version,
          hashes: ["sha256:\(digest)", "sha256:short", "odd:1"],
          askers: index == 0 ? [] : [try PackageName("app")], isDirect: index == 0),
        PinDetail(package: pins[1].package, version: pins[1].version, askers: [pins[0].package]),
        PinDetail(package: pins[2].package, version: pins[2].version, isDirect: true),
        PinDetail(package: try PackageName("app"), version: nil, isDirect: true),
      ]
      return lock
    }
  }

  private static func remediations(of locks: [CheckedLock]) throws -> [Remediation] {
    try locks.enumerated().map { index, lock in
      let path = lock.repositoryPath ?? ""
      return Remediation(
        fixes: lock.assessment.findings.filter { $0.urgency == .dueAtWindow }.map {
          Remediation.Fix(lock: index, finding: $0)
        },
        steps: [
          Remediation.Step(
            package: try PackageName("jinja2"), old: try Version("3.1.2+local.1"), new: try Version("3.1.6"))
        ],
        patch: "--- a/\(path)\n+++ b/\(path)\n@@ -4 +4 @@\n-jinja2==3.1.2+local.1\n+jinja2==3.1.6\n")
    }
  }

  private static func many() throws -> [CheckedLock] {
    try (0..<30).map { index in
      let path = "services/service-\(index < 10 ? "0" : "")\(index)/requirements.txt"
      var pins = [try Facts.pin("click", "8.1.7", line: 1, path: path)]
      if index < 7 {
        pins.append(
          try Facts.pin(
            "jinja2", "3.1.2", line: 2, path: path,
            [try Facts.advisory("GHSA-aaaa-bbbb-cccc", .critical, fixed: ["3.1.6"])]))
      }
      if index % 4 == 0 {
        pins.append(
          try Facts.pin(
            "numpy", "1.26.4", line: 3, pinned: "2023-06-01", uploaded: "2023-05-01", path: path))
      }
      let facts = LockFacts(
        pins: pins,
        failures: index == 9 ? [SourceFailure(source: "advisories.example", subject: .advisories)] : [])
      let projects = try Facts.projects(pins, newer: ["numpy": [("2.0.0", "2024-06-16")]])
      return CheckedLock(path: path, assessment: Facts.assessor(projects).assess(facts))
    }
  }
}

/// A rendering by its name, which golden files and the blocks of the documents have: `check-findings-100`.
struct Rendering: Sendable {
  let name: String
  let text: @Sendable () throws -> String

  static let all: [Rendering] =
    Scenario.allCases.flatMap { scenario -> [Rendering] in
      [60, 100, 200].map { width in
        Rendering(name: "check-\(scenario.rawValue)-\(width)") {
          try scenario.report().text(TerminalStyle(width: width))
        }
      } + [
        Rendering(name: "check-\(scenario.rawValue)-color") {
          try scenario.report().text(TerminalStyle(width: 100, hasColor: true))
        },
        Rendering(name: "check-\(scenario.rawValue)-json") { try scenario.report().json() },
        Rendering(name: "check-\(scenario.rawValue)-markdown") { try scenario.report().markdown() },
        Rendering(name: "check-\(scenario.rawValue)-github") { try scenario.report().githubAnnotations() },
        Rendering(name: "check-\(scenario.rawValue)-gitlab") {
          try scenario.report().gitlab(programVersion: "1.0.0")
        },
        Rendering(name: "check-\(scenario.rawValue)-junit") { try scenario.report().junit() },
        Rendering(name: "check-\(scenario.rawValue)-codequality") { try scenario.report().codeQuality() },
        Rendering(name: "check-\(scenario.rawValue)-sarif") {
          try scenario.report().sarif(programVersion: "1.0.0")
        },
        Rendering(name: "check-\(scenario.rawValue)-cyclonedx") {
          try scenario.report().cyclonedx(programVersion: "1.0.0")
        },
      ]
    } + HistoryScenario.renderings + DiffScenario.renderings
}
