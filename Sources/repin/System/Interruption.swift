#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// What happens when the user interrupts.
enum Interruption {
  /// From now on an interrupt takes away the progress line and ends the process with 130.
  static func install(clearsProgress: Bool) {
    // The handlers do nothing but what POSIX lets a signal handler do: write, _exit.
    let clearing: @convention(c) (Int32) -> Void = { _ in
      let line: StaticString = "\r\u{1b}[2K"
      _ = write(STDERR_FILENO, line.utf8Start, line.utf8CodeUnitCount)
      _exit(ExitStatus.interrupted.rawValue)
    }
    let plain: @convention(c) (Int32) -> Void = { _ in _exit(ExitStatus.interrupted.rawValue) }
    signal(SIGINT, clearsProgress ? clearing : plain)
    signal(SIGPIPE, SIG_IGN)
  }

  /// Runs something that an interrupt must not cut in two; it takes effect afterwards.
  static func held<Result, Failure: Error>(
    _ body: () throws(Failure) -> Result
  ) throws(Failure) -> Result {
    var interrupts = sigset_t()
    sigemptyset(&interrupts)
    sigaddset(&interrupts, SIGINT)
    sigaddset(&interrupts, SIGTERM)
    sigaddset(&interrupts, SIGHUP)
    var before = sigset_t()
    pthread_sigmask(SIG_BLOCK, &interrupts, &before)
    defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
    return try body()
  }
}
