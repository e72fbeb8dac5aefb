import PythonPackaging
import Resolution
import Testing

/// The paths to a pin: an index in a few lines, what is asked, and the tree as it is read.
@Suite struct DependencyTreeTests {
  struct Case: CustomTestStringConvertible {
    let testDescription: String
    let index: [ServedIndex.Served]
    let asks: [String]
    var target = "z"
    var extras: [String] = []
    let tree: String
  }

  static let cases: [Case] = [
    Case(
      testDescription: "the user's own line alone", index: [serve("z", "1.0"), serve("a", "1.0")],
      asks: ["a", "z>=1"], tree: "in:2: z>=1"),
    Case(
      testDescription: "nothing leads to it", index: [serve("z", "1.0"), serve("a", "1.0")], asks: ["a"],
      tree: ""),
    Case(
      testDescription: "several of the user's own lines", index: [serve("z", "1.0")], asks: ["z", "z<2"],
      tree: """
        in:1: z
        in:2: z<2
        """),
    Case(
      testDescription: "a diamond: what is below is told once, the shorter way first",
      index: [
        serve("a", "1.0", requires: ["c", "b>=1"]), serve("b", "1.0", requires: ["c<2"]),
        serve("c", "1.0", requires: ["z!=3"]), serve("z", "1.0"), serve("other", "1.0"),
      ], asks: ["a", "other", "c"],
      tree: """
        in:1: a
          a==1.0 needs c
            c==1.0 needs z!=3
          a==1.0 needs b>=1
            b==1.0 needs c<2 (above)
        in:3: c (above)
        """),
    Case(
      testDescription: "a cycle ends where it began",
      index: [
        serve("a", "1.0", requires: ["b"]), serve("b", "1.0", requires: ["a", "z"]),
        serve("z", "1.0", requires: ["b"]),
      ], asks: ["a"],
      tree: """
        in:1: a
          a==1.0 needs b
            b==1.0 needs z
            b==1.0 needs a (above)
        """),
    Case(
      testDescription: "a project that needs itself", index: [serve("z", "1.0", requires: ["z>=1"])],
      asks: ["z"], tree: "in:1: z"),
    Case(
      testDescription: "what an extra adds is below who asks for the extra",
      index: [
        serve("a", "1.0", requires: ["z>=1; extra == 'x'", "b"], extras: ["x"]),
        serve("b", "1.0", requires: ["z"]), serve("z", "1.0"), serve("c", "1.0", requires: ["a[x]>0.5"]),
      ], asks: ["a", "c"],
      tree: """
        in:1: a
          a==1.0 needs b
            b==1.0 needs z
        in:2: c
          c==1.0 needs a[x]>0.5 (above)
            a[x]==1.0 needs z>=1
        """),
    Case(
      testDescription: "an extra that stands for others",
      index: [
        serve("a", "1.0", requires: ["a[x]; extra == 'all'", "z; extra == 'x'"], extras: ["all", "x"]),
        serve("z", "1.0"),
      ], asks: ["a[all]"],
      tree: """
        in:1: a[all]
          a[all]==1.0 needs a[x]
            a[x]==1.0 needs z
        """),
    Case(
      testDescription: "a marker that holds is shown, the extra's own isn't",
      index: [
        serve(
          "a", "1.0",
          requires: ["z>1; python_version >= '3' and extra == 'x'", "z; sys_platform == 'win32'"],
          extras: ["x"]), serve("z", "2.0"),
      ], asks: ["a[x]"],
      tree: """
        in:1: a[x]
          a[x]==1.0 needs z>1; python_version >= "3"
        """),
    Case(
      testDescription: "only who asks for the extra of the project",
      index: [
        serve("z", "1.0", extras: ["x"]), serve("a", "1.0", requires: ["z"]),
        serve("b", "1.0", requires: ["z[x]"]),
      ], asks: ["a", "b", "z[x]"], extras: ["x"],
      tree: """
        in:2: b
          b==1.0 needs z[x]
        in:3: z[x]
        """),
  ]

  @Test(arguments: cases) func tree(_ given: Case) async throws {
    let tree = try await Self.tree(given)
    #expect(tree.textLines().joined(separator: "\n") == given.tree)
  }

  private static func tree(_ given: Case) async throws -> DependencyTree {
    let index = try ServedIndex(given.index)
    let environment = try TargetEnvironment(pythonVersion: "3.12", platformName: "linux")
    let request = ResolutionRequest(
      requirements: try given.asks.map { try Requirement($0) }, environment: environment)
    let graph = try await Resolver(index: index).resolve(request)
    return DependencyTree(
      to: try PackageName(given.target), extras: try given.extras.map { try ExtraName($0) }, in: graph,
      written: given.asks.enumerated().map { WrittenRequirement(file: "in", line: $0 + 1, text: $1) })
  }

  @Test func `layers with a million paths take as many lines as there are requirements`() async throws {
    // Ten layers of four, each of which needs all four of the next: 4^10 paths.
    var index: [ServedIndex.Served] = [serve("z", "1.0")]
    for layer in 0..<10 {
      for place in 0..<4 {
        let next = layer == 9 ? ["z"] : (0..<4).map { "l\(layer + 1)-\($0)" }
        index.append(serve("l\(layer)-\(place)", "1.0", requires: next))
      }
    }
    let tree = try await Self.tree(
      Case(testDescription: "", index: index, asks: (0..<4).map { "l0-\($0)" }, tree: ""))
    #expect(tree.lines.count == 4 + 9 * 16 + 4)
  }

  @Test func `a chain of two thousand is told to its end`() async throws {
    let length = 2000
    let index =
      (0..<length).map { serve("c\($0)", "1.0", requires: [$0 == length - 1 ? "z" : "c\($0 + 1)"]) }
      + [serve("z", "1.0")]
    let tree = try await Self.tree(Case(testDescription: "", index: index, asks: ["c0"], tree: ""))
    #expect(tree.lines.map(\.depth) == Array(0...length))
  }

  @Test func `text from outside stays on its line and in its quotes`() async throws {
    let environment = try TargetEnvironment(pythonVersion: "3.12", platformName: "linux")
    let graph = try await Resolver(index: try ServedIndex([serve("z", "1.0")])).resolve(
      ResolutionRequest(requirements: [try Requirement("z")], environment: environment))
    let target = try PackageName("z")
    let tree = DependencyTree(
      to: target, in: graph,
      written: [WrittenRequirement(file: "a\u{1b}[31m\n\"b", line: 2, text: "z \\ \u{202e}")])
    #expect(tree.textLines() == ["a\u{FFFD}[31m\u{FFFD}\"b:2: z \\ \u{FFFD}"])
    #expect(
      tree.dot(title: "x\"y", pins: [target: try Version("1.0")]) == #"""
        digraph "x\"y" {
          rankdir=LR
          "z" [label="z==1.0", style=bold]
          "a�[31m�\"b:2 z \\ �" [label="a�[31m�\"b:2\nz \\ �", shape=box]
          "a�[31m�\"b:2 z \\ �" -> "z" [label=""]
        }
        """#)
  }
}
