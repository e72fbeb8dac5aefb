/// What one Python interpreter has told about itself: its markers' values and what decides its wheel tags.
///
/// `probeScript` prints these facts as JSON. The conformance to `Codable` is all that is here; the caller has the JSON
/// decoder, and remembers the facts by the interpreter's path, size and modification time.
package struct InterpreterFacts: Sendable, Hashable, Codable {
  /// The version of the probe's output. Facts of another format don't decode and must be asked for again.
  package static let currentFormat = 1

  /// Two numbers of a version.
  package struct ShortVersion: Sendable, Hashable, Codable {
    package let major: Int
    package let minor: Int

    package init(major: Int, minor: Int) {
      self.major = major
      self.minor = minor
    }
  }

  /// The format of the facts; `currentFormat`.
  package let format: Int
  /// `sys.executable`.
  package let executable: String
  /// The values of markers' variables.
  package let markers: MarkerEnvironment
  /// `sys.implementation.name`: `cpython`.
  package let implementation: String
  /// The major version of the language.
  package let major: Int
  /// The minor version of the language.
  package let minor: Int
  /// The interpreter's own ABI tags, the best first: `cp311`, `pypy310_pp73`.
  package let abis: [String]
  /// Whether there is no global lock (PEP 703).
  package let isFreeThreaded: Bool
  /// `sysconfig.get_platform()`: `linux-x86_64`, `macosx-11.0-arm64`, `win-amd64`.
  package let sysconfigPlatform: String
  /// Whether pointers have 32 bits, on whatever kernel.
  package let is32Bit: Bool
  /// The GNU C library's version, nil without one.
  package let glibc: ShortVersion?
  /// The musl C library's version, nil without one.
  package let musl: ShortVersion?
  /// macOS's version, nil elsewhere.
  package let macOS: ShortVersion?
  /// The index that the interpreter's pip uses without any configuration; nil when it has no pip.
  package let defaultIndexURL: String?

  package init(
    executable: String, markers: MarkerEnvironment, implementation: String, major: Int, minor: Int,
    abis: [String], isFreeThreaded: Bool = false, sysconfigPlatform: String, is32Bit: Bool = false,
    glibc: ShortVersion? = nil, musl: ShortVersion? = nil, macOS: ShortVersion? = nil,
    defaultIndexURL: String? = nil
  ) {
    format = Self.currentFormat
    self.executable = executable
    self.markers = markers
    self.implementation = implementation
    self.major = major
    self.minor = minor
    self.abis = abis
    self.isFreeThreaded = isFreeThreaded
    self.sysconfigPlatform = sysconfigPlatform
    self.is32Bit = is32Bit
    self.glibc = glibc
    self.musl = musl
    self.macOS = macOS
    self.defaultIndexURL = defaultIndexURL
  }

  /// Decodes the facts; those of another format are corrupt data.
  package init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    format = try values.decode(Int.self, forKey: .format)
    guard format == Self.currentFormat else {
      throw DecodingError.dataCorruptedError(
        forKey: .format, in: values, debugDescription: "the facts have format \(format)")
    }
    executable = try values.decode(String.self, forKey: .executable)
    markers = try values.decode(MarkerEnvironment.self, forKey: .markers)
    implementation = try values.decode(String.self, forKey: .implementation)
    major = try values.decode(Int.self, forKey: .major)
    minor = try values.decode(Int.self, forKey: .minor)
    abis = try values.decode([String].self, forKey: .abis)
    isFreeThreaded = try values.decode(Bool.self, forKey: .isFreeThreaded)
    sysconfigPlatform = try values.decode(String.self, forKey: .sysconfigPlatform)
    is32Bit = try values.decode(Bool.self, forKey: .is32Bit)
    glibc = try values.decodeIfPresent(ShortVersion.self, forKey: .glibc)
    musl = try values.decodeIfPresent(ShortVersion.self, forKey: .musl)
    macOS = try values.decodeIfPresent(ShortVersion.self, forKey: .macOS)
    defaultIndexURL = try values.decodeIfPresent(String.self, forKey: .defaultIndexURL)
  }

  /// The full version without a local part, for `Requires-Python`.
  package var pythonFullVersion: Version {
    var text = markers.pythonFullVersion[...]
    if text.utf8.last == UInt8(ascii: "+") { text.removeLast() }
    guard let version = try? Version(text) else { return Version(release: [max(major, 0), max(minor, 0)]) }
    return version.public
  }

  /// What wheels are judged by.
  package var platform: Platform {
    let tag = String(sysconfigPlatform.map { $0 == "-" || $0 == "." || $0 == " " ? "_" : $0 })
    if tag.hasPrefix("linux_") {
      let architecture =
        switch (String(tag.dropFirst(6)), is32Bit) {
        case ("x86_64", true): "i686"
        case ("aarch64", true): "armv8l"
        case (let machine, _): machine
        }
      if let glibc {
        return .manylinux(glibcMajor: glibc.major, glibcMinor: glibc.minor, architecture: architecture)
      }
      if let musl { return .musllinux(major: musl.major, minor: musl.minor, architecture: architecture) }
      return .linux(architecture: architecture)
    }
    if let macOS {
      let machine = markers.platformMachine
      let architecture = !is32Bit ? machine : machine.hasPrefix("ppc") ? "ppc" : "i386"
      return .macOS(major: macOS.major, minor: macOS.minor, architecture: architecture)
    }
    return .other(tag: tag)
  }

  /// The wheel tags the interpreter supports.
  package var tags: CompatibilityTags { tags(on: platform) }

  /// The wheel tags the same interpreter would support on another platform.
  func tags(on platform: Platform) -> CompatibilityTags {
    CompatibilityTags(
      python: (major, minor), implementation: Implementation(name: implementation), abis: abis,
      platform: platform)
  }
}
