import Glibc

/// Makes a symbolic link; tells whether it could.
func symbolicLink(_ target: String, at path: String) -> Bool { symlink(target, path) == 0 }

/// Whether a path is a symbolic link itself.
func isSymbolicLink(_ path: String) -> Bool {
  var status = stat()
  return lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFLNK
}

/// A file's permission bits.
func permissions(_ path: String) -> UInt32? {
  var status = stat()
  return stat(path, &status) == 0 ? UInt32(status.st_mode & 0o7777) : nil
}
