import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// The end of a process that the user interrupts or the system asks to end: what it has at heart is kept first.
///
/// A second interrupt doesn't wait for that, unless something is held.
final class Interruption: Sendable {
  /// What is to be kept. Its lock is held while something is done that must not be cut in two, and for good once the process
  /// ends.
  private let keepers = Mutex<[@Sendable () -> Void]>([])

  private let hasWritten = Atomic(false)

  /// From now on an interrupt ends the process with 130, and `SIGTERM` and `SIGHUP` end it as they would have; all take
  /// away the progress line. What was ignored before, as in the background of a script, stays so.
  func install(clearsProgress: Bool) {
    signal(SIGPIPE, SIG_IGN)
    // A limit on the size of files is an error of the write that meets it.
    signal(SIGXFSZ, SIG_IGN)
    guard let alarm = Self.alarm else { return }
    let waiting = Waiting(interruption: self, alarm: alarm, clearsProgress: clearsProgress)
    var thread = pthread_t()
    let started = pthread_create(
      &thread, nil,
      { context in
        guard let context else { return nil }
        Unmanaged<Waiting>.fromOpaque(context).takeRetainedValue().wait()
        return nil
      }, Unmanaged.passRetained(waiting).toOpaque())
    guard started == 0 else { return }
    pthread_detach(thread)
    // Made here: a handler may not.
    _ = Self.holds.load(ordering: .relaxed)
    for number in Self.numbers {
      let before = signal(number, Self.handler)
      // Functions can't be compared, their addresses can.
      if unsafeBitCast(before, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self) {
        signal(number, SIG_IGN)
      }
    }
  }

  /// Has something kept before an interrupt ends the process. It may be called on any thread, and for what is long closed.
  func keeps(_ body: @escaping @Sendable () -> Void) { keepers.withLock { $0.append(body) } }

  /// Runs something that an interrupt must not cut in two; it takes effect afterwards.
  func held<Result, Failure: Error>(_ body: () throws(Failure) -> Result) throws(Failure) -> Result {
    Self.holds.add(1, ordering: .sequentiallyConsistent)
    defer { Self.holds.subtract(1, ordering: .sequentiallyConsistent) }
    return try keepers.withLock { _ throws(Failure) in try body() }
  }

  /// A lockfile has been written: an interrupt that comes now doesn't say that nothing was.
  func wrote() { hasWritten.store(true, ordering: .sequentiallyConsistent) }

  // MARK: Signals

  private static let numbers = [SIGINT, SIGTERM, SIGHUP]
  /// How many threads hold, or want to.
  private static let holds = Atomic(0)

  /// The ends of the pipe through which a signal's number comes; nil: there is none to be had.
  private static let alarm: (reading: Int32, writing: Int32)? = {
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { return nil }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    return (ends[0], ends[1])
  }()

  /// Does nothing but what POSIX lets a signal handler do: signal, write.
  private static let handler: @convention(c) (Int32) -> Void = { number in
    let before = errno
    if Interruption.holds.load(ordering: .sequentiallyConsistent) == 0 { signal(number, SIG_DFL) }
    var byte = UInt8(truncatingIfNeeded: number)
    if let alarm = Interruption.alarm { _ = write(alarm.writing, &byte, 1) }
    errno = before
  }

  /// A thread's wait for a signal.
  private final class Waiting: Sendable {
    let interruption: Interruption
    let alarm: (reading: Int32, writing: Int32)
    let clearsProgress: Bool

    init(interruption: Interruption, alarm: (reading: Int32, writing: Int32), clearsProgress: Bool) {
      self.interruption = interruption
      self.alarm = alarm
      self.clearsProgress = clearsProgress
    }

    func wait() {
      var number: UInt8 = 0
      while read(alarm.reading, &number, 1) < 0 && errno == EINTR {}
      interruption.end(by: Int32(number), clearsProgress: clearsProgress)
    }
  }

  private static func say(_ text: StaticString) {
    _ = write(STDERR_FILENO, text.utf8Start, text.utf8CodeUnitCount)
  }

  private func end(by number: Int32, clearsProgress: Bool) {
    keepers.withLock { keepers in
      for keep in keepers { keep() }
      if clearsProgress {
        Self.say("\r\u{1b}[2K")
      }
      if number == SIGINT {
        Self.say(
          hasWritten.load(ordering: .sequentiallyConsistent)
            ? "interrupted\n" : "interrupted; nothing was written\n")
      }
      // Whoever asks a process to end may want to see that it did.
      if number != SIGINT {
        signal(number, SIG_DFL)
        // To this thread, which has it before the call returns; where it was started signals may be blocked.
        var signals = sigset_t()
        sigemptyset(&signals)
        sigaddset(&signals, number)
        pthread_sigmask(SIG_UNBLOCK, &signals, nil)
        raise(number)
      }
      _exit(ExitStatus.interrupted.rawValue)
    }
  }
}
