import PubGrub
import Testing

/// Random registries against brute force.
@Suite struct SolverPropertyTests {
  /// Registries of one shape, by their seeds.
  struct Campaign: Sendable, CustomTestStringConvertible {
    let shape: Registry.Shape
    let seeds: Range<UInt64>
    var testDescription: String { "\(shape.rawValue) \(seeds)" }

    /// 8 shapes of 1,400 seeds each, in batches.
    static let all = Registry.Shape.allCases.flatMap { shape in
      (0..<UInt64(7)).map { Campaign(shape: shape, seeds: $0 * 200..<($0 + 1) * 200) }
    }
  }

  @Test(arguments: Campaign.all)
  func `agrees with brute force, proves its failures, and repeats itself`(_ campaign: Campaign) {
    var solvableCount = 0
    for seed in campaign.seeds {
      let registry = Registry.random(campaign.shape, seed: seed)
      let isSolvable = registry.isSolvable
      if isSolvable { solvableCount += 1 }
      let manner = Driver.Manner.allCases[Int(seed % 3)]
      let comment = Comment(rawValue: "\(campaign.shape) seed \(seed) \(manner)")
      var driver = Driver(registry, manner, seed: seed)
      var again = Driver(registry, manner, seed: seed)
      switch (driver.run(), again.run()) {
      case (.solved(let answer), .solved(let same)):
        #expect(isSolvable, comment)
        var chosen = [Int?](repeating: nil, count: registry.packages.count)
        chosen[0] = 0
        for (package, version) in answer { chosen[Int(package.index)] = Int(version) }
        #expect(registry.isAnswer(chosen), comment)
        #expect(answer.elementsEqual(same, by: ==), comment)
      case (.failed(let id), .failed(let same)):
        #expect(!isSolvable, comment)
        #expect(DerivationCheck(registry: registry, solver: driver.solver).fault(in: id) == nil, comment)
        let explanation = Explanation(of: id, in: driver.solver)
        #expect(explanation == Explanation(of: same, in: again.solver), comment)
        #expect(ExplanationCheck(explanation).fault == nil, comment)
        let unfolded = Explanation(of: id, in: driver.solver, folding: false)
        #expect(ExplanationCheck(unfolded).fault == nil, comment)
        let condensed = CondensedFailure(
          of: id, in: driver.solver, firstFreeLabel: DerivationCheck.firstUnionLabel, separate: [])
        guard let condensed else {
          Issue.record("the proof can't be shortened, \(comment)")
          continue
        }
        let check = DerivationCheck(registry: registry, solver: condensed.solver)
        #expect(check.fault(in: condensed.root) == nil, comment)
        let terse = Explanation(of: condensed.root, in: condensed.solver, isTerse: true)
        #expect(ExplanationCheck(terse).fault == nil, comment)
      default: Issue.record("two runs come to different verdicts, \(comment)")
      }
    }
    #expect(solvableCount > 0 && solvableCount < campaign.seeds.count, "the shape is too easy or too hard")
  }

  @Test(arguments: Registry.Shape.allCases)
  func `stays solvable when a dependency goes`(_ shape: Registry.Shape) {
    var checked = 0
    for seed in UInt64(5000)..<5200 {
      let registry = Registry.random(shape, seed: seed)
      var random = SplitMix64(seed: seed)
      var driver = Driver(registry, .highest)
      guard case .solved = driver.run(), let easier = registry.removingNeed(&random) else { continue }
      checked += 1
      var easierDriver = Driver(easier, .highest)
      guard case .solved = easierDriver.run() else {
        Issue.record("\(shape) seed \(seed): unsolvable with one dependency less")
        continue
      }
    }
    #expect(checked > 20)
  }
}
