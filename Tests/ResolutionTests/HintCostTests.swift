import PythonPackaging
import Resolution
import Synchronization
import Testing

/// What it costs to look for hints is bounded, however many releases there are.
@Suite struct HintCostTests {
  struct Case: CustomTestStringConvertible {
    let testDescription: String
    let served: [ServedIndex.Served]
    let asks: [String]
    var cutoff: Int64?
    /// How many releases' metadata is asked for at most.
    let mostMetadata: Int
    /// How often a release's files are looked at.
    let mostFiles: Int
  }

  private static let count = 1500

  private static func wheels(of tags: String) -> [ServedIndex.Served] {
    (1...count).map { number in
      var release = serve("a", "\(number)", tags: nil, uploadedAt: Int64(number))
      release.files = (0..<12).map { .wheel("\($0)-\(tags)") }
      return release
    }
  }

  static let cases: [Case] = [
    Case(
      testDescription: "wheels for no platform", served: wheels(of: "py3-none-solaris_9_sparc"), asks: ["a"],
      mostMetadata: 0, mostFiles: 60),
    Case(
      testDescription: "wheels for another platform", served: wheels(of: "cp312-cp312-win_amd64"),
      asks: ["a"],
      mostMetadata: 1, mostFiles: 70),
    Case(
      testDescription: "wheels for another Python",
      served: wheels(of: "cp311-cp311-manylinux_2_28_x86_64"), asks: ["a"], mostMetadata: 1, mostFiles: 70),
    Case(
      testDescription: "newer than the cutoff", served: wheels(of: "py3-none-any"), asks: ["a"], cutoff: 0,
      mostMetadata: 1, mostFiles: 4 * count + 60),
    Case(
      testDescription: "parents that all need what can't be had",
      served: (1...count).map { serve("a", "\($0)", requires: ["b>=2"]) }
        + (1...count).map { serve("c", "\($0)", requires: ["b>=2"]) } + [serve("b", "1"), serve("b", "2")],
      asks: ["a>=\(count)", "c>=\(count)", "b<2"], mostMetadata: 3 * 1000 + 500, mostFiles: 40_000),
  ]

  @Test(arguments: cases) func `is bounded`(_ given: Case) async throws {
    var served = try ServedIndex(given.served)
    served.answersAtOnce = true
    let index = CountedIndex(base: served)
    let request = ResolutionRequest(
      requirements: try given.asks.map { try Requirement($0) },
      environment: try TargetEnvironment(pythonVersion: "3.12", platformName: "linux"), cutoff: given.cutoff)
    let resolver = Resolver(index: index)
    let failed = try #require(try await failure(of: request, by: resolver))
    let before = index.tally.counts
    let places = given.asks.indices.map { RequirementPlace(file: "app.in", line: $0 + 1) }
    let setting = FailureSetting(requirementPlaces: places, constraintPlaces: [], overridePlaces: [])
    _ = await resolver.study(failed, in: setting)
    let after = index.tally.counts
    #expect(after.metadata - before.metadata <= given.mostMetadata)
    #expect(after.files - before.files <= given.mostFiles)
  }

  private func failure(
    of request: ResolutionRequest, by resolver: Resolver<CountedIndex>
  ) async throws -> UnsatisfiableRequirements? {
    do {
      _ = try await resolver.resolve(request)
      return nil
    } catch .unsatisfiable(let failed) {
      return failed
    }
  }
}

/// An index that counts what it is asked for.
private struct CountedIndex: ReleaseIndex {
  struct Counts {
    var files = 0
    var metadata = 0
  }

  final class Tally: Sendable {
    private let asked = Mutex(Counts())
    var counts: Counts { asked.withLock { $0 } }
    func addFiles() { asked.withLock { $0.files += 1 } }
    func addMetadata() { asked.withLock { $0.metadata += 1 } }
  }

  struct Releases: ProjectReleases {
    let base: ServedIndex.Releases
    let tally: Tally
    var versionCount: Int { base.versionCount }
    func version(at index: Int) -> Version { base.version(at: index) }
    func isPreRelease(at index: Int) -> Bool { base.isPreRelease(at: index) }
    func distributions(at index: Int) -> [Distribution] {
      tally.addFiles()
      return base.distributions(at: index)
    }
  }

  let base: ServedIndex
  let tally = Tally()

  // All is told without waiting: what runs ahead of the first resolution would else be counted with the hints.
  func knownReleases(of name: PackageName) -> ReleasesAnswer<Releases>? {
    guard let releases = base.knownReleases(of: name)?.known else { return .unknownProject }
    return .releases(Releases(base: releases, tally: tally))
  }

  func releases(of name: PackageName) async throws(ServedIndex.Failure) -> ReleasesAnswer<Releases> {
    knownReleases(of: name) ?? .unknownProject
  }

  func knownMetadata(of distribution: Distribution, project: PackageName) -> MetadataAnswer? {
    tally.addMetadata()
    return base.knownMetadata(of: distribution, project: project)
  }

  func metadata(
    of distribution: Distribution, project: PackageName, mayBuild: Bool
  ) async throws(ServedIndex.Failure) -> MetadataAnswer {
    try await base.metadata(of: distribution, project: project, mayBuild: mayBuild)
  }
}
