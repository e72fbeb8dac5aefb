import PackageIndex
import PythonPackaging
import Subprocess
import SystemPackage

extension Git {
  /// How much it may write, and how long it may take.
  struct Limits: Sendable {
    /// Of standard output, in bytes.
    var output: Int
    var time: Duration
  }

  /// How it ended.
  struct Answer: Sendable {
    /// 0: well.
    var status: Int32
    var output: [UInt8]
    /// The last lines that it wrote to standard error, as one.
    var diagnostics: String
  }

  /// Why it came to no end of its own.
  enum BoundedFailure: Error, Sendable {
    case notStarted(String)
    case timedOut
    case tooMuchOutput
    case cancelled
  }

  /// Runs git within limits, and tells how it ended.
  ///
  /// It is a session of its own: what it starts has no terminal to ask at, and ends with it.
  ///
  /// - Parameter environment: variables beside the inherited ones, or instead of them.
  func answer(
    _ arguments: [String], input: [UInt8], environment: [String: String], limits: Limits
  ) async throws(BoundedFailure) -> Answer {
    guard !Task.isCancelled else { throw .cancelled }
    var configuration: Configuration
    do throws(Failure) {
      configuration = try self.configuration(arguments, beside: environment)
    } catch {
      switch error {
      case .notStarted(let reason), .failed(let reason): throw .notStarted(reason)
      }
    }
    configuration.platformOptions.createSession = true
    configuration.platformOptions.teardownSequence = [Self.grace]
    do {
      let result = try await Subprocess.run(
        configuration, input: .inputWriter, output: .sequence, error: .sequence
      ) { execution in await Self.collect(from: execution, input: input, limits) }
      let collected = result.closureResult
      if let failure = collected.failure { throw failure }
      let status: Int32 =
        switch result.terminationStatus {
        case .exited(let code): code
        case .signaled(let signal): 128 + signal
        }
      return Answer(
        status: status, output: collected.output, diagnostics: Self.lastLines(of: collected.diagnostics))
    } catch let failure as BoundedFailure {
      throw failure
    } catch {
      if Task.isCancelled { throw .cancelled }
      throw .notStarted(PrintableText.escaped("\(error)", limit: 300))
    }
  }

  /// Whether a variable names another repository than the one here, or makes git tell what it sends. A hook that runs repin has
  /// such variables.
  static func leadsElsewhere(_ name: String) -> Bool {
    switch name {
    case "GIT_DIR", "GIT_WORK_TREE", "GIT_IMPLICIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY",
      "GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_COMMON_DIR", "GIT_NAMESPACE", "GIT_PREFIX", "GIT_SHALLOW_FILE",
      "GIT_GRAFT_FILE", "GIT_REPLACE_REF_BASE", "GIT_INTERNAL_SUPER_PREFIX", "GIT_CONFIG",
      "GIT_CONFIG_PARAMETERS", "GIT_QUARANTINE_PATH", "GIT_LITERAL_PATHSPECS", "GIT_GLOB_PATHSPECS",
      "GIT_NOGLOB_PATHSPECS", "GIT_ICASE_PATHSPECS", "GIT_CURL_VERBOSE", "GIT_EXTERNAL_DIFF",
      "GIT_DIFF_OPTS":
      true
    default: name.hasPrefix("GIT_TRACE")
    }
  }

  private static let grace = TeardownStep.send(
    signal: .terminate, toProcessGroup: true, allowedDurationToNextStep: .seconds(1))
  private static let longestDiagnostics = 1 << 13

  private typealias Running = Execution<CustomWriteInput, SequenceOutput, SequenceOutput>

  private struct Collected: Sendable {
    var output: [UInt8] = []
    var diagnostics: [UInt8] = []
    var failure: BoundedFailure?
  }

  private enum Event: Sendable {
    case output([UInt8]?)
    case diagnostics([UInt8])
    case written
    case stopped(BoundedFailure)
  }

  /// What it writes until both its streams have ended.
  private static func collect(from running: Running, input: [UInt8], _ limits: Limits) async -> Collected {
    await withTaskGroup(of: Event.self) { group in
      group.addTask { .output(await running.standardOutput.head(limit: limits.output)) }
      group.addTask { .diagnostics(await running.standardError.tail(limit: longestDiagnostics)) }
      group.addTask {
        // A git that has ended reads no more, which its status tells better.
        try? await write(input.isEmpty ? [] : [input], to: running.standardInputWriter)
        return .written
      }
      group.addTask {
        do {
          try await Task.sleep(for: limits.time)
          return .stopped(.timedOut)
        } catch {
          return .stopped(.cancelled)
        }
      }
      var collected = Collected()
      var openStreams = 2
      while openStreams > 0, let event = await group.next() {
        switch event {
        case .written: break
        case .output(let bytes):
          openStreams -= 1
          collected.output = bytes ?? []
          if bytes == nil {
            collected.failure = collected.failure ?? .tooMuchOutput
            await end(running)
          }
        case .diagnostics(let bytes):
          openStreams -= 1
          collected.diagnostics = bytes
        case .stopped(let failure):
          collected.failure = collected.failure ?? failure
          await end(running)
        }
      }
      group.cancelAll()
      if Task.isCancelled, collected.failure == nil {
        collected.failure = .cancelled
        await end(running)
      }
      return collected
    }
  }

  /// It isn't waited for yet, so that its number and its group's are still its own.
  private static func end(_ running: Running) async {
    await running.teardown(using: [grace])
    try? running.send(signal: .kill, toProcessGroup: true)
  }

  /// The last three lines that say something, without the words before what is wrong.
  private static func lastLines(of bytes: [UInt8]) -> String {
    let lines = String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline).map { line in
      var text = line[...]
      for prefix in ["fatal: ", "error: ", "remote: "] where text.hasPrefix(prefix) {
        text = text.dropFirst(prefix.count)
      }
      return text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }
    let told = lines.filter { !$0.isEmpty && !$0.hasPrefix("hint:") }.suffix(3)
    return told.isEmpty ? silence : PrintableText.excerpt(told.joined(separator: "; "), limit: 500)
  }
}
