import Synchronization

/// Bounds the requests in flight to each server; the rest wait here, in order.
///
/// The connection pool below has a queue of its own, but a request waits in that no longer than for a
/// connection, and then fails. Whether a TLS server speaks HTTP/2 is known only once a connection stands (ALPN,
/// RFC 7301); until then it is taken to: the pool opens one connection and sees.
final class RequestGate: Sendable {
  struct Limits: Sendable, Hashable {
    /// Requests in flight on a server that speaks HTTP/2.
    var multiplexed: Int
    /// Requests in flight, hence connections, on one that doesn't.
    var connections: Int
  }

  private struct Server {
    var limit: Int
    var inFlight = 0
    /// A slice gives up its first elements without moving the rest.
    var waiters: ArraySlice<(ticket: UInt64, continuation: CheckedContinuation<Bool, Never>)> = []
  }

  private struct State {
    var servers: [WebAddress.Origin: Server] = [:]
    var lastTicket: UInt64 = 0
    /// Tickets cancelled before they began to wait.
    var cancelled: Set<UInt64> = []
  }

  private let limits: Limits
  private let state = Mutex(State())

  init(limits: Limits) { self.limits = limits }

  /// Waits for a turn; false if the task was cancelled meanwhile: then `leave` must not follow.
  func enter(_ origin: WebAddress.Origin) async -> Bool {
    let ticket = state.withLock { state in
      state.lastTicket += 1
      return state.lastTicket
    }
    return await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let answer: Bool? = state.withLock { state in
          if state.cancelled.remove(ticket) != nil { return false }
          return Self.admit(ticket, continuation, by: &state.servers[origin, default: makeServer(origin)])
        }
        if let answer { continuation.resume(returning: answer) }
      }
    } onCancel: {
      let waiting = state.withLock { state -> CheckedContinuation<Bool, Never>? in
        for (origin, server) in state.servers {
          guard let index = server.waiters.firstIndex(where: { $0.ticket == ticket }) else { continue }
          return state.servers[origin]?.waiters.remove(at: index).continuation
        }
        state.cancelled.insert(ticket)
        return nil
      }
      waiting?.resume(returning: false)
    }
  }

  /// Whether a request has its turn at once; nil: it waits. In place: hundreds of thousands may wait.
  private static func admit(
    _ ticket: UInt64, _ continuation: CheckedContinuation<Bool, Never>, by server: inout Server
  ) -> Bool? {
    if server.inFlight < server.limit {
      server.inFlight += 1
      return true
    }
    server.waiters.append((ticket, continuation))
    return nil
  }

  /// Ends a turn.
  func leave(_ origin: WebAddress.Origin) {
    admit(origin) { $0.inFlight -= 1 }
  }

  /// A connection to `origin` speaks HTTP/2, or doesn't.
  func learned(_ origin: WebAddress.Origin, multiplexes: Bool) {
    let limit = multiplexes ? limits.multiplexed : limits.connections
    admit(origin) { $0.limit = limit }
  }

  private func makeServer(_ origin: WebAddress.Origin) -> Server {
    Server(limit: origin.scheme == .https ? limits.multiplexed : limits.connections)
  }

  private func admit(_ origin: WebAddress.Origin, after change: (inout Server) -> Void) {
    let admitted = state.withLock { state in
      Self.next(of: &state.servers[origin, default: makeServer(origin)], after: change)
    }
    for continuation in admitted { continuation.resume(returning: true) }
  }

  private static func next(
    of server: inout Server, after change: (inout Server) -> Void
  ) -> [CheckedContinuation<Bool, Never>] {
    change(&server)
    let count = max(0, min(server.waiters.count, server.limit - server.inFlight))
    let next = server.waiters.prefix(count).map(\.continuation)
    server.waiters.removeFirst(count)
    server.inFlight += count
    return next
  }
}
