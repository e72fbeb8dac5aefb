import PackageIndex
import PythonPackaging
import Subprocess
import SystemPackage

/// The system's git, run in a repository of the user's own: nobody is asked for a password.
struct Git {
  /// Why git told nothing.
  enum Failure: Error, Sendable {
    /// There is no git, or it can't be started.
    case notStarted(String)
    /// It ended with a failure; the end of what it said.
    case failed(String)
  }

  /// What of the environment git gets.
  enum Inheritance: Sendable {
    /// What it needs to look at a repository that is here.
    case least
    /// The user's, so that it finds agents, helpers and configuration, but for what leads it to another repository.
    case users
  }

  let context: CommandContext
  /// Where it is run.
  let directory: String
  var inheritance = Inheritance.least

  /// The first line that git writes; nil where it fails or writes none.
  func line(_ arguments: [String]) async -> String? {
    var output: [UInt8] = []
    do {
      try await run(arguments) { chunk in
        if output.count < 1 << 16 { output += chunk }
      }
    } catch {
      return nil
    }
    let line = output.prefix { $0 != UInt8(ascii: "\n") }
    return line.isEmpty ? nil : String(decoding: line, as: UTF8.self)
  }

  /// Runs git and hands on what it writes, as it comes; `input` goes to its standard input meanwhile.
  ///
  /// - Throws: `Failure`, or what `body` throws.
  func run(
    _ arguments: [String], input: [[UInt8]] = [], _ body: ([UInt8]) throws -> Void
  ) async throws {
    let configuration = try configuration(arguments, beside: [:])
    let result = try await Subprocess.run(
      configuration, input: .inputWriter, output: .sequence, error: .sequence
    ) { execution in
      async let diagnostics = Self.tail(of: execution.standardError)
      async let written: Void = Self.write(input, to: execution.standardInputWriter)
      for try await chunk in execution.standardOutput { try body(chunk.withUnsafeBytes { Array($0) }) }
      // A git that has ended reads no more, which its status tells better.
      try? await written
      return await diagnostics
    }
    guard result.terminationStatus.isSuccess else { throw Failure.failed(result.closureResult) }
  }

  /// How git is started.
  func configuration(
    _ arguments: [String], beside variables: [String: String]
  ) throws(Failure) -> Configuration {
    let path = executablePath(named: "git", on: context.variable("PATH") ?? "/usr/local/bin:/usr/bin:/bin")
    guard let path else { throw .notStarted("there is no `git` on PATH") }
    var environment: [Environment.Key: String] = [:]
    let inherited = context.environment.filter { name, value in
      switch inheritance {
      case .least: ["HOME", "PATH", "XDG_CONFIG_HOME"].contains(name) && !value.isEmpty
      case .users: !Self.leadsElsewhere(name)
      }
    }
    for (name, value) in inherited.merging(Self.fixed, uniquingKeysWith: { $1 })
      .merging(variables, uniquingKeysWith: { $1 })
    {
      if let key = Environment.Key(rawValue: name) { environment[key] = value }
    }
    var configuration = Configuration(
      executable: .path(FilePath(path)), arguments: Arguments(arguments), environment: .custom(environment),
      workingDirectory: FilePath(directory))
    configuration.platformOptions.teardownSequence = [
      TeardownStep.send(signal: .terminate, allowedDurationToNextStep: .seconds(1))
    ]
    return configuration
  }

  static func write(_ chunks: [[UInt8]], to writer: StandardInputWriter) async throws {
    for chunk in chunks { _ = try await writer.write(chunk) }
    try await writer.finish()
  }

  /// What it wrote to standard error: the line that says what is fatal, else the last.
  private static func tail(of stream: SubprocessOutputSequence) async -> String {
    var bytes: [UInt8] = []
    var iterator = stream.makeAsyncIterator()
    while let buffer = try? await iterator.next() {
      buffer.withUnsafeBytes { bytes += $0 }
      if bytes.count > longestDiagnostics { bytes.removeFirst(bytes.count - longestDiagnostics) }
    }
    let lines = String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline)
    let told = lines.last { $0.hasPrefix("fatal: ") }?.dropFirst("fatal: ".count) ?? lines.last
    return PrintableText.escaped(told.map(String.init) ?? Self.silence, limit: 300)
  }

  /// What git always gets.
  private static let fixed = [
    "GIT_TERMINAL_PROMPT": "0", "GIT_OPTIONAL_LOCKS": "0", "LC_ALL": "C", "GIT_PAGER": "cat",
  ]

  /// What is told of a git that failed without a word.
  static let silence = "it said nothing"

  private static let longestDiagnostics = 1 << 13
}
