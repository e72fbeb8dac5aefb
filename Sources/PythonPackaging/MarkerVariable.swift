/// A variable of a marker (PEP 508, "Environment Markers"; the sets are PEP 751's).
package enum MarkerVariable: String, Sendable, Hashable {
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
  /// The extra whose requirements are asked for.
  case extra
  /// The set of extras that a lockfile is installed with.
  case extras
  /// The set of dependency groups that a lockfile is installed with.
  case dependencyGroups = "dependency_groups"

  /// Every spelling, the deprecated ones of PEP 345 included, with the variable it means.
  static let spellings: [(String, MarkerVariable)] = [
    ("python_version", .pythonVersion), ("extra", .extra), ("sys_platform", .sysPlatform),
    ("python_full_version", .pythonFullVersion), ("platform_system", .platformSystem),
    ("platform_machine", .platformMachine), ("platform_python_implementation", .platformPythonImplementation),
    ("implementation_name", .implementationName), ("implementation_version", .implementationVersion),
    ("os_name", .osName), ("platform_release", .platformRelease), ("platform_version", .platformVersion),
    ("os.name", .osName), ("sys.platform", .sysPlatform), ("platform.version", .platformVersion),
    ("platform.machine", .platformMachine),
    ("platform.python_implementation", .platformPythonImplementation),
    ("python_implementation", .platformPythonImplementation), ("extras", .extras),
    ("dependency_groups", .dependencyGroups),
  ]

  /// Whether the values are versions, compared as PEP 440 compares them where that is possible.
  var isVersion: Bool {
    switch self {
    case .implementationVersion, .platformRelease, .pythonFullVersion, .pythonVersion: true
    default: false
    }
  }

  /// Whether the value is a set of names.
  var isSet: Bool { self == .extras || self == .dependencyGroups }
}
