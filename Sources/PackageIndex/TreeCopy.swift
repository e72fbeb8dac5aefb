#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Copies a directory with all that is in it, or a file, to where nothing is; false, with the reason in `errno`, if that
/// fails, and part of it may be there then.
///
/// Symbolic links are copied as such, and times aren't. What is neither file, directory nor link is left out.
func copyTree(_ source: String, to target: String) -> Bool {
  var status = stat()
  guard lstat(source, &status) == 0 else { return false }
  switch status.st_mode & S_IFMT {
  case S_IFDIR:
    guard mkdir(target, 0o700) == 0, let names = LocalFile.names(inDirectory: source) else { return false }
    for name in names {
      guard copyTree("\(source)/\(name)", to: "\(target)/\(name)") else { return false }
    }
    return chmod(target, status.st_mode & 0o777) == 0
  case S_IFLNK:
    var destination = [CChar](repeating: 0, count: Int(PATH_MAX))
    let count = readlink(source, &destination, destination.count)
    guard count >= 0 else { return false }
    return symlink(
      String(decoding: destination[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self), target) == 0
  case S_IFREG:
    guard let file = try? LocalFile(path: source), let bytes = try? file.read(0..<file.size) else {
      return false
    }
    let descriptor = open(target, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    return writeAll(bytes, to: descriptor) && fchmod(descriptor, status.st_mode & 0o777) == 0
  default: return true
  }
}

/// Writes a file's contents anew; false, with the reason in `errno`, if that fails.
func overwrite(_ path: String, with bytes: [UInt8]) -> Bool {
  let descriptor = open(path, O_WRONLY | O_TRUNC | O_CLOEXEC)
  guard descriptor >= 0 else { return false }
  defer { close(descriptor) }
  return writeAll(bytes, to: descriptor)
}

func isSymbolicLink(_ path: String) -> Bool {
  var status = stat()
  return lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFLNK
}
