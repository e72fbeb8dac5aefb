import PinHistory
import PullRequests
import PythonPackaging

/// Lockfiles as they are to be, as files of the one repository that they are in.
struct ProposedLockfiles {
  /// The top directory of its work tree.
  let workTree: String
  let files: [ProposedChange.File]

  /// - Parameters:
  ///   - lockfiles: by their paths, as the user has them; nil: one is to be gone.
  /// - Throws: where one is in no repository, or they are in several: a pull request is one repository's.
  init(
    _ lockfiles: [(path: String, bytes: [UInt8]?)], context: CommandContext
  ) async throws(CommandFailure) {
    let home = LockfileHome(context: context)
    var first: (workTree: String, path: String)?
    var files: [ProposedChange.File] = []
    for (path, bytes) in lockfiles {
      let place = await home.place(of: path)
      let shown = PrintableText.escaped(path, limit: 300)
      guard let workTree = place.workTree else {
        throw .usage(
          "`\(shown)` is in no git repository, and so no pull request can be made of it",
          hint: "leave out `[pull-request]`, or `git init`")
      }
      if let first, first.workTree != workTree {
        throw .usage(
          "`\(PrintableText.escaped(first.path, limit: 300))` and `\(shown)` are in two git repositories, and a pull request is of one",
          hint: "run repin in each of them")
      }
      first = (workTree, path)
      files.append(ProposedChange.File(path: place.identity.path, bytes: bytes))
    }
    guard let first else { throw .usage("there is no lockfile to make a pull request of") }
    workTree = first.workTree
    self.files = files
  }
}
