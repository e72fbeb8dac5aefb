/// The Python that the hooks of a build run in.
struct BuildPython: Sendable, Hashable {
  /// How requirements get into it.
  enum Pip: Sendable, Hashable {
    /// By the pip of the interpreter that it was made from, started as this program.
    case shared(program: String)
    /// By a pip of its own, which `ensurepip` installs.
    case own
    /// In no way.
    case none
  }

  /// The path of its executable.
  let executable: String
  /// Where programs are that its packages bring; nil: it isn't the build's own.
  let programs: String?
  let pip: Pip
  /// The version of that pip; nil: nobody knows.
  var pipVersion: String?
}
