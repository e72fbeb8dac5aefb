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
func makeDirectories(_ path: String) -> String? {
  var made = path.hasPrefix("/") ? "" : "."
  for component in path.split(separator: "/") {
    made += "/" + component
    if mkdir(made, 0o700) != 0 && errno != EEXIST && errno != EISDIR && errno != EROFS {
      return String(cString: strerror(errno))
    }
  }
  return access(path, F_OK) == 0 ? nil : String(cString: strerror(errno))
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
