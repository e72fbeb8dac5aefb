import PythonPackaging
import Testing

struct VersionSetTests {
  private static let suffixes = [
    ".dev0", ".dev1", ".dev2", "a0", "a1.dev0", "a1", "a1.post0.dev0", "a1.post0", "a1.post1.dev0",
    "a1.post1",
    "a1.post2.dev0", "a1.post2", "a2.dev0", "a2", "rc1.dev0", "rc1.dev1", "rc1.dev2", "rc1", "",
    ".post0.dev0",
    ".post0", ".post1.dev0", ".post1.dev1", ".post1", ".post2.dev0", ".post2", ".post3",
  ]

  /// Ascending versions, among them one between every two cuts that `randomSet` can make.
  private static func probes() throws -> [Version] {
    var versions: Set<Version> = []
    for release in [
      "0", "0.9", "1", "1.0.1", "1.1", "1.1.1", "1.2", "1.3", "2", "2.0.1", "2.1", "3", "3.1", "1!0",
    ] {
      for suffix in suffixes {
        for local in ["", "+0a", "+a", "+b"] { versions.insert(try Version(release + suffix + local)) }
      }
    }
    return versions.sorted()
  }

  private static func randomSet(using random: inout SplitMix64) throws -> VersionSet {
    let release = ["1", "1.1", "2", "1.0.0"].randomElement(using: &random) ?? "1"
    let suffix = ["", ".dev0", ".dev1", "a1", "a1.post1", "rc1.dev1", ".post0", ".post1", ".post1.dev0"]
      .randomElement(using: &random)
    let version = release + (suffix ?? "")
    switch Int.random(in: 0..<10, using: &random) {
    case 0: return VersionSet(exactly: try Version(version + "+a"))
    case 1: return VersionSet(exactly: try Version(version))
    case 2: return try SpecifierSet("==\(release).*").versions
    case 3: return try SpecifierSet("~=\(release).0").versions
    case let choice:
      let operators = ["==", "!=", "<=", ">=", "<", ">"]
      return try SpecifierSet(operators[choice - 4] + version).versions
    }
  }

  /// A set made of up to six random ones, and which of the probes it must have.
  private static func randomExpression(
    over probes: [Version], using random: inout SplitMix64
  ) throws -> (set: VersionSet, members: [Bool]) {
    var set = try randomSet(using: &random)
    var members = probes.map(set.contains)
    for _ in 0..<Int.random(in: 0..<6, using: &random) {
      let other = try randomSet(using: &random)
      let otherMembers = probes.map(other.contains)
      switch Int.random(in: 0..<4, using: &random) {
      case 0:
        set = set.union(other)
        members = zip(members, otherMembers).map { $0 || $1 }
      case 1:
        set = set.intersection(other)
        members = zip(members, otherMembers).map { $0 && $1 }
      case 2:
        set = other.subtracting(set)
        members = zip(members, otherMembers).map { !$0 && $1 }
      default:
        set = set.complement
        members = members.map { !$0 }
      }
    }
    return (set, members)
  }

  @Test func isAnAlgebra() throws {
    let probes = try Self.probes()
    var random = SplitMix64(seed: 440)
    var equalPairs = 0
    for _ in 0..<200 {
      let (left, leftMembers) = try Self.randomExpression(over: probes, using: &random)
      let (right, rightMembers) = try Self.randomExpression(over: probes, using: &random)
      #expect(probes.map(left.contains) == leftMembers, "\(left)")
      #expect(left.complement.complement == left)
      #expect(left.union(left.complement) == .all)
      #expect(left.intersection(left.complement) == .empty)
      #expect(left.union(right).complement == left.complement.intersection(right.complement))
      #expect(left.intersection(right).complement == left.complement.union(right.complement))
      #expect(left.subtracting(right) == left.intersection(right.complement))
      #expect(left.intersection(right).union(left.subtracting(right)) == left)
      #expect(left.union(right) == right.union(left))
      #expect(left.isSubset(of: right) == left.subtracting(right).isEmpty)
      #expect(left.isDisjoint(with: right) == left.intersection(right).isEmpty)
      #expect(left.isEmpty == !leftMembers.contains(true), "\(left)")
      let isSubset = zip(leftMembers, rightMembers).allSatisfy { !$0 || $1 }
      let isDisjoint = zip(leftMembers, rightMembers).allSatisfy { !$0 || !$1 }
      #expect(left.isSubset(of: right) == isSubset, "\(left) and \(right)")
      #expect(left.isDisjoint(with: right) == isDisjoint, "\(left) and \(right)")
      #expect((left == right) == (leftMembers == rightMembers), "\(left) and \(right)")
      if left == right {
        equalPairs += 1
        #expect(left.hashValue == right.hashValue)
        #expect(left.description == right.description)
      }
    }
    #expect(equalPairs > 5)
  }

  /// Sets with the same versions are equal, however they were made.
  @Test(arguments: [
    ["<=1.0", "<1.0.post0", "<1.0.post0.dev0", "!=1.0.post1,<=1.0"],
    [">1.0.post1", ">=1.0.post2.dev0"],
    [">1.0.dev3", ">=1.0.dev4"],
    [">1.0a1", ">=1.0a2.dev0"],
    ["==1.0.*", ">=1.dev0,<1.1", "==1.0.*,==1.*", "~=1.0.0.dev0"],
    ["==1.0.dev3", ">=1.0.dev3,<1.0.dev4", ">=1.0.0.dev3,<=1.0.0.dev3"],
    ["~=2.2", ">=2.2,==2.*", ">=2.2,<3"],
    ["==0.*", "<1"],
    [">=0.dev0", "", ">=0.0.0.dev0"],
    ["<0.dev0", "<0", "==1,==2", ">1,<1", ">1.0,<1.0.post1"],
    [">=1.0.post1,<1.0.post2", "==1.0.post1", "==1.0.0.post1"],
  ])
  func equalSetsAreEqual(_ texts: [String]) throws {
    let sets = try texts.map { try SpecifierSet($0).versions }
    for set in sets {
      #expect(set == sets[0])
      #expect(set.hashValue == sets[0].hashValue)
    }
  }

  @Test func oneVersionIsNotItsLocalVersions() throws {
    let set = VersionSet(exactly: try Version("1.0"))
    #expect(set.contains(try Version("1.0.0")))
    #expect(!set.contains(try Version("1.0+cpu")))
    #expect(set.isSubset(of: try SpecifierSet("==1.0").versions))
    #expect(try SpecifierSet("==1.0").versions.contains(Version("1.0+cpu")))
  }

  @Test func findsTheRangesOfAnAscendingTable() throws {
    let probes = try Self.probes()
    var random = SplitMix64(seed: 7)
    for _ in 0..<150 {
      let (set, _) = try Self.randomExpression(over: probes, using: &random)
      let count = Int.random(in: 0...probes.count, using: &random)
      let table = Array(probes.shuffled(using: &random).prefix(count)).sorted()
      let ranges = set.ranges(in: table)
      #expect(ranges.flatMap(Array.init) == table.indices.filter { set.contains(table[$0]) }, "\(set)")
      for (earlier, later) in zip(ranges, ranges.dropFirst()) {
        #expect(earlier.upperBound < later.lowerBound)
      }
      for range in ranges { #expect(!range.isEmpty) }
    }
  }

  @Test func looksAtFewVersionsOfALongTable() throws {
    let set = try SpecifierSet(">=100,!=5000,<9000").versions
    let versions = try (0..<10_000).map { try Version(String($0)) }
    var looks = 0
    let ranges = set.ranges(count: 10_000) { index in
      looks += 1
      return versions[index]
    }
    #expect(ranges == [100..<5_000, 5_001..<9_000])
    #expect(looks <= 4 * 14)
  }

  struct Description: CustomTestStringConvertible {
    let specifiers: String
    let words: String
    let complement: String
    var testDescription: String { specifiers }
  }

  @Test(arguments: [
    Description(specifiers: "", words: "any version", complement: "no version"),
    Description(
      specifiers: ">=1.0,<2.0", words: ">=1.0, <2.0", complement: "<1.0 with its pre-releases or >=2.0.dev0"),
    Description(specifiers: "==1.2.*", words: "==1.2.*", complement: "!=1.2.*"),
    Description(specifiers: "==1!1.2.*", words: "==1!1.2.*", complement: "!=1!1.2.*"),
    Description(specifiers: "==1.0.*", words: "==1.0.*", complement: "!=1.0.*"),
    Description(specifiers: "==1.0", words: "==1.0", complement: "!=1.0"),
    Description(specifiers: "==1.0+cpu", words: "==1.0+cpu", complement: "!=1.0+cpu"),
    Description(
      specifiers: "===1.0", words: "==1.0 without its locals", complement: "!=1.0 without its locals"),
    Description(specifiers: "==1.0rc1", words: "==1.0rc1", complement: "!=1.0rc1"),
    Description(specifiers: "==1.0.dev3", words: "==1.0.dev3", complement: "!=1.0.dev3"),
    Description(specifiers: "<=1.0", words: "<=1.0", complement: ">=1.0.post0.dev0"),
    Description(specifiers: "<=1.0.post1", words: "<=1.0.post1", complement: ">1.0.post1"),
    Description(specifiers: ">1.0", words: ">1.0", complement: "<=1.0 with its post-releases"),
    Description(specifiers: ">1.0rc1", words: ">1.0rc1", complement: "<1.0rc2.dev0"),
    Description(specifiers: "<1.0rc1", words: "<1.0rc1", complement: ">=1.0rc1"),
    Description(
      specifiers: ">=1.0.post1", words: ">=1.0.post1", complement: "<1.0.post1 with its dev-releases"),
    Description(
      specifiers: ">=1,!=1.5,!=1.7.*,<2", words: ">=1, !=1.5, !=1.7.*, <2",
      complement: "<1 with its pre-releases or ==1.5 or ==1.7.* or >=2.dev0"),
    Description(specifiers: "!=1.5,!=1.6", words: "!=1.5, !=1.6", complement: "==1.5 or ==1.6"),
    Description(
      specifiers: "~=2.2", words: ">=2.2, <3", complement: "<2.2 with its pre-releases or >=3.dev0"),
  ])
  func describesItself(_ description: Description) throws {
    let set = try SpecifierSet(description.specifiers).versions
    #expect(set.description == description.words)
    #expect(set.complement.description == description.complement)
  }

  @Test func describesAlternatives() throws {
    let set = try SpecifierSet("<1").versions.union(try SpecifierSet(">=2").versions)
    #expect(set.description == "<1 or >=2")
    #expect(set.union(try SpecifierSet("==1.5").versions).description == "<1 or ==1.5 or >=2")
  }
}
