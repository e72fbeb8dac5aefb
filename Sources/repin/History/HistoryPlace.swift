import PackageIndex
import PinHistory
import PythonPackaging

/// Where the history is kept, and how it is opened.
struct HistoryPlace {
  let context: CommandContext
  let arguments: HistoryArguments

  /// The history's file: as it is said, else `.repin/history.sqlite` in the lockfiles' directory if they have one in common,
  /// else in the working directory.
  func path(for lockfiles: [String]) -> String {
    if let given = arguments.path { return context.absolute(given) }
    let directories = Set(lockfiles.map { Self.directory(of: context.absolute($0)) })
    let directory = directories.count == 1 ? directories.first : nil
    return "\(directory ?? context.workingDirectory)/.repin/history.sqlite"
  }

  /// The history, made if need be; nil: it isn't wanted, or can't be had, which is said: no command stops for it.
  ///
  /// - Parameter isEnoughToRead: whether one that can't be written does too.
  func open(for lockfiles: [String], isEnoughToRead: Bool = false) -> PinHistory? {
    if arguments.isOff { return nil }
    let path = path(for: lockfiles)
    do throws(CommandFailure) {
      // Nobody waits for another process where reading does.
      return try open(path, busyTimeout: isEnoughToRead ? 200 : 5000)
    } catch {
      if isEnoughToRead, let history = try? PinHistory(path: path, access: .reading) { return history }
      sayUnusable(error)
      return nil
    }
  }

  /// The history, to be written.
  ///
  /// - Parameter busyTimeout: how long another process that writes is waited for, in milliseconds.
  func open(_ path: String, busyTimeout: Int32 = 5000) throws(CommandFailure) -> PinHistory {
    try makeDirectory(of: path)
    let directory = Self.directory(of: path)
    if Files.status(of: directory) == nil {
      throw .history(
        .cannotOpen(
          path: path, reason: "there is no directory `\(PrintableText.escaped(directory, limit: 300))`"))
    }
    do throws(PinHistoryError) {
      return try PinHistory(path: path, access: .writing, busyTimeout: busyTimeout)
    } catch {
      throw .history(error)
    }
  }

  /// Says what there is to say of it.
  func sayWarnings(of history: PinHistory?) {
    for warning in history?.takeWarnings() ?? [] { context.terminal.warn(warning.description) }
  }

  /// Says that nothing is recorded.
  func sayUnusable(_ failure: CommandFailure) {
    context.terminal.warn("going on without a history: \(failure.message)")
    for hint in failure.hints { context.terminal.hint(hint) }
  }

  /// Makes `.repin` with a `.gitignore` of its own. Of a path that somebody gave, nothing is made.
  private func makeDirectory(of path: String) throws(CommandFailure) {
    let directory = Self.directory(of: path)
    guard directory.hasSuffix("/.repin") else { return }
    try Self.makeOwnDirectory(directory, undisturbedBy: context.interruption)
  }

  /// Makes a `.repin` with a `.gitignore` of its own, unless it is there.
  static func makeOwnDirectory(
    _ directory: String, undisturbedBy interruption: Interruption
  ) throws(CommandFailure) {
    let isNew = Files.status(of: directory) == nil
    if isNew, let reason = makeDirectories(directory) {
      throw .history(.cannotOpen(path: directory, reason: reason))
    }
    guard !Files.exists("\(directory)/.gitignore") else { return }
    do throws(Files.Failure) {
      try Files.replace(
        "\(directory)/.gitignore", with: Array("*\n".utf8), undisturbedBy: interruption)
    } catch {
      // One that somebody has made may be for reading alone, which does for some.
      if isNew { throw .history(.cannotOpen(path: directory, reason: error.reason)) }
    }
  }

  static func directory(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }
}
