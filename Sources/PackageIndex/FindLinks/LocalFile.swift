#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A regular file of this machine, opened for reading pieces of it.
final class LocalFile: Sendable {
  /// The system's reason, as a phrase.
  struct Failure: Error, Sendable, Hashable {
    let reason: String
  }

  /// In bytes.
  let size: Int
  private let descriptor: Int32

  init(path: String) throws(Failure) {
    // Not to wait for a writer, where somebody put a pipe.
    let opened = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard opened >= 0 else { throw Failure(reason: errnoPhrase(errno)) }
    var status = stat()
    guard fstat(opened, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      close(opened)
      throw Failure(reason: "not a file")
    }
    size = Int(status.st_size)
    descriptor = opened
  }

  deinit { close(descriptor) }

  /// The bytes of a range, all of them.
  func read(_ range: Range<Int>) throws(Failure) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: range.count)
    var filled = 0
    while filled < range.count {
      let count = bytes.withUnsafeMutableBytes { buffer in
        pread(
          descriptor, buffer.baseAddress?.advanced(by: filled), range.count - filled,
          range.lowerBound + filled)
      }
      if count < 0 && errno == EINTR { continue }
      guard count > 0 else {
        throw Failure(reason: count == 0 ? "shorter than it was" : errnoPhrase(errno))
      }
      filled += count
    }
    return bytes
  }

  /// SHA-256 of the whole file in lower-case hexadecimal.
  func sha256() throws(Failure) -> String {
    var digest = RunningDigest(.sha256)
    var offset = 0
    while offset < size {
      let end = min(offset + 1 << 20, size)
      digest.update(try read(offset..<end))
      offset = end
    }
    return FileHash.hexadecimal(digest.finish())
  }

  /// The path of a `file:` URL of this machine (RFC 8089); nil for any other.
  static func path(of url: String) -> String? {
    guard url.hasPrefix("file:///") || url.hasPrefix("file://localhost/") else { return nil }
    let path = url.dropFirst(url.hasPrefix("file:///") ? 7 : 16).prefix { $0 != "#" && $0 != "?" }
    var bytes: [UInt8] = []
    var rest = Array(path.utf8)[...]
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "%") else {
        bytes.append(byte)
        continue
      }
      guard rest.count >= 2, let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)
      else {
        return nil
      }
      bytes.append(value)
      rest = rest.dropFirst(2)
    }
    return bytes.contains(0) ? nil : String(decoding: bytes, as: UTF8.self)
  }

  /// The `file:` URL of an absolute path.
  static func url(of path: String) -> String {
    var text = Array("file://".utf8)
    for byte in path.utf8 {
      if isPlain(byte) {
        text.append(byte)
      } else {
        text.append(UInt8(ascii: "%"))
        text.append(hexadecimalDigit(byte >> 4, upperCase: true))
        text.append(hexadecimalDigit(byte, upperCase: true))
      }
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// Whether a byte of a path stands for itself in a URL (RFC 3986, "unreserved", and the slash).
  private static func isPlain(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"):
      true
    case UInt8(ascii: "/"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "~"),
      UInt8(ascii: "+"), UInt8(ascii: "!"):
      true
    default: false
    }
  }

  /// The names in a directory, ascending; nil if it is none or can't be read.
  static func names(inDirectory path: String) -> [String]? {
    guard let directory = opendir(path) else { return nil }
    defer { closedir(directory) }
    var names: [String] = []
    while let entry = readdir(directory) {
      let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      if name != "." && name != ".." { names.append(name) }
    }
    return names.sorted()
  }
}
