#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// How a command ended; the same for every command.
enum ExitStatus: Int32, Sendable {
  /// Done, nothing due.
  case done = 0
  /// The answer is "no": the requirements can't be met.
  case no = 1
  /// The user's input is wrong.
  case wrongInput = 2
  /// An outside source failed, and the answer is incomplete.
  case outsideFailure = 3
  /// Interrupted by the user.
  case interrupted = 130
}

/// Ends the process at once; nothing is left to be torn down.
func exitProcess(_ status: ExitStatus) -> Never {
  fflush(nil)
  _exit(status.rawValue)
}
