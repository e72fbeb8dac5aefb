#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A process that waits for the end of this one, and then removes a directory of it.
///
/// It waits at a pipe that only this process writes to, so that it notices every kind of end: an interrupt, a fault, and
/// `kill -KILL`. Where it can't be started, the directory just stays then.
struct DirectoryWatcher: Sendable {
  private let writingEnd: Int32
  private let process: pid_t?

  /// A line says that the directory is gone. Else what was still running in it gets the time to end.
  private static let script = """
    exec >/dev/null 2>&1
    trap '' HUP INT TERM
    read -r _ && exit
    rm -rf -- "$1"
    sleep 3
    rm -rf -- "$1"
    """

  init(of directory: String) {
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else {
      (writingEnd, process) = (-1, nil)
      return
    }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    process = Self.start(["/bin/sh", "-c", Self.script, "sh", directory], input: ends[0])
    close(ends[0])
    writingEnd = ends[1]
  }

  /// Ends it: the directory is gone.
  func end() {
    guard writingEnd >= 0 else { return }
    // Without a reader, nothing happens but an error: SIGPIPE is ignored by the command.
    if let process {
      _ = writeAll([UInt8(ascii: "\n")], to: writingEnd)
      close(writingEnd)
      var status: Int32 = 0
      while waitpid(process, &status, 0) < 0 && errno == EINTR {}
    } else {
      close(writingEnd)
    }
  }

  /// Starts a program in a process group of its own, which no terminal's interrupt reaches.
  private static func start(_ command: [String], input: Int32) -> pid_t? {
    #if canImport(Darwin)
      var actions: posix_spawn_file_actions_t?
      var attributes: posix_spawnattr_t?
    #else
      var actions = posix_spawn_file_actions_t()
      var attributes = posix_spawnattr_t()
    #endif
    guard posix_spawn_file_actions_init(&actions) == 0 else { return nil }
    defer { posix_spawn_file_actions_destroy(&actions) }
    guard posix_spawnattr_init(&attributes) == 0 else { return nil }
    defer { posix_spawnattr_destroy(&attributes) }
    posix_spawn_file_actions_adddup2(&actions, input, 0)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETPGROUP))
    posix_spawnattr_setpgroup(&attributes, 0)
    var arguments = command.map { strdup($0) } + [nil]
    var variables = [strdup("PATH=/usr/bin:/bin"), nil]
    defer { for text in arguments + variables { free(text) } }
    var process: pid_t = 0
    let failure = posix_spawn(&process, "/bin/sh", &actions, &attributes, &arguments, &variables)
    return failure == 0 ? process : nil
  }
}
