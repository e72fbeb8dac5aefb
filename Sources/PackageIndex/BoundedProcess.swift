import Subprocess
import SystemPackage

/// One run of another program, bounded in time and in what it may say.
///
/// It is a session of its own, so that it has no terminal to ask at, and so that it ends with everything it started: when
/// its time is up, when it says too much, when the task is cancelled and when this process comes to its end.
struct BoundedProcess: Sendable {
  /// How it ended.
  struct Outcome: Sendable {
    /// 0: well.
    var status: Int32
    var output: String
    /// The end of what it wrote to standard error.
    var diagnostics: String
  }

  /// Why there is no outcome.
  enum Failure: Error, Sendable, Hashable {
    case notStarted(String)
    case timedOut
    case tooMuchOutput(limit: Int)
    case cancelled
  }

  /// Of standard output, in bytes; more is a failure.
  static let outputLimit = 1 << 20
  /// Of standard error, in bytes; what comes before is forgotten.
  static let diagnosticsLimit = 1 << 14
  /// What it gets to put its files in order before it is killed.
  private static let grace = TeardownStep.send(
    signal: .terminate, toProcessGroup: true, allowedDurationToNextStep: .seconds(1))

  /// The program's path.
  var executable: String
  var arguments: [String]
  var environment: [String: String]
  /// Where it is run.
  var directory: String
  var limit: Duration

  /// Runs the program, and beside it a watcher that waits for a line in a pipe only this process writes to. If the pipe ends without
  /// one, this process is gone, by an interrupt or a fault, and the watcher ends the group and itself.
  private static let script = """
    exec 3<&0 </dev/null
    ( (
      trap '' HUP INT TERM
      read -r _ <&3 && exit
      kill -TERM 0
      sleep 1
      kill -KILL 0
    ) >/dev/null 2>&1 & )
    exec "$@" 3<&-
    """

  /// What `/bin/sh` is given for it.
  var shellArguments: [String] { ["-c", Self.script, "sh", executable] + arguments }

  func run() async throws(Failure) -> Outcome {
    guard !Task.isCancelled else { throw .cancelled }
    let watch: (readEnd: FileDescriptor, writeEnd: FileDescriptor)
    do throws(Errno) {
      watch = try FileDescriptor.pipe(options: .closeOnExec)
    } catch {
      throw .notStarted(errnoPhrase(error.rawValue))
    }
    defer {
      // A line: all went as it should. This process has the other end too, so that it can't be killed by its writing.
      _ = try? watch.writeEnd.writeAll("\n".utf8)
      try? watch.writeEnd.close()
      try? watch.readEnd.close()
    }
    var options = PlatformOptions()
    options.createSession = true
    options.teardownSequence = [BoundedProcess.grace]
    let variables = environment.map { (Environment.Key(stringLiteral: $0), $1) }
    do {
      let result = try await Subprocess.run(
        .path("/bin/sh"), arguments: Arguments(shellArguments),
        environment: .custom(Dictionary(uniqueKeysWithValues: variables)),
        workingDirectory: FilePath(directory), platformOptions: options,
        input: .fileDescriptor(watch.readEnd, closeAfterSpawningProcess: false), output: .sequence,
        error: .sequence
      ) { execution in await collect(from: execution) }
      if let failure = result.closureResult.failure { throw failure }
      let status: Int32 =
        switch result.terminationStatus {
        case .exited(let code): code
        case .signaled(let signal): 128 + signal
        }
      return Outcome(
        status: status, output: String(decoding: result.closureResult.output, as: UTF8.self),
        diagnostics: String(decoding: result.closureResult.diagnostics, as: UTF8.self))
    } catch let failure as Failure {
      throw failure
    } catch {
      throw Task.isCancelled ? .cancelled : .notStarted("\(error)")
    }
  }

  private typealias Running = Execution<FileDescriptorInput, SequenceOutput, SequenceOutput>

  /// What was read until both streams ended.
  private struct Collected: Sendable {
    var output: [UInt8] = []
    var diagnostics: [UInt8] = []
    var failure: Failure?
  }

  private enum Event: Sendable {
    case output([UInt8]?)
    case diagnostics([UInt8])
    case stopped(Failure)
  }

  private func collect(from running: Running) async -> Collected {
    await withTaskGroup(of: Event.self) { group in
      group.addTask { .output(await running.standardOutput.head(limit: BoundedProcess.outputLimit)) }
      group.addTask { .diagnostics(await running.standardError.tail(limit: BoundedProcess.diagnosticsLimit)) }
      group.addTask { [limit] in
        do {
          try await Task.sleep(for: limit)
          return .stopped(.timedOut)
        } catch {
          return .stopped(.cancelled)
        }
      }
      var collected = Collected()
      var openStreams = 2
      while openStreams > 0, let event = await group.next() {
        switch event {
        case .output(let bytes):
          openStreams -= 1
          if let bytes {
            collected.output = bytes
          } else {
            collected.failure = collected.failure ?? .tooMuchOutput(limit: BoundedProcess.outputLimit)
            await BoundedProcess.end(running)
          }
        case .diagnostics(let bytes):
          openStreams -= 1
          collected.diagnostics = bytes
        case .stopped(let failure):
          collected.failure = collected.failure ?? failure
          await BoundedProcess.end(running)
        }
      }
      group.cancelAll()
      if Task.isCancelled, collected.failure == nil {
        collected.failure = .cancelled
        await BoundedProcess.end(running)
      }
      return collected
    }
  }

  /// The process isn't waited for yet, so that its number and its group's are still its own.
  private static func end(_ running: Running) async {
    await running.teardown(using: [grace])
    try? running.send(signal: .kill, toProcessGroup: true)
  }
}
