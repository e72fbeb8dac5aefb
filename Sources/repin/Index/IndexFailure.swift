import PackageIndex
import PythonPackaging

/// What the index could not answer, and why.
struct IndexFailure: Error {
  /// What was asked for.
  enum Subject: Sendable, Hashable {
    case project(PackageName)
    case file(String)
    /// A file of find-links on this machine.
    case localFile(String)
    case document(String)
    /// The hash of a file that the index gives none for.
    case hash(file: String)
  }

  let subject: Subject
  let error: IndexError

  /// A file that the user named is the user's to mend.
  var status: ExitStatus {
    if case .localFile = subject { return .wrongInput }
    if case .certificateFile = error { return .wrongInput }
    return .outsideFailure
  }

  var text: String {
    if case .build(let failure) = error { return failure.report }
    if case .certificateFile(let file) = error { return "\(file); nothing was written" }
    let asked: String
    switch subject {
    case .localFile(let name):
      let shown = PrintableText.escaped(name, limit: 300)
      return "`\(shown)` of find-links can't be used: \(error); nothing was written"
    case .project(let name): asked = "the project page of `\(name)`"
    case .file(let name): asked = "the metadata of `\(PrintableText.escaped(name, limit: 300))`"
    case .document(let url): asked = "`\(url)`"
    case .hash(let file): asked = "`\(PrintableText.escaped(file, limit: 300))` for its hash"
    }
    return "can't fetch \(asked): \(error); nothing was written"
  }

  var hints: [String] { error.hints }
}

extension IndexError {
  /// What the user can do about it, a line each.
  var hints: [String] {
    switch self {
    case .unauthorized(let refusal): refusal.hints
    case .openFiles(let limit): [limit.remedy]
    case .unreachable, .timedOut, .tooSlow: ["try again, or use `--offline` to go by what is cached"]
    case .hashMismatch:
      ["the file was changed on its way or on the index; don't install it before you know why"]
    case .certificateFile(let file): [file.hint]
    case .tlsFailure: ["`--cert` names the authorities to trust"]
    // A server that misses a certificate hangs up once the handshake is over (TLS 1.3).
    case .truncated(let url) where url.hasPrefix("https:"):
      ["try again; if it wants a client certificate, `--client-cert` names it"]
    case .build(let failure): failure.hints
    case .needsBuild(_, isRuledOut: true): ["leave out `--no-build`"]
    case .needsBuild: ["name a Python to build with by `--python`"]
    case .repository(.notInstalled): ["install git"]
    case .repository(.authentication): ["give git the credentials: an SSH key, or its credential helper"]
    default: []
    }
  }

  /// Whether something outside failed; else what the user wrote is wrong.
  var isOfOutside: Bool {
    switch self {
    case .invalidURL, .certificateFile, .unreadableFile, .malformedProject, .malformedFilename,
      .contradiction, .noProject,
      .missingSubdirectory,
      .invalidRepositoryURL, .repository(.noSuchReference), .repository(.noSuchCommit),
      .repository(.noSuchSubdirectory), .needsBuild:
      false
    default: true
    }
  }
}

extension BuildError {
  /// What failed, the end of what it wrote, and where all of that is.
  var report: String {
    var lines = ["\(self); nothing was written"]
    if let output {
      lines += output.lastLines.map { "  | \($0)" }
      if let log = output.log { lines.append("  all of it is in \(PrintableText.escaped(log, limit: 300))") }
    }
    return lines.joined(separator: "\n")
  }

  /// What the user can do about it, a line each.
  fileprivate var hints: [String] {
    switch self {
    case .noVenv: ["install venv for that Python (Debian: `python3-venv`), or name another by `--python`"]
    case .timedOut: ["`--build-timeout` says how long a build may take"]
    case .failed, .invalidResult:
      limitHints + [
        "`--only-binary NAME` passes over releases that have no wheel, `--python` names another Python to build with"
      ]
    case .unusableDirectory, .invalidBuildSystem, .cancelled: []
    }
  }

  /// What may have kept what the build needs from being installed.
  private var limitHints: [String] {
    let limits = output?.limits ?? []
    var hints: [String] = []
    if limits.contains(.offline) {
      hints.append(
        "what builds need isn't cached: leave out `--offline`, or put it into a directory of `--find-links`")
    }
    if limits.contains(.cutoff) {
      hints.append(
        "the cutoff holds for what builds need too, and pip takes nothing of an index that tells no upload times: move it, "
          + "or put what is needed into a directory of `--find-links`")
    }
    if limits.contains(.formats) {
      hints.append("`--only-binary`, `--no-binary` and `--no-build` hold for what builds need too")
    }
    return hints
  }
}
