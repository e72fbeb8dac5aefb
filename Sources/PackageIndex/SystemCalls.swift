#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The wall clock.
func secondsSince1970() -> Int64 { Int64(time(nil)) }

/// Makes `path` and what is missing above it, readable by its owner alone; the reason if that fails.
package func makeDirectories(_ path: String) -> String? {
  var made = path.hasPrefix("/") ? "" : "."
  for component in path.split(separator: "/") {
    made += "/" + component
    if mkdir(made, 0o700) != 0 && errno != EEXIST && errno != EISDIR && errno != EROFS {
      return String(cString: strerror(errno))
    }
  }
  return access(path, F_OK) == 0 ? nil : String(cString: strerror(errno))
}

/// Makes a new directory in `parent`, readable by its owner alone, whose name begins so, and gives its path; nil if that
/// fails, and `errno` says why.
func makePrivateDirectory(in parent: String, prefix: String) -> String? {
  var template = Array("\(parent)/\(prefix)XXXXXX".utf8CString)
  return template.withUnsafeMutableBufferPointer { buffer in
    buffer.baseAddress.flatMap { mkdtemp($0) }.map { String(cString: $0) }
  }
}

/// Removes a directory with all that is in it, or a file; symbolic links aren't followed.
func removeTree(_ path: String) {
  var status = stat()
  guard lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else {
    unlink(path)
    return
  }
  // A build may have taken its own rights away.
  chmod(path, 0o700)
  for name in LocalFile.names(inDirectory: path) ?? [] { removeTree("\(path)/\(name)") }
  rmdir(path)
}

/// The bytes of a file, or of all files in a directory; 0 if there is none. Symbolic links aren't followed.
package func treeSize(_ path: String) -> Int64 {
  var status = stat()
  guard lstat(path, &status) == 0 else { return 0 }
  guard status.st_mode & S_IFMT == S_IFDIR else { return Int64(status.st_size) }
  return (LocalFile.names(inDirectory: path) ?? []).reduce(0) { $0 + treeSize("\(path)/\($1)") }
}

/// When a file was last changed, in seconds since 1970; nil if there is none.
func modificationTime(_ path: String) -> Int64? {
  var status = stat()
  guard stat(path, &status) == 0 else { return nil }
  #if canImport(Darwin)
    return Int64(status.st_mtimespec.tv_sec)
  #else
    return Int64(status.st_mtim.tv_sec)
  #endif
}

/// Whether `path` can be read.
func isReadable(_ path: String) -> Bool { access(path, R_OK) == 0 }

/// Removes a file, if it is there.
func removeFile(_ path: String) { _ = unlink(path) }

/// The system's words for an error number.
func errnoPhrase(_ code: Int32) -> String {
  let phrase = String(cString: strerror(code))
  return phrase.prefix(1).lowercased() + phrase.dropFirst()
}
