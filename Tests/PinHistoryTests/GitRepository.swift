import Subprocess
import SystemPackage
import TestSupport

@testable import PinHistory

/// A git repository made for a test, by the system's git without anybody's configuration.
struct GitRepository: Sendable {
  /// A command of git's that failed.
  struct Failure: Error {
    let arguments: [String]
    let output: String
  }

  let directory = TemporaryDirectory()

  /// An empty repository on the branch `main`.
  init(format: String = "sha1") async throws {
    try await run("init", "--quiet", "--bare", "--object-format=\(format)", "--initial-branch=main")
  }

  /// A repository with the commits of a stream.
  init(_ stream: GitStream, format: String = "sha1") async throws {
    try await self.init(format: format)
    try await load(stream)
  }

  /// Adds the commits of a stream; those that are there already stay as they are.
  func load(_ stream: GitStream) async throws {
    _ = try await output(
      ["fast-import", "--quiet", "--force", "--date-format=raw-permissive"], input: stream.bytes)
  }

  @discardableResult
  func run(_ arguments: String...) async throws -> [UInt8] { try await output(arguments) }

  /// What git writes.
  func output(_ arguments: [String], input: [UInt8] = []) async throws -> [UInt8] {
    let result = try await Subprocess.run(
      .name("git"), arguments: Arguments(arguments),
      environment: .inherit.updating([
        "HOME": directory.path, "GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_NOSYSTEM": "1",
      ]),
      workingDirectory: FilePath(directory.path), input: .array(input), output: .bytes(limit: 1 << 27),
      error: .string(limit: 1 << 16))
    guard result.terminationStatus.isSuccess else {
      throw Failure(arguments: arguments, output: result.standardError)
    }
    return result.standardOutput
  }

  /// The commits of HEAD's line of first parents, the oldest first.
  func commits() async throws -> [String] {
    let output = try await run("rev-list", "--first-parent", "--reverse", "--ignore-missing", "HEAD")
    return String(decoding: output, as: UTF8.self).split(separator: "\n").map(String.init)
  }

  /// The time of an import: after all commits that aren't told another time.
  static let now: Int64 = 1_769_851_800

  /// What `git log` tells of a file.
  func log(
    _ path: String, _ progress: ImportProgress = ImportProgress(), now: Int64 = GitRepository.now,
    seed: UInt64 = 1
  ) async throws -> GitLogReader {
    var random = SeededRandom(seed: seed)
    var log = try GitLogReader(path: path, progress, now: now)
    while let arguments = log.arguments {
      for chunk in chunks(try await output(arguments), &random) { try log.feed(chunk) }
      try log.finish()
    }
    return log
  }

  /// A revision, and the file's bytes.
  struct Reading: Equatable {
    let revision: GitRevision
    let bytes: [UInt8]?
  }

  /// Reads a file's history as a caller does, with git's output in chunks of random sizes.
  func read(
    _ path: String, _ progress: ImportProgress = ImportProgress(), now: Int64 = GitRepository.now,
    limit: Int = GitBlobReader.usualLimit, seed: UInt64 = 1
  ) async throws -> [Reading] {
    var random = SeededRandom(seed: seed)
    let log = try await log(path, progress, now: now, seed: seed)
    var blobs = GitBlobReader(log.revisions, limit: limit)
    let output = try await output(GitBlobReader.arguments, input: blobs.requests.flatMap { Array($0.utf8) })
    var readings: [Reading] = []
    for chunk in chunks(output, &random) {
      try blobs.feed(chunk) { (revision, bytes) throws(GitReadingError) in
        readings.append(Reading(revision: revision, bytes: bytes))
      }
    }
    try blobs.finish { (revision, bytes) throws(GitReadingError) in
      readings.append(Reading(revision: revision, bytes: bytes))
    }
    return readings
  }
}

/// Bytes in pieces, some of one byte.
func chunks(_ bytes: [UInt8], _ random: inout SeededRandom) -> [ArraySlice<UInt8>] {
  var chunks: [ArraySlice<UInt8>] = []
  var rest = bytes[...]
  while !rest.isEmpty {
    let chunk = rest.prefix(Bool.random(using: &random) ? 1 : Int.random(in: 1...3000, using: &random))
    chunks.append(chunk)
    rest = rest.dropFirst(chunk.count)
  }
  return chunks
}
