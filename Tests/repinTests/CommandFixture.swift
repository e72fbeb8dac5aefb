import Glibc
import IndexServer
import Subprocess
import SystemPackage
import TestSupport

/// A project directory, an index, and the built command between them.
struct CommandFixture {
  let server: IndexServer
  /// The index's address, which stays when it is stopped.
  let url: String
  private let root: String
  let directory = TemporaryDirectory()
  /// Variables the command inherits beside HOME and the index's address; PATH has no Python.
  var environment: [String: String] = [:]
  /// What the shell does before it runs the command in its own place, such as setting limits; nil: no shell.
  var prelude: String?

  /// What a run of the command came to; the index's address and the directory are replaced by ROOT and DIR, times by
  /// TIME, digests by HASH.
  struct Outcome: Equatable {
    var status: Int32
    var output: String
    var errors: String
  }

  init(identity: ServerIdentity? = nil) async throws {
    server = try await IndexServer.start(identity: identity)
    url = server.url
    root = server.root
    directory.makeDirectory("empty")
  }

  /// Where the command was built: beside the tests.
  static let binary: String = {
    guard let real = realpath("/proc/self/exe", nil) else { return "repin" }
    defer { free(real) }
    let path = String(cString: real)
    return path[..<(path.lastIndex(of: "/") ?? path.endIndex)] + "/repin"
  }()

  /// The options that need no interpreter.
  static let target = ["--python-version", "3.12", "--python-platform", "linux"]

  /// Runs `repin` as a process in the directory.
  func run(_ arguments: [String], input: String = "") async throws -> Outcome {
    var variables = [
      "PATH": directory.file("empty"), "HOME": directory.path, "REPIN_INDEX_URL": url,
      "PIP_CONFIG_FILE": "/dev/null", "REPIN_ADVISORIES_SOURCE": "none",
    ]
    for (name, value) in environment { variables[name] = value.isEmpty ? nil : value }
    let settings = Dictionary(
      uniqueKeysWithValues: variables.map { (Environment.Key(stringLiteral: $0), $1) })
    let command = prelude.map { ["/bin/sh", "-c", "\($0); exec \"$@\"", "sh", Self.binary] } ?? [Self.binary]
    let result = try await Subprocess.run(
      .path(FilePath(command[0])), arguments: Arguments(command.dropFirst() + arguments),
      environment: .custom(settings),
      workingDirectory: FilePath(directory.path), input: .string(input), output: .string(limit: 1 << 20),
      error: .string(limit: 1 << 20))
    let status: Int32 =
      switch result.terminationStatus {
      case .exited(let code): code
      case .signaled(let signal): 128 + signal
      }
    return Outcome(
      status: status, output: fixed(result.standardOutput),
      errors: fixed(result.standardError).replacing(/[0-9a-f]{64}/, with: "HASH"))
  }

  /// Runs a file of the directory by the shell, and tells its status.
  func shell(_ name: String) async throws -> Int32 {
    let result = try await Subprocess.run(
      .path("/bin/sh"), arguments: [name],
      environment: .custom([
        "PATH": "/usr/local/bin:/usr/bin:/bin", "HOME": directory.path, "GIT_CONFIG_GLOBAL": "/dev/null",
        "GIT_CONFIG_NOSYSTEM": "1",
      ]), workingDirectory: FilePath(directory.path), output: .discarded, error: .discarded)
    return if case .exited(let code) = result.terminationStatus { code } else { -1 }
  }

  /// Runs `repin compile` for Python 3.12 on Linux.
  func compile(_ arguments: String...) async throws -> Outcome {
    try await run(["compile"] + Self.target + arguments)
  }

  /// The lockfile without its header and with the index's address replaced.
  func pins(_ name: String = "requirements.txt") -> String? {
    directory.text(name).map { text in
      fixed(text).split(separator: "\n", omittingEmptySubsequences: false)
        .filter { !$0.hasPrefix("#") && !$0.hasPrefix("--index-url") && !$0.isEmpty }.joined(separator: "\n")
    }
  }

  private func fixed(_ text: String) -> String {
    text.replacing(root, with: "ROOT").replacing(directory.path, with: "DIR")
      .replacing(/\(\d+\.?\d* s\)/, with: "(TIME)")
  }
}
