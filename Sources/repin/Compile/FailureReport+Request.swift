import PythonPackaging
import Resolution

extension FailureReport {
  /// The report of requirements that were read from files, with the projects of the lockfile as names that the user
  /// knows.
  init(_ study: FailureStudy, request: CompileRequest, lockedNames: [PackageName]) {
    self.init(
      study, requirementPlaces: request.requirementPlaces, constraintPlaces: request.constraintPlaces,
      overridePlaces: request.overridePlaces, knownNames: lockedNames)
  }
}
