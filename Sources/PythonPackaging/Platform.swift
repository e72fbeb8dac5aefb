/// A kind of machine that wheels are built for: operating system, its oldest version that counts, architecture.
package enum Platform: Sendable, Hashable {
  /// Linux with the GNU C library of this version (PEP 600).
  case manylinux(glibcMajor: Int, glibcMinor: Int, architecture: String)
  /// Linux with the musl C library of this version (PEP 656).
  case musllinux(major: Int, minor: Int, architecture: String)
  /// Linux with an unknown C library.
  case linux(architecture: String)
  /// macOS of this version; the architecture as Python reports it there, `arm64` or `x86_64`.
  case macOS(major: Int, minor: Int, architecture: String)
  /// Windows; the architecture as `x86_64`, `x86` or `arm64`, or as Python or Rust write these.
  case windows(architecture: String)
  /// A platform with a single tag, `sysconfig.get_platform()` with `_` for `-`, `.` and spaces.
  case other(tag: String)

  /// The platform tags, the best first, as `packaging.tags.platform_tags()` yields them there.
  package var tags: [String] {
    switch self {
    case .manylinux(let major, let minor, let architecture):
      let architectures = Self.linuxArchitectures(architecture)
      return architectures.map { "linux_\($0)" }
        + Self.manylinuxTags(major: major, minor: minor, architectures)
    case .musllinux(let major, let minor, let architecture):
      let architectures = Self.linuxArchitectures(architecture)
      return architectures.map { "linux_\($0)" }
        + architectures.flatMap { architecture in
          Self.descending(from: minor, to: 0).map { "musllinux_\(major)_\($0)_\(architecture)" }
        }
    case .linux(let architecture): return Self.linuxArchitectures(architecture).map { "linux_\($0)" }
    case .macOS(let major, let minor, let architecture):
      return Self.macTags(major: major, minor: minor, architecture == "aarch64" ? "arm64" : architecture)
    case .windows(let architecture): return [Self.windowsTag(architecture)]
    case .other(let tag): return [tag]
    }
  }

  /// Numbers from a first one down to a last one, none if the first is smaller; bounded, since the numbers may come
  /// from outside.
  private static func descending(from first: Int, to last: Int) -> [Int] {
    guard first >= last else { return [] }
    return Array((last...min(first, 255)).reversed())
  }

  private static func windowsTag(_ architecture: String) -> String {
    switch architecture.lowercased() {
    case "x86_64", "amd64": "win_amd64"
    case "x86", "i386", "i686", "win32": "win32"
    case "aarch64", "arm64": "win_arm64"
    case let other: "win_\(other)"
    }
  }
}

extension Platform {
  /// The architectures whose binaries run on one: a 32-bit ARM system on a 64-bit kernel runs ARMv7's as well.
  private static func linuxArchitectures(_ architecture: String) -> [String] {
    architecture == "armv8l" ? ["armv8l", "armv7l"] : [architecture]
  }

  /// The architectures that manylinux wheels exist for. `packaging` asks the interpreter's own binary whether an
  /// `armv7l` is one with hardware floating point; here it is taken to be.
  private static let manylinuxArchitectures: Set<String> = [
    "x86_64", "i686", "aarch64", "armv7l", "ppc64", "ppc64le", "s390x", "loongarch64", "riscv64",
  ]

  /// From the newest C library to the oldest that any wheel is built for: 2.5 on x86, 2.17 elsewhere. The names
  /// before PEP 600 follow their versions: `manylinux_2_17` then `manylinux2014`, 2.12 then `manylinux2010`, 2.5 then
  /// `manylinux1`.
  private static func manylinuxTags(major: Int, minor: Int, _ architectures: [String]) -> [String] {
    guard architectures.contains(where: manylinuxArchitectures.contains) else { return [] }
    let isX86 = architectures.contains("x86_64") || architectures.contains("i686")
    // A C library 3 is taken to run what one of the 2 series runs; its last minor version is a guess, 50.
    var newest = [(major, minor)]
    newest += descending(from: min(major, 10) - 1, to: 2).map { ($0, 50) }
    var tags: [String] = []
    for architecture in architectures {
      for (major, minor) in newest {
        for minor in descending(from: minor, to: major == 2 ? (isX86 ? 5 : 17) : 0) {
          tags.append("manylinux_\(major)_\(minor)_\(architecture)")
          switch (major, minor) {
          case (2, 17): tags.append("manylinux2014_\(architecture)")
          case (2, 12): tags.append("manylinux2010_\(architecture)")
          case (2, 5): tags.append("manylinux1_\(architecture)")
          default: break
          }
        }
      }
    }
    return tags
  }
}

extension Platform {
  /// Up to 10.x every minor version was a release of its own; from 11 on every major version is. A macOS from 11 on
  /// also runs what was built for 10.4 to 10.16: on ARM, only the `universal2` of it.
  private static func macTags(major: Int, minor: Int, _ architecture: String) -> [String] {
    var tags: [String] = []
    if major == 10 {
      for minor in descending(from: minor, to: 0) {
        tags += macFormats(10, minor, architecture).map { "macosx_10_\(minor)_\($0)" }
      }
    }
    if major >= 11 {
      for major in descending(from: major, to: 11) {
        tags += macFormats(major, 0, architecture).map { "macosx_\(major)_0_\($0)" }
      }
      for minor in descending(from: 16, to: 4) {
        let formats = architecture == "x86_64" ? macFormats(10, minor, architecture) : ["universal2"]
        tags += formats.map { "macosx_10_\(minor)_\($0)" }
      }
    }
    return tags
  }

  /// The kinds of binary that an architecture runs on a version of macOS, the closest first.
  private static func macFormats(_ major: Int, _ minor: Int, _ architecture: String) -> [String] {
    var formats = [architecture]
    switch architecture {
    case "x86_64":
      if (major, minor) < (10, 4) { return [] }
      formats += ["intel", "fat64", "fat3"]
    case "i386":
      if (major, minor) < (10, 4) { return [] }
      formats += ["intel", "fat3", "fat"]
    case "ppc64":
      if (major, minor) > (10, 5) || (major, minor) < (10, 4) { return [] }
      formats += ["fat64"]
    case "ppc":
      if (major, minor) > (10, 6) { return [] }
      formats += ["fat3", "fat"]
    default: break
    }
    if architecture == "arm64" || architecture == "x86_64" { formats.append("universal2") }
    if ["x86_64", "i386", "ppc64", "ppc", "intel"].contains(architecture) { formats.append("universal") }
    return formats
  }
}
