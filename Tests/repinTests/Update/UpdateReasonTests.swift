import IndexServer
import TestSupport
import Testing

/// Why `repin update` can't have a release, or has one all the same, as it tells it.
@Suite struct UpdateReasonTests {
  struct Case: CustomTestStringConvertible {
    let testDescription: String
    /// DAY is 150 days ago.
    var files: [String: String] = [:]
    var arguments: [String] = []
    var environment: [String: String] = [:]
    var status: Int32 = 1
    var pins = before
    /// What standard error has somewhere; DAY is 150 days ago.
    let says: [String]
    var neverSays: [String] = []
  }

  static let before = "app==1.0 lib==1.0"
  static let day = CheckFixture.day(in: -150)

  /// `lib` has a problem up to 1.1, which is newer than DAY, as is what `app` needs for it.
  private func fixture() async throws -> UpdateFixture {
    var fixture = try await UpdateFixture()
    fixture.command.serve(advisories: [WrittenAdvisory(id: "PYSEC-1", introduced: "1.0", fixed: "1.1")])
    fixture.serve("lib", "0.9")
    fixture.serve("lib", "1.0")
    fixture.serve("lib", "1.1", daysAgo: 100)
    fixture.serve("app", "1.0", requires: ["lib"])
    fixture.command.write([
      "requirements.in": "app\nlib\n", "requirements.txt": "app==1.0\nlib==1.0\n",
    ])
    return fixture
  }

  private static func cutoff(_ option: String, _ place: String) -> String {
    "held back: lib 1.1 is newer than the cutoff of `\(option)` (\(place)); "
      + "`--exclude-newer-package lib=false` lets lib off\n"
  }

  static let cutoffs: [Case] = [
    Case(
      testDescription: "a cutoff in the lockfile's header",
      files: [
        "requirements.in": "app\nlib>=1\n",
        "requirements.txt": UpdateFixture.heading("repin compile --exclude-newer=DAY requirements.in")
          + "app==1.0\nlib==1.0\n",
      ], says: [cutoff("--exclude-newer DAY", "requirements.txt:5")]),
    Case(
      testDescription: "a cutoff that is configured",
      files: ["requirements.in": "app\nlib>=1\n", "repin.toml": "exclude-newer = DAY\n"],
      says: [cutoff("--exclude-newer DAY", "repin.toml:1:1")]),
    Case(
      testDescription: "a cutoff of the command line, before the header's",
      files: [
        "requirements.in": "app\nlib>=1\n",
        "requirements.txt": UpdateFixture.heading("repin compile --exclude-newer=2001-01-01 requirements.in")
          + "app==1.0\nlib==1.0\n",
      ], arguments: ["--exclude-newer", day],
      says: [cutoff("--exclude-newer DAY", "on the command line")], neverSays: ["2001"]),
    Case(
      testDescription: "a cutoff of the environment", files: ["requirements.in": "app\nlib>=1\n"],
      environment: ["REPIN_EXCLUDE_NEWER": day],
      says: [cutoff("--exclude-newer DAY", "REPIN_EXCLUDE_NEWER")]),
    Case(
      testDescription: "a project's own cutoff", arguments: ["lib", "--exclude-newer-package", "lib=\(day)"],
      says: [cutoff("--exclude-newer-package lib=DAY", "on the command line")]),
    Case(
      testDescription: "a cutoff that moves with time", files: ["requirements.in": "app\nlib>=1\n"],
      arguments: ["--uploaded-prior-to", "P150D"],
      says: ["`--uploaded-prior-to P150D` (on the command line, now \(day)T"]),
    Case(
      testDescription: "a cutoff that keeps away what would lift a cap",
      files: [
        "requirements.in": "capped\nlib>=1\n", "requirements.txt": "capped==1.0\nlib==1.0\n",
      ], arguments: ["--exclude-newer", CheckFixture.day(in: -50)], pins: "capped==1.0 lib==1.0",
      says: [
        "blocked: lib 1.0 → 1.1 is held by capped 1.0 (lib<1.1)",
        "held back: capped 1.1 is newer than the cutoff of `--exclude-newer \(CheckFixture.day(in: -50))`",
      ]),
    Case(
      testDescription: "a cutoff that something can be had in spite of", arguments: ["--exclude-newer", day],
      status: 0, pins: "app==1.0 lib==0.9", says: ["a downgrade, there is no other way; fixes PYSEC-1"]),
  ]

  static let lacks: [Case] = [
    Case(
      testDescription: "a release that isn't there", arguments: ["lib==1.0.5"],
      says: ["blocked: lib 1.0 stays: the index has no release within ==1.0.5, and next to it 1.0 and 1.1\n"],
      neverSays: ["held back", "unusable"]),
    Case(
      testDescription: "bounds beyond all releases", arguments: ["lib>=7"],
      says: ["blocked: lib 1.0 stays: the index has no release within >=7, it has 1.0 to 2.1rc1\n"]),
    Case(
      testDescription: "a release without a wheel for the target", arguments: ["lib==1.3"],
      says: [
        "blocked: lib 1.0 stays: no release within ==1.3 may be picked\n",
        "unusable: lib 1.3 has wheels for other targets only (cp312-cp312-win_amd64; the target is ",
      ], neverSays: ["lib 1.4", "lib 1.5"]),
    Case(
      testDescription: "a release for another Python", arguments: ["lib==1.4"],
      says: ["unusable: lib 1.4 needs Python >=3.13 (the target is 3.12.0)\n"]),
    Case(
      testDescription: "a yanked release", arguments: ["lib==1.5"],
      says: ["unusable: lib 1.5 is yanked (broken)\n"]),
    Case(
      testDescription: "a release that is too young", arguments: ["lib==1.2"],
      says: ["held back: lib 1.2 is younger than the cooldown of 3 days\n"]),
    Case(
      testDescription: "an older release that is too young",
      files: ["requirements.txt": "app==1.0\nlib==2.0\n"],
      arguments: ["lib==1.2"], pins: "app==1.0 lib==2.0",
      says: ["held back: lib 1.2 is younger than the cooldown of 3 days\n"]),
    Case(
      testDescription: "a pre-release", files: ["requirements.in": "app\nlib\n"],
      arguments: ["lib==2.1rc1", "--prerelease", "disallow"],
      says: ["unusable: lib 2.1rc1 is a pre-release\n"]),
    Case(
      testDescription: "a release that a pin's requirement rules out",
      files: [
        "requirements.in": "capped\n", "requirements.txt": "capped==1.0\nlib==1.0\n",
      ], arguments: ["lib==1.1", "--exclude-newer", CheckFixture.day(in: -50)], pins: "capped==1.0 lib==1.0",
      says: ["blocked: lib 1.0 → 1.1 is held by capped 1.0 (lib<1.1)"]),
    Case(
      testDescription: "several releases, for several reasons", arguments: ["lib>=1.3,<2"],
      says: [
        "unusable: lib 1.3 has wheels for other targets only", "unusable: lib 1.4 needs Python >=3.13",
        "unusable: lib 1.5 is yanked (broken)\n",
      ]),
  ]

  static let chosen: [Case] = [
    Case(
      testDescription: "a release that is pinned and affected", arguments: ["lib==1.0"], status: 0,
      says: [
        "warning: lib 1.0, which you ask for, is affected by PYSEC-1 (fixed in 1.1); `repin update 'lib>=1.1'` fixes it\n",
        "lib 1.0 is within ==1.0 already\n", "unchanged requirements.txt: 2 pins",
      ]),
    Case(
      testDescription: "an affected release in place of one that isn't",
      files: ["requirements.txt": "app==1.0\nlib==1.1\n"], arguments: ["lib==1.0"], status: 0,
      says: [
        "~ lib==1.0 (was 1.1): a downgrade, there is no other way; asked for\n",
        "warning: lib 1.0, which you ask for, is affected by PYSEC-1 (fixed in 1.1)",
      ]),
    Case(
      testDescription: "quietly", arguments: ["lib==1.0", "-q"], status: 0,
      says: ["warning: lib 1.0, which you ask for, is affected by PYSEC-1"], neverSays: ["already"]),
    Case(
      testDescription: "bounds that name no release don't ask for affected ones",
      files: ["requirements.txt": "app==1.0\nlib==1.1\n"], arguments: ["lib<1.1"], status: 0,
      pins: "app==1.0 lib==0.9", says: ["lib==0.9 (was 1.1)"], neverSays: ["warning"]),
    Case(
      testDescription: "malware isn't had even so", arguments: ["lib==2.0"],
      says: [
        "blocked: lib 1.0 stays: no release within ==2.0 may be picked\n",
        "held back: lib 2.0 is affected by MAL-2024-1\n",
      ]),
  ]

  private func run(_ given: Case, _ fixture: UpdateFixture) async throws {
    var fixture = fixture
    func dated(_ text: String) -> String { text.replacing("DAY", with: Self.day) }
    fixture.command.environment.merge(given.environment) { $1 }
    fixture.command.write(given.files.mapValues(dated))
    let outcome = try await fixture.command.run(["update"] + CommandFixture.target + given.arguments)
    #expect(outcome.status == given.status, Comment(rawValue: outcome.errors))
    #expect(fixture.pins() == given.pins, Comment(rawValue: outcome.errors))
    for text in given.says {
      #expect(outcome.errors.contains(dated(text)), Comment(rawValue: outcome.errors))
    }
    for text in given.neverSays { #expect(!outcome.errors.contains(text), Comment(rawValue: outcome.errors)) }
  }

  @Test(arguments: cutoffs) func `a cutoff is named with its place`(_ given: Case) async throws {
    let fixture = try await fixture()
    fixture.serve("capped", "1.0", requires: ["lib<1.1"])
    fixture.serve("capped", "1.1", requires: ["lib"], daysAgo: 20)
    try await run(given, fixture)
  }

  @Test(arguments: lacks) func `why a release can't be had`(_ given: Case) async throws {
    let fixture = try await UpdateFixture()
    for version in ["1.0", "1.1", "2.0", "2.1rc1"] { fixture.serve("lib", version) }
    fixture.serve("lib", "1.2", daysAgo: 1)
    let server = fixture.command.server
    let time = CheckFixture.ago(days: 50)
    server.serve("lib", "1.3", tag: "cp312-cp312-win_amd64", uploadTime: time)
    server.serve("lib", "1.4", requiresPython: ">=3.13", uploadTime: time)
    server.serve("lib", "1.5", yanked: "broken", uploadTime: time)
    fixture.serve("app", "1.0", requires: ["lib"])
    fixture.serve("capped", "1.0", requires: ["lib<1.1"])
    fixture.serve("capped", "1.1", requires: ["lib"], daysAgo: 20)
    fixture.command.write([
      "requirements.in": "app\n", "requirements.txt": "app==1.0\nlib==1.0\n",
    ])
    try await run(given, fixture)
  }

  @Test(arguments: chosen) func `what is named exactly is had, and what affects it told`(_ given: Case)
    async throws
  {
    var fixture = try await fixture()
    fixture.command.serve(advisories: [
      WrittenAdvisory(id: "PYSEC-1", introduced: "1.0", fixed: "1.1"),
      WrittenAdvisory(id: "MAL-2024-1", introduced: "2.0"),
    ])
    fixture.serve("lib", "2.0")
    try await run(given, fixture)
  }

  @Test func `an affected release that is asked for, as data`() async throws {
    let fixture = try await fixture()
    let outcome = try await fixture.update("lib==1.0", "--format", "json", "-q")
    #expect(outcome.status == 0, Comment(rawValue: outcome.errors))
    for line in [#""asked" : true"#, #""package" : "lib""#, #""PYSEC-1""#, #""outcome" : "nothing""#] {
      #expect(outcome.output.contains(line), Comment(rawValue: outcome.output))
    }
  }

  @Test func `a pin that the target can't have moves for that`() async throws {
    let fixture = try await UpdateFixture()
    let time = CheckFixture.ago(days: 50)
    fixture.serve("six", "1.0")
    fixture.serve("six", "1.1")
    fixture.serve("lib", "1.0")
    fixture.command.server.serve("lib", "1.1", requiresPython: ">=3.13", uploadTime: time)
    fixture.command.server.serve("win", "1.0", tag: "cp312-cp312-win_amd64", uploadTime: time)
    fixture.serve("win", "1.1")
    fixture.command.write([
      "requirements.in": "lib\nsix\nwin\n", "requirements.txt": "lib==1.1\nsix==1.0\nwin==1.0\n",
    ])
    let outcome = try await fixture.update("six", "--format", "json")
    #expect(outcome.status == 0, Comment(rawValue: outcome.errors))
    #expect(fixture.pins() == "lib==1.0 six==1.1 win==1.1")
    let texts = [
      "its old release needs Python >=3.13 (the target is 3.12.0)",
      "its old release has wheels for other targets only (cp312-cp312-win_amd64; the target is",
    ]
    for text in texts { #expect(outcome.errors.contains(text), Comment(rawValue: outcome.errors)) }
    #expect(!outcome.errors.contains("goes with the others"))
    #expect(outcome.output.contains(#""detail" : "needs Python >=3.13 (the target is 3.12.0)""#))
    #expect(outcome.output.contains(#""kind" : "unusable""#))
  }
}
