import PackageIndex
import PythonPackaging

/// Where the cache is that `repin compile` would use here, by command line, environment and configuration.
struct CacheLocation {
  let place: CachePlace
  let context: CommandContext

  /// The cache's directory, which may not be there yet.
  func path() throws(CommandFailure) -> String {
    let configured = try configured()
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
    return path
  }

  /// The settings of configuration and environment by their options' names.
  private func configured() throws(CommandFailure) -> [String: OptionSettings.Setting] {
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
