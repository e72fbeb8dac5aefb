import Advisories
import PackageIndex
import PinHistory
import PullRequests
import PythonPackaging
import PythonProjects
import RequirementsFiles
import Resolution

/// Why a command did not do what it was asked, with the facts of it.
indirect enum CommandFailure: Error {
  /// The command line asks for what can't be; the hint says what can.
  case usage(String, hint: String? = nil, about: MentionedOption? = nil)
  /// A requirements file that can't be read.
  case requirements(RequirementsFileError)
  /// A project's own file that can't be read.
  case project(ProjectFileError)
  /// A requirement's URL that can't be followed, whatever is at its other end.
  case unusableURL(place: String, text: String, reason: String)
  /// What a requirement's URL leads to can't be had or used.
  case directSource(place: String, text: String, IndexError)
  /// Requirements want one project from different places.
  case conflictingURLs(PackageName, one: String, other: String, place: String)
  /// A hash of the lockfile that the index doesn't have for the release.
  case contradictedHash(pin: String, hash: String, index: String?)
  /// A picked file that has none of the hashes that the input gives for it; `found` nil: it can have none.
  case unexpectedHash(name: PackageName, place: String?, found: String?)
  /// A pin for which the input gives no hash, though it says that all have one.
  case unhashed(name: PackageName, place: String?)
  /// Pip's configuration or an index option.
  case configuration(String, about: MentionedOption? = nil)
  /// No interpreter, and one is needed.
  case noInterpreter(String, hint: String, about: MentionedOption? = nil)
  /// No index address anywhere.
  case noIndex
  /// The target environment can't be.
  case target(TargetEnvironmentError)
  /// The requirements contradict each other or the index; whether a long proof is told whole.
  case unsatisfiable(FailureReport, isWhole: Bool)
  /// The lockfile isn't what the requirements compile to.
  case outOfDate(output: String, onlyLineEnds: Bool)
  /// Some of several lockfiles aren't what their requirements compile to.
  case severalOutOfDate(outputs: [String])
  /// One of several lockfiles can't be compiled.
  case layer(output: String, CommandFailure)
  /// What an option asks for can't be, and not the command line gives it; where it stands.
  case configured(place: String, CommandFailure)
  /// repin's or pip-tools' configuration, or a variable of the environment.
  case invalidConfiguration(ConfigurationError)
  /// The index could not answer for a project.
  case index(IndexFailure)
  /// The process may not have as many files open as it needs.
  case openFiles(OpenFileLimit)
  /// The lockfile can't be written; nothing was changed, but for others of its set that can't be put back as they were.
  case unwritable(path: String, reason: String, remedy: String? = nil, left: [String] = [])
  /// The cache can't be read or written, and is what the command is about.
  case unusableCache(path: String, reason: String)
  /// The history can't be read or written, and is what the command is about.
  case history(PinHistoryError)
  /// The advisories that are kept can't be read or written.
  case advisories(AdvisoryDatabaseError)
  /// Advisories can't be renewed.
  case advisorySync(AdvisorySyncError)
  /// A source failed, so that nobody knows what is due, of these packages or, where there are none, of all.
  case unknownFindings(packages: [String])
  /// Git can't tell the history of a lockfile.
  case git(path: String, reason: String)
  /// Another run of the project goes on; what it says of itself, empty if nothing.
  case overlappingRun(holder: String)
  /// A change isn't proposed, or a pull request not withdrawn.
  case pullRequest(PullRequestError)

  /// How the command ends.
  var status: ExitStatus {
    switch self {
    case .unsatisfiable(let report, _): report.isIncomplete ? .outsideFailure : .no
    case .outOfDate, .severalOutOfDate: .no
    case .layer(_, let failure), .configured(_, let failure): failure.status
    case .conflictingURLs: .no
    case .index(let failure): failure.status
    case .contradictedHash, .unexpectedHash, .openFiles, .git, .advisorySync, .unknownFindings,
      .overlappingRun:
      .outsideFailure
    case .directSource(_, _, let error): error.isOfOutside ? .outsideFailure : .wrongInput
    case .pullRequest(let error): error.status
    case .usage, .requirements, .unhashed, .invalidConfiguration, .project, .unusableURL, .configuration,
      .noInterpreter,
      .noIndex, .target, .unwritable, .unusableCache, .history,
      .advisories:
      .wrongInput
    }
  }

  /// Why requirements can't be met, where that is the failure.
  var report: FailureReport? {
    switch self {
    case .unsatisfiable(let report, isWhole: _): report
    case .layer(_, let failure), .configured(_, let failure): failure.report
    default: nil
    }
  }

  /// One sentence without a full stop, then perhaps more lines.
  var message: String {
    switch self {
    case .usage(let text, _, _): text
    case .requirements(let error): error.description
    case .project(let error): error.description
    case .unusableURL(let place, let text, let reason):
      "\(place): `\(PrintableText.escaped(URLCredentials.redacted(text), limit: 300))`: \(reason)"
    case .directSource(let place, let text, let error):
      "\(place): `\(PrintableText.escaped(text, limit: 300))`: "
        + {
          if case .build(let failure) = error { failure.report } else { "\(error); nothing was written" }
        }()
    case .conflictingURLs(let name, let one, let other, let place):
      "\(place): `\(name)` is wanted from `\(PrintableText.escaped(URLCredentials.redacted(other), limit: 300))` and from "
        + "`\(PrintableText.escaped(URLCredentials.redacted(one), limit: 300))`"
    case .contradictedHash(let pin, let hash, let index):
      "\(pin): the lockfile has \(hash), which \(index ?? "the index") doesn't list; nothing was written"
    case .unexpectedHash(let name, let place, let found):
      (place.map { "\($0): " } ?? "") + "`\(name)` "
        + (found.map { "has the hash sha256:\($0), which its requirement doesn't give" }
          ?? "comes from a directory or a repository, which has no hash")
        + "; nothing was written"
    case .unhashed(let name, let place):
      (place.map { "\($0): " } ?? "")
        + "`\(name)` has no `--hash`, and `--require-hashes` wants one of everything"
    case .configuration(let text, _): text
    case .noInterpreter(let text, _, _): text
    case .noIndex:
      "no index address: neither an option, nor the environment, nor pip's configuration gives one"
    case .target(let error): error.description
    case .unsatisfiable(let report, let isWhole): report.text(isWhole: isWhole)
    case .outOfDate(let output, let onlyLineEnds):
      "`\(output)` is out of date" + (onlyLineEnds ? ": its line ends differ" : "")
    case .severalOutOfDate(let outputs):
      outputs.map { "`\($0)`" }.joined(separator: ", ") + (outputs.count == 1 ? " is" : " are")
        + " out of date"
    case .layer(let output, let failure):
      "`\(output)` can't be compiled, and no lockfile was written: \(failure.message)"
    case .configured(let place, let failure): "\(place): \(failure.message)"
    case .invalidConfiguration(let error): error.description
    case .index(let failure): failure.text
    case .openFiles(let limit): "\(limit); nothing was written"
    case .unwritable(let path, let reason, remedy: _, let left):
      "can't write `\(path)`: \(reason); "
        + (left.isEmpty
          ? "nothing was changed"
          : "\(left.map { "`\($0)`" }.joined(separator: ", ")) was written before and can't be put back as it was")
    case .unusableCache(let path, let reason): "can't use the cache `\(path)`: \(reason)"
    case .history(let error): error.description
    case .advisories(let error): error.description
    case .advisorySync(let error): "the advisories can't be renewed: \(error); what was here stays"
    case .unknownFindings(let packages):
      "what is due isn't known"
        + (packages.isEmpty
          ? ""
          : " of \(packages.prefix(5).map { "`\($0)`" }.joined(separator: ", "))"
            + (packages.count > 5 ? " and \(packages.count - 5) more" : ""))
        + ", as a source failed; nothing was written"
    case .git(let path, let reason):
      "git can't tell the history of `\(PrintableText.escaped(path, limit: 300))`: \(reason)"
    case .overlappingRun(let holder):
      "another run of this project goes on\(holder.isEmpty ? "" : " (\(holder))"); this one did nothing"
    case .pullRequest(let error): error.description
    }
  }

  /// What the user can do about it, a line each.
  var hints: [String] {
    switch self {
    case .usage(_, let hint, _): hint.map { [$0] } ?? []
    case .noInterpreter(_, let hint, _): [hint]
    case .noIndex:
      ["give one with `--index-url`, `REPIN_INDEX_URL` or `PIP_INDEX_URL`, or name a Python that has pip"]
    case .unsatisfiable(let report, _): report.hints.map(\.text)
    case .index(let failure): failure.hints
    case .layer(_, let failure), .configured(_, let failure): failure.hints
    case .target(.platformName): ["`repin compile --help` and docs/platforms.md have all names"]
    case .invalidConfiguration(let error): error.hint.map { [$0] } ?? []
    case .outOfDate, .severalOutOfDate: ["compile without `--check` and commit the lockfile"]
    case .conflictingURLs: ["leave one of them out"]
    case .openFiles(let limit): [limit.remedy]
    case .contradictedHash:
      [
        "find out why the file is gone or changed; `--no-reuse-hashes` takes the hashes that the index has now"
      ]
    case .unexpectedHash: ["find out what has changed before you change the `--hash`"]
    case .unhashed: ["leave `--require-hashes` to the lockfile: `--generate-hashes` writes the hashes there"]
    case .directSource(_, _, let error): error.hints
    case .requirements(let error): error.remedy.map { [$0] } ?? []
    case .project(let error): error.remedy.map { [$0] } ?? []
    case .advisories(let error): error.remedy.map { [$0] } ?? []
    case .advisorySync(let error): error.remedy.map { [$0] } ?? []
    case .history(let error): error.remedy.map { [$0] } ?? []
    case .pullRequest(let error): error.remedy.map { [$0] } ?? []
    case .unknownFindings: ["name packages to update just these: `repin update flask`"]
    case .unwritable(path: _, reason: _, let remedy, left: _): remedy.map { [$0] } ?? []
    case .overlappingRun: ["wait for its end; `time-limit` in [rebuild] bounds what it runs"]
    case .unusableURL, .configuration, .target, .unusableCache, .git: []
    }
  }
}
