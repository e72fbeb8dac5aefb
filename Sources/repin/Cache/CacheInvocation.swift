import ArgumentParser
import PackageIndex
import PythonPackaging

/// One of the `repin cache` commands as it was called, with what configuration and environment say of the cache's place.
struct CacheInvocation {
  let context: CommandContext

  /// Runs a command; nil: it is none of these.
  func run(_ command: any ParsableCommand) async throws(CommandFailure) -> ExitStatus? {
    switch command {
    case let show as CacheCommand.Show:
      let directory = try directory(show.place)
      let contents = try contents(of: directory)
      if let damage = contents.damage {
        context.terminal.warn(
          "the cache in \(directory.path) is damaged, and will be begun anew by the next command that uses it: \(damage)"
        )
      }
      context.terminal.show(
        CacheReport(directory: directory.path, contents: contents).text(show.report.format))
    case let command as CacheCommand.Directory:
      context.terminal.show(try directory(command.place).path)
    case let prune as CacheCommand.Prune:
      let seconds = (try? TimeSpan(prune.olderThan))?.seconds ?? 0
      try await remove(
        .unused(seconds: seconds), "what wasn't used for \(prune.olderThan)", from: directory(prune.place),
        format: prune.report.format)
    case let clear as CacheCommand.Clear:
      let projects = clear.packages.compactMap { try? PackageName($0) }
      let names = Set(projects).map { "`\($0.normalized)`" }.sorted()
      try await remove(
        projects.isEmpty ? .all : .projects(Set(projects)),
        projects.isEmpty ? "everything" : "what is kept of \(names.joined(separator: ", "))",
        from: directory(clear.place), format: clear.report.format)
    default: return nil
    }
    return .done
  }

  private func remove(
    _ removal: CacheDirectory.Removal, _ words: String, from directory: CacheDirectory, format: OutputFormat
  ) async throws(CommandFailure) {
    context.interruption.install(clearsProgress: false)
    let before = try contents(of: directory)
    do throws(CacheDirectory.Failure) {
      try await directory.remove(removal)
    } catch {
      throw .unusableCache(path: error.path, reason: error.reason)
    }
    if removal == .all { try KeptAdvisories(cache: directory.path).removeAll() }
    let report = CacheReport(
      directory: directory.path, contents: try contents(of: directory), before: before, removed: words)
    context.terminal.show(report.text(format))
  }

  private func contents(of directory: CacheDirectory) throws(CommandFailure) -> CacheContents {
    var contents: CacheContents
    do throws(CacheDirectory.Failure) {
      contents = try directory.contents()
    } catch {
      throw .unusableCache(path: error.path, reason: error.reason)
    }
    KeptAdvisories(cache: directory.path).add(to: &contents)
    return contents
  }

  // MARK: Place

  private func directory(_ place: CachePlace) throws(CommandFailure) -> CacheDirectory {
    CacheDirectory(try CacheLocation(place: place, context: context).path())
  }
}
