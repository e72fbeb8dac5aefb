import PythonPackaging
import Resolution
import Synchronization
import Testing

/// That what the solver will ask for is under way before it asks.
@Suite struct FetchAheadTests {
  /// An index that answers for metadata only when so many questions wait at once, but for the first ones.
  final class WaitingIndex: ReleaseIndex {
    private struct State {
      var waiting: [CheckedContinuation<Void, Never>] = []
      var most = 0
      var asked: [String] = []
    }

    private let base: ServedIndex
    private let count: Int
    private let first: Int
    private let state = Mutex(State())

    init(_ base: ServedIndex, until count: Int, afterFirst first: Int = 0) {
      self.base = base
      self.count = count
      self.first = first
    }

    /// The files whose metadata was asked for, in order, each as often as it was.
    var asked: [String] { state.withLock { $0.asked } }

    func knownReleases(of name: PackageName) -> ReleasesAnswer<ServedIndex.Releases>? { nil }

    func releases(
      of name: PackageName
    ) async throws(ServedIndex.Failure) -> ReleasesAnswer<ServedIndex.Releases> {
      try await base.releases(of: name)
    }

    func knownMetadata(of distribution: Distribution, project: PackageName) -> MetadataAnswer? { nil }

    func metadata(
      of distribution: Distribution, project: PackageName, mayBuild: Bool
    ) async throws(ServedIndex.Failure) -> MetadataAnswer {
      await withCheckedContinuation { continuation in
        let ready = state.withLock { state -> [CheckedContinuation<Void, Never>] in
          state.asked.append(distribution.filename)
          state.waiting.append(continuation)
          state.most = max(state.most, state.waiting.count)
          guard state.most >= count || state.asked.count <= first else { return [] }
          defer { state.waiting = [] }
          return state.waiting
        }
        for continuation in ready { continuation.resume() }
      }
      return try await base.metadata(of: distribution, project: project, mayBuild: mayBuild)
    }
  }

  private func resolve(_ index: WaitingIndex, _ asks: [String]) async throws -> [String] {
    let request = ResolutionRequest(
      requirements: try asks.map { try Requirement($0) },
      environment: try TargetEnvironment(pythonVersion: "3.12", platformName: "linux"))
    return try await Resolver(index: index).resolve(request).pins.map { "\($0.name)==\($0.version)" }
  }

  @Test(.timeLimit(.minutes(5)))
  func `metadata of all requirements is under way at once`() async throws {
    let names = ["a", "b", "c", "d", "e"]
    let index = WaitingIndex(try ServedIndex(names.map { serve($0, "1.0") }), until: names.count)
    #expect(try await resolve(index, names) == names.map { "\($0)==1.0" })
  }

  @Test(.timeLimit(.minutes(5)))
  func `a release that nothing can need isn't asked for`() async throws {
    let index = WaitingIndex(
      try ServedIndex([
        serve("a", "1.0", requires: ["c; extra == 'x'", "w; sys_platform == 'win32'"], extras: ["x"]),
        serve("a", "2.0rc1"), serve("b", "1.0"), serve("b", "2.0"), serve("c", "1.0"), serve("w", "1.0"),
      ]), until: 1)
    #expect(try await resolve(index, ["a", "b<2"]) == ["a==1.0", "b==1.0"])
    #expect(Set(index.asked) == ["a-1.0-py3-none-any.whl", "b-1.0-py3-none-any.whl"])
  }

  /// A chain of releases that are turned down one by one, with a network between, must not wait for each.
  @Test(.timeLimit(.minutes(5)))
  func `releases that will be tried next are asked for at once, once several were turned down`() async throws
  {
    let tools = (1...300).map { serve("tool", "\($0).0", requires: $0 > 260 ? ["lib<2"] : ["lib"]) }
    let index = WaitingIndex(
      try ServedIndex(
        tools + [serve("tool", "20.5rc1", requires: ["lib<2"]), serve("lib", "1.0"), serve("lib", "2.0")]),
      until: 10, afterFirst: 8)
    #expect(try await resolve(index, ["tool", "lib>=2"]) == ["lib==2.0", "tool==260.0"])
    #expect(!index.asked.contains { $0.contains("rc1") })
  }
  /// Each release of the one allows a single one of the other, so what is possible tells nothing of what comes next.
  @Test(.timeLimit(.minutes(5)))
  func `two projects that are gone down side by side are both asked for at once`() async throws {
    let pairs = (1...60).flatMap { number in
      [
        serve("tool", "\(number).0", requires: ["core==\(number).0"]),
        serve("core", "\(number).0", requires: number > 3 ? ["lib<2"] : ["lib"]),
      ]
    }
    let index = WaitingIndex(
      try ServedIndex(pairs + [serve("lib", "1.0"), serve("lib", "2.0")]), until: 10, afterFirst: 16)
    #expect(try await resolve(index, ["tool", "lib>=2"]) == ["core==3.0", "lib==2.0", "tool==3.0"])
  }

  @Test(.timeLimit(.minutes(5)))
  func `pre-releases that come last are asked for at once too`() async throws {
    let releases = (1...40).map { serve("tool", "1.0rc\($0)", requires: $0 > 3 ? ["lib<2"] : ["lib"]) }
    let index = WaitingIndex(
      try ServedIndex(
        releases + [serve("tool", "0.9", requires: ["lib<2"]), serve("lib", "1.0"), serve("lib", "2.0")]),
      until: 10, afterFirst: 8)
    #expect(try await resolve(index, ["tool", "lib>=2"]) == ["lib==2.0", "tool==1.0rc3"])
  }
  /// The newest release, whose needs are guessed at first, is turned down; the one that is taken pins all else to what
  /// nothing guessed.
  @Test(.timeLimit(.minutes(5)))
  func `what an old release pins is asked for at once`() async throws {
    let parts = ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "m"]
    let served =
      (1...6).map { number in
        serve(
          "tool", "\(number).0",
          requires: ["core==\(number).0"] + parts.map { "\($0)==\(number).0" })
      } + (1...6).map { serve("core", "\($0).0", requires: $0 > 1 ? ["lib<2"] : ["lib"]) }
    let pinned = (1...6).flatMap { number in parts.map { serve($0, "\(number).0") } }
    let index = WaitingIndex(
      try ServedIndex(served + pinned + [serve("lib", "1.0"), serve("lib", "2.0")]), until: 8, afterFirst: 28)
    let pins = try await resolve(index, ["tool", "lib>=2"])
    #expect(pins == (parts.map { "\($0)==1.0" } + ["core==1.0", "lib==2.0", "tool==1.0"]).sorted())
  }

  /// To read what a source distribution states takes the whole of it.
  @Test(
    .timeLimit(.minutes(5)),
    arguments: [
      (tags: nil, size: 5 << 20, isAhead: false), (nil, 1 << 20, true), ("py3-none-any", 5 << 20, true),
    ])
  func `large source distributions wait until they are asked for`(
    _ tags: String?, _ size: Int, _ isAhead: Bool
  ) async throws {
    let tools = (1...40).map { number in
      serve(
        "tool", "\(number).0", requires: number > 20 ? ["lib<2"] : ["lib"], tags: tags,
        source: tags == nil ? .telling : nil, size: size)
    }
    let index = WaitingIndex(
      try ServedIndex(tools + [serve("lib", "1.0"), serve("lib", "2.0")]), until: isAhead ? 4 : 1,
      afterFirst: 8)
    #expect(try await resolve(index, ["tool", "lib>=2"]) == ["lib==2.0", "tool==20.0"])
    // Where they are ahead, there would be no answer before four are under way.
    #expect(isAhead || !index.asked.contains { $0.hasPrefix("tool-19.0") })
  }

  /// What the user's own line rules out can't be needed, however far a search goes.
  @Test(.timeLimit(.minutes(5)))
  func `releases outside the user's own bounds are not asked for`() async throws {
    let pairs = (1...40).flatMap { number in
      [
        serve("tool", "\(number).0", requires: ["core==\(number).0"]),
        serve("core", "\(number).0", requires: number > 35 ? ["lib<2"] : ["lib"]),
      ]
    }
    let index = WaitingIndex(
      try ServedIndex(pairs + [serve("lib", "1.0"), serve("lib", "2.0")]), until: 1)
    #expect(
      try await resolve(index, ["tool>=34", "core>=34", "lib>=2"]) == [
        "core==35.0", "lib==2.0", "tool==35.0",
      ])
    let outside = index.asked.filter { name in
      let parts = name.split(separator: "-")
      return parts[0] != "lib" && Double(parts[1]).map { $0 < 34 } ?? true
    }
    #expect(outside.isEmpty)
  }
}
