/// Reads requirements files as pip 26 reads them, with everything they include.
///
/// The reader itself touches neither files nor network nor environment: it asks for them. Equal answers give
/// equal results.
///
///     let reader = RequirementsReader(workingDirectory: "/project", environment: { _ in nil },
///       pathKind: { _ in .missing }) { path throws(LoadFailure) in try bytes(of: path) }
///     let input = try reader.read(["requirements.in"], constraints: ["constraints.txt"])
package struct RequirementsReader: Sendable {
  /// What a path is, as far as reading needs to know.
  package enum PathKind: Sendable, Hashable {
    /// Nothing there.
    case missing
    /// A file.
    case file
    /// A directory; installable if it has a `pyproject.toml` or a `setup.py`.
    case directory(isInstallable: Bool)
  }

  /// Why a file couldn't be loaded.
  package enum LoadFailure: Error, Sendable, Hashable {
    /// There is no such file or page.
    case missing
    /// The file is larger than allowed; nothing was kept.
    case tooLarge
    /// Anything else, as a phrase: `permission denied`.
    case unreadable(String)
  }

  /// Bounds on what is read; files from outside can't exhaust the machine.
  package struct Limits: Sendable, Hashable {
    /// The size of one file in bytes [16 MiB].
    package var bytesPerFile = 16 << 20
    /// How deep files include files [64].
    package var depth = 64
    /// How many files are read in all, repeated ones counted [4096].
    package var files = 4096

    /// Nothing said yet: every value at its default.
    package init() {}
  }

  /// How the path of an included file is shown.
  package enum NestedOrigin: Sendable, Hashable {
    /// Joined to the including file's directory and not normalised: `sub/../c.txt`.
    case joined
    /// Normalised and relative to the working directory, `c.txt`, as pip 26.3 makes pip-compile show it.
    case normalized
  }

  let workingDirectory: String
  let limits: Limits
  let nestedOrigin: NestedOrigin
  let environment: @Sendable (String) -> String?
  let pathKind: @Sendable (String) -> PathKind
  let load: @Sendable (String) throws(LoadFailure) -> [UInt8]

  /// - Parameters:
  ///   - workingDirectory: absolute; paths of requirements (`./pkg`) and top files are relative to it.
  ///   - environment: the value of a `${VARIABLE}`; nil or empty leaves it as written.
  ///   - pathKind: what an absolute path is.
  ///   - load: the bytes of a file or page: a path as given to `read`, an absolute path for an included file,
  ///     an `http(s):` URL with its variables expanded, or `-` for standard input.
  package init(
    workingDirectory: String, limits: Limits = Limits(), nestedOrigin: NestedOrigin = .joined,
    environment: @escaping @Sendable (String) -> String?,
    pathKind: @escaping @Sendable (String) -> PathKind,
    load: @escaping @Sendable (String) throws(LoadFailure) -> [UInt8]
  ) {
    self.workingDirectory = workingDirectory
    self.limits = limits
    self.nestedOrigin = nestedOrigin
    self.environment = environment
    self.pathKind = pathKind
    self.load = load
  }

  /// Reads requirements files, then constraints files, in order.
  ///
  /// - Parameters:
  ///   - paths: as the user gave them: relative or absolute paths, URLs, `-` for standard input.
  ///   - constraints: the files of `--constraint`, likewise.
  ///   - options: what the command line and configuration say; the files' options are applied on top.
  package func read(
    _ paths: [String], constraints: [String] = [], options: IndexOptions = IndexOptions()
  ) throws(RequirementsFileError) -> RequirementsInput {
    var reading = RequirementsReading(reader: self, options: options)
    for path in paths { try reading.readTop(path, isConstraint: false) }
    for path in constraints { try reading.readTop(path, isConstraint: true) }
    return reading.input
  }

  /// Reads files of overrides, in order: requirements of indexes, without any option.
  package func readOverrides(_ paths: [String]) throws(RequirementsFileError) -> RequirementsInput {
    var reading = RequirementsReading(reader: self, options: IndexOptions(), isOfOverrides: true)
    for path in paths { try reading.readTop(path, isConstraint: false) }
    return reading.input
  }
}
