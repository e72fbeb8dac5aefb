import PackageIndex
import PythonPackaging

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
    if let reason = makeDirectories(directory) { throw Self.failure(directory, reason) }
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
    do throws(Files.Failure) {
      try Files.replace(path, with: Array(text.utf8), undisturbedBy: context.interruption)
    } catch {
      throw Self.failure(path, error.reason)
    }
  }

  private func remove(_ path: String) throws(CommandFailure) {
    do throws(Files.Failure) {
      try Files.remove(path)
    } catch {
      if case .missing = error { return }
      throw Self.failure(path, error.reason)
    }
  }

  private static func failure(_ path: String, _ reason: String) -> CommandFailure {
    .usage(
      "`\(PrintableText.escaped(path, limit: 300))` can't be written: \(reason)",
      hint: "let the account that runs repin write there")
  }
}
