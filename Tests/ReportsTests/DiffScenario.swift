import LockDiff
import LockfileFormats
import PythonPackaging
import Testing

@testable import Reports
@testable import UpdatePolicy

/// Differences that the tests and the documents show.
enum DiffScenario: String, CaseIterable {
  case small, alarm, several, large, empty

  func report() throws -> DiffReport {
    switch self {
    case .small: try Self.small()
    case .alarm: try Self.alarm()
    case .several: try Self.several()
    case .large: try Self.large(500)
    case .empty:
      DiffReport(
        locks: [try Self.lock("flask==3.0.0\nclick==8.1.7\n", "flask==3.0.0\nclick==8.1.7\n")],
        moments: try Facts.moments())
    }
  }

  private static let reader = PinnedFileReader(keepsOrigins: true)

  static func lock(
    _ old: String?, _ new: String?, path: String = "requirements.txt", facts: DiffFacts = DiffFacts()
  ) throws -> DiffedLock {
    let bytes = [old, new].map { $0.map { Array($0.utf8) } }
    let files = bytes.map { $0.map { reader.read($0, path: path) } }
    return DiffedLock(
      LockDiff(from: files[0], to: files[1]), facts: facts, oldBytes: bytes[0], newBytes: bytes[1])
  }

  /// What is known of a release: everything.
  private static func details(
    _ day: String, behind: Int64 = 0, license: String? = "BSD-3-Clause", python: String? = ">=3.8",
    _ advisories: [AdvisoryFacts] = []
  ) throws -> ReleaseDetails {
    var details = ReleaseDetails()
    details.uploadedAt = .known(try Facts.day(day))
    details.timeBehind = .known(behind * 86_400)
    details.yank = .known(nil)
    details.advisories = .known(advisories)
    details.license = .known(license)
    details.requiresPython = .known(python)
    return details
  }

  private static func release(_ name: String, _ version: String) throws -> DiffFacts.Release {
    DiffFacts.Release(try PackageName(name), try Version(version))
  }

  private static let smallOld = """
    # This file was compiled by repin.
    blinker==1.6
        # via flask
    click==8.1.7
        # via flask
    flask==2.3.3
        # via -r requirements.in
    itsdangerous==2.1.2
        # via flask
    jinja2==3.1.2
        # via flask
    six==1.16.0
        # via -r requirements.in
    werkzeug==2.3.8
        # via flask

    """
  private static let smallNew = """
    # This file was compiled by repin.
    blinker==1.6
        # via flask
    click==8.1.7
        # via flask
    flask==3.0.3
        # via -r requirements.in
    itsdangerous==2.2.0
        # via flask
    jinja2==3.1.6
        # via flask
    markupsafe==2.1.5
        # via
        #   jinja2
        #   werkzeug
    werkzeug==3.0.2
        # via flask

    """

  private static func small() throws -> DiffReport {
    var facts = DiffFacts()
    let advisories = [
      try Facts.advisory("GHSA-aaaa-bbbb-cccc", .critical, aliases: ["CVE-2026-1001"], fixed: ["3.1.6"])
    ]
    facts.releases[try release("jinja2", "3.1.2")] = try details("2026-04-26", behind: 120, advisories)
    var jinja = try details("2026-10-05")
    jinja.projectURLs = [
      .init(label: "Source", url: "https://git.example/pallets/jinja"),
      .init(label: "Changes", url: "https://jinja.example/changes/(3.1)"),
      .init(label: "Homepage", url: "javascript:alert(1)"),
    ]
    facts.releases[try release("jinja2", "3.1.6")] = jinja
    facts.releases[try release("flask", "2.3.3")] = try details("2025-08-21", behind: 400)
    facts.releases[try release("flask", "3.0.3")] = try details("2026-09-30", python: ">=3.9")
    facts.releases[try release("werkzeug", "2.3.8")] = try details("2025-11-08", behind: 365)
    facts.releases[try release("werkzeug", "3.0.2")] = try details("2026-04-01", license: nil)
    facts.causes = [
      try PackageName("jinja2"): [.target],
      try PackageName("werkzeug"): [.pulled(by: try PackageName("flask"), requirement: "werkzeug>=3.0.0")],
    ]
    facts.heldBack = [
      HeldBackRelease(
        package: try PackageName("werkzeug"), version: try Version("3.1.0"),
        reason: "it was released yesterday, and 3 days are asked for"),
      HeldBackRelease(
        package: try PackageName("click"), version: try Version("8.2.0"), reason: "its pin doesn't allow it",
        blocker: "flask 3.0.3 (click<8.2)"),
    ]
    return DiffReport(
      locks: [try lock(smallOld, smallNew, facts: facts)],
      commands: ["repin update --security requirements.txt"], moments: try Facts.moments())
  }

  static func hash(_ digit: Int) -> String {
    "sha256:" + String(repeating: String(digit % 16, radix: 16), count: 64)
  }

  /// What a reviewer has to look at.
  private static func alarm() throws -> DiffReport {
    var facts = DiffFacts()
    facts.releases[try release("litellm", "1.82.7")] = try details("2026-03-01")
    facts.releases[try release("litellm", "1.82.8")] = try details(
      "2026-03-24", [try Facts.advisory("MAL-2026-77", .unknown)])
    facts.releases[try release("requests", "2.32.0")] = try details("2026-05-20")
    var yanked = try details("2026-05-21")
    yanked.yank = .known(Distribution.Yank(reason: "broken TLS"))
    facts.releases[try release("requests", "2.32.1")] = yanked
    let old = """
      app @ git+https://git.example/app@1f2e3d4c5b6a79881f2e3d4c5b6a79881f2e3d4c
      litellm==1.82.7
      numpy==1.26.4 ; python_version < "3.12"
      numpy==2.0.0 ; python_version >= "3.12"
      pyyaml==6.0.1 --hash=\(hash(1)) --hash=\(hash(2))
      requests==2.32.0
      urllib3==2.2.1

      """
    let new = """
      app @ git+https://git.example/app@0a0b0c0d0e0f01020a0b0c0d0e0f01020a0b0c0d
      litellm==1.82.8
      numpy==1.26.4 ; python_version < "3.13"
      numpy==2.1.0rc1 ; python_version >= "3.13"
      pyyaml==6.0.1 --hash=\(hash(1)) --hash=\(hash(3))
      requests[socks]==2.32.1
      urllib3==1.26.20

      """
    return DiffReport(locks: [try lock(old, new, facts: facts)], moments: try Facts.moments())
  }

  private static func several() throws -> DiffReport {
    DiffReport(
      locks: [
        try lock("flask==2.0\n", "flask==3.0\n", path: "services/a/requirements.txt"),
        try lock(nil, "click==8.1.7\n", path: "services/b/requirements.txt"),
        try lock("six==1.16.0\nold==what\n", nil, path: "services/c/requirements.txt"),
      ], moments: try Facts.moments())
  }

  /// So many packages: every tenth is added, every tenth is gone, the others are raised.
  static func large(_ count: Int) throws -> DiffReport {
    var facts = DiffFacts()
    var (old, new) = ("", "")
    for index in 0..<count {
      let name = "package-\(index)"
      let via = "    # via \(index % 3 == 0 ? "-r requirements.in" : "package-\(index / 3)")\n"
      if index % 10 != 1 { old += "\(name)==1.\(index) \\\n    --hash=\(hash(index))\n\(via)" }
      if index % 10 != 2 {
        new += "\(name)==\(index % 7 == 0 ? 2 : 1).\(index + 1) \\\n    --hash=\(hash(index + 1))\n\(via)"
      }
      if index % 50 == 0 {
        facts.releases[try release(name, "1.\(index)")] = try details(
          "2026-01-01", behind: 90, [try Facts.advisory("GHSA-\(index)-x", .high)])
        facts.releases[try release(name, "\(index % 7 == 0 ? 2 : 1).\(index + 1)")] = try details(
          "2026-10-01")
      }
    }
    return DiffReport(
      locks: [try lock(old, new, facts: facts)], commands: ["repin update --all"],
      moments: try Facts.moments())
  }

  static let renderings = allCases.flatMap { scenario -> [Rendering] in
    func rendering(
      _ format: String, _ text: @escaping @Sendable (DiffReport) throws -> String
    ) -> Rendering {
      Rendering(name: "diff-\(scenario.rawValue)-\(format)") { try text(scenario.report()) }
    }
    return [60, 100].map { width in rendering("\(width)") { $0.text(TerminalStyle(width: width)) } } + [
      rendering("color") { $0.text(TerminalStyle(width: 140, hasColor: true)) },
      rendering("json") { $0.json() }, rendering("markdown") { $0.markdown() },
      rendering("unified") { try $0.unified() },
      rendering("title") { $0.title() }, rendering("commit") { $0.commit() },
    ]
  }
}
