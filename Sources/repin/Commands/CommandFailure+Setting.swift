import PythonPackaging
import RequirementsFiles

extension CommandFailure {
  /// The failure with the place of the setting that it is about, where it is about one.
  func placed(among settings: [OptionSettings.Setting]) -> CommandFailure {
    if case .layer(let output, let failure) = self {
      return .layer(output: output, failure.placed(among: settings))
    }
    guard let setting = settings.first(where: isAbout) else { return self }
    return .configured(place: setting.place, self)
  }

  private func isAbout(_ setting: OptionSettings.Setting) -> Bool {
    let option = "--\(setting.option.name)"
    switch self {
    case .target(.pythonVersion(let text)): return setting.words.contains("--python-version=\(text)")
    case .target(.platformName(let text, _)): return setting.words.contains("--python-platform=\(text)")
    case .requirements(let error):
      // A file that can't be read as a whole: it is the option that names it.
      let names = ["--constraint", "--override", "--sources"].map { "\($0)=\(error.location.file)" }
      return error.location.line == 0 && names.contains(where: setting.words.contains)
    case .unwritable(let path, _): return setting.words.contains("--output-file=\(path)")
    case .usage(let text, _)
    where setting.words.contains { $0.hasPrefix("--output-file=") && text.contains("`\($0.dropFirst(14))`") }:
      return true
    case .usage(let text, _) where text.hasPrefix("several sources"):
      return option == "--sources" && setting.words.count > 1
    case .usage(let text, _), .configuration(let text), .noInterpreter(let text, _):
      // What is wrong with an option's value begins with the option.
      let rest = text.drop { $0 == "`" }
      return rest.hasPrefix(option) && rest.dropFirst(option.count).first.map { "` =:".contains($0) } ?? false
    default: return false
    }
  }
}
