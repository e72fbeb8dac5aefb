import PythonPackaging
import Testing

/// Every row of `filenames.tsv` holds.
struct FilenameOracleTests {
  /// Why repin reads a name otherwise than `packaging`.
  static let differences = [
    "_foo-1.0-py3-none-any.whl": "a project's name begins with a letter or a digit (core metadata)",
    "foo_-1.0-py3-none-any.whl": "a project's name ends with a letter or a digit (core metadata)",
    "f\u{F6}o-1.0-py3-none-any.whl": "a project's name is ASCII (core metadata)",
    "foo-1.0-99999999999999999999-py3-none-any.whl": "a build number is an `Int`",
    "foo-1.0_1-py3-none-any.whl": "old wheels write `_` for the `-` of a post-release",
    "foo-1.0.tar.bz2": "a format that indexes took before PEP 527, and still have",
    "foo-1.0.tar.xz": "a format that indexes took before PEP 527, and still have",
    "foo-1.0.tgz": "a format that indexes took before PEP 527, and still have",
  ]

  private static func facts(wheel text: String) -> [String]? {
    guard let wheel = try? WheelFilename(text) else { return nil }
    var tags: Set<String> = []
    for python in wheel.pythonTags {
      for abi in wheel.abiTags {
        for platform in wheel.platformTags { tags.insert("\(python)-\(abi)-\(platform)") }
      }
    }
    return [
      wheel.name.normalized, wheel.version.description, wheel.build?.description ?? "-",
      tags.sorted().joined(separator: " "),
    ]
  }

  private static func facts(source text: String) -> [String]? {
    guard let source = try? SourceDistributionFilename(text) else { return nil }
    return [source.name.normalized, source.version.description]
  }

  @Test func readsEveryFileName() throws {
    let table = try OracleTable("filenames.tsv")
    var differences = KnownDifferences(Self.differences)
    for row in try table.rows("wheel", atLeast: 1000) {
      differences.check(row.fields[1], Self.facts(wheel: row.fields[1]), Array(row.fields[2...]))
    }
    for row in try table.rows("sdist", atLeast: 200) {
      let expected = Array(row.fields[2...3])
      differences.check(row.fields[1], Self.facts(source: row.fields[1]), expected)
      guard row.fields[4] != "-" else { continue }
      let project = try PackageName(row.fields[4])
      let source = try? SourceDistributionFilename(row.fields[1], of: project)
      #expect(source.map { [$0.name.normalized, $0.version.description] } == expected, "\(row.line)")
    }
    for row in try table.rows("invalid", atLeast: 35) {
      let isRefused = Self.facts(wheel: row.fields[1]) == nil && Self.facts(source: row.fields[1]) == nil
      differences.check(row.fields[1], isRefused, true)
    }
    for row in try table.rows("other", atLeast: 50) {
      let project = try PackageName(row.fields[2])
      // Archives of kinds that indexes no longer take are read here.
      let isLegacy = row.fields[1].hasSuffix(".tar.bz2") || row.fields[1].hasSuffix(".tgz")
      let kind = try? Distribution.Kind(filename: row.fields[1], of: project)
      #expect((kind == nil) == !isLegacy, "\(row.line)")
    }
    differences.checkAllUsed()
  }
}
