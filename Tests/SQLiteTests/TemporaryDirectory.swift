import Glibc

/// A new directory, removed with what is in it.
final class TemporaryDirectory {
  let path: String

  init() {
    let template = (getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp") + "/repin-sqlite-XXXXXX"
    var bytes = Array(template.utf8CString)
    path = bytes.withUnsafeMutableBufferPointer { buffer in
      guard let base = buffer.baseAddress, let made = mkdtemp(base) else {
        fatalError("no temporary directory: errno \(errno)")
      }
      return String(cString: made)
    }
  }

  deinit {
    chmod(path, 0o700)
    guard let directory = opendir(path) else { return }
    while let entry = readdir(directory) {
      let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      if name != "." && name != ".." { unlink("\(path)/\(name)") }
    }
    closedir(directory)
    rmdir(path)
  }

  func file(_ name: String) -> String { "\(path)/\(name)" }

  /// Writes `bytes` to a file of that name, from its start.
  func overwrite(_ name: String, with bytes: [UInt8], at offset: Int = 0) {
    let descriptor = open(file(name), O_WRONLY | O_CREAT, 0o600)
    defer { close(descriptor) }
    _ = bytes.withUnsafeBytes { pwrite(descriptor, $0.baseAddress, $0.count, offset) }
  }
}
