import PubGrub
import PythonPackaging
import Resolution
import Testing

/// What the resolver picks: an index in a few lines, the question, and the pins or the refusal.
@Suite struct ResolverTests {
  struct Case: CustomTestStringConvertible {
    let rule: String
    let index: [ServedIndex.Served]
    let asks: [String]
    var constraints: [String] = []
    var keeps: [String: String] = [:]
    var preReleases = PreReleasePolicy.ifNecessary
    var cutoff: Int64?
    /// `name==version`, extras in brackets, ascending; nil where there must be no answer.
    let pins: [String]?
    /// Reasons that the refusal must give.
    var reasons: [UnavailabilityReason] = []

    var testDescription: String { rule }
  }

  static let diamond = [
    serve("a", "1.0", requires: ["c<2"]), serve("b", "1.0", requires: ["c>=1"]),
    serve("c", "1.0"), serve("c", "1.5"), serve("c", "2.0"),
  ]
  static let steps = [serve("a", "1.0"), serve("a", "2.0"), serve("a", "3.0rc1")]

  static let cases: [Case] = [
    Case(rule: "the newest release", index: steps, asks: ["a"], pins: ["a==2.0"]),
    Case(rule: "the newest in range", index: steps, asks: ["a<2"], pins: ["a==1.0"]),
    Case(
      rule: "a pre-release only where no stable release is in range", index: steps, asks: ["a>2"],
      pins: ["a==3.0rc1"]),
    Case(
      rule: "pre-releases in plain order when allowed", index: steps, asks: ["a"], preReleases: .allow,
      pins: ["a==3.0rc1"]),
    Case(
      rule: "never a pre-release when disallowed", index: steps, asks: ["a>2"], preReleases: .disallow,
      pins: nil, reasons: [.preRelease]),
    Case(
      rule: "the pin that exists is kept", index: steps, asks: ["a"], keeps: ["a": "1.0"], pins: ["a==1.0"]),
    Case(
      rule: "a kept pin out of range is dropped", index: steps, asks: ["a>1"], keeps: ["a": "1.0"],
      pins: ["a==2.0"]),
    Case(
      rule: "a kept pin that the index no longer has is dropped", index: steps, asks: ["a"],
      keeps: ["a": "1.7"], pins: ["a==2.0"]),
    Case(
      rule: "two parents agree on what both allow", index: diamond, asks: ["a", "b"],
      pins: ["a==1.0", "b==1.0", "c==1.5"]),
    Case(
      rule: "a constraint bounds what something else brings", index: diamond, asks: ["a", "b"],
      constraints: ["c<1.5", "unused<1"], pins: ["a==1.0", "b==1.0", "c==1.0"]),
    Case(
      rule: "a constraint alone brings nothing", index: diamond, asks: ["c"], constraints: ["a"],
      pins: ["c==2.0"]),
    Case(
      rule: "a constraint can leave nothing", index: diamond, asks: ["a"], constraints: ["c>=2"], pins: nil,
      reasons: [.constraint(0)]),
    Case(
      rule: "an older parent where the newest conflicts",
      index: [
        serve("a", "1.0", requires: ["c==1.0"]), serve("a", "2.0", requires: ["c==2.0"]),
        serve("b", "1.0", requires: ["c==1.0"]), serve("c", "1.0"), serve("c", "2.0"),
      ], asks: ["a", "b"], pins: ["a==1.0", "b==1.0", "c==1.0"]),
    Case(
      rule: "an extra brings its requirements and is named by its pin",
      index: [
        serve("a", "1.0", requires: ["b; extra == 'x'", "c; extra == 'y'"], extras: ["x", "y"]),
        serve("b", "1.0"), serve("c", "1.0"),
      ], asks: ["a[x]"], pins: ["a[x]==1.0", "b==1.0"]),
    Case(
      rule: "an extra and its project are of one release",
      index: [
        serve("a", "1.0", requires: ["b; extra == 'x'"], extras: ["x"]),
        serve("a", "2.0", requires: ["missing; extra == 'x'"], extras: ["x"]),
        serve("b", "1.0"),
      ], asks: ["a", "a[x]"], pins: ["a[x]==1.0", "b==1.0"]),
    Case(
      rule: "an older release where the newest ones' extra conflicts",
      index: [
        serve("a", "1.0", requires: ["b<2; extra == 'x'"], extras: ["x"]),
        serve("a", "2.0", requires: ["b>=2; extra == 'x'"], extras: ["x"]),
        serve("a", "3.0", requires: ["b>=3; extra == 'x'"], extras: ["x"]),
        serve("b", "1.0"), serve("b", "2.0"), serve("b", "3.0"),
      ], asks: ["a[x]", "b<2"], pins: ["a[x]==1.0", "b==1.0"]),
    Case(
      rule: "two extras that no release has together",
      index: [
        serve("a", "1.0", requires: ["b<2; extra == 'x'", "c==2; extra == 'y'"], extras: ["x", "y"]),
        serve("a", "2.0", requires: ["b==2; extra == 'x'", "c<2; extra == 'y'"], extras: ["x", "y"]),
        serve("b", "1"), serve("b", "2"), serve("c", "1"), serve("c", "2"),
      ], asks: ["a[x,y]", "b<2", "c<2"], pins: nil),
    Case(
      rule: "an extra that something else asks for later",
      index: [
        serve("a", "1.0", requires: ["c==1; extra == 'x'"], extras: ["x"]),
        serve("a", "2.0", requires: ["c==2; extra == 'x'"], extras: ["x"]),
        serve("b", "1.0", requires: ["a[x]"]), serve("c", "1"), serve("c", "2"),
      ], asks: ["a", "b", "c<2"], pins: ["a[x]==1.0", "b==1.0", "c==1"]),
    Case(
      rule: "an extra of its own project",
      index: [
        serve("a", "1.0", requires: ["a[x]; extra == 'all'", "b; extra == 'x'"], extras: ["x", "all"]),
        serve("b", "1.0"),
      ], asks: ["a[all]"], pins: ["a[all,x]==1.0", "b==1.0"]),
    Case(
      rule: "projects that need each other",
      index: [serve("a", "1.0", requires: ["b"]), serve("b", "1.0", requires: ["a"])], asks: ["a"],
      pins: ["a==1.0", "b==1.0"]),
    Case(
      rule: "a marker that doesn't hold",
      index: [serve("a", "1.0", requires: ["w; sys_platform == 'win32'"])],
      asks: ["a", "gone; python_version < '3'"], pins: ["a==1.0"]),
    Case(
      rule: "a yanked release isn't picked", index: [serve("a", "1.0"), serve("a", "2.0", yanked: "broken")],
      asks: ["a>=1"], pins: ["a==1.0"]),
    Case(
      rule: "a yanked release that the user names exactly",
      index: [serve("a", "1.0"), serve("a", "2.0", yanked: "broken")], asks: ["a==2.0"], pins: ["a==2.0"]),
    Case(
      rule: "a yanked release that a dependency names exactly is refused",
      index: [serve("a", "2.0", yanked: "broken"), serve("b", "1.0", requires: ["a==2.0"])], asks: ["b"],
      pins: nil, reasons: [.yanked(reason: "broken")]),
    Case(
      rule: "a yanked pin stays", index: [serve("a", "1.0", yanked: "broken"), serve("a", "2.0")],
      asks: ["a"],
      keeps: ["a": "1.0"], pins: ["a==1.0"]),
    Case(
      rule: "a release for a newer Python isn't picked",
      index: [serve("a", "1.0"), serve("a", "2.0", requiresPython: ">=3.13")], asks: ["a"], pins: ["a==1.0"]),
    Case(
      rule: "only releases for a newer Python", index: [serve("a", "2.0", requiresPython: ">=3.13")],
      asks: ["a"],
      pins: nil, reasons: [.requiresPython(">=3.13")]),
    Case(
      rule: "no wheel fits", index: [serve("a", "2.0", tags: "cp312-cp312-win_amd64")], asks: ["a"],
      pins: nil,
      reasons: [.noCompatibleWheel(tags: ["cp312-cp312-win_amd64"])]),
    Case(
      rule: "newer than the cutoff",
      index: [serve("a", "1.0", uploadedAt: 10), serve("a", "2.0", uploadedAt: 20), serve("a", "3.0")],
      asks: ["a"], cutoff: 15, pins: ["a==1.0"]),
    Case(
      rule: "unreadable metadata skips the release",
      index: [serve("a", "1.0"), serve("a", "2.0", isUnreadable: true)], asks: ["a"], pins: ["a==1.0"]),
    Case(
      rule: "a dependency on a direct URL skips the release",
      index: [serve("a", "1.0"), serve("a", "2.0", requires: ["b @ https://files.example/b.whl"])],
      asks: ["a"], pins: ["a==1.0"]),
    Case(rule: "an unknown project", index: [], asks: ["a"], pins: nil),
    Case(
      rule: "an older parent where the newest needs an unknown project",
      index: [serve("a", "1.0"), serve("a", "2.0", requires: ["gone"])], asks: ["a"], pins: ["a==1.0"]),
  ]

  @Test(arguments: cases) func picks(_ given: Case) async throws {
    let request = ResolutionRequest(
      requirements: try given.asks.map { try Requirement($0) },
      constraints: try given.constraints.map { try Requirement($0) },
      preferences: try Dictionary(
        uniqueKeysWithValues: given.keeps.map { (try PackageName($0), try Version($1)) }),
      environment: try TargetEnvironment(pythonVersion: "3.12", platformName: "linux"),
      preReleases: given.preReleases, cutoff: given.cutoff)
    let resolver = Resolver(index: try ServedIndex(given.index))
    do {
      let graph = try await resolver.resolve(request)
      #expect(graph.pins.map(line) == given.pins)
    } catch .unsatisfiable(let refusal) {
      #expect(given.pins == nil)
      let told = refusal.unavailable.map(\.reason)
      for reason in given.reasons { #expect(told.contains(reason)) }
    } catch .index(let failure) {
      Issue.record("the index failed: \(failure)")
    }
  }

  @Test func tellsWhoAsksForEachPin() async throws {
    let request = ResolutionRequest(
      requirements: [try Requirement("a"), try Requirement("c")],
      constraints: [try Requirement("c<2")],
      environment: try TargetEnvironment(pythonVersion: "3.12", platformName: "linux"))
    let graph = try await Resolver(index: try ServedIndex(Self.diamond)).resolve(request)
    let pin = try #require(graph.pins.last)
    #expect(line(pin) == "c==1.5")
    #expect(pin.parents == [try PackageName("a")])
    #expect(pin.requirements == [1])
    #expect(pin.constraints == [0])
  }

  @Test func failsWhereTheIndexFails() async throws {
    var index = try ServedIndex(Self.diamond)
    index.broken = try PackageName("c")
    let request = ResolutionRequest(
      requirements: [try Requirement("a")],
      environment: try TargetEnvironment(pythonVersion: "3.12", platformName: "linux"))
    await #expect {
      try await Resolver(index: index).resolve(request)
    } throws: { error in
      guard case .index(let failure)? = error as? ResolutionError<ServedIndex.Failure> else { return false }
      return failure == ServedIndex.Failure(project: "c")
    }
  }

  private func line(_ pin: ResolvedPin) -> String {
    let extras = pin.extras.isEmpty ? "" : "[" + pin.extras.map(\.normalized).joined(separator: ",") + "]"
    return "\(pin.name)\(extras)==\(pin.version)"
  }
}
