extension TargetPlatform {
  /// All names in a few words, as braces of a shell write them; those of manylinux also the other way round,
  /// `manylinux_2_28_x86_64`.
  static let patterns = [
    "linux", "macos", "windows",
    "{x86_64,aarch64,arm64,i686}-pc-windows-msvc",
    "{x86_64,aarch64}-apple-darwin",
    "{x86_64,aarch64,s390x,powerpc64le,loongarch64}-unknown-linux-gnu",
    "riscv64-unknown-linux",
    "{x86_64,aarch64}-unknown-linux-musl",
    "{x86_64,aarch64,s390x,ppc64le}-{manylinux2014,manylinux_2_17,manylinux_2_28}",
    "{x86_64,aarch64,s390x,ppc64le}-manylinux_2_{31..40}",
    "loongarch64-manylinux_2_{36..40}",
  ]

  /// The three known names closest to a text. Where it names a system or an architecture in another's words (`win32`,
  /// `Darwin`, `linux/amd64`), those of that system and architecture, in the order of ``names`` where it says nothing else;
  /// else those that hold it first, then by edit distance. A name in other letters is itself alone. None: the system is one
  /// that has no name, or the text is like no name.
  static func closestNames(to text: String) -> [String] {
    // A text of any length is compared by its beginning.
    let wanted = String(text.prefix(64).lowercased())
    if names.contains(wanted) { return [wanted] }
    let meant = Meaning(wanted)
    if meant.isOfOtherSystem { return [] }
    let fitting = names.enumerated().filter { meant.fits($1) }
    let candidates = fitting.isEmpty ? Array(names.enumerated()) : fitting
    let ranked = candidates.map { index, name in
      let isPart =
        meant.isEmpty && !wanted.isEmpty && name.utf8.count > wanted.utf8.count && name.contains(wanted)
      let distance = meant.isAll && !fitting.isEmpty ? 0 : distance(wanted, name)
      return (rank: isPart ? 0 : 1, distance: distance, index: index, name: name)
    }
    .sorted { ($0.rank, $0.distance, $0.index) < ($1.rank, $1.distance, $1.index) }
    // More edits than letters that stay make another word.
    if meant.isEmpty, let first = ranked.first, first.rank > 0, first.distance * 2 > wanted.utf8.count {
      return []
    }
    return ranked.prefix(3).map(\.name)
  }

  /// What a text says of a platform, as far as that can be told.
  private struct Meaning {
    enum System {
      case windows
      case macOS
      case linux
      case musl
    }

    var system: System?
    var machine: String?
    /// Whether the text names a system that no platform is of.
    var isOfOtherSystem = false
    /// Whether the text says nothing else.
    var isAll = true

    var isEmpty: Bool { system == nil && machine == nil }

    /// - Parameter text: in small letters.
    init(_ text: String) {
      let words = text.replacing("x86_64", with: "x64").replacing("x86-64", with: "x64")
        .split { !$0.isLetter && !$0.isNumber }.map(String.init)
      for word in words {
        let system = Self.systems.first { word.hasPrefix($0.0) }?.1
        let machine = Self.machines[word]
        if Self.otherSystems.contains(where: { word.hasPrefix($0) }) { isOfOtherSystem = true }
        self.system = system ?? self.system
        self.machine = machine ?? self.machine
        if system == nil && machine == nil { isAll = false }
      }
    }

    private static let systems: [(String, System)] = [
      ("win", .windows), ("nt", .windows), ("msvc", .windows), ("mac", .macOS), ("darwin", .macOS),
      ("osx", .macOS), ("apple", .macOS), ("musl", .musl), ("alpine", .musl), ("linux", .linux),
      ("manylinux", .linux), ("gnu", .linux), ("glibc", .linux), ("debian", .linux), ("ubuntu", .linux),
    ]

    private static let otherSystems = [
      "freebsd", "openbsd", "netbsd", "dragonfly", "solaris", "sunos", "illumos", "aix", "android", "ios",
      "iphone",
      "emscripten", "pyodide", "wasi", "wasm", "cygwin", "haiku",
    ]

    /// As Python reports them, in small letters.
    private static let machines = [
      "x64": "x86_64", "amd64": "x86_64", "intel": "x86_64", "intel64": "x86_64", "win64": "x86_64",
      "arm64": "arm64", "aarch64": "arm64", "arm": "arm64", "armv8": "arm64", "m1": "arm64",
      "x86": "x86", "i386": "x86", "i686": "x86", "s390x": "s390x", "ppc64le": "ppc64le",
      "powerpc64le": "ppc64le", "loongarch64": "loongarch64", "riscv64": "riscv64",
    ]

    func fits(_ name: String) -> Bool {
      guard let target = TargetPlatform(name: name) else { return false }
      let own = target.machine.lowercased()
      let isOfMachine =
        machine == nil || machine == own || (machine == "x86_64" && own == "amd64")
        || (machine == "arm64" && own == "aarch64")
      guard isOfMachine, let system else { return isOfMachine }
      switch target.platform {
      case .windows: return system == .windows
      case .macOS: return system == .macOS
      case .musllinux: return system == .musl
      case .manylinux, .linux, .other: return system == .linux
      }
    }
  }
}
