#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// A port that nobody listens on and nobody else gets.
final class HeldPort: Sendable {
  private let descriptor: Int32

  private init(_ descriptor: Int32) { self.descriptor = descriptor }

  /// Takes a port, once nobody listens on it any more: a process that is being started may have the socket of a server
  /// that was closed, until it becomes the program it is to be.
  static func take(_ port: Int) async -> HeldPort? {
    for _ in 0..<1000 {
      if let descriptor = bound(to: port) { return HeldPort(descriptor) }
      try? await Task.sleep(for: .milliseconds(10))
    }
    return nil
  }

  private static func bound(to port: Int) -> Int32? {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = in_port_t(port).bigEndian
    address.sin_addr.s_addr = in_addr_t(0x7F00_0001).bigEndian
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    // What is left of closed connections is in nobody's way.
    var isReused: Int32 = 1
    setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &isReused, socklen_t(MemoryLayout<Int32>.size))
    let status = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    if status == 0 { return descriptor }
    close(descriptor)
    return nil
  }

  deinit { close(descriptor) }
}
