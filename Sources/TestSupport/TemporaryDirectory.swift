package import Glibc

/// A new directory, removed with what is in it.
package final class TemporaryDirectory: Sendable {
  /// Its absolute path, without symbolic links.
  package let path: String

  /// Makes one where the system keeps temporary files.
  package init() {
    let template = (getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp") + "/repin-test-XXXXXX"
    var bytes = Array(template.utf8CString)
    path = bytes.withUnsafeMutableBufferPointer { buffer in
      guard let base = buffer.baseAddress, let made = mkdtemp(base), let real = realpath(made, nil) else {
        fatalError("no temporary directory: errno \(errno)")
      }
      defer { free(real) }
      return String(cString: real)
    }
  }

  deinit { TemporaryDirectory.remove(path) }

  /// The absolute path of a file in it.
  package func file(_ name: String) -> String { "\(path)/\(name)" }

  /// Makes a directory in it.
  package func makeDirectory(_ name: String) { mkdir(file(name), 0o700) }

  /// Takes a file or a directory away.
  package func remove(_ name: String) { TemporaryDirectory.remove(file(name)) }

  /// Makes a file of these bytes, or a file's bytes these.
  package func write(_ name: String, _ bytes: [UInt8], mode: mode_t = 0o644) {
    let descriptor = open(file(name), O_WRONLY | O_CREAT | O_TRUNC, mode)
    guard descriptor >= 0 else { fatalError("can't write \(name): errno \(errno)") }
    _ = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
    close(descriptor)
    if mode & 0o111 != 0 { waitUntilNobodyWrites(file(name)) }
  }

  /// A process that another test begins just then has the file open for a moment too, and nobody can run it as long.
  private func waitUntilNobodyWrites(_ path: String) {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    defer { close(descriptor) }
    // A lease to read is granted where nobody has the file open for writing; where there are no leases, nothing is known.
    while fcntl(descriptor, Self.setLease, F_RDLCK) < 0, errno == EAGAIN { usleep(1000) }
    _ = fcntl(descriptor, Self.setLease, F_UNLCK)
  }

  /// `F_SETLEASE` of Linux.
  private static let setLease: Int32 = 1024

  /// Makes a file of this text.
  package func write(_ name: String, _ text: String, mode: mode_t = 0o644) {
    write(name, Array(text.utf8), mode: mode)
  }

  /// Writes bytes into a file at an offset; what is around them stays.
  package func overwrite(_ name: String, with bytes: [UInt8], at offset: Int = 0) {
    let descriptor = open(file(name), O_WRONLY | O_CREAT, 0o600)
    defer { close(descriptor) }
    _ = bytes.withUnsafeBytes { pwrite(descriptor, $0.baseAddress, $0.count, offset) }
  }

  /// A file's bytes; nil if there is none.
  package func read(_ name: String) -> [UInt8]? {
    let descriptor = open(file(name), O_RDONLY)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var bytes = [UInt8](repeating: 0, count: size(name))
    let count = bytes.withUnsafeMutableBytes { Glibc.read(descriptor, $0.baseAddress, $0.count) }
    return Array(bytes.prefix(max(0, count)))
  }

  /// A file's text; nil if there is none.
  package func text(_ name: String) -> String? { read(name).map { String(decoding: $0, as: UTF8.self) } }

  /// A file's size in bytes; 0 if there is none.
  package func size(_ name: String) -> Int {
    var status = stat()
    return stat(file(name), &status) == 0 ? Int(status.st_size) : 0
  }

  /// When a file was last changed, in nanoseconds since 1970; nil if there is none.
  package func modified(_ name: String) -> Int64? {
    var status = stat()
    guard stat(file(name), &status) == 0 else { return nil }
    return Int64(status.st_mtim.tv_sec) * 1_000_000_000 + Int64(status.st_mtim.tv_nsec)
  }

  /// The names in one of its directories, ascending.
  package func names(in folder: String = ".") -> [String] {
    guard let directory = opendir(file(folder)) else { return [] }
    defer { closedir(directory) }
    var names: [String] = []
    while let name = TemporaryDirectory.nextName(directory) { names.append(name) }
    return names.sorted()
  }

  private static func nextName(_ directory: OpaquePointer) -> String? {
    while let entry = readdir(directory) {
      let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      if name != "." && name != ".." { return name }
    }
    return nil
  }

  private static func remove(_ path: String) {
    var status = stat()
    guard lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else {
      unlink(path)
      return
    }
    chmod(path, 0o700)
    if let directory = opendir(path) {
      while let name = nextName(directory) { remove("\(path)/\(name)") }
      closedir(directory)
    }
    rmdir(path)
  }
}
