import PubGrub
import Testing

/// The worked examples of dart-lang/pub `doc/solver.md`, section "Examples", and some more failures, to the word.
@Suite struct WorkedExampleTests {
  struct Example: Sendable, CustomTestStringConvertible {
    let name: String
    let registry: ExampleRegistry
    var order: [String] = []
    /// The versions chosen on the way, in order.
    let trace: [String]
    /// The answer, by name, or the explanation.
    let result: String
    var testDescription: String { name }
  }

  private static func registry(_ fill: (inout ExampleRegistry) -> Void) -> ExampleRegistry {
    var registry = ExampleRegistry()
    fill(&registry)
    return registry
  }

  @Test(arguments: solvable + unsolvable)
  func `comes to the documented result`(_ example: Example) {
    var solver = example.registry.solver(decidingFirst: example.order)
    var trace: [String] = []
    switch example.registry.run(&solver, trace: &trace) {
    case .solved(let answer):
      let lines = answer.map { "\(example.registry.name($0.0)) \(example.registry.version($0.0, $0.1))" }
      #expect(lines.sorted().joined(separator: "\n") == example.result)
    case .failed(let id):
      #expect(Explanation(of: id, in: solver).prose(in: example.registry) == example.result)
    default: Issue.record("the solver has stopped half-way")
    }
    #expect(trace == example.trace)
  }

  /// As the example, but with a version of `shared` below those that `left` allows, so that even where only existing
  /// versions count, `left` and `right` leave `shared` 1.0.0 only together.
  @Test func `a partial satisfier leads to the documented root cause`() {
    var registry = Self.registry { $0.serve("shared", "0.5.0") }
    Self.fillPartialSatisfier(&registry)
    var solver = registry.solver(decidingFirst: Self.partialSatisfier.order)
    var trace: [String] = []
    guard case .solved = registry.run(&solver, trace: &trace) else {
      Issue.record("no solution")
      return
    }
    #expect(trace == Self.partialSatisfier.trace)
    // Step 28 of the example: {foo >=1.1.0, not target ^1.0.0}
    let foo = (registry.package("foo"), isPositive: true, VersionRanges(1))
    let target = (registry.package("target"), isPositive: false, VersionRanges(0))
    let isLearned = (0..<UInt32(solver.incompatibilityCount)).contains { index in
      let terms = solver.terms(of: solver.incompatibility(at: index))
      return terms.count == 2 && terms.contains { $0 == foo } && terms.contains { $0 == target }
    }
    #expect(isLearned)
  }

  private static func fillPartialSatisfier(_ registry: inout ExampleRegistry) {
    registry.serve("root", "1.0.0", requires: ["foo ^1.0.0", "target ^2.0.0"])
    registry.serve("foo", "1.0.0")
    registry.serve("foo", "1.1.0", requires: ["left ^1.0.0", "right ^1.0.0"])
    registry.serve("left", "1.0.0", requires: ["shared >=1.0.0"])
    registry.serve("right", "1.0.0", requires: ["shared <2.0.0"])
    registry.serve("shared", "1.0.0", requires: ["target ^1.0.0"])
    registry.serve("shared", "2.0.0")
    registry.serve("target", "1.0.0")
    registry.serve("target", "2.0.0")
  }

  static let partialSatisfier = Example(
    name: "Conflict Resolution With a Partial Satisfier",
    registry: registry { fillPartialSatisfier(&$0) },
    order: ["target", "foo", "right", "left"],
    trace: [
      "target 2.0.0", "foo 1.1.0", "right 1.0.0", "left 1.0.0", "shared 1.0.0", "target 2.0.0", "foo 1.0.0",
    ],
    result: "foo 1.0.0\ntarget 2.0.0"
  )

  static let solvable = [
    Example(
      name: "No Conflicts",
      registry: registry {
        $0.serve("root", "1.0.0", requires: ["foo ^1.0.0"])
        $0.serve("foo", "1.0.0", requires: ["bar ^1.0.0"])
        $0.serve("bar", "1.0.0")
        $0.serve("bar", "2.0.0")
      },
      trace: ["foo 1.0.0", "bar 1.0.0"],
      result: "bar 1.0.0\nfoo 1.0.0"
    ),
    Example(
      name: "Avoiding Conflict During Decision Making",
      registry: registry {
        $0.serve("root", "1.0.0", requires: ["foo ^1.0.0", "bar ^1.0.0"])
        $0.serve("foo", "1.0.0")
        $0.serve("foo", "1.1.0", requires: ["bar ^2.0.0"])
        $0.serve("bar", "1.0.0")
        $0.serve("bar", "1.1.0")
        $0.serve("bar", "2.0.0")
      },
      trace: ["foo 1.1.0", "foo 1.0.0", "bar 1.1.0"],
      result: "bar 1.1.0\nfoo 1.0.0"
    ),
    Example(
      name: "Performing Conflict Resolution",
      registry: registry {
        $0.serve("root", "1.0.0", requires: ["foo >=1.0.0"])
        $0.serve("foo", "1.0.0")
        $0.serve("foo", "2.0.0", requires: ["bar ^1.0.0"])
        $0.serve("bar", "1.0.0", requires: ["foo ^1.0.0"])
      },
      trace: ["foo 2.0.0", "bar 1.0.0", "foo 1.0.0"],
      result: "foo 1.0.0"
    ),
    partialSatisfier,
  ]

  static let unsolvable = [
    Example(
      name: "Linear Error Reporting",
      registry: registry {
        $0.serve("root", "1.0.0", requires: ["foo ^1.0.0", "baz ^1.0.0"])
        $0.serve("foo", "1.0.0", requires: ["bar ^2.0.0"])
        $0.serve("bar", "2.0.0", requires: ["baz ^3.0.0"])
        $0.serve("baz", "1.0.0")
        $0.serve("baz", "3.0.0")
      },
      order: ["foo", "bar"],
      trace: ["foo 1.0.0", "bar 2.0.0"],
      result: """
        Because every version of foo depends on bar ^2.0.0 which depends on baz ^3.0.0, every version of foo \
        requires baz ^3.0.0.
        So, because root depends on both baz ^1.0.0 and foo ^1.0.0, version solving failed.
        """
    ),
    Example(
      name: "Branching Error Reporting",
      registry: registry {
        // The needs are in the order in which the documented steps take them up.
        $0.serve("root", "1.0.0", requires: ["foo ^1.0.0"])
        $0.serve("foo", "1.0.0", requires: ["b ^1.0.0", "a ^1.0.0"])
        $0.serve("foo", "1.1.0", requires: ["y ^1.0.0", "x ^1.0.0"])
        $0.serve("a", "1.0.0", requires: ["b ^2.0.0"])
        $0.serve("b", "1.0.0")
        $0.serve("b", "2.0.0")
        $0.serve("x", "1.0.0", requires: ["y ^2.0.0"])
        $0.serve("y", "1.0.0")
        $0.serve("y", "2.0.0")
      },
      order: ["foo", "x", "a"],
      trace: ["foo 1.1.0", "x 1.0.0", "foo 1.0.0", "a 1.0.0"],
      result: """
            Because foo <1.1.0 depends on a ^1.0.0 which depends on b ^2.0.0, foo <1.1.0 requires b ^2.0.0.
        (1) So, because foo <1.1.0 depends on b ^1.0.0, foo <1.1.0 is forbidden.

            Because foo >=1.1.0 depends on x ^1.0.0 which depends on y ^2.0.0, foo >=1.1.0 requires y ^2.0.0.
            And because foo >=1.1.0 depends on y ^1.0.0, foo >=1.1.0 is forbidden.
            And because foo <1.1.0 is forbidden (1), foo is forbidden.
            So, because root depends on foo ^1.0.0, version solving failed.
        """
    ),
    Example(
      name: "a package without versions",
      registry: registry {
        $0.serve("root", "1.0.0", requires: ["foo any"])
        $0.serve("foo", "1.0.0", requires: ["ghost any"])
      },
      trace: ["foo 1.0.0"],
      result: "Because root depends on foo any which depends on ghost any, version solving failed."
    ),
    Example(
      name: "the root alone",
      registry: registry { $0.serve("root", "1.0.0", requires: ["ghost any"]) },
      trace: [],
      result: "Because root depends on ghost any, version solving failed."
    ),
    Example(
      name: "unavailable versions become an aside",
      registry: registry {
        $0.serve("root", "1.0.0", requires: ["foo any", "bar ^1.0.0"])
        $0.serve("foo", "1.0.0", requires: ["bar ^2.0.0"])
        $0.serve("foo", "2.0.0")
        $0.serve("foo", "3.0.0")
        $0.serve("bar", "1.0.0")
        $0.serve("bar", "2.0.0")
        $0.withdraw("foo", "2.0.0", because: "was yanked")
        $0.withdraw("foo", "3.0.0", because: "has no wheel")
      },
      trace: ["foo 1.0.0"],
      result: """
        Because foo <2.0.0 depends on bar ^2.0.0, root depends on bar ^1.0.0, foo 3.0.0 has no wheel and foo 2.0.0 \
        was yanked, foo is forbidden.
        So, because root depends on foo any, version solving failed.
        """
    ),
    Example(
      name: "everything is unavailable",
      registry: registry {
        $0.serve("root", "1.0.0", requires: ["foo any"])
        $0.serve("foo", "1.0.0")
        $0.serve("foo", "2.0.0")
        $0.withdraw("foo", "1.0.0", because: "was yanked")
        $0.withdraw("foo", "2.0.0", because: "was yanked")
      },
      trace: ["foo none"],
      result: "Because root depends on foo any and foo 1.0.0, 2.0.0 was yanked, version solving failed."
    ),
  ]
}
