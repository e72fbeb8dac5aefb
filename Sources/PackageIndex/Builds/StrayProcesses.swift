#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Processes that left their process group, found by a variable in their environment that no other process has.
enum StrayProcesses {
  /// Ends those of this user whose environment has the variable with this value; does nothing where there is no
  /// `/proc`.
  static func end(withVariable name: String, of variables: [String: String]) {
    guard let value = variables[name] else { return }
    let mark = Array("\(name)=\(value)\0".utf8)
    // One that is just being started may be missed, but not by the next round.
    for _ in 0..<8 {
      let found = processes(with: mark)
      if found.isEmpty { return }
      for process in found { kill(process, SIGKILL) }
    }
  }

  private static func processes(with mark: [UInt8]) -> [pid_t] {
    (LocalFile.names(inDirectory: "/proc") ?? []).compactMap { pid_t($0) }.filter { process in
      process != getpid() && contains(mark, in: environment(of: process))
    }
  }

  /// The bytes of a process's environment, each variable ended by a zero; empty if it can't be read.
  private static func environment(of process: pid_t) -> [UInt8] {
    let descriptor = open("/proc/\(process)/environ", O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return [] }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while bytes.count < 4 << 20 {
      let count = buffer.withUnsafeMutableBytes { read(descriptor, $0.baseAddress, $0.count) }
      if count < 0 && errno == EINTR { continue }
      if count <= 0 { break }
      bytes += buffer[..<count]
    }
    return bytes
  }

  private static func contains(_ mark: [UInt8], in environment: [UInt8]) -> Bool {
    environment.split(separator: 0).contains { $0.elementsEqual(mark.dropLast()) }
  }
}
