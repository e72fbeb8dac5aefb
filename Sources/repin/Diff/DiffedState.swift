import LockfileFormats
import PackageIndex
import PinHistory
import PythonPackaging

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
struct DiffedStates {
  let context: CommandContext
  private let home: LockfileHome
  /// In bytes.
  private static let limit = PinnedFileReader.Limits().bytes

  init(context: CommandContext) {
    self.context = context
    home = LockfileHome(context: context)
  }

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

  private func committed(_ path: String, at revision: String) async throws(CommandFailure) -> [UInt8]? {
    let place = await home.place(of: path)
    let shown = DiffedState.shown(path)
    guard let workTree = place.workTree else {
      throw .usage("`\(shown)` is in no git repository", hint: "name two files: `repin diff OLD NEW`")
    }
    let git = Git(context: context, directory: workTree)
    let commit = await git.line([
      "rev-parse", "--verify", "--quiet", "--end-of-options", "\(revision)^{commit}",
    ])
    guard let commit else { throw await unknown(revision, git) }
    var listing: [UInt8] = []
    var bytes: [UInt8] = []
    do {
      try await git.run(["ls-tree", "-z", "--full-tree", commit, "--", ":(literal)\(place.identity.path)"]) {
        chunk in
        listing += chunk.prefix(1 << 16)
      }
      guard let blob = try Self.blob(in: listing, shown) else { return nil }
      try await git.run(["cat-file", "blob", blob]) { chunk in
        bytes += chunk
        if bytes.count > Self.limit { throw Git.Failure.failed("it is too large") }
      }
    } catch let failure as CommandFailure {
      throw failure
    } catch Git.Failure.failed(let words) {
      throw .git(path: shown, reason: words)
    } catch Git.Failure.notStarted(let reason) {
      throw .git(path: shown, reason: reason)
    } catch {
      throw .git(path: shown, reason: "\(error)")
    }
    return bytes
  }

  /// The object that a line of `git ls-tree` names; nil: there is no such file.
  private static func blob(in listing: [UInt8], _ shown: String) throws(CommandFailure) -> String? {
    // `MODE SP TYPE SP OBJECT TAB PATH NUL`.
    guard let tab = listing.firstIndex(of: UInt8(ascii: "\t")) else { return nil }
    let fields = String(decoding: listing[..<tab], as: UTF8.self).split(separator: " ")
    guard fields.count == 3, fields[1] == "blob", fields[0].hasPrefix("100") else {
      throw .usage("`\(shown)` is no plain file at that revision", hint: "name a lockfile")
    }
    return String(fields[2])
  }

  private func unknown(_ revision: String, _ git: Git) async -> CommandFailure {
    let shown = DiffedState.shown(revision)
    if await git.line(["rev-parse", "--is-shallow-repository"]) == "true" {
      return .usage(
        "git has no revision `\(shown)`, and the clone is shallow",
        hint: "`git fetch --unshallow`, or fetch that revision")
    }
    if await git.line(["rev-parse", "--verify", "--quiet", "HEAD"]) == nil {
      return .usage(
        "git has no revision `\(shown)`: nothing was ever committed",
        hint: "name two files: `repin diff OLD NEW`")
    }
    return .usage("git has no revision `\(shown)`", hint: "`git log --oneline` shows what there is")
  }
}
