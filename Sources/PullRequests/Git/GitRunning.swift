/// One run of git in the work tree's top directory.
package struct GitCommand: Sendable, Hashable {
  /// What follows `git`; never a secret, which lists of processes would show.
  package var arguments: [String]
  /// What goes to its standard input.
  package var input: [UInt8] = []
  /// Variables beside the user's own, or instead of them.
  package var environment: [String: String] = [:]
  /// Of standard output, in bytes.
  package var outputLimit = 1 << 20
  package var timeLimit = Duration.seconds(60)

  package init(_ arguments: [String]) { self.arguments = arguments }
}

/// What a git that came to its end had to say.
package struct GitAnswer: Sendable, Hashable {
  /// 0: well.
  package var status: Int32
  package var output: [UInt8]
  /// The end of what it wrote to standard error, fit for a message.
  package var diagnostics: String

  package init(status: Int32, output: [UInt8], diagnostics: String) {
    self.status = status
    self.output = output
    self.diagnostics = diagnostics
  }

  /// Its output without the line end.
  var line: String { String(decoding: output.prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self) }
}

/// Why git came to no end of its own.
package enum GitRunFailure: Error, Sendable, Hashable {
  case notStarted(String)
  case timedOut
  case tooMuchOutput
  case cancelled
}

/// Runs git for the user: with the user's environment, so that agents, helpers and configuration are found, without a terminal,
/// and with nothing in the environment that names another repository.
package protocol GitRunning: Sendable {
  func run(_ command: GitCommand) async throws(GitRunFailure) -> GitAnswer
}
