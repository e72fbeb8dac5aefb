/// What is written for a scheduler, and what is to be done then.
struct ScheduleUnit: Sendable, Hashable {
  /// A file and its text.
  struct File: Sendable, Hashable {
    /// As it is shown and written: absolute, or from the working directory.
    var path: String
    var text: String
  }

  /// The files, in the order in which they are written.
  var files: [File]
  /// What to do once they are there, a line each.
  var nextSteps: [String] = []
}
