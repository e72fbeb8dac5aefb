#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A lock that holds between processes and between tasks (flock(2)); the system takes it back from a process that dies.
enum FileLock {
  /// Why it isn't held.
  enum Failure: Error, Sendable, Hashable {
    /// The system's reason.
    case unusable(String)
    /// Somebody else holds it for longer than we wait.
    case busy
    case cancelled
  }

  /// The descriptor that holds the lock until it is closed; the file is made if need be.
  static func acquire(_ path: String, patience: Duration) async throws(Failure) -> Int32 {
    let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw .unusable(errnoPhrase(errno)) }
    let clock = ContinuousClock()
    let end = clock.now.advanced(by: patience)
    var pause = Duration.milliseconds(5)
    while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
      let reason = errno
      var failure: Failure?
      if reason != EWOULDBLOCK && reason != EINTR {
        failure = .unusable(errnoPhrase(reason))
      } else if clock.now >= end {
        failure = .busy
      } else {
        do { try await Task.sleep(for: pause) } catch { failure = .cancelled }
      }
      if let failure {
        close(descriptor)
        throw failure
      }
      pause = min(pause * 2, .milliseconds(200))
    }
    return descriptor
  }

  /// Gives it back.
  static func release(_ descriptor: Int32) { close(descriptor) }
}
