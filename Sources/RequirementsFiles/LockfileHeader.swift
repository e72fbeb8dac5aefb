import PythonPackaging

/// The comment at the top of a lockfile: who wrote it, for which Python, and how to write it again.
package struct LockfileHeader: Sendable, Hashable {
  /// The Python's major version.
  package var pythonMajor: Int
  /// The Python's minor version.
  package var pythonMinor: Int
  /// The command to show, without a literal credential: `CompileCommandLine.description`, or the text of
  /// `CUSTOM_COMPILE_COMMAND`.
  package let command: String

  /// A value of the given parts.
  package init(pythonMajor: Int, pythonMinor: Int, command: String) {
    self.pythonMajor = pythonMajor
    self.pythonMinor = pythonMinor
    self.command = URLCredentials.redacted(within: command)
  }
}
