import PackageIndex
import PythonPackaging

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// The directory `.repin` of a project, with what runs leave there for others.
struct RunFiles {
  let context: CommandContext

  /// The project's `.repin`.
  var home: String { "\(context.workingDirectory)/.repin" }
  /// What the last run left.
  var directory: String { "\(home)/run" }

  var title: String { "\(directory)/title.txt" }
  var body: String { "\(directory)/body.md" }
  var commit: String { "\(directory)/commit.txt" }
  var patch: String { "\(directory)/changes.patch" }
  /// What the commands of `[rebuild]` wrote.
  var log: String { "\(directory)/rebuild.log" }

  /// Makes the directories; `.repin` has a `.gitignore` of its own.
  func make() throws(CommandFailure) {
    try HistoryPlace.makeOwnDirectory(home, undisturbedBy: context.interruption)
    if !Files.exists(directory), let reason = makeDirectories(directory) {
      throw Self.failure(directory, reason)
    }
    // A repository may have links of these names, that lead anywhere.
    for path in [home, directory] where !Files.isDirectoryItself(path) {
      throw .usage(
        "`\(PrintableText.escaped(path, limit: 300))` is no directory of its own, and nothing is written through it",
        hint: "remove it: repin makes it anew")
    }
  }

  /// Writes what tells of an update.
  func write(_ texts: UpdateTexts) throws(CommandFailure) {
    try put(texts.title + "\n", at: title)
    try put(texts.body, at: body)
    try put(texts.commit, at: commit)
    if let text = texts.patch { try put(text, at: patch) } else { try remove(patch) }
  }

  /// Takes away what an earlier run left of its update.
  func clear() throws(CommandFailure) {
    for path in [title, body, commit, patch, log] { try remove(path) }
  }

  private func put(_ text: String, at path: String) throws(CommandFailure) {
    try remove(path)
    do throws(Files.Failure) {
      try Files.replace(path, with: Array(text.utf8), undisturbedBy: context.interruption)
    } catch {
      throw Self.failure(path, error.reason)
    }
  }

  private func remove(_ path: String) throws(CommandFailure) {
    // Itself, and not what it may be a link to.
    if unlink(path) != 0, errno != ENOENT { throw Self.failure(path, Files.Failure.system(errno).reason) }
  }

  private static func failure(_ path: String, _ reason: String) -> CommandFailure {
    .usage(
      "`\(PrintableText.escaped(path, limit: 300))` can't be written: \(reason)",
      hint: "let the account that runs repin write there")
  }
}
