import ArgumentParser

/// The options that say where the history is.
struct HistoryArguments: ParsableArguments {
  @Option(
    name: .customLong("history"),
    help:
      "The history's file [default: .repin/history.sqlite beside the lockfile; beside them all, in the working directory]."
  )
  var path: String?

  @Flag(name: .customLong("no-history"), help: "Neither read a history nor write one.")
  var isOff = false

  func validate() throws {
    if path?.isEmpty == true { throw ValidationError("`--history` is empty") }
    if path != nil && isOff { throw ValidationError("`--history` and `--no-history` exclude each other") }
  }

  /// The words that say the same.
  var words: [String] { (path.map { ["--history=\($0)"] } ?? []) + (isOff ? ["--no-history"] : []) }
}
