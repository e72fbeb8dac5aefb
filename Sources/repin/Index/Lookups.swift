import PythonPackaging
import Synchronization

/// What was asked of the indexes, and whether it had to be waited for; each project and each file counts once.
final class Lookups: Sendable {
  /// How an answer was had.
  enum Source: Sendable {
    /// At once: the cache had it and could be believed.
    case cache
    /// By waiting: it was fetched, or confirmed by the index, or read while something ran ahead.
    case index
  }

  /// How many answers came from where.
  struct Count: Sendable, Hashable, CustomStringConvertible {
    var cached = 0
    var fetched = 0

    init(_ sources: some Collection<Source>) {
      cached = sources.count { $0 == .cache }
      fetched = sources.count - cached
    }

    /// `5 at hand, 2 waited for`.
    var description: String { "\(cached) at hand, \(fetched) waited for" }
  }

  private struct State {
    /// Of whichever source: links, files and URLs are neither cached nor fetched here.
    var projects: Set<PackageName> = []
    var pages: [PackageName: Source] = [:]
    var metadata: [String: Source] = [:]
  }

  private let state = Mutex(State())

  /// The projects that were asked for.
  var projects: Set<PackageName> { state.withLock { $0.projects } }

  /// Where their pages came from.
  var pages: Count { state.withLock { Count($0.pages.values) } }

  /// Where the metadata of files came from, those on this machine left out.
  var metadata: Count { state.withLock { Count($0.metadata.values) } }

  /// A project was asked for; `source` nil: no index was.
  func found(_ name: PackageName, in source: Source?) {
    state.withLock { state in
      state.projects.insert(name)
      if let source, state.pages[name] == nil { state.pages[name] = source }
    }
  }

  /// The metadata of a file was found.
  func foundMetadata(of distribution: Distribution, in source: Source) {
    guard !distribution.url.hasPrefix("file:") else { return }
    state.withLock { state in
      if state.metadata[distribution.filename] == nil { state.metadata[distribution.filename] = source }
    }
  }
}
