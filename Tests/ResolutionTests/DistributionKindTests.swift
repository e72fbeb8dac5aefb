import PythonPackaging
import Resolution
import Testing

/// Which of a release's distributions count, and what comes from a URL.
@Suite struct DistributionKindTests {
  struct Case: CustomTestStringConvertible {
    let rule: String
    let index: [ServedIndex.Served]
    let asks: [String]
    var constraints: [String] = []
    var keeps: [String: String] = [:]
    var onlyBinary: [String] = []
    var noBinary: [String] = []
    var mayBuild = true
    /// The URLs that projects come from.
    var urls: [String: Set<String>] = [:]
    var cutoff: Int64?
    /// As `name==version`, ascending; nil where there must be no answer.
    let pins: [String]?
    /// Reasons that the refusal must give.
    var reasons: [UnavailabilityReason] = []

    var testDescription: String { rule }
  }

  static let url = "https://files.example/a-1.0-py3-none-any.whl"
  /// A wheel of 1.0; 2.0 as source only.
  static let mixed = [
    serve("a", "1.0", requires: ["b"], source: .telling), serve("a", "2.0", tags: nil, source: .built),
    serve("b", "1.0"),
  ]

  static let cases: [Case] = [
    Case(rule: "a source distribution counts like a wheel", index: mixed, asks: ["a"], pins: ["a==2.0"]),
    Case(
      rule: "wheels only", index: mixed, asks: ["a"], onlyBinary: ["a"], pins: ["a==1.0", "b==1.0"]),
    Case(
      rule: "wheels only, of all", index: mixed, asks: ["a"], onlyBinary: [":all:"],
      pins: ["a==1.0", "b==1.0"]),
    Case(
      rule: "wheels only, of all but one", index: mixed, asks: ["a"], onlyBinary: [":all:"], noBinary: ["a"],
      pins: ["a==2.0"]),
    Case(
      rule: "wheels only, and there is none in range", index: mixed, asks: ["a>1"], onlyBinary: ["a"],
      pins: nil,
      reasons: [.excludedKind(.binaryOnly)]),
    Case(rule: "sources only", index: mixed, asks: ["a<2"], noBinary: ["a"], pins: ["a==1.0", "b==1.0"]),
    Case(
      rule: "sources only, and a dependency has none", index: mixed, asks: ["a<2"], noBinary: [":all:"],
      pins: nil,
      reasons: [.excludedKind(.sourceOnly)]),
    Case(rule: "a rule for something else", index: mixed, asks: ["a"], onlyBinary: ["b"], pins: ["a==2.0"]),
    Case(
      rule: "no build: a release that tells is taken", index: mixed, asks: ["a"], mayBuild: false,
      pins: ["a==1.0", "b==1.0"]),
    Case(
      rule: "no build, and none tells", index: mixed, asks: ["a>1"], mayBuild: false, pins: nil,
      reasons: [.needsBuild]),
    Case(
      rule: "no build: sources that tell are taken", index: [serve("a", "1.0", tags: nil, source: .telling)],
      asks: ["a"],
      mayBuild: false, pins: ["a==1.0"]),
    Case(
      rule: "a wheel tells for a source", index: [serve("a", "1.0", source: .built)], asks: ["a"],
      mayBuild: false,
      pins: ["a==1.0"]),
    Case(
      rule: "a wheel for another target tells for a source that suits",
      index: [serve("a", "1.0", tags: "cp312-cp312-win_amd64", source: .built)], asks: ["a"], mayBuild: false,
      pins: ["a==1.0"]),
    Case(
      rule: "wheels only, and that for another target",
      index: [serve("a", "1.0", tags: "cp312-cp312-win_amd64", source: .built)], asks: ["a"],
      onlyBinary: ["a"],
      pins: nil, reasons: [.noCompatibleWheel(tags: ["cp312-cp312-win_amd64"])]),
    Case(
      rule: "a kept pin of the wrong kind is dropped", index: mixed, asks: ["a"], keeps: ["a": "2.0"],
      onlyBinary: ["a"],
      pins: ["a==1.0", "b==1.0"]),
    Case(
      rule: "what comes from a URL", index: [serve("a", "1.0", requires: ["b"]), serve("b", "1.0")],
      asks: ["a @ \(url)"], urls: ["a": [url]], pins: ["a==1.0", "b==1.0"]),
    Case(
      rule: "a dependency on the URL that is asked for",
      index: [serve("a", "1.0"), serve("c", "1.0", requires: ["a @ \(url)"])], asks: ["a @ \(url)", "c"],
      urls: ["a": [url]], pins: ["a==1.0", "c==1.0"]),
    Case(
      rule: "a dependency on another URL than the one asked for",
      index: [serve("a", "1.0"), serve("c", "1.0", requires: ["a @ https://files.example/other.whl"])],
      asks: ["a @ \(url)", "c"], urls: ["a": [url]], pins: nil),
    Case(
      rule: "an older parent that wants no other URL",
      index: [
        serve("a", "1.0"), serve("c", "1.0", requires: ["a"]),
        serve("c", "2.0", requires: ["a @ https://files.example/other.whl"]),
      ], asks: ["a @ \(url)", "c"], urls: ["a": [url]], pins: ["a==1.0", "c==1.0"]),
    Case(
      rule: "who names a file wants it, of whatever kind and age",
      index: [serve("a", "1.0", tags: nil, source: .telling, uploadedAt: 20)], asks: ["a @ \(url)"],
      onlyBinary: [":all:"], urls: ["a": [url]], cutoff: 10, pins: ["a==1.0"]),
    Case(
      rule: "a URL in range of what others ask",
      index: [serve("a", "1.0"), serve("c", "1.0", requires: ["a<2"])],
      asks: ["a @ \(url)", "c"], urls: ["a": [url]], pins: ["a==1.0", "c==1.0"]),
    Case(
      rule: "a URL out of range of what others ask",
      index: [serve("a", "1.0"), serve("c", "1.0", requires: ["a>=2"])],
      asks: ["a @ \(url)", "c"], urls: ["a": [url]], pins: nil),
    Case(
      rule: "a URL as a constraint", index: [serve("a", "1.0"), serve("c", "1.0", requires: ["a"])],
      asks: ["c"],
      constraints: ["a @ \(url)"], urls: ["a": [url]], pins: ["a==1.0", "c==1.0"]),
    Case(
      rule: "a pre-release by URL", index: [serve("a", "2.0rc1")], asks: ["a @ \(url)"], urls: ["a": [url]],
      pins: ["a==2.0rc1"]),
    Case(
      rule: "a pre-release by URL, and its name",
      index: [serve("a", "2.0rc1"), serve("c", "1.0", requires: ["a>=1"])],
      asks: ["a @ \(url)", "c"], urls: ["a": [url]], pins: ["a==2.0rc1", "c==1.0"]),
  ]

  @Test(arguments: cases) func picks(_ given: Case) async throws {
    var formats = FormatControl()
    for value in given.onlyBinary { formats.addOnlyBinary(value) }
    for value in given.noBinary { formats.addNoBinary(value) }
    let request = ResolutionRequest(
      requirements: try given.asks.map { try Requirement($0) },
      constraints: try given.constraints.map { try Requirement($0) },
      preferences: try Dictionary(
        uniqueKeysWithValues: given.keeps.map { (try PackageName($0), try Version($1)) }),
      environment: try TargetEnvironment(pythonVersion: "3.12", platformName: "linux"),
      cutoff: given.cutoff, formats: formats,
      directURLs: try Dictionary(uniqueKeysWithValues: given.urls.map { (try PackageName($0), $1) }))
    var index = try ServedIndex(given.index)
    index.isBuildRuledOut = !given.mayBuild
    do {
      let graph = try await Resolver(index: index).resolve(request)
      #expect(graph.pins.map { "\($0.name)==\($0.version)" } == given.pins)
    } catch .unsatisfiable(let refusal) {
      #expect(given.pins == nil)
      let told = refusal.unavailable.map(\.reason)
      for reason in given.reasons { #expect(told.contains(reason), "\(told)") }
    } catch .index(let failure) {
      Issue.record("the index failed: \(failure)")
    }
  }
}
