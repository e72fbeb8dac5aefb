import PythonPackaging
import Reports
import Testing

@testable import UpdatePolicy

/// Texts from outside that want to be more than text.
enum Hostile {
  static let texts = chosen + mixed

  /// Mixtures of what means something somewhere, the same in every run.
  private static let mixed: [String] = {
    let pieces = [
      "@", "#", "!", "%", "&", "~", "$", "a", "7", "GH-", "`", "|", "\\", "<", ">", "\"", "'", "=", "+", "-",
      ",", ":",
      "::", "\n", "\r", "\u{0}", "\u{1b}[", "\u{9b}", "\u{202E}", "\u{308}", "\u{FFFF}", "\u{E0041}", "日",
      " ", "[", "](",
      "*", "_", "&#", ";", "]]>", "<!--", "www.", "https://", "//", "%0A", "/",
    ]
    var random = SplitMix64(seed: 2_026)
    return (0..<25).map { _ in
      (0..<(1 + random.next() % 40)).map { _ in pieces[Int(random.next() % UInt64(pieces.count))] }.joined()
    }
  }()

  private static let chosen: [String] = [
    "plain",
    "two\nlines\r\nthree\rfour\u{85}five\u{2028}six\u{2029}seven",
    "\u{1b}[31mred\u{1b}]0;title\u{7}\u{8}\u{0}\u{7f}\u{9b}31m",
    "turned \u{202E}txt.exe\u{202C} hidden\u{200B}\u{2066}\u{FEFF}",
    "@everyone see #123, GH-45, gh-6, !7 and owner/repo#8 by @some-body/team",
    "| cell | `code` ``more`` \\| \\ **bold** _it_ ~~no~~ <b>html</b> [x](https://evil.example) ![i](u)",
    "</code></details></summary><script>alert(1)</script><!-- --> &lt; &#64;x &amp;",
    "]]> <![CDATA[ \"quoted\" 'single' & \u{FFFE}\u{FFFF}",
    "::error::pwn", "  ::warning file=a,line=1::b", "\u{A0}\u{3000}::stop-commands::x", ":::error::a",
    "a ::error::b",
    "##[error]pwn", "a ##[add-mask]b ###[group]c", "##vso[task.complete]x ##TeamCity[buildStop]y",
    "## [a] #[b]",
    "%0A::error::injected ::set-output name=x::y , : %25 %",
    "=HYPERLINK(\"https://evil.example\",\"x\")", "+1", "-1+2", "@SUM(A1)", " =1", "\u{FF1D}1",
    "a,b\"c\u{308},\u{308}\u{22}\u{301}d",
    "www.evil.example https://evil.example/path mailto:a@b.example a@b.example",
    "https://user:secret@host.example/simple", "see https:/u:secret@h.example and https://secret@h.example/",
    "日本語の理由 👩‍👩‍👧‍👦 e\u{301}\u{302}\u{303}", "/close", ":smile:", "- [ ] todo", "1. one", "# title",
    "::set-output name=x::y\n::add-mask::z", "```\n```sh\nrm -rf /\n~~~", "{0} {{1}} [x](1) \\[y](2) \\\\",
    "repin/fault", "lockfile-1", "../../etc/passwd", "/absolute/requirements.txt", "./././a b/c#d?e%20f",
    "<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/hostname\">]>&x;&#x0;&amp",
    String(String.UnicodeScalarView((0..<32).compactMap(Unicode.Scalar.init))),
    String(
      String.UnicodeScalarView(
        ((0x202A...0x202E).map(\.self) + (0x2066...0x2069)).compactMap(Unicode.Scalar.init))),
    "  ", "", String(repeating: "long ", count: 2_000), String(repeating: "\u{1b}", count: 500),
    String(repeating: "@a ", count: 200) + String(repeating: "`", count: 300),
  ]

  /// A change of a lock that is this text.
  static func remediations(of lock: CheckedLock, _ text: String) -> [Remediation] {
    guard let finding = lock.assessment.findings.first else { return [] }
    return [
      Remediation(
        fixes: [Remediation.Fix(lock: 0, finding: finding)],
        steps: [Remediation.Step(package: finding.package, old: finding.version, new: nil)], patch: text)
    ]
  }

  /// A lock in which every text from outside is this one.
  static func lock(_ text: String) throws -> CheckedLock {
    let path = text
    let pins = [
      try Facts.pin(
        "vulnerable", "1.0", line: 1, path: path, [try Facts.advisory(text, .critical, aliases: [text])]),
      try Facts.pin("yanked", "1.0+local.1", line: 2, yanked: text, path: path),
      try Facts.pin("quarantined", "1!1.0", line: 3, path: path),
      try Facts.pin("archived", "1.0", line: 4, path: path),
      try Facts.pin("deprecated", "1.0", line: 5, path: path),
      try Facts.pin("unknown", "1.0", line: 6, presence: .unknown(source: text), path: path),
      try Facts.pin("ignored", "1.0", line: 7, yanked: text, path: path),
      try Facts.pin("gh-12", "1.0", line: 8, yanked: text, path: path),
    ]
    let projects = try Facts.projects(
      pins,
      status: [
        "quarantined": .quarantined(reason: text), "archived": .archived(reason: text),
        "deprecated": .deprecated(reason: text),
      ])
    let reason = text.allSatisfy(\.isWhitespace) ? "none" : text
    let ignores = [
      try Ignore(package: "ignored", reason: reason, until: "2026-12-31"),
      try Ignore(package: "elsewhere", reason: reason, until: "2026-01-31"),
    ]
    var lock = CheckedLock(
      path: path,
      assessment: Facts.assessor(projects, ignores: ignores).assess(
        LockFacts(pins: pins, failures: [SourceFailure(source: text, subject: .advisories)])),
      unchecked: [UncheckedPin(name: nil, text: text, line: 9, reason: .url)],
      faults: [
        LockFault(path: path, line: 10, column: 2, text: text, remedy: text, hidesPins: true),
        LockFault(path: path, text: text, hidesPins: false),
      ])
    lock.outlooks = [
      FixOutlook(
        package: pins[0].package, version: pins[0].version, path: [text], state: .dropped(others: [text]))
    ]
    lock.details = [
      PinDetail(
        package: pins[0].package, version: pins[0].version, hashes: [text, "sha256:\(text)"],
        askers: [pins[1].package], isDirect: true)
    ]
    return lock
  }

  static func report(_ text: String, locks: Int = 1) throws -> CheckReport {
    let lock = try lock(text)
    return CheckReport(
      locks: Array(repeating: lock, count: locks), checkedAt: Facts.now, moments: try Facts.moments())
  }

  static func history(_ text: String, package: String?) throws -> HistoryReport {
    HistoryReport(
      package: try package.map { try PackageName($0) },
      lockfiles: [
        LockHistory(
          path: text, pins: [PinAge(package: try PackageName("flask"), version: try Version("1.0"))],
          stays: [.init(version: try Version("1.0"), from: .min, until: .max, commit: text)],
          trend: [.init(at: .min, libyearSeconds: .max), .init(at: .max, libyearSeconds: .min)])
      ], at: Facts.now, moments: try Facts.moments())
  }

  /// Every rendering of a text.
  static func renderings(_ text: String) throws -> [(name: String, text: String)] {
    var all: [(String, String)] = []
    for count in [1, 2] {
      let report = try report(text, locks: count)
      all += [
        ("text", report.text(TerminalStyle(width: 60))), ("text", report.text(TerminalStyle(width: 200))),
        ("json", report.json()), ("markdown", report.markdown()), ("github", report.githubAnnotations()),
        ("gitlab", report.gitlab(programVersion: text)), ("junit", report.junit()),
        ("sarif", report.sarif(programVersion: text)), ("codequality", report.codeQuality()),
        ("cyclonedx", report.cyclonedx(programVersion: text)),
      ]
    }
    for package in [nil, "flask"] {
      let history = try history(text, package: package)
      all += [
        ("text", history.text(TerminalStyle(width: 80))), ("json", history.json()), ("csv", history.csv()),
      ]
    }
    return all + (try diffRenderings(text))
  }
}
