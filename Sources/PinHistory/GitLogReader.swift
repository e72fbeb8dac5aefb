/// Finds every commit that changed a file, and which object holds its bytes after each: what `git log` is to be run
/// with, and a parser of what it writes, to be fed as it comes.
///
///     var log = try GitLogReader(path: "requirements.txt", history.importProgress(of: lockfile), now: now)
///     while let arguments = log.arguments {
///       … run git with them in the repository, and for each chunk of its output:
///       try log.feed(chunk)
///       … when it has ended with success:
///       try log.finish()
///     }
///     var blobs = GitBlobReader(log.revisions)    // reads the bytes
///
/// Only first parents are followed: what a branch brought comes with the merge, at the merge's time. `git log` is asked
/// for objects, not for patches, so nothing a file holds can be taken for git's words; and newest first, the only
/// order in which a rename can be followed. `--follow` isn't used: it takes a file that is new for a copy of any
/// similar one, and lockfiles of one project are similar. Instead each commit that changed the path names all it
/// changed; where the path was renamed from another (`GitRename` says when), a further `git log` is asked for that one.
/// So one process runs, and one more for each rename.
///
/// A shallow clone begins where it was cut off: `git rev-parse --is-shallow-repository` tells, and its first revision
/// may have pins that are older.
///
///     output = *(commit *change)
///     commit = "commit " hex " " [time] NUL
///     change = [LF] ":" mode " " mode " " hex " " hex " " status NUL path NUL [path NUL]
package struct GitLogReader: Sendable {
  /// What a repository may not exceed.
  package struct Limits: Sendable {
    /// Commits that changed the file.
    package var commits = 500_000
    /// Bytes of one path.
    package var field = 65_536

    /// The usual limits.
    package init() {}
  }

  /// The arguments of the next git to run, without the program's name; nil if all is read.
  package private(set) var arguments: [String]?
  /// What was found and isn't known yet, the oldest first; complete when `arguments` is nil.
  package private(set) var revisions: [GitRevision] = []
  /// The newest commit of the file when `arguments` is nil: an import is finished up to it. Nil if git has none.
  package private(set) var newest: String?

  private let progress: ImportProgress
  private let now: Int64
  private let limits: Limits
  private var path: String
  /// Where the history goes on before the rename that was found; what else this git writes is of no use.
  private var renamed: (commit: String, path: String)?

  // Of the output of the git that runs.
  private enum Expected { case header, path, source, destination }
  private var expected = Expected.header
  private var field: [UInt8] = []
  private var offset = 0
  private var commit: String?
  private var committedAt: Int64?
  private var hasRevision = false
  private var rename: GitRename
  private var change = Change()
  private var source: [UInt8] = []

  private struct Change {
    var blob: String?
    var status: UInt8 = 0
    /// Of a rename, in percent.
    var similarity = 0
  }

  /// A reader of the history of a file.
  ///
  /// - Parameters:
  ///   - path: From the top of the repository, with `/`.
  ///   - progress: What is known: its commits aren't found again, nor is asked for what is reachable from its end. An
  ///     end that the repository doesn't have leaves out nothing.
  ///   - now: The time of the import, in seconds since 1970-01-01 00:00 UTC: no commit is later.
  /// - Throws: `.notACommit`.
  package init(
    path: String, _ progress: ImportProgress = ImportProgress(), now: Int64, limits: Limits = Limits()
  ) throws(GitReadingError) {
    let since = progress.end?.commit
    if let since, !Self.isObject(Array(since.utf8)) { throw .notACommit(since) }
    self.path = path
    self.progress = progress
    self.now = now
    self.limits = limits
    rename = GitRename(path: path)
    arguments = Self.arguments(path: path, from: "HEAD", since: since)
  }

  /// What git is to be run with, anywhere in the repository: settings that change what it writes are overridden.
  ///
  /// - Parameters:
  ///   - path: From the top of the repository.
  ///   - from: The newest commit.
  ///   - since: A commit whose history is left out.
  package static func arguments(path: String, from: String, since: String?) -> [String] {
    var arguments = ["--no-pager"]
    for setting in [
      "log.showSignature=false", "log.follow=false", "log.showRoot=true", "log.diffMerges=first-parent",
      "diff.relative=false",
    ] {
      arguments += ["-c", setting]
    }
    arguments += [
      "log", "--first-parent", "-m", "--full-diff", "--raw", "-M1%", "-l1000", "-z", "--no-abbrev",
      "--no-color", "--no-notes", "--encoding=UTF-8", "--format=tformat:commit %H %ct", "--ignore-missing",
    ]
    arguments.append(from)
    if let since { arguments.append("^\(since)") }
    return arguments + ["--", ":(top,literal)\(path)"]
  }

  // MARK: Reading

  /// Reads the next bytes of the output.
  package mutating func feed(_ bytes: some Sequence<UInt8>) throws(GitReadingError) {
    for byte in bytes {
      offset += 1
      if byte == 0 {
        try read()
        field.removeAll(keepingCapacity: true)
      } else if field.isEmpty, byte == UInt8(ascii: "\n"), expected == .header {
        continue
      } else {
        if field.count >= limits.field { throw .fieldTooLong(limit: limits.field, commit: commit) }
        field.append(byte)
      }
    }
  }

  /// Tells that git has ended, with success.
  package mutating func finish() throws(GitReadingError) {
    guard expected == .header, field.isEmpty else { throw .truncated(commit: commit) }
    finishCommit()
    offset = 0
    commit = nil
    if let renamed {
      path = renamed.path
      arguments = Self.arguments(path: path, from: "\(renamed.commit)^", since: progress.end?.commit)
      rename = GitRename(path: path)
      self.renamed = nil
    } else {
      arguments = nil
      revisions.reverse()
      newest = revisions.last?.commit ?? progress.end?.commit
      GitRevision.assignTimes(&revisions, progress, now: now)
      revisions.removeAll { progress.commits[$0.commit] != nil }
    }
  }

  private mutating func read() throws(GitReadingError) {
    switch expected {
    case .header:
      if field.isEmpty { return }
      if field[0] == UInt8(ascii: ":") { try readChange() } else { try readCommit() }
    case .path:
      expected = .header
      let isGone = change.status == UInt8(ascii: "D")
      guard field.elementsEqual(path.utf8) else {
        if isGone { rename.goes(field) }
        return
      }
      try found(blob: isGone ? nil : change.blob)
    case .source:
      source = field
      expected = .destination
    case .destination:
      expected = .header
      let isRename = change.status == UInt8(ascii: "R")
      if field.elementsEqual(path.utf8) {
        try found(blob: change.blob)
        if isRename { rename.comes(from: source, similarity: change.similarity) }
      } else if isRename, source.elementsEqual(path.utf8) {
        try found(blob: nil)
      } else if isRename {
        rename.goes(source)
      }
    }
  }

  /// Decides, when all is read that a commit changed, whether the history goes on at another path.
  private mutating func finishCommit() {
    if renamed == nil, let commit, let from = rename.source { renamed = (commit, from) }
    rename = GitRename(path: path)
  }

  /// `commit HEX TIME`; of a time before 1970, or one that it can't read, git writes nothing.
  private mutating func readCommit() throws(GitReadingError) {
    let parts = field.split(separator: UInt8(ascii: " "), omittingEmptySubsequences: false)
    guard parts.count == 3, parts[0].elementsEqual("commit".utf8), Self.isObject(parts[1]),
      let time = Self.time(parts[2])
    else { throw unexpected }
    finishCommit()
    commit = String(decoding: parts[1], as: UTF8.self)
    committedAt = time
    hasRevision = false
  }

  /// The time a field has, nil within if it is empty; nil if it is no number. git's times may be greater than an `Int64`.
  private static func time(_ field: ArraySlice<UInt8>) -> Int64?? {
    if field.isEmpty { return .some(nil) }
    let text = String(decoding: field, as: UTF8.self)
    if let time = Int64(text) { return time }
    return UInt64(text) == nil ? nil : .max
  }

  /// `:MODE MODE HEX HEX STATUS`; behind the status of a rename stands how much is alike, in percent.
  private mutating func readChange() throws(GitReadingError) {
    let parts = field.dropFirst().split(separator: UInt8(ascii: " "), omittingEmptySubsequences: false)
    guard commit != nil, parts.count == 5, Self.isObject(parts[3]), let status = parts[4].first else {
      throw unexpected
    }
    let isFile = parts[1].elementsEqual("100644".utf8) || parts[1].elementsEqual("100755".utf8)
    change = Change(
      blob: isFile ? String(decoding: parts[3], as: UTF8.self) : nil, status: status,
      similarity: Int(String(decoding: parts[4].dropFirst(), as: UTF8.self)) ?? 0)
    switch status {
    case UInt8(ascii: "A"), UInt8(ascii: "M"), UInt8(ascii: "D"), UInt8(ascii: "T"): expected = .path
    case UInt8(ascii: "R"), UInt8(ascii: "C"): expected = .source
    default: throw unexpected
    }
  }

  private mutating func found(blob: String?) throws(GitReadingError) {
    // Before the rename, the path's history is another file's.
    guard let commit, !hasRevision, renamed == nil else { return }
    if revisions.count >= limits.commits { throw .tooManyCommits(limit: limits.commits) }
    revisions.append(
      GitRevision(commit: commit, committedAt: committedAt, takenAt: 0, path: path, blob: blob))
    hasRevision = true
  }

  private var unexpected: GitReadingError { .unexpected(offset: offset - field.count - 1, commit: commit) }

  /// Whether a text is an object's name: of SHA-1, or of SHA-256.
  static func isObject(_ text: some RandomAccessCollection<UInt8>) -> Bool {
    (text.count == 40 || text.count == 64)
      && text.allSatisfy { ($0 >= 0x30 && $0 <= 0x39) || ($0 >= 0x61 && $0 <= 0x66) }
  }
}
