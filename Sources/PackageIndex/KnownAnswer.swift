/// What can be said without asking anyone and without suspending: a warm run needs no more.
///
///     switch client.knownPages(of: name) {
///     case .known(let pages): use(pages)
///     case .offline: explain("not in the cache")
///     case .unknown: use(try await client.pages(of: name))
///     }
package enum KnownAnswer<Value: Sendable>: Sendable {
  /// From this client's memory, or usable in the cache.
  case known(Value)
  /// The asynchronous question must be put: it fetches, or says what is wrong.
  case unknown
  /// Not in the cache, and offline mode fetches nothing; the asynchronous question would throw `.offlineMiss`.
  case offline
}
