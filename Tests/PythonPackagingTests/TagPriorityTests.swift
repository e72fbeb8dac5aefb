import PythonPackaging
import Testing

/// The priority of a wheel is the place of its best triple among all, or nil without one.
struct TagPriorityTests {
  static let environments = [
    CompatibilityTags(
      python: (3, 11), implementation: .cpython,
      platform: .manylinux(glibcMajor: 2, glibcMinor: 28, architecture: "x86_64")),
    CompatibilityTags(
      python: (3, 13), implementation: .cpython,
      platform: .manylinux(glibcMajor: 2, glibcMinor: 17, architecture: "aarch64"), freeThreaded: true),
    CompatibilityTags(
      python: (3, 12), implementation: .cpython,
      platform: .musllinux(major: 1, minor: 2, architecture: "x86_64")),
    CompatibilityTags(
      python: (3, 9), implementation: .cpython, platform: .macOS(major: 13, minor: 0, architecture: "arm64")),
    CompatibilityTags(python: (3, 10), implementation: .cpython, platform: .windows(architecture: "x86_64")),
    CompatibilityTags(
      python: (3, 10), implementation: .pypy,
      platform: .manylinux(glibcMajor: 2, glibcMinor: 31, architecture: "x86_64")),
    CompatibilityTags(
      python: (2, 7), implementation: .cpython,
      platform: .manylinux(glibcMajor: 2, glibcMinor: 12, architecture: "x86_64")),
  ]

  @Test(arguments: environments.indices)
  func agreesWithTheListOfTriples(_ index: Int) throws {
    let tags = Self.environments[index]
    var places: [String: Int] = [:]
    for (place, triple) in tags.all.enumerated() where places[triple] == nil { places[triple] = place }
    var compatible = 0
    for row in try OracleTable("filenames.tsv").rows("wheel", atLeast: 1000) {
      guard let wheel = try? WheelFilename(row.fields[1]) else { continue }
      let expected = row.items(5).compactMap { places[$0] }.min()
      #expect(tags.priority(of: wheel) == expected, "\(row.fields[1])")
      if expected != nil { compatible += 1 }
    }
    #expect(compatible > 10)
  }

  @Test func ordersAsAPersonWould() throws {
    let tags = Self.environments[0]
    let names = [
      "a-1-cp311-cp311-manylinux_2_28_x86_64.whl",
      "a-1-cp311-cp311-manylinux_2_17_x86_64.manylinux2014_x86_64.whl",
      "a-1-cp311-abi3-manylinux_2_17_x86_64.whl", "a-1-cp39-abi3-manylinux_2_17_x86_64.whl",
      "a-1-py3-none-any.whl",
      "a-1-py2.py30-none-any.whl",
    ]
    let priorities = try names.map { tags.priority(of: try WheelFilename($0)) ?? -1 }
    #expect(priorities == priorities.sorted())
    #expect(Set(priorities).count == names.count)
    #expect(priorities.first ?? -1 >= 0)
    for name in [
      "a-1-cp312-cp312-manylinux_2_17_x86_64.whl", "a-1-cp311-cp311-win_amd64.whl", "a-1-py2-none-any.whl",
    ] {
      #expect(tags.priority(of: try WheelFilename(name)) == nil)
    }
  }

  @Test func boundsNumbersFromOutside() {
    let huge = CompatibilityTags(
      python: (3, .max), implementation: .cpython,
      platform: .manylinux(glibcMajor: .max, glibcMinor: .max, architecture: "x86_64"))
    #expect(huge.all.count < 1_000_000)
    let negative = CompatibilityTags(
      python: (-1, -1), implementation: .pypy, platform: .macOS(major: -1, minor: -1, architecture: "arm64"))
    #expect(negative.all.first == "pp3-none-any")
  }
}
