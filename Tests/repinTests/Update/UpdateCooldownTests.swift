import IndexServer
import PythonPackaging
import Resolution
import TestSupport
import Testing
import UpdatePolicy

@testable import repin

/// Releases that are too young for `repin update`, and those that may be picked all the same.
@Suite struct UpdateCooldownTests {
  struct Case: CustomTestStringConvertible {
    let testDescription: String
    var arguments: [String]
    var environment: [String: String] = [:]
    var policy = ""
    var status: Int32 = 0
    let pins: String
    var says: [String] = []
    var neverSays: [String] = []
  }

  static let cases: [Case] = [
    Case(
      testDescription: "three days by default", arguments: ["app"], pins: "app==1.1 core==1.0",
      neverSays: ["held back"]),
    Case(
      testDescription: "a direct one", arguments: ["app", "--latest"], pins: "app==1.1 core==1.0",
      says: ["held back: app 1.2 is younger than the cooldown of 3 days\n"]),
    Case(
      testDescription: "what it brings in", arguments: ["app>=1.2", "--cooldown", "12h"], status: 1,
      pins: "app==1.0 core==1.0",
      says: ["held back: core 2.0 is younger than the cooldown of 12 hours (`--cooldown`)\n"]),
    Case(
      testDescription: "none", arguments: ["app", "--latest", "--cooldown", "0"], pins: "app==1.2 core==2.0"),
    Case(
      testDescription: "none by the policy", arguments: ["app", "--latest"],
      policy: "[policy]\ncooldown = 'off'\n", pins: "app==1.2 core==2.0"),
    Case(
      testDescription: "the option before the policy",
      arguments: ["app", "--latest", "--cooldown", "9 days"],
      policy: "[policy]\ncooldown = 'off'\n", status: 1, pins: "app==1.0 core==1.0",
      says: [
        "blocked: app 1.0 stays: no newer release may be picked\n",
        "held back: app 1.1, 1.2: each is younger than the cooldown of 9 days (`--cooldown`)\n",
      ]),
    Case(
      testDescription: "by the environment", arguments: ["app"], environment: ["REPIN_COOLDOWN": "P9D"],
      status: 1, pins: "app==1.0 core==1.0",
      says: ["younger than the cooldown of 9 days (`REPIN_COOLDOWN`)\n"]),
    Case(
      testDescription: "by the policy", arguments: ["untold"], policy: "[policy]\ncooldown = '9 days'\n",
      status: 1, pins: "app==1.0 core==1.0",
      says: ["has no upload time, and the cooldown is 9 days (`cooldown`, repin.toml:2:12)\n"]),
    Case(
      testDescription: "no upload time", arguments: ["untold"], status: 1, pins: "app==1.0 core==1.0",
      says: ["held back: untold 1.1 has no upload time, and the cooldown is 3 days\n"]),
    Case(
      testDescription: "no upload time, and no cooldown", arguments: ["untold", "--cooldown", "off"],
      pins: "app==1.0 core==1.0 untold==1.1"),
    Case(
      testDescription: "no upload time, of an exempt index", arguments: ["untold"],
      policy: "[policy]\ncooldown-exempt-indexes = ['INDEX']\n", pins: "app==1.0 core==1.0 untold==1.1"),
    Case(
      testDescription: "a young one of an exempt index", arguments: ["app", "--latest"],
      policy: "[policy]\ncooldown-exempt-indexes = ['INDEX']\n", pins: "app==1.2 core==2.0"),
    Case(
      testDescription: "another index is exempt", arguments: ["untold"],
      policy: "[policy]\ncooldown-exempt-indexes = ['https://index.example/simple']\n", status: 1,
      pins: "app==1.0 core==1.0"),
    Case(
      testDescription: "a length below nothing", arguments: ["app", "--cooldown", "-1"], status: 2,
      pins: "app==1.0 core==1.0",
      says: ["`-1` is no length of time; write \"3 days\", \"36 hours\", P3D, PT36H, or off"]),
    Case(
      testDescription: "a length that is none", arguments: ["app", "--cooldown", "1 month"], status: 2,
      pins: "app==1.0 core==1.0"),
  ]

  @Test(arguments: cases) func `what is too young isn't picked`(_ given: Case) async throws {
    var fixture = try await UpdateFixture()
    fixture.serve("app", "1.0", requires: ["core"], daysAgo: 100)
    fixture.serve("app", "1.1", requires: ["core"], daysAgo: 5)
    fixture.serve("app", "1.2", requires: ["core>=2"], daysAgo: 1)
    fixture.serve("core", "1.0", daysAgo: 100)
    fixture.serve("core", "2.0", daysAgo: 0.2)
    for version in ["1.0", "1.1"] { fixture.command.server.serve("untold", version) }
    let isUntold = given.arguments.contains("untold")
    fixture.command.write([
      "requirements.in": isUntold ? "app\nuntold\n" : "app\n",
      "requirements.txt": "app==1.0\ncore==1.0\n\(isUntold ? "untold==1.0\n" : "")",
      "repin.toml": given.policy.replacing("INDEX", with: fixture.command.url),
    ])
    fixture.command.environment.merge(given.environment) { $1 }
    let outcome = try await fixture.command.run(["update"] + CommandFixture.target + given.arguments)
    #expect(outcome.status == given.status, Comment(rawValue: outcome.errors))
    let pins = isUntold && !given.pins.contains("untold") ? "\(given.pins) untold==1.0" : given.pins
    #expect(fixture.pins() == pins, Comment(rawValue: outcome.errors))
    for text in given.says { #expect(outcome.errors.contains(text), Comment(rawValue: outcome.errors)) }
    for text in given.neverSays { #expect(!outcome.errors.contains(text), Comment(rawValue: outcome.errors)) }
  }

  // MARK: Judgement

  static let now: Int64 = 1_800_000_000

  /// A judgement by advisories of `demo` 1.0.
  private func judgement(
    _ advisories: [AdvisoryFacts], left: [AdvisoryFacts] = [],
    _ change: (inout Policy) throws -> Void = { _ in }
  ) throws -> UpdateJudgement {
    var policy = Policy()
    try change(&policy)
    let first = try Version("1.0")
    return UpdateJudgement(policy: policy, now: Self.now) { name, version in
      version == first ? advisories : left
    }
  }

  private func said(
    _ judgement: UpdateJudgement, daysAgo: Int64?, quarantined: Bool = false, direct: Bool = false
  ) throws -> UpdateRules.Cooldown? {
    let name = try PackageName("demo")
    let rules = judgement.rules(
      for: [name: try Version("1.0")], direct: direct ? [name] : [], quarantined: quarantined ? [name] : [],
      largestStep: .major, index: { _ in nil })
    let file = try Distribution(
      filename: "demo-1.1-py3-none-any.whl", url: "https://index.example/demo.whl",
      uploadedAt: daysAgo.map { (Self.now - $0 * 86_400) * 1_000 })
    return rules.cooldown?(name, try Version("1.1"), [file])
  }

  @Test func `a release that fixes what is due now is exempt`() throws {
    let grave = AdvisoryFacts(id: "GHSA-1", severity: .high)
    let mild = AdvisoryFacts(id: "GHSA-2", severity: .low)
    let malware = AdvisoryFacts(id: "MAL-1", severity: .unknown)
    let young = UpdateRules.Cooldown.heldBack("is younger than the cooldown of 3 days")
    #expect(try said(judgement([grave, mild]), daysAgo: 1) == .exempt("fixes GHSA-1"))
    #expect(try said(judgement([grave]), daysAgo: nil) == .exempt("fixes GHSA-1"))
    #expect(try said(judgement([mild]), daysAgo: 1) == young)
    #expect(try said(judgement([malware]), daysAgo: 1) == .exempt("fixes MAL-1"))
    #expect(try said(judgement([grave], left: [grave]), daysAgo: 1) == young)
    #expect(try said(judgement([]), daysAgo: 1) == young)
    #expect(try said(judgement([]), daysAgo: 3) == .over)
    #expect(
      try said(judgement([]), daysAgo: 1, quarantined: true)
        == .exempt("replaces a release that is quarantined"))
    #expect(try said(judgement([]), daysAgo: 1, direct: true) == .over)
    #expect(try said(judgement([]) { $0.setCooldown = .off }, daysAgo: 1) == nil)
    let ignoring = try judgement([grave]) {
      $0.ignores = [try Ignore(id: "GHSA-1", package: nil, version: nil, reason: "x", until: "2099-01-01")]
    }
    #expect(try said(ignoring, daysAgo: 1) == young)
  }

  @Test func `advisories count where they are due and not ignored`() throws {
    let name = try PackageName("demo")
    let version = try Version("1.0")
    func ids(_ advisories: [AdvisoryFacts], _ change: (inout Policy) throws -> Void = { _ in }) throws
      -> [String]
    {
      try judgement(advisories, change).affecting(name, version)
    }
    let all = [
      AdvisoryFacts(id: "GHSA-2", severity: .low), AdvisoryFacts(id: "GHSA-1", severity: .critical),
      AdvisoryFacts(id: "GHSA-3", severity: .high, isWithdrawn: true),
    ]
    #expect(try ids(all) == ["GHSA-1", "GHSA-2"])
    #expect(try ids(all) { $0.due[.low] = .noted } == ["GHSA-1"])
    let ignore = try Ignore(id: "ghsa-1", package: nil, version: nil, reason: "x", until: "2099-01-01")
    #expect(try ids(all) { $0.ignores = [ignore] } == ["GHSA-2"])
    let malware = AdvisoryFacts(id: "GHSA-1", aliases: ["MAL-1"], severity: .low)
    #expect(try ids([malware]) { $0.ignores = [ignore] } == ["GHSA-1"])
  }
}
