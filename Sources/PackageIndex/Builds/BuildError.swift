import PythonPackaging

/// Why a source tree gave no metadata, with the facts of it.
///
/// `description` is one line without a full stop; what the build wrote is in ``output``, with the credentials of the
/// indexes taken out.
package enum BuildError: Error, Sendable, Hashable, CustomStringConvertible {
  /// What a build was doing.
  package enum Stage: Sendable, Hashable {
    /// Making the isolated environment.
    case environment
    /// Installing what the build needs.
    case requirements
    /// Calling this hook of the backend.
    case hook(String)
  }

  /// What may have kept something from being installed.
  package enum Limit: Sendable, Hashable {
    /// Nothing may be fetched.
    case offline
    /// It must be from before a moment.
    case cutoff
    /// It must be a wheel, or a source distribution.
    case formats
  }

  /// What a build that failed wrote.
  package struct Output: Sendable, Hashable {
    /// The last lines of the stage that failed, each fit for a terminal.
    package var lastLines: [String]
    /// The path of the file with all of it; nil: it couldn't be kept.
    package var log: String?
    /// What may have kept what was to be installed from being so.
    package var limits: Set<Limit> = []

    /// The line that says what went wrong: the last that begins as an error does, else the last.
    ///
    ///     error = "error:" … | "ERROR" … | { NAME "." } NAME ( "Error" | "Exception" ) [ ":" … ]
    var headline: String? {
      // It has no line of its own about that.
      if let last = lastLines.last, last.hasPrefix("[ended by signal ") { return last }
      return (lastLines.last(where: Self.isError) ?? lastLines.last).map { String($0.drop { $0 == " " }) }
    }

    private static func isError(_ line: String) -> Bool {
      let text = line.drop { $0 == " " }
      if text.hasPrefix("error:") || text.hasPrefix("ERROR") { return true }
      let name = text.prefix { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_" || $0 == ".") }
      guard name.hasSuffix("Error") || name.hasSuffix("Exception") else { return false }
      return name.endIndex == text.endIndex || text[name.endIndex] == ":"
    }
  }

  /// This interpreter can't make an isolated environment.
  case noVenv(interpreter: String, reason: String)
  /// A directory that the build needs can't be used.
  case unusableDirectory(path: String, reason: String)
  /// The tree's `[build-system]` asks for something that isn't done.
  case invalidBuildSystem(label: String, reason: String)
  /// A stage ended with an error.
  case failed(label: String, stage: Stage, output: Output)
  /// The build wasn't done within its limit.
  case timedOut(label: String, stage: Stage, limit: Duration, output: Output)
  /// The backend did its work and gave something that can't be used.
  case invalidResult(label: String, reason: String, output: Output)
  /// The task was cancelled.
  case cancelled

  /// One line without a full stop.
  package var description: String {
    switch self {
    case .noVenv(let interpreter, let reason):
      "`\(interpreter)` can't make an isolated environment for builds: \(reason)"
    case .unusableDirectory(let path, let reason): "can't build in `\(path)`: \(reason)"
    case .invalidBuildSystem(let label, let reason): "\(label) can't be built: \(reason)"
    case .failed(let label, let stage, let output):
      "building \(label) failed while \(stage.description)"
        + (output.headline.map { ": \(PrintableText.escaped($0, limit: 300))" } ?? "")
    case .timedOut(let label, let stage, let limit, _):
      "building \(label) was not done within \(limit), while \(stage.description)"
    case .invalidResult(let label, let reason, _): "building \(label) gave nothing usable: \(reason)"
    case .cancelled: "cancelled"
    }
  }

  /// What the build wrote before it failed.
  package var output: Output? {
    switch self {
    case .failed(_, _, let output), .timedOut(_, _, _, let output), .invalidResult(_, _, let output): output
    case .noVenv, .unusableDirectory, .invalidBuildSystem, .cancelled: nil
    }
  }
}

extension BuildError.Stage: CustomStringConvertible {
  /// Goes after "while".
  package var description: String {
    switch self {
    case .environment: "making its environment"
    case .requirements: "installing its build requirements"
    case .hook(let name): "running `\(name)`"
    }
  }
}
