import PythonPackaging
import ZipReading

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Why files of advisories can't be read: one line without a full stop.
enum LocalFileError: Error, Hashable, CustomStringConvertible {
  case unreadable(path: String, reason: String)
  case zip(path: String, ZipError)
  /// The directory has more entries.
  case tooMany(path: String, limit: Int)

  /// Without the place.
  var reason: String {
    switch self {
    case .unreadable(_, let reason): reason
    case .zip(_, let error): "no usable zip file: \(error)"
    case .tooMany(_, let limit): "more than \(limit) files"
    }
  }

  var description: String {
    switch self {
    case .unreadable(let path, _), .zip(let path, _), .tooMany(let path, _):
      "\(PrintableText.excerpt(path, limit: 300)): \(reason)"
    }
  }
}

/// Files and directories, read without following a link that isn't the user's own.
enum LocalFile {
  /// What a name stands for.
  enum Kind {
    case file
    case directory
    /// A symbolic link, which may lead anywhere, or a pipe, which may never end.
    case other
  }

  static func kind(_ path: String) -> Kind {
    var status = stat()
    guard lstat(path, &status) == 0 else { return .other }
    switch status.st_mode & S_IFMT {
    case S_IFREG: return .file
    case S_IFDIR: return .directory
    default: return .other
    }
  }

  /// Whether there is a directory, at the end of links too.
  static func isDirectory(_ path: String) throws(LocalFileError) -> Bool {
    var status = stat()
    guard stat(path, &status) == 0 else { throw .unreadable(path: path, reason: systemReason(errno)) }
    return status.st_mode & S_IFMT == S_IFDIR
  }

  /// The names in a directory, ascending.
  static func names(inDirectory path: String) throws(LocalFileError) -> [String] {
    guard let directory = opendir(path) else { throw .unreadable(path: path, reason: systemReason(errno)) }
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

  /// A file's bytes, of at most `limit`.
  static func bytes(_ path: String, limit: Int) throws(LocalFileError) -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
    guard descriptor >= 0 else { throw .unreadable(path: path, reason: systemReason(errno)) }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw .unreadable(path: path, reason: systemReason(errno)) }
    guard status.st_size <= limit else {
      throw .unreadable(path: path, reason: "it is larger than \(limit) bytes")
    }
    let size = Int(status.st_size)
    let bytes = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
      while count < size {
        let read = read(descriptor, buffer.baseAddress.map { $0 + count }, size - count)
        if read < 0, errno == EINTR { continue }
        if read <= 0 { break }
        count += read
      }
    }
    guard bytes.count == size else { throw .unreadable(path: path, reason: "it can't be read to its end") }
    return bytes
  }
}
