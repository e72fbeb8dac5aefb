import NIOCore

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// How many files, pipes and connections this process may have open at a time (POSIX `RLIMIT_NOFILE`).
package struct OpenFileLimit: Error, Sendable, Hashable, CustomStringConvertible {
  /// So many.
  package let count: UInt64

  package init(count: UInt64) { self.count = count }

  /// What holds now; nil: the system doesn't say.
  package static var current: OpenFileLimit? {
    var limit = rlimit()
    return getrlimit(kind, &limit) == 0 ? OpenFileLimit(count: UInt64(limit.rlim_cur)) : nil
  }

  /// What has been reached; nil: another file can be opened.
  package static var reached: OpenFileLimit? {
    let descriptor = dup(STDERR_FILENO)
    if descriptor >= 0 { close(descriptor) }
    return descriptor < 0 && errno == EMFILE ? current : nil
  }

  /// Raises a low limit as far as the system lets it, and no further than most processes have it.
  ///
  /// - Throws: the limit, where it stays too low for what is begun without asking whether it can be, as an event loop a
  ///   processor, beside what may have been opened before.
  package static func raise() throws(OpenFileLimit) {
    var limit = rlimit()
    guard getrlimit(kind, &limit) == 0 else { return }
    if limit.rlim_cur < usual, limit.rlim_cur < limit.rlim_max {
      var raised = limit
      raised.rlim_cur = min(limit.rlim_max, usual)
      if setrlimit(kind, &raised) == 0 { limit = raised }
    }
    let count = UInt64(limit.rlim_cur)
    if count < 32 + 8 * UInt64(System.coreCount) { throw OpenFileLimit(count: count) }
  }

  /// Whether an error number says that a limit is reached: this process's, or the system's.
  static func isReached(by number: Int32) -> Bool { number == EMFILE || number == ENFILE }

  /// A phrase.
  package var description: String { "no more than \(count) files and connections may be open at a time" }

  /// What can be done about it.
  package var remedy: String { "raise the limit: `ulimit -n 1024`" }

  private static let usual: rlim_t = 1024

  #if canImport(Glibc)
    private static let kind = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
  #else
    private static let kind = RLIMIT_NOFILE
  #endif
}
