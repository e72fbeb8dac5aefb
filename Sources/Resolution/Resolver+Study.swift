import PythonPackaging

extension Resolver {
  /// A failure with what would help against it, as far as the index tells; nothing is built for it.
  package func study(
    _ failure: UnsatisfiableRequirements, in setting: FailureSetting
  ) async -> FailureStudy {
    var study = FailureStudy(failure, in: setting)
    for name in study.projects {
      study.unaskedIndexes[name] = index.unaskedIndexes(of: name)
    }
    var trials = HintTrials(of: study, by: self)
    study.hints = await trials.hints()
    return study
  }
}
