package import Subprocess

extension SubprocessOutputSequence {
  /// All that a program writes, until it ends; nil if that is more than `limit` bytes.
  package func head(limit: Int) async -> [UInt8]? {
    var bytes: [UInt8] = []
    var iterator = makeAsyncIterator()
    while let buffer = try? await iterator.next() {
      guard bytes.count + buffer.count <= limit else { return nil }
      buffer.withUnsafeBytes { bytes += $0 }
    }
    return bytes
  }

  /// The last `limit` bytes that a program writes, until it ends.
  package func tail(limit: Int) async -> [UInt8] {
    var bytes: [UInt8] = []
    var iterator = makeAsyncIterator()
    while let buffer = try? await iterator.next() {
      buffer.withUnsafeBytes { bytes += $0 }
      if bytes.count > 2 * limit { bytes.removeFirst(bytes.count - limit) }
    }
    return Array(bytes.suffix(limit))
  }
}
