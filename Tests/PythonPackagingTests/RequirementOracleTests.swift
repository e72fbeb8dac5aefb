import PythonPackaging
import Testing

/// Every row of `requirements.tsv` holds.
struct RequirementOracleTests {
  /// Why a valid requirement of `packaging` is none here.
  static let differences = [
    "\tX._y_\t@ https://index.example/simple/x-1.0.tar.gz ":
      "a name ends with a letter or a digit (PEP 508, core metadata); no project can be called so",
    " A1  [a.b  , a.b  , De_]\t!=v1.2 ":
      "an extra's name ends with a letter or a digit (PEP 508, core metadata)",
    " Flask@file:///srv/x-1\n0-py3-none-any.whl ":
      "a control character in a URL would break the lockfile's line",
  ]

  @Test func readsEveryValidRequirement() throws {
    var differences = KnownDifferences(Self.differences)
    for row in try OracleTable("requirements.tsv").rows("valid", atLeast: 500) {
      let requirement = try? Requirement(row.fields[1])
      let found = requirement.map { requirement in
        [
          requirement.description, requirement.name.normalized,
          requirement.extras.isEmpty ? "-" : requirement.extras.map(\.normalized).joined(separator: ","),
          requirement.specifiers.isEmpty ? "-" : requirement.specifiers.description, requirement.url ?? "-",
          requirement.marker?.description ?? "-",
        ]
      }
      differences.check(row.fields[1], found, Array(row.fields[2...]))
      guard let requirement else { continue }
      #expect(try Requirement(requirement.description) == requirement, "\(row.line)")
      #expect(try Requirement(lenient: row.fields[1]) == requirement, "\(row.line)")
    }
    differences.checkAllUsed()
  }

  @Test func refusesEveryInvalidRequirement() throws {
    for row in try OracleTable("requirements.tsv").rows("invalid", atLeast: 500) {
      #expect(throws: RequirementError.self, "\(row.line)") { try Requirement(row.fields[1]) }
    }
  }

  @Test func comparesAsPackagingDoes() throws {
    for row in try OracleTable("requirements.tsv").rows("same", atLeast: 200) {
      guard let left = try? Requirement(row.fields[1]), let right = try? Requirement(row.fields[2]) else {
        continue
      }
      #expect((left == right) == (row.fields[3] == "="), "\(row.line)")
      if left == right { #expect(left.hashValue == right.hashValue, "\(row.line)") }
    }
  }
}
