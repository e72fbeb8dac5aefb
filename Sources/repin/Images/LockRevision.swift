import PinHistory
import PythonPackaging

/// The commit that has lockfiles as they are in the work tree.
///
/// A commit that has other bytes would be a lie about the image, so that it isn't told.
struct LockRevision {
  /// Why there is no such commit.
  enum Absence: Error, CustomStringConvertible {
    /// A lockfile is in no repository.
    case noRepository(path: String)
    /// They are in more than one.
    case severalRepositories
    /// Nothing was ever committed.
    case noCommit
    /// HEAD has it otherwise, or not at all.
    case differs(path: String)
    case git(String)

    /// A phrase.
    var description: String {
      switch self {
      case .noRepository(let path): "`\(Self.shown(path))` is in no git repository"
      case .severalRepositories: "the lockfiles are in several repositories"
      case .noCommit: "nothing was ever committed"
      case .differs(let path): "`\(Self.shown(path))` isn't as git's HEAD has it"
      case .git(let reason): "git can't tell: \(reason)"
      }
    }

    /// What would help.
    var hint: String? {
      switch self {
      case .differs, .noCommit: "commit the lockfile before the image is built"
      case .noRepository, .severalRepositories, .git: nil
      }
    }

    private static func shown(_ path: String) -> String { PrintableText.escaped(path, limit: 300) }
  }

  let context: CommandContext

  /// HEAD's commit, where it has all these lockfiles as they are.
  func commit(of places: [LockfileHome.Place]) async throws(Absence) -> String {
    var top: String?
    for place in places {
      guard let workTree = place.workTree else { throw .noRepository(path: place.identity.path) }
      guard top == nil || top == workTree else { throw .severalRepositories }
      top = workTree
    }
    guard let top else { throw .severalRepositories }
    var output: [UInt8] = []
    do {
      try await Git(context: context, directory: top).run(
        [
          "--literal-pathspecs", "status", "--porcelain=v2", "--branch", "-z", "--untracked-files=all",
          "--ignored",
          "--",
        ] + places.map(\.identity.path)
      ) { chunk in
        // One entry is enough.
        if output.count < 1 << 16 { output += chunk }
      }
    } catch Git.Failure.notStarted(let reason), Git.Failure.failed(let reason) {
      throw .git(reason)
    } catch {
      throw .git(PrintableText.excerpt("\(error)", limit: 300))
    }
    return try commit(in: output)
  }

  /// Reads what `git status --porcelain=v2 --branch -z` writes: headers, which begin with `#`, then the files that differ.
  private func commit(in output: [UInt8]) throws(Absence) -> String {
    var commit: String?
    for record in output.split(separator: 0).map({ String(decoding: $0, as: UTF8.self) }) {
      if record.hasPrefix("# branch.oid ") { commit = String(record.dropFirst("# branch.oid ".count)) }
      if record.hasPrefix("#") { continue }
      // `1 XY …eight fields… path`, `? path`, `! path`; the path is last, and may have spaces.
      let fields = record.hasPrefix("?") || record.hasPrefix("!") ? 1 : 8
      let parts = record.split(separator: " ", maxSplits: fields)
      throw .differs(path: parts.count > fields ? String(parts[fields]) : record)
    }
    guard let commit, commit != "(initial)" else { throw .noCommit }
    return commit
  }
}
