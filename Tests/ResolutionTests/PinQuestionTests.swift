import PythonPackaging
import Resolution
import Testing

/// Whether a graph could have other releases: an index in a few lines, the requirements, the question, and the price or
/// what stands in the way.
@Suite struct PinQuestionTests {
  struct Case: CustomTestStringConvertible {
    let testDescription: String
    let index: [ServedIndex.Served]
    let asks: [String]
    var constraints: [String] = []
    var keeps: [String: String] = [:]
    var preReleases = PreReleasePolicy.ifNecessary
    let question: String
    /// `pinned z==1`, or the changes (`+ a==1`, `~ a==2 (was 1)`, `- a==1`), or `level: who needs what, against what: lift`.
    let answer: [String]
  }

  /// `z` has three releases; `a` holds it below 2 up to its own release 2.
  static let capped = [
    serve("z", "1.0"), serve("z", "2.0"), serve("z", "3.0"), serve("a", "1.0", requires: ["z<2"]),
    serve("a", "2.0", requires: ["z<2"]), serve("a", "3.0", requires: ["z<3"]),
    serve("a", "4.0", requires: ["z"]), serve("b", "1.0", requires: ["a<3"]),
    serve("b", "1.5", requires: ["a<4"]),
  ]

  static let cases: [Case] = [
    Case(
      testDescription: "it has it already", index: capped, asks: ["z"], keeps: ["z": "2.0"],
      question: "z>=2",
      answer: ["pinned z==2.0"]),
    Case(
      testDescription: "nothing else moves", index: capped, asks: ["z"], keeps: ["z": "2.0"],
      question: "z>=3",
      answer: ["~ z==3.0 (was 2.0)"]),
    Case(
      testDescription: "the parent moves too", index: capped, asks: ["a"], keeps: ["a": "1.0", "z": "1.0"],
      question: "z>=3", answer: ["~ a==4.0 (was 1.0)", "~ z==3.0 (was 1.0)"]),
    Case(
      testDescription: "what isn't pinned would be added", index: capped, asks: ["z"], question: "a",
      answer: ["+ a==4.0", "by a line"]),
    Case(
      testDescription: "what is no longer needed goes",
      index: [
        serve("z", "1.0", requires: ["old"]), serve("z", "2.0", requires: ["new"]), serve("old", "1.0"),
        serve("new", "1.0"),
      ], asks: ["z"], keeps: ["z": "1.0"], question: "z>1",
      answer: ["+ new==1.0", "- old==1.0", "~ z==2.0 (was 1.0)"]),
    Case(
      testDescription: "the user's own line", index: capped, asks: ["z<2", "a"], question: "z>=2",
      answer: ["0: line 0 needs z<2, against z>=2: own"]),
    Case(
      testDescription: "a constraint", index: capped, asks: ["z"], constraints: ["z<3"], question: "z>=3",
      answer: ["0: constraint 0 needs z<3, against z>=3: own"]),
    Case(
      testDescription: "a constraint that doesn't hold here is none", index: capped, asks: ["z<3"],
      constraints: ["z<2; sys_platform == 'win32'"], question: "z>=3",
      answer: ["0: line 0 needs z<3, against z>=3: own"]),
    Case(
      testDescription: "a parent, and the user's own line that holds it", index: capped, asks: ["a<3"],
      question: "z>=2",
      answer: ["0: a==2.0 needs z<2, against z>=2: a 3.0", "1: line 0 needs a<3, against a>=3.0: own"]),
    Case(
      testDescription: "a cap two levels up, whose own newer release lifts enough for one of two wishes",
      index: capped,
      asks: ["b<1.5"], question: "z>=3",
      answer: [
        "0: a==2.0 needs z<2, against z>=3: a 4.0", "1: b==1.0 needs a<3, against a>=4.0: none",
      ]),
    Case(
      testDescription: "a cap two levels up that a newer release lifts, and the line that holds that",
      index: capped,
      asks: ["b<1.5"], question: "z>=2",
      answer: [
        "0: a==2.0 needs z<2, against z>=2: a 3.0", "1: b==1.0 needs a<3, against a>=3.0: b 1.5",
        "2: line 0 needs b<1.5, against b>=1.5: own",
      ]),
    Case(
      testDescription: "a newer release that asks for it no more",
      index: capped + [serve("c", "1.0", requires: ["z<2"]), serve("c", "2.0")], asks: ["c<2"],
      question: "z>=2",
      answer: [
        "0: c==1.0 needs z<2, against z>=2: c 2.0 without it", "1: line 0 needs c<2, against c>=2.0: own",
      ]),
    Case(
      testDescription: "a parent's pre-release, where nothing stable will do",
      index: capped + [serve("c", "1.0", requires: ["z<2"]), serve("c", "2.0rc1")], asks: ["c"],
      question: "z>=2", answer: ["~ c==2.0rc1 (was 1.0)", "~ z==3.0 (was 1.0)", "by a line"]),
    Case(
      testDescription: "no newer release lifts it but one that may not be picked",
      index: capped + [serve("c", "1.0", requires: ["z<2"]), serve("c", "2.0rc1")], asks: ["c"],
      preReleases: .disallow, question: "z>=2", answer: ["0: c==1.0 needs z<2, against z>=2: none"]),
    Case(
      testDescription: "a newer release that needs another Python doesn't lift it",
      index: capped + [
        serve("c", "1.0", requires: ["z<2"]), serve("c", "2.0", requires: ["z"], requiresPython: ">=3.13"),
        serve("c", "3.0", requires: ["z"], yanked: "broken"),
      ], asks: ["c"], question: "z>=2", answer: ["0: c==1.0 needs z<2, against z>=2: none"]),
    Case(
      testDescription: "what is wanted is older, and so is what lifts it",
      index: capped + [
        serve("c", "1.0", requires: ["z"]), serve("c", "1.5", requires: ["z<4"]),
        serve("c", "2.0", requires: ["z>=2"]), serve("c", "3.0", requires: ["z>=3"]),
        serve("c", "4.0", requires: ["z>=3"]),
      ], asks: ["c>=3,<4"], question: "z<2",
      answer: [
        "0: c==3.0 needs z>=3, against z<2: c 1.5, older", "1: line 0 needs c<4,>=3, against c<=1.5: own",
      ]),
    Case(
      testDescription: "what is wanted is older, and what could lift it only a build tells",
      index: capped + [
        serve("c", "1.0", requires: ["z"], tags: nil, source: .built), serve("c", "2.0", requires: ["z>=2"]),
      ],
      asks: ["c>=2"], question: "z<2",
      answer: ["0: c==2.0 needs z>=2, against z<2: unbuilt, older ones too"]),
    Case(
      testDescription: "more blockers than there are trials",
      index: capped
        + (0..<8).flatMap { place in
          [serve("c\(place)", "1.0", requires: ["z<2"])]
            + (2..<6).map { serve("c\(place)", "\($0).0", requires: ["z", "d>=2"]) }
        } + [serve("d", "1.0"), serve("d", "2.0")],
      asks: (0..<8).map { "c\($0)<2" } + ["d<2"], question: "z>=2",
      answer: (0..<6).map { "0: c\($0)==1.0 needs z<2, against z>=2: c\($0) 2.0, unreachable" }
        + (6..<8).map { "0: c\($0)==1.0 needs z<2, against z>=2: c\($0) 2.0, untried" }
        + ["1: line 8 needs d<2, against d>=2: own"]
        + (6..<8).map { "1: line \($0) needs c\($0)<2, against c\($0)>=2.0: own" }),
    Case(
      testDescription: "what is wanted is older, and nothing lifts it",
      index: capped + [serve("c", "1.0", requires: ["z>=2"]), serve("c", "2.0", requires: ["z>=2"])],
      asks: ["c"], question: "z<2",
      answer: ["0: c==2.0 needs z>=2, against z<2: none, older ones neither"]),
    Case(
      testDescription: "one parent by two ways, each to its own release",
      index: capped + [
        serve("c", "1.0", requires: ["z<2", "d<2"]), serve("c", "2.0", requires: ["d<2"]),
        serve("c", "3.0", requires: ["d"]), serve("d", "1.0", requires: ["z<2"]), serve("d", "2.0"),
      ], asks: ["c<2"], question: "z>=2",
      answer: [
        "0: c==1.0 needs z<2, against z>=2: c 3.0 without it",
        "0: d==1.0 needs z<2, against z>=2: d 2.0 without it", "1: line 0 needs c<2, against c>=3.0: own",
        "1: c==1.0 needs d<2, against d>=2.0: c 3.0",
      ]),
    Case(
      testDescription: "an extra's requirement",
      index: capped + [
        serve("c", "1.0", requires: ["z<2; extra == 'x'"], extras: ["x"]),
        serve("c", "2.0", requires: ["z<3; extra == 'x'"], extras: ["x"]),
      ], asks: ["c[x]<2"], question: "z>=2",
      answer: [
        "0: c[x]==1.0 needs z<2, against z>=2: c 2.0", "1: line 0 needs c[x]<2, against c>=2.0: own",
      ]),
    Case(
      testDescription: "two that each leave something and together nothing", index: capped,
      asks: ["z!=2", "z<3"], question: "z>=2", answer: ["0: line 1 needs z<3, against z>=2: own"]),
    Case(
      testDescription: "no release in range has no blocker", index: capped, asks: ["z"], question: "z>=9",
      answer: []),
    Case(
      testDescription: "only yanked releases in range have no blocker",
      index: [serve("z", "1.0"), serve("z", "2.0", yanked: "broken")], asks: ["z"], question: "z>=2",
      answer: []),
    Case(
      testDescription: "a yanked release that is named exactly",
      index: [serve("z", "1.0"), serve("z", "2.0", yanked: "broken")], asks: ["z"], question: "z==2.0",
      answer: ["~ z==2.0 (was 1.0)", "by a line"]),
    Case(
      testDescription: "only pre-releases in range",
      index: [serve("z", "1.0"), serve("z", "2.0rc1")], asks: ["z"], question: "z>1",
      answer: ["~ z==2.0rc1 (was 1.0)"]),
    Case(
      testDescription: "only pre-releases in range, and none may be picked",
      index: [serve("z", "1.0"), serve("z", "2.0rc1")], asks: ["z"], preReleases: .disallow, question: "z>1",
      answer: []),
    Case(
      testDescription: "what the wanted release needs stands in the way, and nothing pinned does by itself",
      index: [
        serve("z", "1.0"), serve("z", "2.0", requires: ["y>=2"]), serve("y", "1.0"), serve("y", "2.0"),
      ],
      asks: ["z", "y<2"], question: "z>=2", answer: []),
    Case(
      testDescription: "an extra that isn't asked for yet",
      index: [
        serve("z", "1.0", requires: ["y; extra == 'x'"], extras: ["x"]), serve("y", "1.0"),
      ], asks: ["z"], question: "z[x]", answer: ["+ y==1.0", "by a line"]),
    Case(
      testDescription: "giving up the pin leads to a parent that doesn't ask for it",
      index: [
        serve("z", "1.0"), serve("z", "2.0"), serve("c", "1.0"), serve("c", "2.0", requires: ["z>=2"]),
      ], asks: ["c"], question: "z<2",
      answer: ["~ c==1.0 (was 2.0)", "~ z==1.0 (was 2.0)", "by a line"]),
    Case(
      testDescription: "what lifts it first needs what the user's other line rules out",
      index: capped + [
        serve("c", "1.0", requires: ["z<2"]), serve("c", "2.0", requires: ["z", "y>=2"]),
        serve("c", "3.0", requires: ["z"]), serve("y", "1.0"), serve("y", "2.0"),
      ], asks: ["c<2", "y<2"], question: "z>=2",
      answer: [
        "0: c==1.0 needs z<2, against z>=2: c 3.0", "1: line 0 needs c<2, against c>=3.0: own",
      ]),
    Case(
      testDescription: "all that lift it need what the user's other line rules out",
      index: capped + [
        serve("c", "1.0", requires: ["z<2"]), serve("c", "2.0", requires: ["z", "y>=2"]),
        serve("c", "3.0", requires: ["z", "y>=2"]), serve("y", "1.0"), serve("y", "2.0"),
      ], asks: ["c<2", "y<2"], question: "z>=2",
      answer: [
        "0: c==1.0 needs z<2, against z>=2: c 2.0, unreachable", "1: line 1 needs y<2, against y>=2: own",
      ]),
    Case(
      testDescription: "what no longer asks for it needs what no index has",
      index: capped + [
        serve("c", "1.0", requires: ["z<2"]), serve("c", "2.0", requires: ["gone"]),
        serve("c", "3.0", requires: ["z<3"]),
      ], asks: ["c<2"], question: "z>=2",
      answer: [
        "0: c==1.0 needs z<2, against z>=2: c 3.0", "1: line 0 needs c<2, against c>=3.0: own",
      ]),
    Case(
      testDescription: "what lifts it first is what the user rules out",
      index: capped + [
        serve("c", "1.0", requires: ["z<2"]), serve("c", "1.5", requires: ["z"]),
        serve("c", "1.6", requires: ["z"]), serve("d", "1.0", requires: ["c<1.5"]),
      ], asks: ["c!=1.5", "d"], question: "z>=2",
      answer: [
        "0: c==1.0 needs z<2, against z>=2: c 1.6", "1: d==1.0 needs c<1.5, against c>=1.6: none",
      ]),
    Case(
      testDescription: "only a pre-release lifts it",
      index: capped + [
        serve("c", "1.0", requires: ["z<2"]), serve("c", "1.1", requires: ["z<2"]),
        serve("c", "2.0rc1", requires: ["z"]),
      ], asks: ["c<1.1"], question: "z>=2",
      answer: [
        "0: c==1.0 needs z<2, against z>=2: c 2.0rc1", "1: line 0 needs c<1.1, against c>=2.0rc1: own",
      ]),
  ]

  @Test(arguments: cases) func answer(_ given: Case) async throws {
    let resolver = Resolver(index: try ServedIndex(given.index))
    let environment = try TargetEnvironment(pythonVersion: "3.12", platformName: "linux")
    let request = ResolutionRequest(
      requirements: try given.asks.map { try Requirement($0) },
      constraints: try given.constraints.map { try Requirement($0) },
      preferences: Dictionary(
        uniqueKeysWithValues: try given.keeps.map { (try PackageName($0), try Version($1)) }),
      environment: environment, preReleases: given.preReleases)
    let graph = try await resolver.resolve(request)
    let answer = try await resolver.answer(
      PinQuestion(try Requirement(given.question), about: graph, of: request))
    #expect(Self.told(answer, given, from: graph) == given.answer)
  }

  private static func told(
    _ answer: PinQuestion.Answer, _ given: Case, from graph: ResolvedGraph
  ) -> [String] {
    switch answer {
    case .pinned(let version): ["pinned \(given.question.prefix(1))==\(version)"]
    case .possible(let other, let way): changes(from: graph, to: other) + (way == .line ? ["by a line"] : [])
    case .impossible(_, let blockers, _): blockers.map(told)
    }
  }

  private static func changes(from old: ResolvedGraph, to new: ResolvedGraph) -> [String] {
    func versions(_ graph: ResolvedGraph) -> [PackageName: Version] {
      Dictionary(graph.pins.map { ($0.name, $0.version) }) { first, _ in first }
    }
    let (old, new) = (versions(old), versions(new))
    return Set(old.keys).union(new.keys).sorted().compactMap { name in
      switch (old[name], new[name]) {
      case (nil, let new?): "+ \(name)==\(new)"
      case (let old?, let new?): old == new ? nil : "~ \(name)==\(new) (was \(old))"
      case (let old, nil): "- \(name)==\(old?.description ?? "")"
      }
    }
  }

  private static func told(_ blocker: PinBlocker) -> String {
    let asker =
      switch blocker.asker {
      case .requirement(let place): "line \(place)"
      case .constraint(let place): "constraint \(place)"
      case .override(let place): "override \(place)"
      case .pin(let name, let version, let extra): "\(name)\(extra.map { "[\($0)]" } ?? "")==\(version)"
      }
    var project = ""
    if case .pin(let name, _, _) = blocker.asker { project = "\(name) " }
    let lift =
      switch blocker.lift {
      case .own: "own"
      case .release(let version): "\(project)\(version)"
      case .dropping(let version): "\(project)\(version) without it"
      case .older(let version): "\(project)\(version), older"
      case .unreachable(let version): "\(project)\(version), unreachable"
      case .nothing(let older): older ? "none, older ones neither" : "none"
      case .untried(let version): "\(project)\(version), untried"
      case .notAmong(let count, let older): "not among \(count)\(older ? " older" : "")"
      case .unbuilt(let older): older ? "unbuilt, older ones too" : "unbuilt"
      case .uncached: "uncached"
      }
    return "\(blocker.level): \(asker) needs \(blocker.requirement.shown), against \(blocker.wanted): \(lift)"
  }

  @Test func `the releases looked at are bounded`() async throws {
    let index =
      [serve("z", "1.0"), serve("z", "2.0")]
      + (0..<450).map { serve("a", "1.\($0)", requires: [$0 == 449 ? "z" : "z<2"]) }
    let resolver = Resolver(index: try ServedIndex(index))
    let environment = try TargetEnvironment(pythonVersion: "3.12", platformName: "linux")
    let request = ResolutionRequest(requirements: [try Requirement("a==1.0")], environment: environment)
    let graph = try await resolver.resolve(request)
    guard
      case .impossible(_, let blockers, _) = try await resolver.answer(
        PinQuestion(try Requirement("z>=2"), about: graph, of: request))
    else {
      Issue.record("the question must have no answer")
      return
    }
    #expect(blockers.map(\.lift) == [.notAmong(400, older: false)])
  }

  @Test func `an index that fails ends the question`() async throws {
    var index = try ServedIndex(Self.capped)
    let environment = try TargetEnvironment(pythonVersion: "3.12", platformName: "linux")
    let request = ResolutionRequest(requirements: [try Requirement("z<2")], environment: environment)
    let graph = try await Resolver(index: index).resolve(request)
    index.broken = try PackageName("z")
    let resolver = Resolver(index: index)
    await #expect(throws: ResolutionError<ServedIndex.Failure>.self) {
      _ = try await resolver.answer(PinQuestion(try Requirement("z>=2"), about: graph, of: request))
    }
  }
}
