import Glibc

/// A new directory, removed with what is in it.
final class TemporaryDirectory: Sendable {
  let path: String

  init() {
    let template = (getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp") + "/repin-index-XXXXXX"
    var bytes = Array(template.utf8CString)
    path = bytes.withUnsafeMutableBufferPointer { buffer in
      guard let base = buffer.baseAddress, let made = mkdtemp(base) else {
        fatalError("no temporary directory: errno \(errno)")
      }
      return String(cString: made)
    }
  }

  deinit { TemporaryDirectory.remove(path) }

  private static func remove(_ path: String) {
    if let directory = opendir(path) {
      while let entry = readdir(directory) {
        let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
          String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
        }
        if name != "." && name != ".." { remove("\(path)/\(name)") }
      }
      closedir(directory)
      rmdir(path)
    } else {
      unlink(path)
    }
  }

  func file(_ name: String) -> String { "\(path)/\(name)" }

  /// Writes `bytes` to a file of that name, from its start.
  func overwrite(_ name: String, with bytes: [UInt8], at offset: Int = 0) {
    let descriptor = open(file(name), O_WRONLY | O_CREAT, 0o600)
    defer { close(descriptor) }
    _ = bytes.withUnsafeBytes { pwrite(descriptor, $0.baseAddress, $0.count, offset) }
  }

  func size(_ name: String) -> Int {
    var status = stat()
    return stat(file(name), &status) == 0 ? Int(status.st_size) : 0
  }
}

extension TemporaryDirectory {
  /// Whether any file of a folder has either text in it.
  func contains(_ text: String, or other: String, in folder: String) -> Bool {
    guard let directory = opendir(file(folder)) else { return false }
    defer { closedir(directory) }
    while let entry = readdir(directory) {
      let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      guard let stream = fopen(file("\(folder)/\(name)"), "r") else { continue }
      defer { fclose(stream) }
      var bytes = [UInt8](repeating: 0, count: size("\(folder)/\(name)"))
      let count = fread(&bytes, 1, bytes.count, stream)
      let contents = String(decoding: bytes.prefix(count), as: UTF8.self)
      if contents.contains(text) || contents.contains(other) { return true }
    }
    return false
  }
}
