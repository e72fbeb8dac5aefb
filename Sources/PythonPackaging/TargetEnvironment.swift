/// The environment that pins are made for: what markers and wheels are judged against.
package struct TargetEnvironment: Sendable, Hashable {
  /// The values of markers' variables.
  package var markers: MarkerEnvironment
  /// The wheel tags the environment supports.
  package var tags: CompatibilityTags
  /// The Python version in full, the value of `python_full_version`; what `Requires-Python` is compared with.
  package var python: Version

  /// An environment of its parts.
  package init(markers: MarkerEnvironment, tags: CompatibilityTags, python: Version) {
    self.markers = markers
    self.tags = tags
    self.python = python
  }

  /// The environment of a CPython on a named platform, without any Python at hand.
  ///
  /// - Parameters:
  ///   - pythonVersion: `3.12` or `3.12.4`, perhaps with a pre-release. Without a patch version
  ///     `python_full_version` is that of patch 0, as in uv: `3.12` is `3.12.0`.
  ///   - platformName: One of uv's names: `linux`, `macos`, `windows`, `x86_64-manylinux_2_28`,
  ///     `aarch64-apple-darwin` and the others of `TargetPlatform`.
  /// - Throws: `TargetEnvironmentError`
  package init(pythonVersion: String, platformName: String) throws(TargetEnvironmentError) {
    let python = try TargetPython(pythonVersion)
    let target = try Self.platform(platformName)
    self.init(
      markers: MarkerEnvironment(
        implementationName: "cpython", implementationVersion: python.full, osName: target.osName,
        platformMachine: target.machine, platformPythonImplementation: "CPython", platformRelease: "",
        platformSystem: target.system, platformVersion: "", pythonFullVersion: python.full,
        pythonVersion: python.short, sysPlatform: target.sysPlatform),
      tags: CompatibilityTags(
        python: python.numbers, implementation: .cpython, platform: target.platform),
      python: python.version)
  }

  /// The environment of an interpreter.
  package init(interpreter: InterpreterFacts) {
    self.init(
      markers: interpreter.markers, tags: interpreter.tags,
      python: interpreter.pythonFullVersion)
  }

  /// The environment of an interpreter with another Python version, on another platform, or both.
  ///
  /// What isn't overridden stays the interpreter's: the implementation, whether it has a global lock, and the platform
  /// with its C library's or macOS's version. A CPython's `implementation_version` follows the Python version.
  /// - Throws: `TargetEnvironmentError`
  package init(
    interpreter: InterpreterFacts, pythonVersion: String? = nil, platformName: String? = nil
  ) throws(TargetEnvironmentError) {
    self.init(interpreter: interpreter)
    guard pythonVersion != nil || platformName != nil else { return }
    let isOtherPython = pythonVersion != nil
    let python: TargetPython? = if let pythonVersion { try TargetPython(pythonVersion) } else { nil }
    let target: TargetPlatform? = if let platformName { try Self.platform(platformName) } else { nil }
    let old = interpreter.markers
    let isCPython = interpreter.implementation == "cpython"
    markers = MarkerEnvironment(
      implementationName: old.implementationName,
      implementationVersion: isCPython
        ? python?.full ?? old.implementationVersion : old.implementationVersion,
      osName: target?.osName ?? old.osName,
      platformMachine: target?.machine ?? old.platformMachine,
      platformPythonImplementation: old.platformPythonImplementation,
      platformRelease: target == nil ? old.platformRelease : "",
      platformSystem: target?.system ?? old.platformSystem,
      platformVersion: target == nil ? old.platformVersion : "",
      pythonFullVersion: python?.full ?? old.pythonFullVersion,
      pythonVersion: python?.short ?? old.pythonVersion,
      sysPlatform: target?.sysPlatform ?? old.sysPlatform)
    let platform = target?.platform ?? interpreter.platform
    if let python, isOtherPython {
      self.python = python.version
      tags = CompatibilityTags(
        python: python.numbers, implementation: Implementation(name: interpreter.implementation),
        platform: platform, freeThreaded: interpreter.isFreeThreaded)
    } else {
      tags = interpreter.tags(on: platform)
    }
  }

  /// The same environment with another Python version.
  /// - Throws: `TargetEnvironmentError`
  package func with(pythonVersion: String) throws(TargetEnvironmentError) -> TargetEnvironment {
    let python = try TargetPython(pythonVersion)
    var other = self
    other.python = python.version
    let implementation = Implementation(name: markers.implementationName)
    other.markers = MarkerEnvironment(
      implementationName: markers.implementationName,
      implementationVersion: implementation == .cpython ? python.full : markers.implementationVersion,
      osName: markers.osName, platformMachine: markers.platformMachine,
      platformPythonImplementation: markers.platformPythonImplementation,
      platformRelease: markers.platformRelease, platformSystem: markers.platformSystem,
      platformVersion: markers.platformVersion, pythonFullVersion: python.full, pythonVersion: python.short,
      sysPlatform: markers.sysPlatform)
    other.tags = CompatibilityTags(python: python.numbers, implementation: implementation, alike: tags)
    return other
  }

  /// The names that a platform can be asked for by, the usual ones first.
  package static var platformNames: [String] { TargetPlatform.names }

  /// The names of platforms in a few words; see ``TargetPlatform/patterns``.
  package static var platformNamePatterns: [String] { TargetPlatform.patterns }

  private static func platform(_ name: String) throws(TargetEnvironmentError) -> TargetPlatform {
    guard let target = TargetPlatform(name: name) else {
      throw .platformName(name, closest: TargetPlatform.closestNames(to: name))
    }
    return target
  }
}

/// A Python version as a person asks for it: `3.12`, `3.12.4`, `3.14.0rc1`.
private struct TargetPython {
  /// The version with a patch number.
  let version: Version
  /// The value of `python_full_version`.
  let full: String
  /// The value of `python_version`.
  let short: String
  /// Major and minor version.
  let numbers: (major: Int, minor: Int)

  init(_ text: String) throws(TargetEnvironmentError) {
    guard let asked = try? Version(text), asked.epoch == 0, (2...3).contains(asked.release.count),
      asked.post == nil, asked.dev == nil, asked.local.isEmpty,
      asked.release.allSatisfy({ $0 < 1000 }), asked.release[0] >= 2
    else { throw .pythonVersion(text) }
    let release = asked.release + (asked.release.count == 2 ? [0] : [])
    let full = release.map(String.init).joined(separator: ".") + (asked.pre?.description ?? "")
    guard let version = try? Version(full) else { throw .pythonVersion(text) }
    self.version = version
    self.full = full
    short = "\(release[0]).\(release[1])"
    numbers = (release[0], release[1])
  }
}
