import PackageIndex
import RequirementsFiles
import Synchronization

/// Reads requirements files from disk, standard input and the web, each once.
final class RequirementsLoading: Sendable {
  private struct State {
    var loaded: [String: [UInt8]] = [:]
    /// An address that a file includes and that hasn't been fetched yet.
    var wanted: String?
  }

  private let context: CommandContext
  /// Files that are read instead of what is on the disk, by absolute path.
  private let pending: [String: [UInt8]]
  private let state = Mutex(State())

  init(context: CommandContext, pending: [String: [UInt8]] = [:]) {
    self.context = context
    self.pending = pending
  }

  /// Reads sources and constraints, or files of overrides, with everything they include.
  ///
  /// The reader never waits: what it wants from the web is fetched after it has stopped there, and it begins anew.
  func read(
    _ sources: [String], constraints: [String], options: IndexOptions, asOverrides: Bool = false,
    fetch: (String) async throws(CommandFailure) -> [UInt8]
  ) async throws(CommandFailure) -> RequirementsInput {
    let reader = RequirementsReader(
      workingDirectory: context.workingDirectory, nestedOrigin: .normalized,
      environment: { [environment = context.environment] in environment[$0] },
      pathKind: { Self.kind(of: $0) },
      load: { [self] path throws(RequirementsReader.LoadFailure) in try load(path) })
    while true {
      do throws(RequirementsFileError) {
        if asOverrides { return try reader.readOverrides(sources) }
        return try reader.read(sources, constraints: constraints, options: options)
      } catch {
        guard let wanted = state.withLock({ $0.wanted.take() }) else { throw .requirements(error) }
        let bytes = try await fetch(wanted)
        state.withLock { $0.loaded[wanted] = bytes }
      }
    }
  }

  /// The bytes of what was read, for a path as the reader was given it.
  func contents(of path: String) -> [UInt8]? { state.withLock { $0.loaded[path] } }

  private func load(_ path: String) throws(RequirementsReader.LoadFailure) -> [UInt8] {
    if let known = contents(of: path) { return known }
    if path.hasPrefix("http://") || path.hasPrefix("https://") {
      state.withLock { $0.wanted = path }
      throw .unreadable("not fetched yet")
    }
    let file = path == "-" ? path : context.absolute(path)
    let bytes: [UInt8]
    do throws(Files.Failure) {
      if let known = pending[file] {
        bytes = known
      } else {
        bytes = try Files.read(file, limit: RequirementsReader.Limits().bytesPerFile)
      }
    } catch {
      throw switch error {
      case .missing: .missing
      case .tooLarge: .tooLarge
      case .isDirectory, .isIrregular, .system: .unreadable(error.reason)
      }
    }
    state.withLock { $0.loaded[path] = bytes }
    return bytes
  }

  static func kind(of path: String) -> RequirementsReader.PathKind {
    guard let status = Files.status(of: path) else { return .missing }
    guard status.isDirectory else { return .file }
    let markers = ["pyproject.toml", "setup.py"]
    return .directory(isInstallable: markers.contains { Files.status(of: "\(path)/\($0)") != nil })
  }
}
