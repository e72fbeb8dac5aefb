import PythonPackaging
import RequirementsFiles

extension CommandFailure {
  /// The failure with the place of the setting that it is about, where it is about one.
  func placed(among settings: [OptionSettings.Setting]) -> CommandFailure {
    let mentioned = mentionedOptions
    let setting = settings.first { setting in
      mentioned.contains { option in
        setting.option.name == option.name
          && option.value.map { setting.words.contains("--\(option.name)=\($0)") } ?? true
      }
    }
    guard let setting else { return self }
    return .configured(place: setting.place, self)
  }

  /// The options, any of which may have given what is wrong.
  private var mentionedOptions: [MentionedOption] {
    switch self {
    case .usage(_, _, let option), .configuration(_, let option), .noInterpreter(_, _, let option):
      option.map { [$0] } ?? []
    case .target(.pythonVersion(let text)): [MentionedOption("python-version", text)]
    case .target(.platformName(let text, _)): [MentionedOption("python-platform", text)]
    case .requirements(let error) where error.location.line == 0:
      // A file that can't be read as a whole: it is the option that names it.
      ["constraint", "override", "sources"].map { MentionedOption($0, error.location.file) }
    case .unwritable(let path, reason: _, remedy: _, left: _): [MentionedOption("output-file", path)]
    default: []
    }
  }
}
