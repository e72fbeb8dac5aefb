import PythonPackaging
import Resolution
import Testing

/// That the work for an update is bounded, and that it says what it didn't find out.
@Suite struct UpdateLimitsTests {
  /// The fix of `a` needs `b>=2`, of which 2.0 and 2.1 do; each of them needs another of many projects.
  private static func request(_ limits: UpdateLimits) throws -> (UpdateRequest, ServedIndex) {
    let index = try ServedIndex(
      [
        serve("a", "1.0"), serve("a", "1.1", requires: ["b>=2"]), serve("a", "1.2", requires: ["b>=2"]),
        serve("b", "1.0"), serve("b", "2.0", requires: ["c>=2"]), serve("b", "2.1", requires: ["c>=2"]),
        serve("c", "1.0"), serve("c", "2.0"), serve("c", "3.0"), serve("d", "1.0"),
      ])
    let names = try ["a", "b", "c", "d"].map { try PackageName($0) }
    let one = try Version("1.0")
    let resolution = ResolutionRequest(
      requirements: names.map { Requirement(name: $0) },
      preferences: Dictionary(uniqueKeysWithValues: names.map { ($0, one) }),
      environment: try TargetEnvironment(pythonVersion: "3.12", platformName: "linux"))
    let affected = Set([names[0], names[3]])
    return (
      UpdateRequest(
        resolution: resolution,
        targets: [UpdateTarget(names[0], .cleared), UpdateTarget(names[3], .cleared, rank: 1)],
        rules: UpdateRules(affecting: { affected.contains($0) && $1 == one ? ["GHSA-0000"] : [] }),
        limits: limits), index
    )
  }

  private static func changes(_ update: LeastUpdate) -> [String] {
    update.changed.map { "\($0.name) \($0.new)" }
  }

  @Test func `without limits all is proven`() async throws {
    let (request, index) = try Self.request(UpdateLimits())
    let update = try await Resolver(index: index).update(request)
    #expect(Self.changes(update) == ["a 1.1", "b 2.0", "c 2.0"])
    #expect(update.blocked.map(\.target) == [1])
    #expect(update.unproven == [])
  }

  @Test func `few solves serve what they can and say the rest`() async throws {
    for most in 1...12 {
      let (request, index) = try Self.request(UpdateLimits(mostSolves: most))
      let update = try await Resolver(index: index).update(request)
      let all = try await Resolver(index: index).update(try Self.request(UpdateLimits()).0)
      if update.unproven.isEmpty {
        #expect(Self.changes(update) == Self.changes(all))
      } else {
        // The search for some graph that serves is never cut short, and the last graph is looked for as by a compile.
        #expect(update.solves <= most + 3, "\(most)")
      }
      #expect((most >= all.solves) == update.unproven.isEmpty, "\(most)")
    }
  }

  @Test func `no time is enough for the first answer alone`() async throws {
    let (request, index) = try Self.request(UpdateLimits(longest: .zero))
    let update = try await Resolver(index: index).update(request)
    #expect(update.unproven.contains(.served))
    #expect(update.blocked.count == 2)
    for blocked in update.blocked {
      switch blocked.obstacle {
      case .undecided, .noRelease: continue
      case .held: Issue.record("nothing stands in the way")
      }
    }
  }

  @Test func `what asks for too many releases isn't proven`() async throws {
    let many = (0..<300).map { serve("p", "1.\($0)", requires: $0 == 0 ? ["z<2"] : ["z>=2", "q==\($0)"]) }
    let index = try ServedIndex(
      many + [serve("z", "1.0"), serve("z", "2.0"), serve("q", "299")])
    let (p, z) = (try PackageName("p"), try PackageName("z"))
    let one = try Version("1.0")
    let resolution = ResolutionRequest(
      requirements: [Requirement(name: p)], preferences: [p: one, z: one],
      environment: try TargetEnvironment(pythonVersion: "3.12", platformName: "linux"))
    func update(_ limits: UpdateLimits) async throws -> LeastUpdate {
      try await Resolver(index: index).update(
        UpdateRequest(
          resolution: resolution, targets: [UpdateTarget(z, .cleared)],
          rules: UpdateRules(affecting: { $0 == z && $1 == one ? ["GHSA-0000"] : [] }), limits: limits))
    }
    let whole = try await update(UpdateLimits())
    #expect(Self.changes(whole) == ["p 1.299", "z 2.0"])
    #expect(whole.unproven == [])
    let bounded = try await update(UpdateLimits(mostTries: 50))
    #expect(Self.changes(bounded) == ["p 1.299", "z 2.0"])
    #expect(bounded.unproven == [.nearest])
  }

  @Test func `an index that fails ends the update`() async throws {
    var (request, index) = try Self.request(UpdateLimits())
    index.broken = try PackageName("b")
    request.limits = UpdateLimits()
    let resolver = Resolver(index: index)
    await #expect(throws: ResolutionError<ServedIndex.Failure>.self) {
      _ = try await resolver.update(request)
    }
  }

  @Test func `requirements without an answer are told as by a compile`() async throws {
    let index = try ServedIndex([serve("a", "1.0")])
    let resolution = ResolutionRequest(
      requirements: [try Requirement("a>=2")], preferences: [try PackageName("a"): try Version("1.0")],
      environment: try TargetEnvironment(pythonVersion: "3.12", platformName: "linux"))
    do {
      _ = try await Resolver(index: index).update(UpdateRequest(resolution: resolution, targets: []))
      Issue.record("there is no answer")
    } catch .unsatisfiable(let failed) {
      #expect(failed.unavailable.isEmpty)
    }
  }
}
