import Glibc
import Subprocess
import SystemPackage

/// Programs of this machine that some tests can't do without.
enum SystemPrograms {
  /// Git's path; nil if there is none.
  static let git = paths(of: "git").first

  /// The executable of a Python that can make environments; nil if there is none.
  ///
  /// It is asked for itself, since what is on PATH may be a switcher's script.
  static let python = Task<String?, Never> {
    for path in paths(of: "python3") {
      let program = "import sys, venv; print(sys.executable)"
      let result = try? await Subprocess.run(
        .path(FilePath(path)), arguments: ["-I", "-c", program], output: .string(limit: 1 << 16),
        error: .discarded)
      guard let result, result.terminationStatus.isSuccess else { continue }
      let answer = String(result.standardOutput.prefix { !$0.isNewline })
      if answer.hasPrefix("/") { return answer }
    }
    return nil
  }

  /// Where a program is on the tests' own PATH.
  private static func paths(of name: String) -> [String] {
    let directories = getenv("PATH").map { String(cString: $0) } ?? "/usr/local/bin:/usr/bin:/bin"
    return directories.split(separator: ":").map { "\($0)/\(name)" }.filter { access($0, X_OK) == 0 }
  }
}
