#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The path with symbolic links, `.` and `..` resolved; nil if it leads to nothing.
func resolvedPath(_ path: String) -> String? {
  guard let real = realpath(path, nil) else { return nil }
  defer { free(real) }
  return String(cString: real)
}

/// Whether `path` leads to a directory.
func isDirectory(_ path: String) -> Bool {
  var status = stat()
  return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
}

/// Whether `path` leads to a file that can be run.
func isExecutableFile(_ path: String) -> Bool {
  var status = stat()
  return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG && access(path, X_OK) == 0
}

/// The first file of this name that can be run, in directories as `PATH` lists them; nil if there is none.
package func executablePath(named name: String, on path: String) -> String? {
  for directory in path.split(separator: ":") where directory.hasPrefix("/") {
    let path = "\(directory)/\(name)"
    if isExecutableFile(path) { return path }
  }
  return nil
}

/// Whether there is anything at `path`, if only a link to nothing.
func isPresent(_ path: String) -> Bool {
  var status = stat()
  return lstat(path, &status) == 0
}

/// Whether `path` is a directory with nothing in it.
func isEmptyDirectory(_ path: String) -> Bool { LocalFile.names(inDirectory: path)?.isEmpty == true }

/// Gives a directory another name; the reason if that fails.
func renameDirectory(_ path: String, to target: String) -> String? {
  rename(path, target) == 0 ? nil : errnoPhrase(errno)
}

/// The bytes of a file; nil if it can't be read or is longer than `limit`.
func readFile(_ path: String, limit: Int) -> [UInt8]? {
  let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
  guard descriptor >= 0 else { return nil }
  defer { close(descriptor) }
  var bytes = [UInt8](repeating: 0, count: limit + 1)
  let count = bytes.withUnsafeMutableBytes { read(descriptor, $0.baseAddress, $0.count) }
  return count >= 0 && count <= limit ? Array(bytes[..<count]) : nil
}

/// Puts a small file in place whole or not at all; the reason if that fails.
func replaceFile(_ path: String, with bytes: [UInt8]) -> String? {
  var template = Array("\(path).XXXXXX".utf8CString)
  let descriptor = template.withUnsafeMutableBufferPointer { $0.baseAddress.map { mkstemp($0) } ?? -1 }
  guard descriptor >= 0 else { return errnoPhrase(errno) }
  let written = bytes.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
  close(descriptor)
  let temporary = template.withUnsafeBufferPointer { $0.baseAddress.map { String(cString: $0) } ?? "" }
  guard written == bytes.count, rename(temporary, path) == 0 else {
    let reason = errnoPhrase(errno)
    removeFile(temporary)
    return reason
  }
  return nil
}
