import LockfileFormats
import PackageIndex
import PinHistory
import PythonPackaging

/// Rebuilds what the history would know of a lockfile had it been kept since the lockfile's first commit.
struct GitImport {
  let context: CommandContext
  let history: PinHistory
  /// The time of the import, in seconds since 1970-01-01 00:00 UTC.
  let now: Int64

  /// What an import came to.
  struct Outcome: Sendable {
    /// Commits that changed the lockfile and weren't known before.
    var commits = 0
    /// Those among them whose pins or bytes were others than before.
    var snapshots = 0
    /// Whether the clone is shallow: pins may be older than its oldest commit.
    var isShallow = false
    /// Whether git has any commit with the lockfile.
    var isTracked = false

    /// Says of a shallow clone what it means.
    func sayShallow(_ path: String, on terminal: Terminal) {
      if !isShallow { return }
      let shown = PrintableText.escaped(path, limit: 300)
      terminal.warn("the clone is shallow: pins of \(shown) may be older than its oldest commit")
      terminal.hint("`git fetch --unshallow`, then `repin history import`")
    }
  }

  /// Reads the commits that the history doesn't have yet, and records that all are read. A lockfile that git doesn't track
  /// gives none.
  func run(_ place: LockfileHome.Place) async throws(CommandFailure) -> Outcome {
    guard let workTree = place.workTree else { return Outcome() }
    let git = Git(context: context, directory: workTree)
    let identity = place.identity
    do {
      let progress = try history.importProgress(of: identity)
      var log = try GitLogReader(path: identity.path, progress, now: now)
      while let arguments = log.arguments {
        try await git.run(arguments) { try log.feed($0) }
        try log.finish()
      }
      var outcome = Outcome(commits: log.revisions.count)
      outcome.isTracked = log.newest != nil || !progress.commits.isEmpty
      outcome.isShallow = await git.line(["rev-parse", "--is-shallow-repository"]) == "true"
      guard outcome.commits > 0 else {
        try finish(identity, commit: log.newest, isShallow: outcome.isShallow)
        return outcome
      }
      var blobs = GitBlobReader(log.revisions)
      var batch: [Snapshot] = []
      func take(_ revision: GitRevision, _ bytes: [UInt8]?) {
        batch.append(Self.snapshot(revision, bytes, of: identity))
      }
      try await git.run(GitBlobReader.arguments, input: blobs.requests.map { Array($0.utf8) }) { chunk in
        try blobs.feed(chunk, take)
        guard batch.count >= Self.batchSize else { return }
        outcome.snapshots += try history.importSnapshots(batch)
        batch.removeAll(keepingCapacity: true)
      }
      try blobs.finish(take)
      outcome.snapshots += try history.importSnapshots(batch)
      try finish(identity, commit: log.newest, isShallow: outcome.isShallow)
      return outcome
    } catch let error as PinHistoryError {
      throw .history(error)
    } catch Git.Failure.failed(let words) where words.contains("does not have any commits") {
      do throws(PinHistoryError) {
        try finish(identity, commit: nil, isShallow: false)
      } catch {
        throw .history(error)
      }
      return Outcome()
    } catch Git.Failure.failed(let words) {
      throw .git(path: identity.path, reason: words)
    } catch Git.Failure.notStarted(let reason) {
      throw .git(path: identity.path, reason: reason)
    } catch {
      throw .git(path: identity.path, reason: "\(error)")
    }
  }

  private func finish(
    _ lockfile: LockfileIdentity, commit: String?, isShallow: Bool
  ) throws(PinHistoryError) {
    try history.finishImport(of: lockfile, commit: commit, at: now, isShallow: isShallow)
  }

  private static let batchSize = 256

  private static func snapshot(
    _ revision: GitRevision, _ bytes: [UInt8]?, of lockfile: LockfileIdentity
  ) -> Snapshot {
    guard let bytes else {
      return Snapshot(of: revision, lockfile: lockfile, digest: Snapshot.noFile, pins: [])
    }
    let file = PinnedFileReader().read(bytes, path: revision.path)
    return Snapshot(
      of: revision, lockfile: lockfile, digest: LockfileToCheck.digest(of: bytes),
      pins: file.pins.compactMap { pin in
        guard case .index = pin.source, let name = pin.name, let version = pin.version else { return nil }
        return Pin(package: name, version: version)
      })
  }
}
