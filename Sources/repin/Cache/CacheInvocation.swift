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
    let report = CacheReport(
      directory: directory.path, contents: try contents(of: directory), before: before, removed: words)
    context.terminal.show(report.text(format))
  }

  private func contents(of directory: CacheDirectory) throws(CommandFailure) -> CacheContents {
    do throws(CacheDirectory.Failure) {
      return try directory.contents()
    } catch {
      throw .unusableCache(path: error.path, reason: error.reason)
    }
  }

  // MARK: Place

  /// The cache that `repin compile` would use here, by command line, environment and configuration.
  private func directory(_ place: CachePlace) throws(CommandFailure) -> CacheDirectory {
    let configured = try configured(place)
    if place.cacheDir == nil, let setting = configured["no-cache"], !setting.words.isEmpty {
      throw .usage(
        "\(setting.place): `no-cache` leaves no cache to look at",
        hint: "name one by `--cache-dir`, or leave out what configures none by `--no-config`")
    }
    let given =
      place.cacheDir ?? configured["cache-dir"]?.words.last.map { String($0.drop { $0 != "=" }.dropFirst()) }
    guard let path = IndexSetup.cacheDirectory(given: given, context) else {
      throw .usage(
        "there is no place for a cache: neither REPIN_CACHE_DIR, XDG_CACHE_HOME nor HOME is set",
        hint: "name one by `--cache-dir`")
    }
    return CacheDirectory(path)
  }

  /// The settings of configuration and environment by their options' names.
  private func configured(_ place: CachePlace) throws(CommandFailure) -> [String: OptionSettings.Setting] {
    var settings = OptionSettings()
    if !place.noConfig {
      settings = try CompileConfiguration(config: place.config, sources: [], read: context.configurationBytes)
        .settings
    }
    do throws(ConfigurationError) {
      settings.override(with: try OptionSettings(environment: context.environment))
    } catch {
      throw .invalidConfiguration(error)
    }
    return Dictionary(settings.settings.map { ($0.option.name, $0) }) { $1 }
  }
}
