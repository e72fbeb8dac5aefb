@testable import RequirementsFiles

/// A project directory in memory, `/project`, to read requirements files in.
struct Project: Sendable {
  static let directory = "/project"

  /// Absolute paths and URLs with what they hold.
  private let files: [String: [UInt8]]
  private let environment: [String: String]

  init(_ files: [String: [UInt8]], environment: [String: String] = [:]) {
    var absolute: [String: [UInt8]] = [:]
    for (path, content) in files {
      let isOutside = path.contains("://") || path == "-"
      absolute[isOutside ? path : PosixPath(path).absolute(in: Self.directory).text] = content
    }
    self.files = absolute
    self.environment = environment
  }

  init(_ files: KeyValuePairs<String, String>, environment: [String: String] = [:]) {
    self.init(
      Dictionary(uniqueKeysWithValues: files.map { ($0.key, Array($0.value.utf8)) }), environment: environment
    )
  }

  func kind(of path: String) -> RequirementsReader.PathKind {
    if files[path] != nil { return .file }
    let prefix = path == "/" ? "/" : path + "/"
    guard files.keys.contains(where: { $0.hasPrefix(prefix) }) || path == Self.directory else {
      return .missing
    }
    let isInstallable = files[prefix + "pyproject.toml"] != nil || files[prefix + "setup.py"] != nil
    return .directory(isInstallable: isInstallable)
  }

  func reader(
    limits: RequirementsReader.Limits = .init(), nestedOrigin: RequirementsReader.NestedOrigin = .joined
  ) -> RequirementsReader {
    RequirementsReader(
      workingDirectory: Self.directory, limits: limits, nestedOrigin: nestedOrigin,
      environment: { environment[$0] }, pathKind: kind,
      load: { path throws(RequirementsReader.LoadFailure) in
        let key =
          path.contains("://") || path == "-" ? path : PosixPath(path).absolute(in: Self.directory).text
        guard let content = files[key] else {
          throw kind(of: key) == .missing ? .missing : .unreadable("it is a directory")
        }
        return content
      })
  }
}
