import Glibc
import Subprocess
import SystemPackage
import TestSupport
import Testing

@testable import PackageIndex

/// Repositories made by the system's git, and a client for them that sees no configuration but its own.
struct GitFixture: Sendable {
  let directory = TemporaryDirectory()

  /// A command of git's that failed.
  struct Failure: Error {
    let arguments: [String]
    let errors: String
  }

  /// What everything in a test runs with.
  var environment: [String: String] {
    [
      "PATH": GitFixture.path, "HOME": directory.path, "GIT_CONFIG_GLOBAL": "/dev/null",
      "GIT_CONFIG_NOSYSTEM": "1",
    ]
  }

  var client: GitClient {
    GitClient(environment: environment, cacheDirectory: directory.file("cache"))
  }

  /// The URL of a repository, with something after it.
  func url(_ name: String, _ rest: String = "") throws -> GitURL {
    try GitURL("git+file://\(directory.file(name))\(rest)")
  }

  /// Runs git in a directory below the fixture's; what it writes, without the last line's end.
  @discardableResult
  func git(_ folder: String, _ arguments: String...) async throws -> String {
    try await git(folder, arguments)
  }

  @discardableResult
  func git(_ folder: String, _ arguments: [String]) async throws -> String {
    let settings = [
      "user.name=A", "user.email=a@host.example", "init.defaultBranch=main", "protocol.file.allow=always",
    ]
    var variables = environment
    for moment in ["GIT_AUTHOR_DATE", "GIT_COMMITTER_DATE"] { variables[moment] = "2024-01-01T00:00:00Z" }
    let result = try await Subprocess.run(
      .path(FilePath(GitFixture.executable)),
      arguments: Arguments(settings.flatMap { ["-c", $0] } + ["-C", directory.file(folder)] + arguments),
      environment: .custom(
        Dictionary(uniqueKeysWithValues: variables.map { (Environment.Key(stringLiteral: $0), $1) })),
      output: .string(limit: 1 << 20), error: .string(limit: 1 << 20))
    guard result.terminationStatus.isSuccess else {
      throw Failure(arguments: arguments, errors: result.standardError)
    }
    return String(result.standardOutput.trimmed)
  }

  /// Makes an empty repository.
  func makeRepository(_ name: String) async throws {
    directory.makeDirectory(name)
    try await git(name, "init", "--quiet")
  }

  /// Writes files and commits everything; the commit.
  @discardableResult
  func commit(_ name: String, _ files: [String: String], message: String = "change") async throws -> String {
    for (path, text) in files.sorted(by: { $0.key < $1.key }) {
      let folders = path.split(separator: "/").dropLast()
      for count in 0...folders.count where count > 0 {
        directory.makeDirectory("\(name)/\(folders.prefix(count).joined(separator: "/"))")
      }
      directory.write("\(name)/\(path)", text)
    }
    try await git(name, "add", "--all")
    try await git(name, "commit", "--quiet", "--allow-empty", "--message", message)
    return try await git(name, "rev-parse", "HEAD")
  }

  /// The error a client meets.
  func error(_ body: () async throws -> Void) async -> GitError? {
    do {
      try await body()
      return nil
    } catch {
      return error as? GitError
    }
  }

  /// Whether a file below one of the fixture's directories has a text in it.
  func contains(_ text: String, in folder: String = ".") -> Bool {
    (LocalFile.names(inDirectory: directory.file(folder)) ?? []).contains { name in
      let path = "\(folder)/\(name)"
      if isDirectory(directory.file(path)) { return contains(text, in: path) }
      return directory.text(path)?.contains(text) == true
    }
  }

  static let path: String = getenv("PATH").map { String(cString: $0) } ?? "/usr/bin:/bin"

  static let executable: String =
    path.split(separator: ":").map { "\($0)/git" }.first { access($0, X_OK) == 0 } ?? "/usr/bin/git"
}
