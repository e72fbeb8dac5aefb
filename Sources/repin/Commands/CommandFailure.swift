import PackageIndex
import PythonPackaging
import RequirementsFiles
import Resolution

/// Why a command did not do what it was asked, with the facts of it.
enum CommandFailure: Error {
  /// The command line asks for what can't be; the hint says what can.
  case usage(String, hint: String? = nil)
  /// A requirements file that can't be read.
  case requirements(RequirementsFileError)
  /// A requirement that repin can read and can't resolve.
  case unsupportedRequirement(SourceLocation, text: String, kind: String)
  /// An option of a requirements file that would change the answer and isn't honoured.
  case unsupportedOption(String, where: String)
  /// Pip's configuration or an index option.
  case configuration(String)
  /// No interpreter, and one is needed.
  case noInterpreter(String, hint: String)
  /// No index address anywhere.
  case noIndex
  /// The target environment can't be.
  case target(TargetEnvironmentError)
  /// The requirements contradict each other or the index.
  case unsatisfiable(UnsatisfiableReport)
  /// The lockfile isn't what the requirements compile to.
  case outOfDate(output: String, onlyLineEnds: Bool)
  /// The index could not answer for a project.
  case index(IndexFailure)
  /// A file of a pin has no SHA-256 on the index, and hashes were asked for.
  case missingHash(pin: String, file: String, index: String?)
  /// The lockfile can't be written; nothing was changed.
  case unwritable(path: String, reason: String)

  /// How the command ends.
  var status: ExitStatus {
    switch self {
    case .unsatisfiable(let report): report.failed.isIncomplete ? .outsideFailure : .no
    case .outOfDate: .no
    case .index, .missingHash: .outsideFailure
    case .usage, .requirements, .unsupportedRequirement, .unsupportedOption, .configuration, .noInterpreter,
      .noIndex, .target, .unwritable:
      .wrongInput
    }
  }

  /// One sentence without a full stop, then perhaps more lines.
  var message: String {
    switch self {
    case .usage(let text, _): text
    case .requirements(let error): error.description
    case .unsupportedRequirement(let place, let text, let kind):
      "\(place): found `\(text)`, \(kind), which repin can't resolve yet"
    case .unsupportedOption(let option, let place): "\(place): `\(option)` can't be honoured yet"
    case .configuration(let text): text
    case .noInterpreter(let text, _): text
    case .noIndex:
      "no index address: neither an option, nor the environment, nor pip's configuration gives one"
    case .target(let error): error.description
    case .unsatisfiable(let report): report.text
    case .outOfDate(let output, let onlyLineEnds):
      "`\(output)` is out of date" + (onlyLineEnds ? ": its line ends differ" : "")
    case .index(let failure): failure.text
    case .missingHash(let pin, let file, let index):
      "\(pin) can't be hashed: \(index ?? "the index") gives no sha256 for \(file)"
    case .unwritable(let path, let reason): "can't write `\(path)`: \(reason); nothing was changed"
    }
  }

  /// What the user can do about it, a line each.
  var hints: [String] {
    switch self {
    case .usage(_, let hint): hint.map { [$0] } ?? []
    case .noInterpreter(_, let hint): [hint]
    case .noIndex:
      ["give one with `--index-url`, `REPIN_INDEX_URL` or `PIP_INDEX_URL`, or name a Python that has pip"]
    case .unsatisfiable(let report): report.hints
    case .index(let failure): failure.hints
    case .outOfDate: ["compile without `--check` and commit the lockfile"]
    case .missingHash: ["compile without `--generate-hashes`, or use an index that lists hashes (PEP 503)"]
    case .unsupportedRequirement: ["ask for a release of the index instead: `name==version`"]
    case .requirements, .unsupportedOption, .configuration, .target, .unwritable: []
    }
  }
}
