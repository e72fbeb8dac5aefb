import IndexServer
import PythonPackaging
import TestSupport
import Testing

@testable import PackageIndex

/// A test index with a client on it.
struct Fixture: Sendable {
  let server: IndexServer
  let clock = TestClock()
  let directory = TemporaryDirectory()
  private var change: @Sendable (inout IndexClientConfiguration) -> Void = { _ in }

  init(identity: ServerIdentity? = nil) async throws {
    server = try await IndexServer.start(identity: identity)
  }

  /// The same server and cache for clients of another configuration.
  func configured(_ change: @escaping @Sendable (inout IndexClientConfiguration) -> Void) -> Fixture {
    var copy = self
    copy.change = change
    return copy
  }

  /// A client with its own memory; the cache on disk is shared.
  func client() throws -> IndexClient {
    let cache = IndexCache(directory: directory.file("cache"), now: clock.indexClock.now)
    var configuration = IndexClientConfiguration(indexURLs: [server.url], cache: cache)
    configuration.clock = clock.indexClock
    // A busy machine takes its time: a test may wait for minutes until it is its turn to read what has come.
    configuration.network.connectTimeout = .seconds(600)
    configuration.network.readTimeout = .seconds(600)
    configuration.network.patience = .seconds(600)
    change(&configuration)
    return try IndexClient(configuration)
  }

  /// Runs `body` with a client and closes it.
  func with<Result>(_ body: (IndexClient) async throws -> Result) async throws -> Result {
    let client = try client()
    do {
      let result = try await body(client)
      await client.close()
      return result
    } catch {
      await client.close()
      throw error
    }
  }

  /// The versions a client finds of a name; nil: no such name.
  func versions(
    _ name: String = "a",
    _ change: @escaping @Sendable (inout IndexClientConfiguration) -> Void = { _ in }
  ) async throws -> [String]? {
    try await configured(change).with { client in
      guard let page = try await client.pages(of: try PackageName(name)).first else { return nil }
      return (0..<page.versionCount).map { page.version(at: $0).description }
    }
  }

  /// The error a client meets when it asks for a page.
  func pageError(
    _ name: String = "a",
    _ change: @escaping @Sendable (inout IndexClientConfiguration) -> Void = { _ in }
  ) async -> IndexError? {
    do {
      _ = try await versions(name, change)
      return nil
    } catch {
      return error as? IndexError
    }
  }
}

extension IndexClient {
  /// The first file of the first version.
  func file(of name: String) async throws -> Distribution {
    let page = try #require(try await pages(of: try PackageName(name)).first)
    return try #require(page.distributions(at: 0).first)
  }
}

extension KnownAnswer {
  /// The answer there is.
  var value: Value? { if case .known(let value) = self { value } else { nil } }

  var isOffline: Bool { if case .offline = self { true } else { false } }

  var isUnknown: Bool { if case .unknown = self { true } else { false } }
}
