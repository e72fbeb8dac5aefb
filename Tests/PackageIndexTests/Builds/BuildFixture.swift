import Glibc
import PackageIndex
import PythonPackaging
import Subprocess
import Synchronization
import SystemPackage
import TestSupport

/// A source tree with a backend of its own, and a builder of it whose every file is below one directory.
struct BuildFixture {
  let directory = TemporaryDirectory()
  var configuration: SourceBuilder.Configuration
  /// What the builder said it would do.
  let events = BuildEvents()

  /// - Parameter backend: Python in the module `backend` of the folder `_build` of the tree.
  init(_ backend: String = "") async throws {
    configuration = SourceBuilder.Configuration(
      interpreter: try await Self.interpreter.value, environment: [:], logDirectory: directory.file("logs"))
    for folder in ["tree", "tree/_build", "tmp", "links"] { directory.makeDirectory(folder) }
    directory.write("tree/_build/backend.py", backend)
    configuration.environment = [
      "PATH": "/usr/local/bin:/usr/bin:/bin", "HOME": directory.path, "TMPDIR": directory.file("tmp"),
    ]
    configuration.indexes.noIndex = true
    configuration.indexes.findLinks = [directory.file("links")]
    configuration.onEvent = { [events] in events.add($0) }
  }

  /// The real path of the Python that `python3` on PATH is.
  static let interpreter = Task {
    try await Subprocess.run(
      .name("python3"), arguments: ["-c", "import os, sys; print(os.path.realpath(sys.executable), end='')"],
      output: .string(limit: 4096)
    ).standardOutput
  }

  var tree: String { directory.file("tree") }

  /// The backend in the tree, which requires nothing unless told so.
  func system(
    requires: [String] = [], backend: String = "backend", path: [String] = ["_build"]
  ) -> BuildSystem {
    BuildSystem(requires: requires, backend: backend, backendPath: path)
  }

  /// The tree's metadata as text.
  func metadata(_ system: BuildSystem? = nil, label: String = "demo 1.0") async throws(BuildError) -> String {
    let built = try await SourceBuilder(configuration)
      .metadata(of: tree, label: label, system: system ?? self.system())
    return String(decoding: built.metadata, as: UTF8.self)
  }

  /// What a tree's metadata fails with; nil if it doesn't.
  func failure(_ system: BuildSystem? = nil, label: String = "demo 1.0") async -> BuildError? {
    do throws(BuildError) {
      _ = try await metadata(system, label: label)
      return nil
    } catch {
      return error
    }
  }

  /// Makes a wheel of one module, which installing needs no network for.
  func serveWheel(_ name: String, _ version: String, requires: [String] = [], module: String) async throws {
    let folder = "\(name)-\(version).dist-info"
    for made in ["wheel", "wheel/\(folder)"] { directory.makeDirectory(made) }
    directory.write("wheel/\(name).py", module)
    let requirements = requires.map { "Requires-Dist: \($0)\n" }.joined()
    directory.write(
      "wheel/\(folder)/METADATA", "Metadata-Version: 2.1\nName: \(name)\nVersion: \(version)\n\(requirements)"
    )
    directory.write(
      "wheel/\(folder)/WHEEL",
      "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
    directory.write("wheel/\(folder)/RECORD", "\(name).py,,\n\(folder)/METADATA,,\n\(folder)/WHEEL,,\n")
    let wheel = directory.file("links/\(name)-\(version)-py3-none-any.whl")
    _ = try await Subprocess.run(
      .path(FilePath(configuration.interpreter)),
      arguments: ["-m", "zipfile", "-c", wheel, "\(name).py", folder],
      workingDirectory: FilePath(directory.file("wheel")), output: .discarded)
    directory.remove("wheel")
  }

  /// Whether the interpreter runs this program without an error.
  func runs(_ program: String) async throws -> Bool {
    try await Subprocess.run(
      .path(FilePath(configuration.interpreter)), arguments: ["-c", program], output: .discarded
    ).terminationStatus.isSuccess
  }

  /// Whether no file of a build is left.
  var isClean: Bool { directory.names(in: "tmp").isEmpty }

  /// The text of a log that an error names.
  func log(of error: BuildError?) -> String? {
    guard let path = error?.output?.log, path.hasPrefix(directory.file("logs") + "/") else { return nil }
    return directory.text("logs/" + path.split(separator: "/").suffix(1).joined())
  }

  /// An error's text with the names that differ from run to run replaced by DIR and PYTHON.
  func text(of error: BuildError?) -> String? {
    error.map {
      "\($0)".replacing(directory.path, with: "DIR").replacing(configuration.interpreter, with: "PYTHON")
    }
  }

  /// A process's number that a backend has written into its tree.
  func process(_ name: String) -> Int32? { directory.text("tree/\(name)").flatMap { Int32($0) } }

  /// Returns once a process is gone, or dead and only not yet waited for by its parent.
  static func waitForEnd(of process: Int32) async {
    while isRunning(process) { await Task.yield() }
  }

  private static func isRunning(_ process: Int32) -> Bool {
    guard let file = fopen("/proc/\(process)/stat", "r") else { return false }
    defer { fclose(file) }
    var buffer = [UInt8](repeating: 0, count: 512)
    let count = fread(&buffer, 1, buffer.count, file)
    // pid (name) state …
    let state = String(decoding: buffer[..<count], as: UTF8.self).split(separator: ") ").last?.first
    return state != nil && state != "Z" && state != "X"
  }
}

/// The events of a builder, in their order.
final class BuildEvents: Sendable {
  private let events = Mutex<[BuildEvent]>([])

  var all: [BuildEvent] { events.withLock { $0 } }

  func add(_ event: BuildEvent) { events.withLock { $0.append(event) } }
}

extension TemporaryDirectory {
  /// Makes a symbolic link in it.
  func link(_ name: String, to target: String) { symlink(target, file(name)) }
}
