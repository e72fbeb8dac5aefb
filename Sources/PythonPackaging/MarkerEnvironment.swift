/// The values of a marker's variables in one environment (PEP 508, "Environment Markers").
///
/// Example: on CPython 3.12 on Linux, `osName` is `posix` and `pythonVersion` is `3.12`.
package struct MarkerEnvironment: Sendable, Hashable, Codable {
  /// `sys.implementation.name`: `cpython`, `pypy`.
  package let implementationName: String
  /// The implementation's own version: `3.12.4`, `7.3.13`.
  package let implementationVersion: String
  /// `os.name`: `posix`, `nt`.
  package let osName: String
  /// `platform.machine()`: `x86_64`, `arm64`, `AMD64`.
  package let platformMachine: String
  /// `platform.python_implementation()`: `CPython`, `PyPy`.
  package let platformPythonImplementation: String
  /// `platform.release()`, the kernel's; often no version, and empty for a named platform.
  package let platformRelease: String
  /// `platform.system()`: `Linux`, `Darwin`, `Windows`.
  package let platformSystem: String
  /// `platform.version()`; empty for a named platform.
  package let platformVersion: String
  /// `platform.python_version()`: `3.12.4`; of a build between releases it may end in `+`.
  package let pythonFullVersion: String
  /// Major and minor version: `3.12`.
  package let pythonVersion: String
  /// `sys.platform`: `linux`, `darwin`, `win32`.
  package let sysPlatform: String

  /// The values read as versions, nil where they are none; derived, so that no evaluation parses them again.
  private let implementationVersionParsed: Version?
  private let platformReleaseParsed: Version?
  private let pythonFullVersionParsed: Version?
  private let pythonVersionParsed: Version?
  /// `pythonFullVersion` as comparisons see it: `3.13.0+` becomes `3.13.0+local`.
  private let pythonFullVersionCompared: String

  package init(
    implementationName: String, implementationVersion: String, osName: String, platformMachine: String,
    platformPythonImplementation: String, platformRelease: String, platformSystem: String,
    platformVersion: String, pythonFullVersion: String, pythonVersion: String, sysPlatform: String
  ) {
    self.implementationName = implementationName
    self.implementationVersion = implementationVersion
    self.osName = osName
    self.platformMachine = platformMachine
    self.platformPythonImplementation = platformPythonImplementation
    self.platformRelease = platformRelease
    self.platformSystem = platformSystem
    self.platformVersion = platformVersion
    self.pythonFullVersion = pythonFullVersion
    self.pythonVersion = pythonVersion
    self.sysPlatform = sysPlatform
    let compared =
      pythonFullVersion.utf8.last == UInt8(ascii: "+") ? pythonFullVersion + "local" : pythonFullVersion
    pythonFullVersionCompared = compared
    implementationVersionParsed = try? Version(implementationVersion)
    platformReleaseParsed = try? Version(platformRelease)
    pythonFullVersionParsed = try? Version(compared)
    pythonVersionParsed = try? Version(pythonVersion)
  }

  private enum CodingKeys: String, CodingKey {
    case implementationName = "implementation_name"
    case implementationVersion = "implementation_version"
    case osName = "os_name"
    case platformMachine = "platform_machine"
    case platformPythonImplementation = "platform_python_implementation"
    case platformRelease = "platform_release"
    case platformSystem = "platform_system"
    case platformVersion = "platform_version"
    case pythonFullVersion = "python_full_version"
    case pythonVersion = "python_version"
    case sysPlatform = "sys_platform"
  }

  /// Decodes the variables under their names in PEP 508.
  package init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    self.init(
      implementationName: try values.decode(String.self, forKey: .implementationName),
      implementationVersion: try values.decode(String.self, forKey: .implementationVersion),
      osName: try values.decode(String.self, forKey: .osName),
      platformMachine: try values.decode(String.self, forKey: .platformMachine),
      platformPythonImplementation: try values.decode(String.self, forKey: .platformPythonImplementation),
      platformRelease: try values.decode(String.self, forKey: .platformRelease),
      platformSystem: try values.decode(String.self, forKey: .platformSystem),
      platformVersion: try values.decode(String.self, forKey: .platformVersion),
      pythonFullVersion: try values.decode(String.self, forKey: .pythonFullVersion),
      pythonVersion: try values.decode(String.self, forKey: .pythonVersion),
      sysPlatform: try values.decode(String.self, forKey: .sysPlatform))
  }

  /// The value that comparisons see; empty for the variables that are no part of the environment.
  func text(_ variable: MarkerVariable) -> String {
    switch variable {
    case .implementationName: implementationName
    case .implementationVersion: implementationVersion
    case .osName: osName
    case .platformMachine: platformMachine
    case .platformPythonImplementation: platformPythonImplementation
    case .platformRelease: platformRelease
    case .platformSystem: platformSystem
    case .platformVersion: platformVersion
    case .pythonFullVersion: pythonFullVersionCompared
    case .pythonVersion: pythonVersion
    case .sysPlatform: sysPlatform
    case .extra, .extras, .dependencyGroups: ""
    }
  }

  /// The value as a version, nil if it is none.
  func version(_ variable: MarkerVariable) -> Version? {
    switch variable {
    case .implementationVersion: implementationVersionParsed
    case .platformRelease: platformReleaseParsed
    case .pythonFullVersion: pythonFullVersionParsed
    case .pythonVersion: pythonVersionParsed
    default: nil
    }
  }
}

extension MarkerEnvironment {
  /// Encodes the variables under their names in PEP 508.
  package func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: CodingKeys.self)
    try values.encode(implementationName, forKey: .implementationName)
    try values.encode(implementationVersion, forKey: .implementationVersion)
    try values.encode(osName, forKey: .osName)
    try values.encode(platformMachine, forKey: .platformMachine)
    try values.encode(platformPythonImplementation, forKey: .platformPythonImplementation)
    try values.encode(platformRelease, forKey: .platformRelease)
    try values.encode(platformSystem, forKey: .platformSystem)
    try values.encode(platformVersion, forKey: .platformVersion)
    try values.encode(pythonFullVersion, forKey: .pythonFullVersion)
    try values.encode(pythonVersion, forKey: .pythonVersion)
    try values.encode(sysPlatform, forKey: .sysPlatform)
  }
}
