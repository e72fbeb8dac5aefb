#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// The three streams that a process finds open.
enum StandardStreams {
  /// Puts something that can't be written in place of each that was closed, so that no file which is opened later takes
  /// its number and gets what is meant for it.
  static func occupy() {
    for descriptor in [STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO] where fcntl(descriptor, F_GETFD) < 0 {
      // It gets the lowest number that is free, which is this.
      _ = open("/dev/null", O_RDONLY)
    }
  }
}
