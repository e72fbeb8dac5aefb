import FoundationEssentials
import PythonPackaging
import Testing

/// Named platforms, Python versions, and an interpreter's facts make the environment one would meet there.
struct TargetEnvironmentTests {
  struct Case: CustomTestStringConvertible, Sendable {
    let platform: String
    /// `sys_platform`, `os_name`, `platform_system`, `platform_machine`.
    let markers: [String]
    let bestTag: String
    var testDescription: String { platform }

    init(_ platform: String, _ markers: String, _ bestTag: String) {
      self.platform = platform
      self.markers = markers.split(separator: " ").map(String.init)
      self.bestTag = bestTag
    }
  }

  static let platforms = [
    Case("linux", "linux posix Linux x86_64", "cp312-cp312-linux_x86_64 cp312-cp312-manylinux_2_28_x86_64"),
    Case(
      "macos", "darwin posix Darwin arm64", "cp312-cp312-macosx_13_0_arm64 cp312-cp312-macosx_13_0_universal2"
    ),
    Case("windows", "win32 nt Windows AMD64", "cp312-cp312-win_amd64 cp312-abi3-win_amd64"),
    Case("x86_64-pc-windows-msvc", "win32 nt Windows AMD64", "cp312-cp312-win_amd64 cp312-abi3-win_amd64"),
    Case("i686-pc-windows-msvc", "win32 nt Windows x86", "cp312-cp312-win32 cp312-abi3-win32"),
    Case("aarch64-pc-windows-msvc", "win32 nt Windows ARM64", "cp312-cp312-win_arm64 cp312-abi3-win_arm64"),
    Case(
      "x86_64-unknown-linux-gnu", "linux posix Linux x86_64",
      "cp312-cp312-linux_x86_64 cp312-cp312-manylinux_2_28_x86_64"),
    Case(
      "aarch64-unknown-linux-gnu", "linux posix Linux aarch64",
      "cp312-cp312-linux_aarch64 cp312-cp312-manylinux_2_28_aarch64"),
    Case(
      "x86_64-manylinux2014", "linux posix Linux x86_64",
      "cp312-cp312-linux_x86_64 cp312-cp312-manylinux_2_17_x86_64"),
    Case(
      "aarch64-manylinux_2_40", "linux posix Linux aarch64",
      "cp312-cp312-linux_aarch64 cp312-cp312-manylinux_2_40_aarch64"),
    Case(
      "manylinux_2_31_x86_64", "linux posix Linux x86_64",
      "cp312-cp312-linux_x86_64 cp312-cp312-manylinux_2_31_x86_64"),
    Case(
      "x86_64-unknown-linux-musl", "linux posix Linux x86_64",
      "cp312-cp312-linux_x86_64 cp312-cp312-musllinux_1_2_x86_64"),
    Case(
      "riscv64-unknown-linux", "linux posix Linux riscv64",
      "cp312-cp312-linux_riscv64 cp312-cp312-manylinux_2_39_riscv64"),
    Case(
      "powerpc64le-unknown-linux-gnu", "linux posix Linux ppc64le",
      "cp312-cp312-linux_ppc64le cp312-cp312-manylinux_2_28_ppc64le"),
    Case(
      "x86_64-apple-darwin", "darwin posix Darwin x86_64",
      "cp312-cp312-macosx_13_0_x86_64 cp312-cp312-macosx_13_0_intel"),
  ]

  @Test(arguments: platforms)
  func knowsThePlatform(_ row: Case) throws {
    let target = try TargetEnvironment(pythonVersion: "3.12", platformName: row.platform)
    let markers = target.markers
    #expect(
      [markers.sysPlatform, markers.osName, markers.platformSystem, markers.platformMachine] == row.markers)
    #expect(markers.platformRelease.isEmpty && markers.platformVersion.isEmpty)
    #expect(target.tags.all.prefix(2).joined(separator: " ") == row.bestTag)
  }

  @Test(arguments: [
    ("3.12", "3.12.0", "3.12"), ("3.12.4", "3.12.4", "3.12"), ("3.14.0rc1", "3.14.0rc1", "3.14"),
    ("3.14b2", "3.14.0b2", "3.14"), (" 3.9 ", "3.9.0", "3.9"), ("2.7.18", "2.7.18", "2.7"),
  ])
  func readsThePythonVersion(text: String, full: String, short: String) throws {
    let target = try TargetEnvironment(pythonVersion: text, platformName: "linux")
    #expect(target.python.description == full)
    #expect(target.markers.pythonFullVersion == full)
    #expect(target.markers.implementationVersion == full)
    #expect(target.markers.pythonVersion == short)
  }

  @Test(arguments: [
    "", "3", "3.x", "python3.12", "3.12.4.1", "3.12+local", "3.12.post1", "1!3.12", "3.9999", "1.5",
  ])
  func refusesWhatIsNoPythonVersion(_ text: String) {
    #expect(throws: TargetEnvironmentError.pythonVersion(text)) {
      try TargetEnvironment(pythonVersion: text, platformName: "linux")
    }
  }

  @Test(arguments: [
    ("linus", ["linux", "macos", "windows"]),
    ("Linux", ["linux"]), ("MacOS", ["macos"]), ("x86_64-Apple-Darwin", ["x86_64-apple-darwin"]),
    ("darwin", ["macos", "aarch64-apple-darwin", "x86_64-apple-darwin"]),
    ("macos-arm", ["macos", "aarch64-apple-darwin"]),
    ("macosx_11_0_arm64", ["macos", "aarch64-apple-darwin"]),
    ("win32", ["windows", "x86_64-pc-windows-msvc", "aarch64-pc-windows-msvc"]),
    ("win_arm64", ["aarch64-pc-windows-msvc", "arm64-pc-windows-msvc"]),
    ("amd64", ["linux", "windows", "x86_64-pc-windows-msvc"]),
    ("linux/arm64", ["aarch64-unknown-linux-gnu", "aarch64-manylinux2014", "aarch64-manylinux_2_17"]),
    ("linux_x86_64", ["linux", "x86_64-unknown-linux-gnu", "x86_64-manylinux2014"]),
    ("alpine", ["x86_64-unknown-linux-musl", "aarch64-unknown-linux-musl"]),
    ("windows-s390x", ["windows", "linux", "macos"]),
    ("x86_64-manylinux_2_29", ["x86_64-manylinux_2_28", "x86_64-manylinux_2_39", "x86_64-manylinux_2_17"]),
  ])
  func namesTheClosestPlatforms(text: String, closest: [String]) throws {
    let error = try #require(throws: TargetEnvironmentError.self) {
      try TargetEnvironment(pythonVersion: "3.12", platformName: text)
    }
    #expect(error == .platformName(text, closest: closest))
    #expect(
      error.description.hasPrefix(
        "`\(text)` is not the name of a platform; the closest \(closest.count == 1 ? "is" : "are") `\(closest[0])`"
      ))
  }

  @Test(arguments: [
    "freebsd", "FreeBSD-14", "x86_64-unknown-freebsd", "solaris", "aarch64-linux-android", "arm64-apple-ios",
    "wasm32-pyodide2024", "potato", "zzz",
  ])
  func namesTheSystemsWhereNoPlatformIsClose(text: String) throws {
    let error = try #require(throws: TargetEnvironmentError.self) {
      try TargetEnvironment(pythonVersion: "3.12", platformName: text)
    }
    #expect(error == .platformName(text, closest: []))
    #expect(
      error.description
        == "`\(text)` is not the name of a platform; there are `linux`, `macos`, `windows` and more of those systems"
    )
  }

  @Test func boundsAHostileName() {
    #expect(throws: TargetEnvironmentError.self) {
      try TargetEnvironment(pythonVersion: "3.12", platformName: String(repeating: "x", count: 1_000_000))
    }
  }

  @Test func takesAnInterpretersFacts() throws {
    let facts = try JSONDecoder().decode(InterpreterFacts.self, from: Data(Self.json.utf8))
    #expect(try JSONDecoder().decode(InterpreterFacts.self, from: JSONEncoder().encode(facts)) == facts)
    let target = TargetEnvironment(interpreter: facts)
    #expect(target.python.description == "3.13.0")
    #expect(target.markers.pythonFullVersion == "3.13.0+")
    #expect(facts.defaultIndexURL == "https://index.example/simple/")
    #expect(
      target.tags.all.prefix(3) == [
        "cp313-cp313t-linux_aarch64", "cp313-cp313t-manylinux_2_36_aarch64",
        "cp313-cp313t-manylinux_2_35_aarch64",
      ])
    #expect(target.tags.all.contains("cp313-abi3t-linux_aarch64"))
  }

  @Test func overridesPartOfAnInterpreter() throws {
    let facts = try JSONDecoder().decode(InterpreterFacts.self, from: Data(Self.json.utf8))
    let older = try TargetEnvironment(interpreter: facts, pythonVersion: "3.11")
    #expect(older.python.description == "3.11.0")
    #expect(older.markers.implementationVersion == "3.11.0")
    #expect(older.markers.platformRelease == "6.1.0")
    #expect(older.tags.all.first == "cp311-cp311-linux_aarch64")
    let elsewhere = try TargetEnvironment(interpreter: facts, platformName: "windows")
    #expect(elsewhere.python.description == "3.13.0")
    #expect(elsewhere.markers.pythonFullVersion == "3.13.0+")
    #expect(elsewhere.markers.sysPlatform == "win32")
    #expect(elsewhere.markers.platformRelease.isEmpty)
    #expect(elsewhere.tags.all.first == "cp313-cp313t-win_amd64")
    let both = try TargetEnvironment(interpreter: facts, pythonVersion: "3.12.4", platformName: "macos")
    #expect(both == (try TargetEnvironment(pythonVersion: "3.12.4", platformName: "macos")))
    #expect(
      try TargetEnvironment(interpreter: facts, pythonVersion: nil) == TargetEnvironment(interpreter: facts))
  }

  @Test func refusesFactsOfAnotherFormat() {
    let other = Self.json.replacing("\"format\": 1", with: "\"format\": 2")
    #expect(throws: DecodingError.self) {
      try JSONDecoder().decode(InterpreterFacts.self, from: Data(other.utf8))
    }
  }

  @Test func remembersFactsAsARecord() throws {
    let facts = try JSONDecoder().decode(InterpreterFacts.self, from: Data(Self.json.utf8))
    let record = try #require(facts.record)
    #expect(InterpreterFacts(record: record) == facts)
    for count in 0..<record.count { #expect(InterpreterFacts(record: Array(record[..<count])) == nil) }
    #expect(InterpreterFacts(record: record + [0]) == nil)
    #expect(InterpreterFacts(record: Array("2".utf8) + record.dropFirst()) == nil)
    #expect(InterpreterFacts(record: Array(Self.json.utf8)) == nil)
    let hostile = Self.json.replacing("cp313t", with: "cp\\u0000t")
    #expect(try JSONDecoder().decode(InterpreterFacts.self, from: Data(hostile.utf8)).record == nil)
  }

  @Test func remembersWhatFactsLack() throws {
    let bare = Self.json.replacing("{\"major\": 2, \"minor\": 36}", with: "null").replacing(
      "\"https://index.example/simple/\"", with: "null")
    let facts = try JSONDecoder().decode(InterpreterFacts.self, from: Data(bare.utf8))
    #expect(facts.glibc == nil && facts.defaultIndexURL == nil)
    #expect(facts.record.flatMap { InterpreterFacts(record: $0) } == facts)
  }

  struct PlatformCase: Sendable {
    let sysconfig: String
    let machine: String
    let platform: Platform
    var is32Bit = false
    var glibc: (Int, Int)?
    var musl: (Int, Int)?
    var macOS: (Int, Int)?
  }

  static let interpreters = [
    PlatformCase(
      sysconfig: "linux-x86_64", machine: "x86_64",
      platform: .manylinux(glibcMajor: 2, glibcMinor: 31, architecture: "i686"), is32Bit: true, glibc: (2, 31)
    ),
    PlatformCase(
      sysconfig: "linux-aarch64", machine: "aarch64",
      platform: .musllinux(major: 1, minor: 2, architecture: "aarch64"), musl: (1, 2)),
    PlatformCase(sysconfig: "linux-x86_64", machine: "x86_64", platform: .linux(architecture: "x86_64")),
    PlatformCase(
      sysconfig: "macosx-11.0-arm64", machine: "arm64",
      platform: .macOS(major: 14, minor: 2, architecture: "arm64"), macOS: (14, 2)),
    PlatformCase(sysconfig: "win-amd64", machine: "AMD64", platform: .other(tag: "win_amd64")),
    PlatformCase(
      sysconfig: "freebsd-14.0-RELEASE-amd64", machine: "amd64",
      platform: .other(tag: "freebsd_14_0_RELEASE_amd64")),
  ]

  @Test(arguments: interpreters)
  func tellsAnInterpretersPlatform(_ row: PlatformCase) throws {
    let markers = MarkerEnvironment(
      implementationName: "cpython", implementationVersion: "3.12.0", osName: "posix",
      platformMachine: row.machine,
      platformPythonImplementation: "CPython", platformRelease: "", platformSystem: "", platformVersion: "",
      pythonFullVersion: "3.12.0", pythonVersion: "3.12", sysPlatform: "")
    func version(_ numbers: (Int, Int)?) -> InterpreterFacts.ShortVersion? {
      numbers.map { InterpreterFacts.ShortVersion(major: $0.0, minor: $0.1) }
    }
    let facts = InterpreterFacts(
      executable: "python3", markers: markers, implementation: "cpython", major: 3, minor: 12,
      abis: ["cp312"],
      sysconfigPlatform: row.sysconfig, is32Bit: row.is32Bit, glibc: version(row.glibc),
      musl: version(row.musl),
      macOS: version(row.macOS))
    #expect(facts.platform == row.platform)
  }

  /// What the probe prints, of a free-threaded build between releases.
  static let json = """
    {"format": 1, "executable": "/usr/bin/python3", "markers": {"implementation_name": "cpython",
    "implementation_version": "3.13.0", "os_name": "posix", "platform_machine": "aarch64",
    "platform_python_implementation": "CPython", "platform_release": "6.1.0", "platform_system": "Linux",
    "platform_version": "#1 SMP", "python_full_version": "3.13.0+", "python_version": "3.13",
    "sys_platform": "linux"}, "implementation": "cpython", "major": 3, "minor": 13, "abis": ["cp313t"],
    "isFreeThreaded": true, "sysconfigPlatform": "linux-aarch64", "is32Bit": false,
    "glibc": {"major": 2, "minor": 36}, "musl": null, "macOS": null,
    "defaultIndexURL": "https://index.example/simple/"}
    """
}
