import PubGrub
import PythonPackaging
import Resolution
import Testing

/// What a person is told where requirements can't be met, to the word.
@Suite struct RequirementsVocabularyTests {
  struct Case: CustomTestStringConvertible {
    let testDescription: String
    let index: [ServedIndex.Served]
    let asks: [String]
    var constraints: [String] = []
    var preReleases = PreReleasePolicy.ifNecessary
    var cutoff: Int64?
    let text: String
  }

  static let cases: [Case] = [
    Case(
      testDescription: "a project that no index has", index: [serve("flask", "1.0")],
      asks: ["flask", "flsk>=1"],
      text: """
        Because your requirements ask for flsk>=1 (line 2), which no index has, your requirements can't be met.
        """),
    Case(
      testDescription: "a project that no index has, two levels down",
      index: [serve("flask", "1.0", requires: ["wrkzeug>=3"])], asks: ["flask"],
      text: """
        Because your requirements ask for flask (line 1) which depends on wrkzeug>=3, which no index has, your \
        requirements can't be met.
        """),
    Case(
      testDescription: "no release is in range", index: [serve("flask", "1.0"), serve("flask", "3.1")],
      asks: ["flask>=99"],
      text: """
        Because your requirements ask for flask>=99 (line 1), which no release matches (the newest is 3.1), your \
        requirements can't be met.
        """),
    Case(
      testDescription: "two requirements of the user's own", index: [serve("a", "1"), serve("a", "2")],
      asks: ["a<2", "a>=2"],
      text: """
        Because your requirements ask for both a>=2 (line 2) and a<2 (line 1), your requirements can't be met.
        """),
    Case(
      testDescription: "a dependency and a requirement",
      index: [
        serve("flask", "3.0", requires: ["werkzeug>=3.0"]),
        serve("flask", "3.1", requires: ["werkzeug>=3.1"]),
        serve("werkzeug", "2.0"), serve("werkzeug", "3.0"), serve("werkzeug", "3.1"),
      ], asks: ["flask>=3", "werkzeug<3"],
      text: """
        Because flask==3.0 depends on werkzeug>=3.0 and flask==3.1 depends on werkzeug>=3.1, every release of flask \
        needs werkzeug>=3.0.
        So, because your requirements ask for both werkzeug<3 (line 2) and flask>=3 (line 1), your requirements \
        can't be met.
        """),
    Case(
      testDescription: "an extra in many releases is told without its releases one by one",
      index: (1...9).map {
        serve("c", "\($0)", requires: ["redis>=\($0 + 3); extra == 'redis'"], extras: ["redis"])
      } + [serve("redis", "1"), serve("redis", "4"), serve("redis", "20")],
      asks: ["c[redis]>=8", "redis<3"],
      text: """
        Because c[redis]==9 depends on redis>=12 and c[redis]==8 depends on redis>=11, c[redis]>=8 need redis==20.
        So, because your requirements ask for both redis<3 (line 2) and c[redis]>=8 (line 1), your requirements \
        can't be met.
        """),
    Case(
      testDescription: "another Python",
      index: [serve("a", "1", requiresPython: ">=3.13"), serve("a", "2", requiresPython: ">=3.14")],
      asks: ["a"],
      text: """
        Because your requirements ask for a (line 1) (a==2 needs Python >=3.14 (the target is 3.12.0); a==1 needs \
        Python >=3.13 (the target is 3.12.0)), your requirements can't be met.
        """),
    Case(
      testDescription: "wheels for other targets only",
      index: [serve("a", "1", tags: "cp312-cp312-win_amd64")],
      asks: ["a"],
      text: """
        Because your requirements ask for a (line 1) (a==1 has wheels for other targets only (cp312-win_amd64)), \
        your requirements can't be met.
        """),
    Case(
      testDescription: "yanked, with a reason that would move the cursor",
      index: [serve("a", "1", yanked: "broken\u{1b}[2K\r\nerror: fake")], asks: ["a"],
      text: """
        Because your requirements ask for a (line 1) (a==1 is yanked (broken\u{fffd}[2K\u{fffd}\u{fffd}error: fake)), your requirements \
        can't be met.
        """),
    Case(
      testDescription: "a constraint", index: [serve("a", "1"), serve("a", "2")], asks: ["a>=2"],
      constraints: ["a<2"],
      text: """
        Because your requirements ask for a>=2 (line 1) (a==2 is ruled out by the constraint a<2 (constraint 1)), \
        your requirements can't be met.
        """),
    Case(
      testDescription: "pre-releases that aren't admitted", index: [serve("a", "1"), serve("a", "2rc1")],
      asks: ["a>1"], preReleases: .disallow,
      text: """
        Because your requirements ask for a>1 (line 1) (a==2rc1 is a pre-release), your requirements can't be met.
        """),
    Case(
      testDescription: "newer than the cutoff",
      index: [serve("a", "1", uploadedAt: 10), serve("a", "2", uploadedAt: 20)], asks: ["a"], cutoff: 5,
      text: """
        Because your requirements ask for a (line 1) (every release of a is newer than the cutoff), your \
        requirements can't be met.
        """),
  ]

  @Test(arguments: cases) func says(_ given: Case) async throws {
    let request = ResolutionRequest(
      requirements: try given.asks.map { try Requirement($0) },
      constraints: try given.constraints.map { try Requirement($0) },
      environment: try TargetEnvironment(pythonVersion: "3.12", platformName: "linux"),
      preReleases: given.preReleases, cutoff: given.cutoff)
    let resolver = Resolver(index: try ServedIndex(given.index))
    do {
      _ = try await resolver.resolve(request)
      Issue.record("there is an answer")
    } catch .unsatisfiable(let failed) {
      let words = RequirementsVocabulary(
        failed, requirementPlaces: given.asks.indices.map { "line \($0 + 1)" },
        constraintPlaces: given.constraints.indices.map { "constraint \($0 + 1)" })
      #expect(failed.explanation.prose(in: words) == given.text)
    } catch {
      Issue.record("the index failed: \(error)")
    }
  }
}
