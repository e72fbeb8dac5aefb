import PythonPackaging
import Resolution
import Synchronization
import Testing

/// Which lines of the user's own would have to change for a graph to have what is wanted: an index in a few lines, the
/// lines, the question, and the ways out.
@Suite struct WayOutTests {
  struct Case: CustomTestStringConvertible {
    let testDescription: String
    let index: [ServedIndex.Served]
    let asks: [String]
    var constraints: [String] = []
    var overrides: [String] = []
    let question: String
    /// `a<2 -> a==2.0: z==2.0`, and behind the last `tried 4` where none was found, `left` where something was left.
    let answer: [String]
  }

  /// `a` holds `z` below 2 up to its own release 2.
  static let capped = [
    serve("z", "1.0"), serve("z", "2.0"), serve("z", "3.0"), serve("a", "1.0", requires: ["z<2"]),
    serve("a", "2.0", requires: ["z<3"]), serve("y", "1.0"), serve("y", "2.0"),
  ]

  static let cases: [Case] = [
    Case(
      testDescription: "the line of the project itself", index: capped, asks: ["z<2"], question: "z>=2",
      answer: ["z<2 -> z==3.0: z==3.0"]),
    Case(
      testDescription: "the line of a parent", index: capped, asks: ["a<2", "y<2"], question: "z>=2",
      answer: ["a<2 -> a==2.0: z==2.0"]),
    Case(
      testDescription: "its extras and its marker stay",
      index: capped + [
        serve("c", "1.0", requires: ["z<2; extra == 'x'"], extras: ["x"]),
        serve("c", "2.0", requires: ["z; extra == 'x'"], extras: ["x"]),
      ], asks: ["c[x]<2; python_version > '3'"], question: "z>=2",
      answer: ["c[x]<2; python_version > \"3\" -> c[x]==2.0; python_version > \"3\": z==3.0"]),
    Case(
      testDescription: "a constraint", index: capped, asks: ["a"], constraints: ["a<2"], question: "z>=2",
      answer: ["constraint a<2 -> a==2.0: z==2.0"]),
    Case(
      testDescription: "an override", index: capped, asks: ["a"], overrides: ["z<2"], question: "z>=2",
      answer: ["override z<2 -> z==3.0: z==3.0"]),
    Case(
      testDescription: "an override of a parent", index: capped, asks: ["a"], overrides: ["a<2"],
      question: "z>=2", answer: ["override a<2 -> a==2.0: z==2.0"]),
    Case(
      testDescription: "two lines on one project", index: capped, asks: ["a<2"], constraints: ["a<1.5"],
      question: "z>=2", answer: ["a<2 -> a==2.0, constraint a<1.5 -> a==2.0: z==2.0"]),
    Case(
      testDescription: "two lines stand in the way, and what neither says does too", index: capped,
      asks: ["a<2", "z<3"], question: "z>=3", answer: ["tried 2"]),
    Case(
      testDescription: "what would lift it needs what another line rules out",
      index: capped + [
        serve("c", "1.0", requires: ["z<2"]), serve("c", "2.0", requires: ["z", "y>=2"]),
      ], asks: ["c<2", "y<2"], question: "z>=2", answer: ["c<2 -> c==2.0, y<2 -> y==2.0: z==3.0"]),
    Case(
      testDescription: "another parent's line, of which the blockers don't tell",
      index: capped + [
        serve("c", "1.0", requires: ["z<2"]), serve("c", "2.0", requires: ["y>=2"]),
        serve("d", "1.0", requires: ["y<2"]), serve("d", "2.0", requires: ["y"]),
      ], asks: ["c", "d<2", "z"], question: "z>=2", answer: ["d<2 -> d==2.0: z==3.0"]),
    Case(
      testDescription: "three lines",
      index: capped + [
        serve("c", "1.0", requires: ["z<2"]), serve("c", "2.0", requires: ["z", "y>=2"]),
        serve("d", "1.0", requires: ["y<2"]), serve("d", "2.0", requires: ["y"]),
      ], asks: ["c<2", "y<2", "d<2"], question: "z>=2",
      answer: ["c<2 -> c==2.0, y<2 -> y==2.0, d<2 -> d==2.0: z==3.0"]),
    Case(
      testDescription: "either of two lines",
      index: [
        serve("z", "1.0", requires: ["b<2"]), serve("z", "2.0", requires: ["b>=2"]),
        serve("b", "1.0"), serve("b", "2.0"), serve("c", "1.0", requires: ["z<2"]), serve("c", "2.0"),
      ], asks: ["c<2", "z"], question: "z>=2", answer: ["c<2 -> c==2.0: z==2.0"]),
    Case(
      testDescription: "an older release of the parent",
      index: [
        serve("z", "1.0"), serve("z", "2.0"), serve("c", "1.0", requires: ["z"]),
        serve("c", "2.0", requires: ["z>=2"]),
      ], asks: ["c>=2"], question: "z<2", answer: ["c>=2 -> c==1.0: z==1.0"]),
    Case(
      testDescription: "where no parent asks for it any more, it takes a line",
      index: capped + [serve("c", "1.0", requires: ["z<2"]), serve("c", "2.0")], asks: ["c<2"],
      question: "z>=2", answer: ["c<2 -> c==2.0: z==3.0 by a line"]),
    Case(
      testDescription: "a constraint on what nothing asks for then",
      index: capped + [
        serve("c", "1.0", requires: ["z<2"]), serve("c", "2.0", requires: ["d"]), serve("d", "1.0"),
        serve("e", "1.0", requires: ["z<2", "d"]), serve("e", "2.0", requires: ["z"]),
      ], asks: ["e"], constraints: ["e<2"], question: "z>=2",
      answer: ["constraint e<2 -> e==2.0: z==3.0"]),
    Case(
      testDescription: "no line has bounds", index: capped, asks: ["a"], question: "z>=3",
      answer: []),
    Case(
      testDescription: "no change of a line helps", index: capped, asks: ["a<2"], question: "z>=3",
      answer: ["tried 1"]),
    Case(
      testDescription: "only a build would tell",
      index: capped + [
        serve("c", "1.0", requires: ["z<2"]),
        serve("c", "2.0", requires: ["z"], tags: nil, source: .built),
      ], asks: ["c<2"], question: "z>=2", answer: ["tried 1", "left"]),
    Case(
      testDescription: "more lines than are changed together",
      index: [serve("z", "1.0"), serve("z", "2.0", requires: (0..<4).map { "c\($0)>=2" })]
        + (0..<4).flatMap { [serve("c\($0)", "1.0"), serve("c\($0)", "2.0")] },
      asks: ["z"] + (0..<4).map { "c\($0)<2" }, question: "z>=2", answer: ["tried 3", "left"]),
  ]

  @Test(arguments: cases) func ways(_ given: Case) async throws {
    let (question, resolver, _) = try await Self.question(given)
    guard case .impossible(_, _, let ways) = try await resolver.answer(question) else {
      #expect(given.answer == [])
      return
    }
    #expect(Self.told(ways, question.request) == given.answer)
  }

  static func question(
    _ given: Case
  ) async throws -> (PinQuestion, Resolver<CountingIndex>, CountingIndex) {
    let index = CountingIndex(index: try ServedIndex(given.index))
    let resolver = Resolver(index: index)
    var request = ResolutionRequest(
      requirements: try given.asks.map { try Requirement($0) },
      constraints: try given.constraints.map { try Requirement($0) },
      environment: try TargetEnvironment(pythonVersion: "3.12", platformName: "linux"))
    request.overrides = try given.overrides.map { try Requirement($0) }
    let graph = try await resolver.resolve(request)
    request.preferences = Dictionary(uniqueKeysWithValues: graph.pins.map { ($0.name, $0.version) })
    return (PinQuestion(try Requirement(given.question), about: graph, of: request), resolver, index)
  }

  private static func told(_ ways: WaysOut, _ request: ResolutionRequest) -> [String] {
    let found = ways.found.map { way in
      let changes = way.changes.map { change in
        let kind =
          switch change.line {
          case .requirement: ""
          case .constraint: "constraint "
          case .override: "override "
          case .pin: "pin "
          }
        return "\(kind)\(change.requirement.shown) -> \(change.replacement?.shown ?? "nothing")"
      }
      return "\(changes.joined(separator: ", ")): z==\(way.version)\(way.way == .line ? " by a line" : "")"
    }
    let none = ways.found.isEmpty && ways.tried > 0 ? ["tried \(ways.tried)"] : []
    return found + none + (ways.found.isEmpty && !ways.isComplete ? ["left"] : [])
  }

  /// Lifting the line admits a release that needs one of 5000, none of which goes with what is wanted: the way out isn't
  /// found, and isn't ruled out either.
  @Test func `the metadata asked for is bounded`() async throws {
    let given = Case(
      testDescription: "",
      index: [serve("z", "1.0"), serve("z", "2.0"), serve("b", "1.0", requires: ["z<2"])]
        + [serve("b", "2.0", requires: ["a"])]
        + (0..<5000).map { serve("a", "1.\($0)", requires: ["z<2"]) },
      asks: ["b<2"], question: "z>=2", answer: [])
    let (question, resolver, index) = try await Self.question(given)
    index.asked.withLock { $0 = [] }
    guard case .impossible(_, let blockers, let ways) = try await resolver.answer(question) else {
      Issue.record("the question must have no answer")
      return
    }
    let asked = index.asked.withLock { $0 }
    // Three attempts, of 400, 600 and 600 releases: each is asked for by the solver, and once before it at most. An index
    // asks nobody twice.
    #expect(asked.count <= 2 * (400 + 600 + 600))
    #expect(Set(asked).count <= 900)
    #expect(blockers.first?.lift == .untried(try Version("2.0")))
    #expect(ways.found.isEmpty && ways.tried == 1 && !ways.isComplete)
  }

  /// A line too many for all to be tried.
  @Test func `the attempts are bounded`() async throws {
    let count = 40
    let given = Case(
      testDescription: "",
      index: [serve("z", "1.0"), serve("z", "2.0")]
        + (0..<count).flatMap {
          [serve("c\($0)", "1.0", requires: ["z<2"]), serve("c\($0)", "2.0", requires: ["z"])]
        },
      asks: (0..<count).map { "c\($0)<2" }, question: "z>=2", answer: [])
    let (question, resolver, index) = try await Self.question(given)
    index.asked.withLock { $0 = [] }
    guard case .impossible(_, _, let ways) = try await resolver.answer(question) else {
      Issue.record("the question must have no answer")
      return
    }
    #expect(ways.found.isEmpty && ways.tried <= 16 && !ways.isComplete)
    #expect(Set(index.asked.withLock { $0 }).count <= 2 * count + 2)
  }

  /// On small indexes, what is told is what happens when the lines are written so, and where nothing is found and nothing
  /// was left, no lifting of bounds helps.
  @Test(arguments: 0..<400) func `what is told is so`(_ seed: Int) async throws {
    var random = SeededNumbers(state: UInt64(seed))
    let names = ["z", "a", "b", "c", "d"]
    var index: [ServedIndex.Served] = []
    for (place, name) in names.enumerated() {
      for version in 1...3 {
        let needs = names.indices.filter { $0 != place && random.next(3) == 0 }.map { other in
          "\(names[other])\(["<", ">=", "==", "<="][random.next(4)])\(1 + random.next(3)).0"
        }
        index.append(serve(name, "\(version).0", requires: needs))
      }
    }
    func lines(_ most: Int) -> [String] {
      names.filter { _ in random.next(3) < most }.map { name in
        "\(name)\(["<3", ">=2", "==1", "<2", ""][random.next(5)])"
      }
    }
    let given = Case(
      testDescription: "", index: index, asks: lines(2), constraints: lines(1),
      question: "\(names[random.next(5)])\([">=2", "<2", "==3"][random.next(3)])", answer: [])
    guard let (question, resolver, _) = try? await Self.question(given),
      case .impossible(_, _, let ways) = try await resolver.answer(question)
    else { return }
    for way in ways.found {
      var request = question.request
      for change in way.changes {
        switch (change.line, change.replacement) {
        case (.requirement(let place), let new?): request.requirements[place] = new
        case (.constraint(let place), let new?): request.constraints[place] = new
        case (.constraint(let place), nil):
          request.constraints[place].specifiers = SpecifierSet()
        default: Issue.record("no such line")
        }
      }
      let changed = PinQuestion(question.wanted, about: question.graph, of: request)
      let graph = try await resolver.resolve(way.way == .upgrade ? changed.upgrading : changed.asking)
      #expect(question.version(in: graph) == way.version)
    }
    if ways.found.isEmpty, ways.isComplete {
      var request = question.asking
      for place in question.request.requirements.indices {
        request.requirements[place].specifiers = SpecifierSet()
      }
      for place in request.constraints.indices { request.constraints[place].specifiers = SpecifierSet() }
      await #expect(throws: ResolutionError<ServedIndex.Failure>.self) {
        _ = try await resolver.resolve(request)
      }
    }
  }
}
