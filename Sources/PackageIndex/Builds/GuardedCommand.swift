package import Subprocess
import SystemPackage

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A program with everything that it starts, none of which outlives it, its time limit, its task or this process.
///
/// It gets a session of its own: so that all of it is one process group, which can be ended as one, and so that there
/// is no terminal that it could ask at. Its standard input is empty; its output goes to a log.
package struct GuardedCommand: Sendable {
  /// How a run came to its end.
  package enum Outcome: Sendable, Hashable {
    case ended(TerminationStatus)
    case timedOut
    case cancelled
    /// It couldn't be started or watched.
    case broken(reason: String)
  }

  /// The path of the program.
  package var program: String
  package var arguments: [String]
  package var variables: [String: String]
  package var workingDirectory: String
  /// Removed should this process come to its end before the program; what has a directory in it as its `TMPDIR` ends with
  /// the program. Nil: there is none, and what leaves the program's process group stays.
  package var temporaryDirectory: String?

  package init(
    program: String, arguments: [String], variables: [String: String], workingDirectory: String,
    temporaryDirectory: String?
  ) {
    self.program = program
    self.arguments = arguments
    self.variables = variables
    self.workingDirectory = workingDirectory
    self.temporaryDirectory = temporaryDirectory
  }

  /// How long a program may take to end itself when it is told to.
  private static let grace = Duration.seconds(2)

  /// Runs the program, and beside it a watcher: it waits for the end of a pipe that only this process writes to. When
  /// this process is gone, by an interrupt or a fault, the watcher ends the group, itself included, and what left the group
  /// and has the program's `TMPDIR`, as ``StrayProcesses`` does. It is no child of the program, which may wait for all of
  /// its children.
  private static let script = """
    watch=$1 directory=$2 mark=$3
    shift 3
    exec 3<&0 </dev/null
    ( (
      trap '' HUP INT TERM
      unset TMPDIR
      PATH=/usr/bin:/bin exec /bin/sh -c "$watch" sh "$directory" "$mark"
    ) >/dev/null 2>&1 & )
    exec "$@" 3<&-
    """

  /// The watcher. It has no `TMPDIR` itself, nor have the programs that it starts.
  private static let watch = """
    trap '' HUP INT TERM
    read -r _ <&3
    kill -TERM 0
    sleep 1
    for round in 1 2 3; do
      [ -n "$2" ] || break
      for found in $(grep -a -l -s -F -e "TMPDIR=$2" /proc/[0-9]*/environ); do
        process=${found#/proc/}
        kill -KILL "${process%/environ}"
      done
    done
    [ -n "$1" ] && rm -rf -- "$1"
    kill -KILL 0
    """

  /// What `/bin/sh` is given for it.
  var shellArguments: [String] {
    // Another's directory is nobody's mark.
    let mark = temporaryDirectory.flatMap { directory in
      variables["TMPDIR"].flatMap { $0.hasPrefix("\(directory)/") ? $0 : nil }
    }
    return ["-c", Self.script, "sh", Self.watch, temporaryDirectory ?? "", mark ?? "", program] + arguments
  }

  /// Runs it to its end, or ends it at the deadline and when the task is cancelled.
  ///
  /// - Parameter receive: takes what it writes, to standard output or error, as it comes.
  package func run(
    until deadline: ContinuousClock.Instant, _ receive: @escaping @Sendable ([UInt8]) -> Void
  ) async -> Outcome {
    if Task.isCancelled { return .cancelled }
    let outcome = await withTaskGroup(of: Outcome.self) { group in
      group.addTask { await run(receive) }
      group.addTask {
        do {
          try await Task.sleep(until: deadline, clock: .continuous)
          return .timedOut
        } catch {
          return .cancelled
        }
      }
      let first = await group.next() ?? .cancelled
      group.cancelAll()
      await group.waitForAll()
      return Task.isCancelled ? .cancelled : first
    }
    switch outcome {
    case .timedOut, .cancelled:
      if temporaryDirectory != nil { StrayProcesses.end(withVariable: "TMPDIR", of: variables) }
    case .ended, .broken: break
    }
    return outcome
  }

  private func run(_ receive: @Sendable ([UInt8]) -> Void) async -> Outcome {
    let lifeline: Lifeline
    do throws(Errno) {
      lifeline = try Lifeline()
    } catch {
      return .broken(reason: errnoPhrase(error.rawValue))
    }
    var options = PlatformOptions()
    options.createSession = true
    options.teardownSequence = [
      .send(signal: .terminate, toProcessGroup: true, allowedDurationToNextStep: Self.grace)
    ]
    let settings = Dictionary(
      uniqueKeysWithValues: variables.map { (Environment.Key(stringLiteral: $0), $1) })
    var group: Int32?
    let outcome: Outcome
    do {
      let result = try await Subprocess.run(
        .path("/bin/sh"),
        arguments: Arguments(shellArguments),
        environment: .custom(settings), workingDirectory: FilePath(workingDirectory),
        platformOptions: options,
        input: .fileDescriptor(lifeline.readingEnd, closeAfterSpawningProcess: true), output: .sequence,
        error: .combinedWithOutput
      ) { execution in
        group = execution.processIdentifier.value
        for try await piece in execution.standardOutput {
          receive(piece.withUnsafeBytes { Array($0) })
          // A program that never stops writing would be read for ever.
          if Task.isCancelled { break }
        }
      }
      outcome = .ended(result.terminationStatus)
    } catch {
      outcome = .broken(reason: "\(error)")
    }
    // The watcher is still of the group, so its number can't be another's by now.
    if let group { kill(-group, SIGKILL) }
    lifeline.close()
    return outcome
  }
}

/// The pipe that a command's watcher waits at.
private struct Lifeline: ~Copyable {
  /// For the command, which closes it here.
  let readingEnd: FileDescriptor
  private let writingEnd: FileDescriptor

  init() throws(Errno) {
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { throw Errno(rawValue: errno) }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    readingEnd = FileDescriptor(rawValue: ends[0])
    writingEnd = FileDescriptor(rawValue: ends[1])
  }

  consuming func close() { try? writingEnd.close() }
}
