import LockfileFormats
import PackageIndex
import PinHistory
import PythonPackaging
import Synchronization

/// One side of a difference, as a word names it: a file, or what git has at a revision.
enum DiffedState: Equatable {
  case file(String)
  /// `git:REVISION:PATH`, or without a path every lockfile.
  case revision(String, path: String?)

  private static let prefix = "git:"

  /// - Throws: `git:` without a revision, or with one that git would take for an option.
  init(_ word: String) throws(CommandFailure) {
    guard word.hasPrefix(Self.prefix) else {
      self = .file(word)
      return
    }
    let parts = word.dropFirst(Self.prefix.count).split(
      separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    let path = parts.count == 2 ? String(parts[1]) : nil
    guard path != "" else {
      throw .usage(
        "`\(Self.shown(word))`: found no path behind the revision",
        hint: "`git:REVISION:PATH`, or `git:REVISION` for all")
    }
    self = .revision(try Self.revision(String(parts[0]), in: word), path: path)
  }

  /// A revision as git may be given it.
  static func revision(_ text: String, in word: String) throws(CommandFailure) -> String {
    guard !text.isEmpty, !text.hasPrefix("-"),
      text.unicodeScalars.allSatisfy({ $0.value >= 0x20 && $0.value != 0x7F })
    else {
      throw .usage(
        "`\(Self.shown(word))`: found no revision of git",
        hint: "name one, such as `HEAD~1`, `main` or `v1.2`")
    }
    return text
  }

  /// The path that it names; nil: it names none.
  var path: String? {
    switch self {
    case .file(let path): path
    case .revision(_, let path): path
    }
  }

  /// The same at a path.
  func at(_ path: String) -> DiffedState {
    switch self {
    case .file: .file(path)
    case .revision(let revision, _): .revision(revision, path: path)
    }
  }

  static func shown(_ text: String) -> String { PrintableText.escaped(text, limit: 300) }
}

/// Reads states of lockfiles.
final class DiffedStates: Sendable {
  let context: CommandContext
  private let home: LockfileHome
  /// The commits that revisions name, by repository and revision.
  private let commits = Mutex<[[String]: String]>([:])
  /// What git has, by repository, revision and path.
  private let known = Mutex<[[String]: CommittedFiles.Entry]>([:])
  /// The names of lockfiles that aren't UTF-8, which were said.
  private let unusable = Mutex<Set<[UInt8]>>([])
  /// In bytes.
  private static let limit = PinnedFileReader.Limits().bytes

  init(context: CommandContext) {
    self.context = context
    home = LockfileHome(context: context)
  }

  /// A path as it is shown and as a patch has it: from the working directory on where it is below, else as it was given; of a
  /// link that of the file it leads to, which is what git and a patch are about.
  func shownPath(_ path: String) -> String {
    let here = Files.resolved(context.workingDirectory) ?? context.workingDirectory
    let whole = Files.resolved(context.absolute(path)) ?? context.normalized(path)
    for prefix in [here, context.normalized(".")] where whole.hasPrefix(prefix + "/") {
      return String(whole.dropFirst(prefix.count + 1))
    }
    return path
  }

  /// The lockfiles by their names below the working directory: those that git has at a revision, or of the work tree those
  /// that git doesn't ignore.
  func lockfiles(in state: DiffedState) async throws(CommandFailure) -> [String] {
    let place = await home.place(of: context.absolute("requirements.txt"))
    guard place.workTree != nil else { return [] }
    let git = Git(context: context, directory: context.workingDirectory)
    var listing: [UInt8] = []
    do {
      let arguments: [String]
      switch state {
      case .file: arguments = ["ls-files", "-z", "--cached", "--others", "--exclude-standard"]
      case .revision(let revision, _):
        arguments = [
          "ls-tree", "-r", "-z", "--name-only", try await commit(of: revision, git, at: "."), "--", ".",
        ]
      }
      try await git.run(arguments) { chunk in
        listing += chunk
        if listing.count > Self.longestListing { throw Git.Failure.failed("it has too many files") }
      }
    } catch {
      throw Self.failure(error, at: ".")
    }
    return listing.split(separator: 0).compactMap { bytes in
      let raw = RawName(bytes)
      let path = raw.repaired
      let slash = path.lastIndex(of: "/")
      let name = slash.map { String(path[path.index(after: $0)...]) } ?? path
      let directory = slash.map { String(path[..<$0]) } ?? context.workingDirectory
      guard LockDiscovery.isLockfile(name, in: directory) else { return nil }
      if raw.text == nil {
        if unusable.withLock({ $0.insert(raw.bytes).inserted }) {
          context.terminal.warn("not compared: `\(raw.shown)`: its name isn't UTF-8")
        }
        return nil
      }
      return path
    }
  }

  /// In bytes.
  private static let longestListing = 64 << 20

  /// The bytes of a state; nil: there is no file.
  ///
  /// - Throws: Where nobody can tell: a file that can't be read, a revision that there isn't, no repository.
  func bytes(of state: DiffedState) async throws(CommandFailure) -> [UInt8]? {
    switch state {
    case .file(let path): try file(path)
    case .revision(let revision, let path): try await committed(path ?? "", at: revision)
    }
  }

  private func file(_ path: String) throws(CommandFailure) -> [UInt8]? {
    do throws(Files.Failure) {
      return try Files.readRegular(context.absolute(path), limit: Self.limit)
    } catch {
      if case .missing = error { return nil }
      throw .usage(
        "the lockfile `\(DiffedState.shown(path))` can't be read: \(error.reason)", hint: "name a lockfile")
    }
  }

  // MARK: Git

  /// Reads what git has of some states at once; what can't be read fails when it is asked for.
  func read(_ states: [DiffedState]) async {
    var paths: [[String]: [String: String]] = [:]
    for case .revision(let revision, let path?) in states {
      let place = await home.place(of: context.normalized(path))
      guard let workTree = place.workTree else { continue }
      paths[[workTree, revision], default: [:]][place.identity.path] = path
    }
    for (key, named) in paths {
      let git = Git(context: context, directory: key[0])
      guard let first = named.values.min(), let commit = try? await commit(of: key[1], git, at: first),
        let entries = try? await CommittedFiles(git: git, commit: commit, limit: Self.limit).entries(
          at: named.keys.sorted())
      else { continue }
      known.withLock { known in
        for (path, entry) in entries { known[key + [path]] = entry }
      }
    }
  }

  private func committed(_ path: String, at revision: String) async throws(CommandFailure) -> [UInt8]? {
    let place = await home.place(of: context.normalized(path))
    let shown = DiffedState.shown(path)
    guard let workTree = place.workTree else {
      throw .usage("`\(shown)` is in no git repository", hint: "name two files: `repin diff OLD NEW`")
    }
    let key = [workTree, revision, place.identity.path]
    var entry = known.withLock { $0[key] }
    if entry == nil {
      let git = Git(context: context, directory: workTree)
      do {
        let commit = try await commit(of: revision, git, at: shown)
        entry = try await CommittedFiles(git: git, commit: commit, limit: Self.limit).entries(
          at: [place.identity.path])[place.identity.path]
      } catch {
        throw Self.failure(error, at: shown)
      }
    }
    switch entry {
    case .absent, nil: return nil
    case .file(let bytes): return bytes
    case .notPlain:
      throw .usage("`\(shown)` is no plain file at `\(DiffedState.shown(revision))`", hint: "name a lockfile")
    }
  }

  /// The commit that a revision names.
  private func commit(of revision: String, _ git: Git, at shown: String) async throws -> String {
    let key = [git.directory, revision]
    if let known = commits.withLock({ $0[key] }) { return known }
    var output: [UInt8] = []
    do {
      try await git.run(["rev-parse", "--verify", "--quiet", "--end-of-options", "\(revision)^{commit}"]) {
        chunk in
        output += chunk.prefix(1 << 10)
      }
    } catch Git.Failure.failed(Git.silence) {
      throw await unknown(revision, git)
    }
    let line = output.prefix { $0 != UInt8(ascii: "\n") }
    let commit = String(decoding: line, as: UTF8.self)
    commits.withLock { $0[key] = commit }
    return commit
  }

  private func unknown(_ revision: String, _ git: Git) async -> CommandFailure {
    let shown = DiffedState.shown(revision)
    if await git.line(["rev-parse", "--is-shallow-repository"]) == "true" {
      return .usage(
        "git has no revision `\(shown)`, and the clone is shallow",
        hint: "`git fetch --unshallow`, or fetch that revision")
    }
    if await git.line(["rev-list", "--all", "--max-count=1"]) == nil {
      return .usage(
        "git has no revision `\(shown)`: nothing was ever committed",
        hint: "name two files: `repin diff OLD NEW`")
    }
    return .usage("git has no revision `\(shown)`", hint: "`git log --oneline` shows what there is")
  }

  private static func failure(_ error: any Error, at shown: String) -> CommandFailure {
    switch error {
    case let failure as CommandFailure: failure
    case Git.Failure.failed(let words): .git(path: shown, reason: words)
    case Git.Failure.notStarted(let reason): .git(path: shown, reason: reason)
    default: .git(path: shown, reason: "\(error)")
    }
  }
}
