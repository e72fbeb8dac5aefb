import PinHistory
import PythonPackaging

/// Where lockfiles belong, so that the history knows them again: their git repository, else their directory.
///
/// A repository is known by the address of its remote `origin`, so that every checkout of it, on a runner too, is the same
/// one; without a remote by its directory.
actor LockfileHome {
  /// A lockfile's place in the world.
  struct Place: Sendable {
    let identity: LockfileIdentity
    /// The top of its repository's work tree; nil: it is in none.
    let workTree: String?
    /// Its path from there on; nil: it is in none.
    var repositoryPath: String? { workTree == nil ? nil : identity.path }
  }

  private let context: CommandContext
  /// The top of the work tree that a directory is in, empty where it is in none.
  private var workTrees: [String: String] = [:]
  /// What a repository is known by, by the top of its work tree.
  private var repositories: [String: String] = [:]

  init(context: CommandContext) { self.context = context }

  /// The place of a lockfile, by its path.
  func place(of path: String) async -> Place {
    let absolute = Files.resolved(context.absolute(path)) ?? context.absolute(path)
    let slash = absolute.lastIndex(of: "/") ?? absolute.startIndex
    let directory = slash == absolute.startIndex ? "/" : String(absolute[..<slash])
    guard let top = workTree(of: directory) else {
      let name = String(absolute[absolute.index(after: slash)...])
      return Place(identity: LockfileIdentity(repository: directory, path: name), workTree: nil)
    }
    let prefix = top == "/" ? 1 : top.utf8.count + 1
    let start = absolute.utf8.index(absolute.startIndex, offsetBy: prefix)
    return Place(
      identity: LockfileIdentity(
        repository: await repository(at: top), path: String(absolute[start...])),
      workTree: top)
  }

  /// The nearest directory above that has a `.git`, which is a directory or, of a submodule or another work tree, a file.
  private func workTree(of directory: String) -> String? {
    if let known = workTrees[directory] { return known.isEmpty ? nil : known }
    let found: String?
    if Files.status(of: "\(directory == "/" ? "" : directory)/.git") != nil {
      found = directory
    } else if directory == "/" {
      found = nil
    } else {
      let slash = directory.lastIndex(of: "/") ?? directory.startIndex
      found = workTree(of: slash == directory.startIndex ? "/" : String(directory[..<slash]))
    }
    workTrees[directory] = found ?? ""
    return found
  }

  private func repository(at top: String) async -> String {
    if let known = repositories[top] { return known }
    let address = await Git(context: context, directory: top).line(["config", "--get", "remote.origin.url"])
    let found = address.map { URLCredentials.redacted($0) } ?? top
    repositories[top] = found
    return found
  }
}
