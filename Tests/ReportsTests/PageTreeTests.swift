import PythonPackaging
import Testing
import UpdatePolicy

@testable import Reports

@Suite("The tree of who asks for whom") struct PageTreeTests {
  /// A lock of the packages that edges name, of which `bad` are vulnerable and `old` are stale.
  private static func tree(
    _ edges: [(String, String)], bad: Set<String> = [], old: Set<String> = [], most: Int = 1_000
  ) throws -> MarkupReader.Element {
    let names = Set(edges.flatMap { [$0.0, $0.1] }).filter { !$0.hasPrefix("-r") }.sorted()
    let pins = try names.map { name in
      try Facts.pin(
        name, "1.0", line: 1, uploaded: old.contains(name) ? "2023-01-01" : "2026-10-01",
        bad.contains(name) ? [try Facts.advisory("GHSA-1", .high)] : [])
    }
    let newer = Dictionary(uniqueKeysWithValues: old.map { ($0, [("2.0", "2024-01-01")]) })
    let lock = CheckedLock(
      path: "requirements.txt",
      assessment: Facts.assessor(try Facts.projects(pins, newer: newer)).assess(LockFacts(pins: pins)))
    let origins = try names.map { name in
      let askers = edges.filter { $0.1 == name }.map(\.0)
      return PinOrigin(
        package: try PackageName(name), inputs: askers.filter { $0.hasPrefix("-r") },
        askers: try askers.filter { !$0.hasPrefix("-r") }.map { try PackageName($0) })
    }
    let writer = HTMLWriter()
    PageTree(lock, origins, idPrefix: "t").write(to: writer, most: most)
    return try MarkupReader.read("<!DOCTYPE html>\n" + writer.html)
  }

  /// Each entry with the entries that it is under.
  private static func lines(_ element: MarkupReader.Element, _ above: [String] = []) -> [String] {
    element.children.flatMap { child -> [String] in
      guard child.name == "li" else { return lines(child, above) }
      let label = (child.all("summary").first ?? child.all("span")[0])
      let name = label.children[0]
      let path = above + [name.text + (name.name == "a" ? "^" : "")]
      let marks = label.children.dropFirst().map { $0.text }
      let line = path.joined(separator: " > ") + (marks.isEmpty ? "" : " (\(marks.joined(separator: ", ")))")
      return [line] + lines(child, path)
    }
  }

  @Test(
    arguments: [
      ([("-r in", "a"), ("a", "b")], [], [], ["-r in", "-r in > a", "-r in > a > b"]),
      // The vulnerable and the stale stand first, and all that lead to them say so.
      (
        [("-r in", "a"), ("-r in", "b"), ("-r in", "c"), ("b", "d"), ("c", "e")], ["e"], ["d"],
        [
          "-r in (vulnerable below, stale below)", "-r in > c (vulnerable below)",
          "-r in > c > e (vulnerable)", "-r in > b (stale below)", "-r in > b > d (stale)", "-r in > a",
        ]
      ),
      // A package is unfolded where the way is the shortest, and is a link elsewhere.
      (
        [("-r in", "a"), ("a", "b"), ("b", "d"), ("-r other", "d"), ("d", "e")], [], [],
        [
          "-r in", "-r in > a", "-r in > a > b", "-r in > a > b > d^", "-r other", "-r other > d",
          "-r other > d > e",
        ]
      ),
      // Circles end, and what nothing written leads to is there.
      (
        [("a", "b"), ("b", "a"), ("c", "a")], ["a"], [],
        [
          "c (vulnerable below)", "c > a (vulnerable)", "c > a > b (vulnerable below)",
          "c > a > b > a^ (vulnerable)",
        ]
      ),
      ([("a", "b"), ("b", "a")], [], [], ["a", "a > b", "a > b > a^"]),
      ([("a", "a")], [], [], ["a"]),
    ] as [([(String, String)], Set<String>, Set<String>, [String])])
  func entries(_ edges: [(String, String)], _ bad: Set<String>, _ old: Set<String>, _ expected: [String])
    throws
  {
    #expect(Self.lines(try Self.tree(edges, bad: bad, old: old)) == expected)
  }

  /// What leads to something wrong stands open, the rest is folded below the first level.
  @Test func badPathsStandOpen() throws {
    let root = try Self.tree(
      [("-r in", "a"), ("a", "b"), ("b", "c"), ("-r in", "d"), ("d", "e")], bad: ["c"])
    var open: [String: Bool] = [:]
    for fold in root.all("details") { open[fold.all("code")[0].text] = fold["open"] != nil }
    #expect(open == ["-r in": true, "a": true, "b": true, "d": false])
  }

  /// Neither a chain nor a knot makes the tree deeper or larger than what it has room for; what is missing is counted.
  @Test func largeTreesAreCut() throws {
    let chain = (0..<60).map { ("p\($0 + 100)", "p\($0 + 101)") }
    let deep = try Self.tree([("-r in", "p100")] + chain)
    #expect(Self.lines(deep).count == 25)
    #expect(deep.all("p").map(\.text) == ["and 37 more packages"])
    let knot = (0..<12).flatMap { left in (0..<12).map { ("k\(left)", "k\($0 + 12)") } }
    let wide = try Self.tree(knot, most: 50)
    #expect(Self.lines(wide).count == 50)
    #expect(Self.lines(try Self.tree(knot)).count == 12 + 144)
  }

  /// The same in every run, though sets are not.
  @Test func isStable() throws {
    let edges = (0..<40).map { ("p\($0 * 7 % 20)", "p\($0 * 11 % 23)") }
    let first = Self.lines(try Self.tree(edges, bad: ["p3"], old: ["p5"]))
    for _ in 0..<3 { #expect(Self.lines(try Self.tree(edges, bad: ["p3"], old: ["p5"])) == first) }
  }
}
