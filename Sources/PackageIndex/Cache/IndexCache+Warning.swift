extension IndexCache {
  /// What happened to the cache, once.
  package struct Warning: Sendable, Hashable, CustomStringConvertible {
    /// Whether it goes on.
    package enum Kind: Sendable, Hashable {
      /// It was damaged, and a new one was begun.
      case rebuilt
      /// It can't be read or written; work goes on without.
      case unusable
    }

    /// What became of the cache.
    package var kind: Kind
    /// The file.
    package var path: String
    /// SQLite's or the system's words.
    package var reason: String

    /// One line without a full stop.
    package var description: String {
      switch kind {
      case .rebuilt: "the cache \(path) was damaged and begun anew: \(reason)"
      case .unusable: "going on without the cache \(path): \(reason)"
      }
    }
  }
}
