import LockDiff
import LockfileFormats
import PythonPackaging
import Testing
import UpdatePolicy

@Suite("Why pins change") struct ExplainedChangeTests {
  private static let old = """
    flask==2.0
        # via -r requirements.in
    werkzeug==2.0
        # via flask
    click==8.0
        # via
        #   flask
        #   tool
    tool==1.0
        # via -r dev.in
    itsdangerous==1.0
        # via flask
    colors==1.0
        # via pretty
    pretty==1.0
        # via -r requirements.in
    loner==1.0
    still==1.0
        # via tool
    """
  private static let new = """
    flask==3.0
        # via -r requirements.in
    werkzeug==3.0
        # via flask
    blinker==1.0
        # via
        #   flask
        #   tool
    click==8.0
        # via flask
    tool==1.0
        # via -r dev.in
    loner==2.0
    still==1.1
        # via tool
    """

  private static func reasons(_ facts: DiffFacts = DiffFacts()) -> [String: [PinReason]] {
    let changes = Locks.diff(old, new).explained(by: facts)
    return Dictionary(uniqueKeysWithValues: changes.map { ($0.change.subject.text, $0.reasons) })
  }

  @Test func asFarAsFilesTell() throws {
    let reasons = Self.reasons()
    #expect(reasons.count == 8)
    #expect(reasons["flask"] == [.asked(["-r requirements.in"])])
    #expect(reasons["werkzeug"] == [.pulled(try Locks.names("flask"))])
    #expect(reasons["blinker"] == [.pulled(try Locks.names("flask"))])
    #expect(reasons["itsdangerous"] == [.unneeded(try Locks.names("flask"))])
    #expect(reasons["colors"] == [.orphaned(try Locks.names("pretty"))])
    #expect(reasons["pretty"] == [.unasked(["-r requirements.in"])])
    #expect(reasons["loner"] == [])
    #expect(reasons["still"] == [.needed(try Locks.names("tool"))])
  }

  @Test func asFactsTell() throws {
    var facts = DiffFacts()
    let flask = try PackageName("flask")
    facts.causes[flask] = [.target]
    facts.releases[.init(flask, try Version("2.0"))] = ReleaseDetails.with([
      AdvisoryFacts(id: "GHSA-1", severity: .high)
    ])
    facts.releases[.init(flask, try Version("3.0"))] = ReleaseDetails.with([])
    #expect(
      Self.reasons(facts)["flask"] == [
        .security(["GHSA-1"]), .cause(.target), .asked(["-r requirements.in"]),
      ])
  }

  struct AdvisoryCase: CustomTestStringConvertible {
    let testDescription: String
    var from = "a==1\n"
    var to = "a==2\n"
    var old: [AdvisoryFacts]?
    var new: [AdvisoryFacts]?
    /// Fixed, introduced, remaining; nil: unknown.
    let expected: [[String]]?
  }

  private static let one = AdvisoryFacts(id: "GHSA-1", aliases: ["CVE-1"], severity: .low)
  private static let sameAsOne = AdvisoryFacts(id: "cve-1", severity: .unknown)
  private static let two = AdvisoryFacts(id: "GHSA-2", severity: .critical)
  private static let malware = AdvisoryFacts(id: "MAL-1", severity: .unknown)
  private static let withdrawn = AdvisoryFacts(id: "GHSA-3", severity: .high, isWithdrawn: true)

  @Test(arguments: [
    AdvisoryCase(testDescription: "nobody knows", expected: nil),
    AdvisoryCase(testDescription: "the new one is unknown", old: [one], expected: nil),
    AdvisoryCase(testDescription: "the old one is unknown", new: [], expected: nil),
    AdvisoryCase(testDescription: "none", old: [], new: [], expected: [[], [], []]),
    AdvisoryCase(
      testDescription: "fixed", old: [one, two], new: [], expected: [["GHSA-2", "GHSA-1"], [], []]),
    AdvisoryCase(
      testDescription: "introduced, malware first", old: [], new: [two, malware],
      expected: [[], ["MAL-1", "GHSA-2"], []]),
    AdvisoryCase(
      testDescription: "under another id", old: [one], new: [sameAsOne], expected: [[], [], ["cve-1"]]),
    AdvisoryCase(
      testDescription: "withdrawn ones don't count", old: [withdrawn], new: [withdrawn],
      expected: [[], [], []]),
    AdvisoryCase(testDescription: "added", from: "", new: [one], expected: [[], ["GHSA-1"], []]),
    AdvisoryCase(testDescription: "added, unknown", from: "", expected: nil),
    AdvisoryCase(testDescription: "removed", to: "", old: [one], expected: [["GHSA-1"], [], []]),
    AdvisoryCase(
      testDescription: "of a URL nobody knows", to: "a @ https://host.example/a.zip\n", old: [one],
      expected: nil),
  ])
  func advisories(_ given: AdvisoryCase) throws {
    var facts = DiffFacts()
    let name = try PackageName("a")
    if let old = given.old { facts.releases[.init(name, try Version("1"))] = .with(old) }
    if let new = given.new { facts.releases[.init(name, try Version("2"))] = .with(new) }
    let changes = Locks.diff(given.from, given.to).explained(by: facts)
    let change = try #require(changes.first)
    let found = change.advisories.value.map { advisories in
      [advisories.fixed, advisories.introduced, advisories.remaining].map { $0.map(\.id) }
    }
    #expect(found == given.expected)
  }

  @Test func metadataChanges() throws {
    var facts = DiffFacts()
    let name = try PackageName("a")
    var (old, new) = (ReleaseDetails(), ReleaseDetails())
    old.license = .known("MIT")
    new.requiresPython = .known(">=3.9")
    func change() throws -> ExplainedChange {
      facts.releases = [
        .init(name, try Version("1")): old, .init(name, try Version("2")): new,
      ]
      return try #require(Locks.diff("a==1\n", "a==2\n").explained(by: facts).first)
    }
    // Of one side nothing is told.
    #expect(try change().licenseChange == nil)
    #expect(try change().requiresPythonChange == nil)
    new.license = .known(nil)
    old.requiresPython = .known(">=3.9")
    let license = try #require(try change().licenseChange)
    #expect(license.old == "MIT" && license.new == nil)
    #expect(try change().requiresPythonChange == nil)
  }
}

extension ReleaseDetails {
  fileprivate static func with(_ advisories: [AdvisoryFacts]) -> ReleaseDetails {
    var details = ReleaseDetails()
    details.advisories = .known(advisories)
    return details
  }
}
