import PythonPackaging

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// Finds the lockfiles that a command is about.
struct LockDiscovery {
  let context: CommandContext

  /// So many files are found at most; a tree with more is named too high.
  static let greatestCount = 100_000
  /// So deep a tree is followed.
  private static let greatestDepth = 64
  /// So many names of a directory that aren't UTF-8 are said.
  private static let mostUnusable = 20

  /// The files that words name: paths, or patterns such as `services/*/requirements.txt`, which a shell may have left alone.
  func files(named words: [String]) throws(CommandFailure) -> [String] {
    var found: [String] = []
    for word in words {
      let shown = PrintableText.escaped(word, limit: 300)
      if Files.status(of: context.absolute(word)) != nil || !word.contains(where: { "*?[".contains($0) }) {
        found.append(word)
        continue
      }
      let matches = try matches(of: word)
      guard !matches.isEmpty else { throw .usage("`\(shown)`: no file matches", hint: "name a lockfile") }
      found += matches
    }
    return Self.unique(found)
  }

  private func matches(of pattern: String) throws(CommandFailure) -> [String] {
    var result = glob_t()
    defer { globfree(&result) }
    guard glob(context.absolute(pattern), 0, nil, &result) == 0 else { return [] }
    let prefix = pattern.hasPrefix("/") ? "" : "\(context.workingDirectory)/"
    var matches: [String] = []
    for place in 0..<min(Int(result.gl_pathc), Self.greatestCount) {
      guard let name = result.gl_pathv[place].map({ RawName($0) }) else { continue }
      guard let path = name.text else {
        throw .usage(
          "`\(PrintableText.escaped(pattern, limit: 300))` matches `\(name.shown)`, whose name isn't UTF-8",
          hint: "rename the file: repin reads and writes names as UTF-8")
      }
      matches.append(String(path.dropFirst(prefix.count)))
    }
    return matches
  }

  /// The lockfiles below directories, by their names: those of other tools, and `requirements*.txt` and other `.txt` files in a
  /// directory `requirements`. Hidden directories, virtual environments and links to directories aren't entered.
  func lockfiles(below directories: [String]) throws(CommandFailure) -> [String] {
    var found: [String] = []
    for directory in directories {
      guard Files.status(of: context.absolute(directory))?.isDirectory == true else {
        throw .usage("`--recursive \(PrintableText.escaped(directory, limit: 300))`: no such directory")
      }
      try walk(directory.hasSuffix("/") ? String(directory.dropLast()) : directory, depth: 0, &found)
    }
    return Self.unique(found)
  }

  /// The lockfiles in the working directory itself, by the same names.
  func lockfilesHere() -> [String] {
    (names(in: ".") ?? []).filter {
      Self.isLockfile($0, in: context.workingDirectory)
        && Files.status(of: context.absolute($0))?.isRegular == true
    }
  }

  private func walk(_ directory: String, depth: Int, _ found: inout [String]) throws(CommandFailure) {
    guard depth < Self.greatestDepth, let names = names(in: directory) else { return }
    for name in names {
      let path = directory == "." ? name : "\(directory)/\(name)"
      if Self.isLockfile(name, in: directory), Files.status(of: context.absolute(path))?.isRegular == true {
        guard found.count < Self.greatestCount else {
          throw .usage("more than \(Self.greatestCount) lockfiles are below the directories of `--recursive`")
        }
        found.append(path)
      } else if !name.hasPrefix("."), name != "node_modules", Files.isDirectoryItself(context.absolute(path)),
        Files.status(of: context.absolute("\(path)/pyvenv.cfg")) == nil
      {
        try walk(path, depth: depth + 1, &found)
      }
    }
  }

  /// Whether a name in a directory is a lockfile's.
  static func isLockfile(_ name: String, in directory: String) -> Bool {
    if ["poetry.lock", "uv.lock", "Pipfile.lock", "pylock.toml"].contains(name) { return true }
    if name.hasPrefix("pylock."), name.hasSuffix(".toml") { return true }
    guard name.hasSuffix(".txt") else { return false }
    return name.hasPrefix("requirements") || directory.split(separator: "/").last == "requirements"
  }

  /// The names in a directory, ascending; nil where it can't be read.
  private func names(in directory: String) -> [String]? {
    guard let entries = Files.entries(in: context.absolute(directory)) else { return nil }
    let unusable = entries.filter { entry in
      guard entry.name.text == nil else { return false }
      return entry.isDirectory
        ? entry.name.bytes.first != UInt8(ascii: ".") : Self.isLockfile(entry.name.repaired, in: directory)
    }
    for (name, _) in unusable.prefix(Self.mostUnusable) {
      let prefix = directory == "." ? "" : "\(PrintableText.escaped(directory, limit: 300))/"
      context.terminal.warn("not looked at: `\(prefix)\(name.shown)`: its name isn't UTF-8")
    }
    return entries.compactMap(\.name.text)
  }

  private static func unique(_ paths: [String]) -> [String] {
    var seen: Set<String> = []
    return paths.filter { seen.insert($0).inserted }
  }
}
