import Synchronization
import Testing

@testable import PackageIndex

@Suite struct RequestGateTests {
  private let gate = RequestGate(limits: RequestGate.Limits(multiplexed: 4, connections: 2))

  private static func origin(_ url: String) throws -> WebAddress.Origin {
    try #require(WebAddress(url)).origin
  }

  /// Starts `count` requests and says how many have been let in, once no more can be.
  private final class Crowd: Sendable {
    private let admitted = Mutex(0)
    private let refused = Mutex(0)

    func start(_ count: Int, at gate: RequestGate, _ origin: WebAddress.Origin) -> [Task<Void, Never>] {
      (0..<count).map { _ in
        Task {
          if await gate.enter(origin) {
            admitted.withLock { $0 += 1 }
          } else {
            refused.withLock { $0 += 1 }
          }
        }
      }
    }

    var count: Int { admitted.withLock { $0 } }
    var refusedCount: Int { refused.withLock { $0 } }

    /// Lets other tasks run until as many are in, and then some more.
    func waits(for expected: Int) async -> Bool {
      while count < expected { await Task.yield() }
      for _ in 0..<1000 { await Task.yield() }
      return count == expected
    }
  }

  @Test func `as many go at once as the server's protocol is good for, in turn`() async throws {
    let secure = try Self.origin("https://index.example/")
    let crowd = Crowd()
    let tasks = crowd.start(9, at: gate, secure)
    #expect(await crowd.waits(for: 4))
    gate.learned(secure, multiplexes: false)
    for _ in 0..<2 { gate.leave(secure) }
    #expect(await crowd.waits(for: 4))
    gate.leave(secure)
    #expect(await crowd.waits(for: 5))
    gate.learned(secure, multiplexes: true)
    #expect(await crowd.waits(for: 7))
    for _ in 0..<2 { gate.leave(secure) }
    #expect(await crowd.waits(for: 9))

    // Another server, and no TLS: nothing to learn.
    let plain = try Self.origin("http://index.example/")
    let others = Crowd()
    let more = others.start(3, at: gate, plain)
    #expect(await others.waits(for: 2))
    gate.leave(plain)
    #expect(await others.waits(for: 3))
    for task in tasks + more { await task.value }
  }

  @Test func `a request given up leaves the queue, and its place isn't lost`() async throws {
    let origin = try Self.origin("http://index.example/")
    let crowd = Crowd()
    let first = crowd.start(2, at: gate, origin)
    #expect(await crowd.waits(for: 2))
    let waiting = crowd.start(3, at: gate, origin)
    for task in waiting { task.cancel() }
    for task in first + waiting { await task.value }
    #expect(crowd.count == 2)
    #expect(crowd.refusedCount == 3)
    gate.leave(origin)
    let later = crowd.start(1, at: gate, origin)
    #expect(await crowd.waits(for: 3))
    for task in later { await task.value }
  }
}
