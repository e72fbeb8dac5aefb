import Dispatch
import Glibc
import Testing

/// A server on the loopback interface that lets clients in and never says a word.
final class LoopbackSocket: Sendable {
  let port: UInt16
  private let listener: Int32

  init() throws { (listener, port) = try LoopbackSocket.listen() }

  deinit { close(listener) }

  /// Waits for a client; its connection, for `ends`.
  func client() async -> Int32 {
    await withCheckedContinuation { continuation in
      DispatchQueue.global().async { [listener] in continuation.resume(returning: accept(listener, nil, nil))
      }
    }
  }

  /// Waits until every process that has the other end is gone; false if that takes too long. Closes the connection.
  static func ends(_ connection: Int32) async -> Bool {
    await withCheckedContinuation { continuation in
      DispatchQueue.global().async {
        var buffer = [UInt8](repeating: 0, count: 4096)
        var isReadable = pollfd(fd: connection, events: Int16(POLLIN), revents: 0)
        var count = 1
        while count > 0 {
          guard poll(&isReadable, 1, 10_000) > 0 else { break }
          count = read(connection, &buffer, buffer.count)
        }
        close(connection)
        continuation.resume(returning: count <= 0)
      }
    }
  }

  /// Waits for a word; false if that takes too long.
  static func says(_ word: String, on descriptor: Int32) async -> Bool {
    await withCheckedContinuation { continuation in
      DispatchQueue.global().async {
        var buffer = [UInt8](repeating: 0, count: 4096)
        var isReadable = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        let count = poll(&isReadable, 1, 10_000) > 0 ? read(descriptor, &buffer, buffer.count) : 0
        continuation.resume(
          returning: String(decoding: buffer.prefix(max(0, count)), as: UTF8.self).hasPrefix(word))
      }
    }
  }

  /// A socket on a free port.
  static func listen() throws -> (descriptor: Int32, port: UInt16) {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(INADDR_LOOPBACK).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let isBound = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
        bind(descriptor, address, length) == 0 && Glibc.listen(descriptor, 16) == 0
          && getsockname(descriptor, address, &length) == 0
      }
    }
    try #require(isBound)
    return (descriptor, UInt16(bigEndian: address.sin_port))
  }
}
