import Testing

@testable import PythonPackaging

/// Markers that compare text where versions will have been meant, and those that compare text on purpose.
@Suite struct MarkerTextComparisonTests {
  @Test(arguments: [
    ("python_version > 'three'", ["three: false"]), ("'three' < python_version", ["three: false"]),
    ("python_full_version == 'x'", ["x: false"]), ("implementation_version != 'foo'", ["foo: true"]),
    ("python_version >= '3.8.*'", ["3.8.*: false"]), ("python_version > '3.8,<4'", ["3.8,<4: false"]),
    ("python_version === 'three'", ["three: false"]), ("'3.8.*' == python_version", ["3.8.*: false"]),
    ("platform_release > 'five'", ["five: false"]), ("python_version > os_name", ["os_name: false"]),
    ("os_name > 'nt'", ["os_name: false"]), ("'a' <= sys_platform", ["sys_platform: false"]),
    ("sys_platform >= 'linux'", ["sys_platform: true"]),
    ("os_name == 'nt' or (python_version > 'b' and python_version < 'a')", ["b: false", "a: false"]),
    ("python_version > '3'", []), ("'3' < python_version", []), ("python_version == '3.*'", []),
    ("python_version in '2.7, three'", []), ("'three' not in python_version", []),
    ("platform_release == 'x-generic'", []), ("os_name == 'nt'", []), ("python_version === '3.12'", []),
    ("extra > 'x'", []),
  ]) func found(_ text: String, subjects: [String]) throws {
    let environment = try TargetEnvironment(pythonVersion: "3.12", platformName: "linux").markers
    let found = try Marker(text).textComparisons(in: environment)
    #expect(found.map { "\($0.subject): \($0.holds)" } == subjects)
  }
}
