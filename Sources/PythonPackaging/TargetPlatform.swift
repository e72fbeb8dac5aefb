/// A platform with a name, as `--python-platform` takes it; the names and what they stand for are uv's.
///
/// `linux` is `x86_64-manylinux_2_28`, `macos` is `aarch64-apple-darwin` (macOS 13.0), `windows` is
/// `x86_64-pc-windows-msvc`. `platform_release` and `platform_version` are empty, since no machine is named.
/// uv's names for Android, iOS and Pyodide are not known here.
struct TargetPlatform: Sendable, Hashable {
  /// What wheels are judged by.
  let platform: Platform
  /// `platform.machine()` there.
  let machine: String

  /// The platform of a name, nil if no platform has it.
  init?(name: String) {
    guard let target = Self.targets[name] else { return nil }
    self = target
  }

  private init(_ platform: Platform, machine: String) {
    self.platform = platform
    self.machine = machine
  }

  /// `os.name` there.
  var osName: String {
    if case .windows = platform { "nt" } else { "posix" }
  }

  /// `platform.system()` there.
  var system: String {
    switch platform {
    case .windows: "Windows"
    case .macOS: "Darwin"
    case .manylinux, .musllinux, .linux, .other: "Linux"
    }
  }

  /// `sys.platform` there.
  var sysPlatform: String {
    switch platform {
    case .windows: "win32"
    case .macOS: "darwin"
    case .manylinux, .musllinux, .linux, .other: "linux"
    }
  }

  /// The names in the order in which they are listed to a person.
  static let names: [String] = table.map(\.0)

  private static let targets = Dictionary(table) { first, _ in first }

  private static let table: [(String, TargetPlatform)] = {
    let linux = glibc(28, "x86_64")
    let mac = TargetPlatform(.macOS(major: 13, minor: 0, architecture: "arm64"), machine: "arm64")
    let windows = TargetPlatform(.windows(architecture: "x86_64"), machine: "AMD64")
    var table: [(String, TargetPlatform)] = [
      ("linux", linux), ("macos", mac), ("windows", windows),
      ("x86_64-pc-windows-msvc", windows),
      ("aarch64-pc-windows-msvc", TargetPlatform(.windows(architecture: "arm64"), machine: "ARM64")),
      ("arm64-pc-windows-msvc", TargetPlatform(.windows(architecture: "arm64"), machine: "ARM64")),
      ("i686-pc-windows-msvc", TargetPlatform(.windows(architecture: "x86"), machine: "x86")),
      ("aarch64-apple-darwin", mac),
      (
        "x86_64-apple-darwin",
        TargetPlatform(.macOS(major: 13, minor: 0, architecture: "x86_64"), machine: "x86_64")
      ),
      ("x86_64-unknown-linux-gnu", linux),
      ("aarch64-unknown-linux-gnu", glibc(28, "aarch64")),
      ("s390x-unknown-linux-gnu", glibc(28, "s390x")),
      ("powerpc64le-unknown-linux-gnu", glibc(28, "ppc64le")),
      ("loongarch64-unknown-linux-gnu", glibc(36, "loongarch64")),
      ("riscv64-unknown-linux", glibc(39, "riscv64")),
      ("x86_64-unknown-linux-musl", musl("x86_64")),
      ("aarch64-unknown-linux-musl", musl("aarch64")),
    ]
    let minors = [17, 28] + Array(31...40)
    for architecture in ["x86_64", "aarch64", "s390x", "ppc64le"] {
      table.append(("\(architecture)-manylinux2014", glibc(17, architecture)))
      table += minors.map { ("\(architecture)-manylinux_2_\($0)", glibc($0, architecture)) }
    }
    table += (36...40).map { ("loongarch64-manylinux_2_\($0)", glibc($0, "loongarch64")) }
    // The same names the other way round, as wheels' tags have them: `manylinux_2_28_x86_64`.
    for (name, target) in table {
      let parts = name.split(separator: "-", maxSplits: 1)
      if parts.count == 2, parts[1].hasPrefix("manylinux") {
        table.append(("\(parts[1])_\(parts[0])", target))
      }
    }
    return table
  }()

  private static func glibc(_ minor: Int, _ architecture: String) -> TargetPlatform {
    TargetPlatform(
      .manylinux(glibcMajor: 2, glibcMinor: minor, architecture: architecture), machine: architecture)
  }

  private static func musl(_ architecture: String) -> TargetPlatform {
    TargetPlatform(.musllinux(major: 1, minor: 2, architecture: architecture), machine: architecture)
  }

  /// The least number of bytes to insert, delete or replace to make one text of the other.
  static func distance(_ left: String, _ right: String) -> Int {
    let (left, right) = (Array(left.utf8), Array(right.utf8))
    var previous = Array(0...right.count)
    for (row, byte) in left.enumerated() {
      var current = [row + 1]
      for (column, other) in right.enumerated() {
        current.append(
          min(previous[column + 1] + 1, current[column] + 1, previous[column] + (byte == other ? 0 : 1)))
      }
      previous = current
    }
    return previous[right.count]
  }
}
