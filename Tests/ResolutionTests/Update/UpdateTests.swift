import PythonPackaging
import Resolution
import Testing

/// Updates in a few lines: an index, what is asked for, the present pins, what must change, and all that is told of it.
@Suite struct UpdateTests {
  struct Case: CustomTestStringConvertible {
    let testDescription: String
    let index: [ServedIndex.Served]
    let asks: [String]
    var constraints: [String] = []
    /// `a==1.0`, by blanks.
    let pins: String
    /// Versions that an advisory affects: `a==1.0 a==1.1`.
    var affected = ""
    /// Versions that are too young, and those of them that may be picked all the same.
    var young = ""
    var exempt = ""
    var largestStep = UpdateStep.major
    var takesNewest = false
    var preReleases = PreReleasePolicy.ifNecessary
    /// `a` where it must be cleared, `a>=2` where it must be within bounds, `a!` where it must be replaced, `a^` where it
    /// must be raised, `a^2` at least to that; by blanks, the gravest first.
    let targets: String
    /// `~ a 1.0 > 1.1 (why)`, `+ a 1.0`, `- a 1.0`, `blocked a: why`, `held a 1.0 1.1: why`, `exempt a 1.0: why`.
    let answer: [String]
  }

  /// `a` holds `z` below 2 up to its own release 2, and below 3 in it.
  static let capped = [
    serve("z", "1.0"), serve("z", "1.5"), serve("z", "2.0"), serve("z", "3.0"),
    serve("a", "1.0", requires: ["z<2"]), serve("a", "1.1", requires: ["z<2"]),
    serve("a", "2.0", requires: ["z<3"]), serve("a", "2.1", requires: ["z<3"]),
    serve("a", "3.0", requires: ["z"]),
  ]

  static let cases: [Case] = [
    Case(
      testDescription: "nothing is to be done", index: capped, asks: ["a"], pins: "a==1.0 z==1.0",
      affected: "z==1.5", targets: "z", answer: []),
    Case(
      testDescription: "the lowest that serves", index: capped, asks: ["a"], pins: "a==1.0 z==1.0",
      affected: "z==1.0", targets: "z", answer: ["~ z 1.0 > 1.5 (target 0)"]),
    Case(
      testDescription: "the parent that caps it moves, no farther than it must", index: capped, asks: ["a"],
      pins: "a==1.0 z==1.0", affected: "z==1.0 z==1.5", targets: "z",
      answer: ["~ a 1.0 > 2.0 (lets z<2)", "~ z 1.0 > 2.0 (target 0)"]),
    Case(
      testDescription: "the newest instead", index: capped, asks: ["a"], pins: "a==1.0 z==1.0",
      affected: "z==1.0 z==1.5", takesNewest: true, targets: "z",
      answer: ["~ a 1.0 > 3.0 (lets z<2)", "~ z 1.0 > 3.0 (target 0)"]),
    Case(
      testDescription: "the newest that the user's lines let through", index: capped, asks: ["a<3"],
      pins: "a==1.0 z==1.0", takesNewest: true, targets: "z^",
      answer: ["~ a 1.0 > 2.1 (lets z<2)", "~ z 1.0 > 2.0 (target 0)"]),
    Case(
      testDescription: "what is given for the update", index: capped, asks: ["a"], pins: "a==1.0 z==1.0",
      targets: "z==2.0", answer: ["~ a 1.0 > 2.0 (lets z<2)", "~ z 1.0 > 2.0 (target 0)"]),
    Case(
      testDescription: "a pin is raised at least to a version", index: capped, asks: ["a"],
      pins: "a==1.0 z==1.0", targets: "a^1.2", answer: ["~ a 1.0 > 2.0 (target 0)"]),
    Case(
      testDescription: "no pin moves for what a compile would renew",
      index: capped + [serve("b", "1.0"), serve("b", "2.0")], asks: ["a", "b"],
      pins: "a==1.0 b==1.0 z==1.0", affected: "z==1.0", targets: "z",
      answer: ["~ z 1.0 > 1.5 (target 0)"]),
    Case(
      testDescription: "an affected release isn't picked for what moves along",
      index: capped, asks: ["a"], pins: "a==1.0 z==1.0", affected: "z==1.0 z==1.5 a==2.0", targets: "z",
      answer: ["~ a 1.0 > 2.1 (lets z<2)", "~ z 1.0 > 2.0 (target 0)"]),
    Case(
      testDescription: "a pin that is no target may stay affected", index: capped, asks: ["a"],
      pins: "a==1.0 z==1.0", affected: "z==1.0 a==1.0", targets: "a",
      answer: ["~ a 1.0 > 1.1 (target 0)"]),
    Case(
      testDescription: "pulled along by what the fix needs",
      index: [
        serve("a", "1.0"), serve("a", "1.1", requires: ["b>=2", "c"]), serve("b", "1.0"), serve("b", "2.0"),
        serve("b", "2.1"), serve("c", "1.0"), serve("c", "2.0"),
      ], asks: ["a", "b"], pins: "a==1.0 b==1.0", affected: "a==1.0", targets: "a",
      answer: ["~ a 1.0 > 1.1 (target 0)", "~ b 1.0 > 2.0 (a needs b>=2)", "+ c 2.0"]),
    Case(
      testDescription: "what nobody needs any more leaves",
      index: [serve("a", "1.0", requires: ["b"]), serve("a", "1.1"), serve("b", "1.0")], asks: ["a"],
      pins: "a==1.0 b==1.0", affected: "a==1.0", targets: "a",
      answer: ["~ a 1.0 > 1.1 (target 0)", "- b 1.0"]),
    Case(
      testDescription: "one pin less at a larger step",
      index: [
        serve("a", "1.0"), serve("a", "1.1", requires: ["b>=2"]), serve("a", "1.2", requires: ["b"]),
        serve("b", "1.0"), serve("b", "2.0"),
      ], asks: ["a", "b"], pins: "a==1.0 b==1.0", affected: "a==1.0", targets: "a",
      answer: ["~ a 1.0 > 1.2 (target 0)"]),
    Case(
      testDescription: "no new major release for a project less",
      index: [
        serve("a", "1.0", requires: ["b", "z<2"]), serve("a", "1.1", requires: ["b>=2", "z"]),
        serve("a", "2.0", requires: ["z"]),
        serve("b", "1.0"), serve("b", "2.0"), serve("z", "1.0"), serve("z", "2.0"),
      ], asks: ["a"], pins: "a==1.0 b==1.0 z==1.0", affected: "z==1.0", targets: "z",
      answer: [
        "~ a 1.0 > 1.1 (lets z<2)", "~ b 1.0 > 2.0 (a needs b>=2)", "~ z 1.0 > 2.0 (target 0)",
      ]),
    Case(
      testDescription: "a downgrade where nothing else does",
      index: [serve("a", "1.0"), serve("a", "1.5"), serve("a", "2.0")], asks: ["a"], pins: "a==2.0",
      affected: "a==2.0", targets: "a", answer: ["~ a 2.0 > 1.5 (target 0)"]),
    Case(
      testDescription: "no downgrade where a parent can move",
      index: capped, asks: ["a"], pins: "a==1.0 z==1.5", affected: "z==1.5", targets: "z",
      answer: ["~ a 1.0 > 2.0 (lets z<2)", "~ z 1.5 > 2.0 (target 0)"]),
    Case(
      testDescription: "a pre-release only where nothing stable does",
      index: [
        serve("a", "1.0"), serve("a", "1.1rc1"), serve("a", "1.1"), serve("b", "1.0"), serve("b", "1.1rc1"),
      ], asks: ["a", "b"], pins: "a==1.0 b==1.0", affected: "a==1.0 b==1.0", targets: "a b",
      answer: ["~ a 1.0 > 1.1 (target 0)", "~ b 1.0 > 1.1rc1 (target 1)"]),
    Case(
      testDescription: "pre-releases like others",
      index: [serve("a", "1.0"), serve("a", "1.1rc1"), serve("a", "1.1")], asks: ["a"], pins: "a==1.0",
      affected: "a==1.0", preReleases: .allow, targets: "a", answer: ["~ a 1.0 > 1.1rc1 (target 0)"]),
    Case(
      testDescription: "a yanked pin goes, and no yanked release comes",
      index: [serve("a", "1.0", yanked: "bad"), serve("a", "1.1", yanked: "bad"), serve("a", "1.2")],
      asks: ["a"], pins: "a==1.0", targets: "a!", answer: ["~ a 1.0 > 1.2 (target 0)"]),
    Case(
      testDescription: "a yanked pin stays that is no target",
      index: [serve("a", "1.0", requires: ["z<2"], yanked: "bad"), serve("a", "1.1", requires: ["z"])]
        + capped,
      asks: ["a"], pins: "a==1.0 z==1.0", affected: "z==1.0", targets: "z",
      answer: ["~ z 1.0 > 1.5 (target 0)"]),
    Case(
      testDescription: "a pin that the index has no longer", index: capped, asks: ["a"],
      pins: "a==1.0.1 z==1.0", affected: "z==1.0", targets: "z",
      answer: ["~ a 1.0.1 > 1.1 (withdrawn)", "~ z 1.0 > 1.5 (target 0)"]),
    Case(
      testDescription: "a lockfile that is out of date", index: capped, asks: ["a>=1.1"],
      constraints: ["z!=1.0"], pins: "a==1.0 z==1.0", targets: "",
      answer: ["~ a 1.0 > 1.1 (line 0 needs a>=1.1)", "~ z 1.0 > 1.5 (constraint 0)"]),
    Case(
      testDescription: "a release that is too young is passed over, and that is told", index: capped,
      asks: ["a"], pins: "a==1.0 z==1.0", affected: "z==1.0 z==1.5", young: "a==2.0 a==3.0", targets: "z",
      answer: [
        "~ a 1.0 > 2.1 (lets z<2)", "~ z 1.0 > 2.0 (target 0)", "held a 2.0: is young",
      ]),
    Case(
      testDescription: "what moves along isn't too young either",
      index: [
        serve("a", "1.0"), serve("a", "1.1", requires: ["b"]), serve("b", "1.0"), serve("b", "2.0"),
      ], asks: ["a"], pins: "a==1.0", affected: "a==1.0", young: "b==2.0", targets: "a",
      answer: ["~ a 1.0 > 1.1 (target 0)", "+ b 1.0", "held b 2.0: is young"]),
    Case(
      testDescription: "a young release that may be picked, and that is told", index: capped, asks: ["a"],
      pins: "a==1.0 z==1.0", affected: "z==1.0", exempt: "z==1.5", targets: "z",
      answer: ["~ z 1.0 > 1.5 (target 0)", "exempt z 1.5: fixes it"]),
    Case(
      testDescription: "all that would serve are too young", index: capped, asks: ["a"],
      pins: "a==3.0 z==2.0", affected: "z==2.0 z==1.0 z==1.5", young: "z==3.0", targets: "z",
      answer: ["blocked z: no release", "held z 3.0: is young"]),
    Case(
      testDescription: "no fix yet", index: capped, asks: ["a"], pins: "a==3.0 z==2.0",
      affected: "z==1.0 z==1.5 z==2.0 z==3.0", targets: "z",
      answer: ["blocked z: no release", "held z 3.0: affected GHSA-z"]),
    Case(
      testDescription: "a larger step than is allowed", index: capped, asks: ["a"], pins: "a==1.0 z==1.5",
      affected: "z==1.5 z==1.0", largestStep: .minor, targets: "z",
      answer: ["blocked z: no release", "held z 2.0 3.0: larger than minor"]),
    Case(
      testDescription: "a patch is no larger step",
      index: [serve("a", "1.0"), serve("a", "1.0.1"), serve("a", "1.1")],
      asks: ["a"], pins: "a==1.0", largestStep: .patch, takesNewest: true, targets: "a^",
      answer: ["~ a 1.0 > 1.0.1 (target 0)", "held a 1.1: larger than patch"]),
    Case(
      testDescription: "the user's line is the blocker", index: capped, asks: ["a<2"],
      pins: "a==1.0 z==1.0", affected: "z==1.0 z==1.5", targets: "z",
      answer: ["blocked z: 2.0: a==1.0 needs z<2, a 2.0 lifts; line 0 needs a<2; or a<2 -> a==2.0"]),
    Case(
      testDescription: "a parent is the blocker",
      index: [
        serve("z", "1.0"), serve("z", "2.0"), serve("a", "1.0", requires: ["z<2"]),
      ], asks: ["a"], pins: "a==1.0 z==1.0", affected: "z==1.0", targets: "z",
      answer: ["blocked z: 2.0: a==1.0 needs z<2"]),
    Case(
      testDescription: "what lifts the blocker is too young", index: capped, asks: ["a<3"],
      pins: "a==1.0 z==1.5", affected: "z==1.0 z==1.5", young: "a==2.0 a==2.1", targets: "z",
      answer: [
        "blocked z: 2.0: a==1.0 needs z<2, a 3.0 lifts; line 0 needs a<3; or a<3 -> a==3.0",
        "held a 2.0 2.1: is young",
      ]),
    Case(
      testDescription: "the graver one of two that can't both be had",
      index: [
        serve("a", "1.0"), serve("a", "1.1", requires: ["b<2"]), serve("b", "1.0"), serve("b", "2.0"),
      ], asks: ["a", "b"], pins: "a==1.0 b==1.0", affected: "a==1.0 b==1.0", targets: "b a",
      answer: [
        "~ b 1.0 > 2.0 (target 0)", "blocked a: 1.1: nothing",
      ]),
    Case(
      testDescription: "one that can't be had keeps none of the others",
      index: capped + [serve("b", "1.0"), serve("c", "1.0"), serve("c", "1.1")], asks: ["a", "b", "c"],
      pins: "a==1.0 b==1.0 c==1.0 z==1.0", affected: "b==1.0 c==1.0 z==1.0", targets: "b c z",
      answer: [
        "~ c 1.0 > 1.1 (target 1)", "~ z 1.0 > 1.5 (target 2)", "blocked b: no release",
      ]),
    Case(
      testDescription: "releases that no compile could pick either",
      index: [
        serve("a", "1.0"), serve("a", "1.1", requiresPython: ">=3.99"), serve("a", "1.2", yanked: "broken"),
        serve("a", "1.3", tags: "cp312-cp312-win_amd64"), serve("a", "1.4", isEmpty: true),
      ], asks: ["a"], pins: "a==1.0", targets: "a^",
      answer: [
        "blocked a: no release", "unusable a 1.1: requires-python", "unusable a 1.2: yanked",
        "unusable a 1.3: no-compatible-wheel", "unusable a 1.4: no-files",
      ]),
    Case(
      testDescription: "bounds within which there is nothing",
      index: [serve("a", "1.0"), serve("a", "1.2"), serve("a", "2.0")], asks: ["a"], pins: "a==1.0",
      targets: "a==1.1", answer: ["blocked a: no release, near 1.0 1.2"]),
    Case(
      testDescription: "bounds below all releases", index: [serve("a", "1.0")], asks: ["a"], pins: "a==1.0",
      targets: "a==0.1", answer: ["blocked a: no release, near 1.0"]),
    Case(
      testDescription: "only what is within the bounds is told",
      index: [
        serve("a", "1.0"), serve("a", "1.1"), serve("a", "1.2"), serve("a", "1.3", requiresPython: ">=3.99"),
      ], asks: ["a"], pins: "a==1.2", young: "a==1.0 a==1.1", targets: "a==1.1",
      answer: ["blocked a: no release", "held a 1.1: is young"]),
    Case(
      testDescription: "a pin that can't be used moves for that",
      index: [
        serve("a", "1.0"), serve("a", "1.1", requiresPython: ">=3.99"), serve("b", "1.0"), serve("b", "1.1"),
      ], asks: ["a", "b"], pins: "a==1.1 b==1.0", targets: "b^",
      answer: ["~ a 1.1 > 1.0 (unusable: requires-python)", "~ b 1.0 > 1.1 (target 0)"]),
    Case(
      testDescription: "extras go along",
      index: [
        serve("a", "1.0", requires: ["z<2; extra == 'x'"], extras: ["x"]),
        serve("a", "1.1", requires: ["z; extra == 'x'"], extras: ["x"]), serve("z", "1.0"), serve("z", "2.0"),
      ], asks: ["a[x]"], pins: "a==1.0 z==1.0", affected: "z==1.0", targets: "z",
      answer: ["~ a 1.0 > 1.1 (lets z<2; extra == \"x\")", "~ z 1.0 > 2.0 (target 0)"]),
  ]

  @Test(arguments: cases) func updates(_ given: Case) async throws {
    let update = try await Resolver(index: try ServedIndex(given.index)).update(try Self.request(given))
    #expect(try Self.told(update, Self.request(given)) == given.answer)
    #expect(update.unproven == [])
  }
}
