/// A compilation that is asked for.
struct PlannedCompile {
  let command: CompileCommand
  /// What is configured for it and not said on the command line.
  let settings: [OptionSettings.Setting]
}
