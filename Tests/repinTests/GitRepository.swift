import Subprocess
import SystemPackage
import TestSupport

/// A git repository in a temporary directory.
struct GitRepository {
  /// What git ended with and wrote, where it failed.
  struct Failure: Error {
    let arguments: [String]
    let output: String
  }

  let directory = TemporaryDirectory()
  private let git: String

  /// An empty repository on the branch `main`.
  init(git: String, isBare: Bool = false) async throws {
    self.git = git
    try await run("init", "--quiet", isBare ? "--bare" : "--no-bare")
    try await run("symbolic-ref", "HEAD", "refs/heads/main")
  }

  /// Its address for a requirement.
  var url: String { "git+file://\(directory.path)" }

  /// Commits files, by name, and gives the commit.
  @discardableResult
  func commit(_ files: [String: String]) async throws -> String {
    for (name, text) in files {
      if let slash = name.lastIndex(of: "/") { directory.makeDirectory(String(name[..<slash])) }
      directory.write(name, text)
    }
    try await run("add", "--all")
    try await run("commit", "--quiet", "--allow-empty", "--message", "more")
    return try await run("rev-parse", "HEAD")
  }

  /// Runs git in it, without the user's configuration.
  @discardableResult
  func run(_ arguments: String...) async throws -> String {
    let settings = [
      "-c", "user.name=Tester", "-c", "user.email=tester@example.invalid", "-c", "commit.gpgsign=false",
    ]
    let result = try await Subprocess.run(
      .path(FilePath(git)), arguments: Arguments(settings + arguments),
      environment: .custom([
        "HOME": directory.path, "PATH": "/usr/local/bin:/usr/bin:/bin", "GIT_CONFIG_GLOBAL": "/dev/null",
        "GIT_CONFIG_NOSYSTEM": "1",
      ]),
      workingDirectory: FilePath(directory.path), output: .string(limit: 1 << 16),
      error: .string(limit: 1 << 16))
    guard result.terminationStatus.isSuccess else {
      throw Failure(arguments: arguments, output: result.standardError)
    }
    return String(result.standardOutput.prefix { !$0.isNewline })
  }
}
