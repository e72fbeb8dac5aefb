/// Which of several indexes a project's releases may come from.
package enum IndexStrategy: String, Sendable, Hashable, CaseIterable {
  /// The first index that has the name, and no other: nobody can put a release of a private project on a public index.
  case firstIndex = "first-index"
  /// All that have the name; every release of an earlier index is tried before those that only a later one has.
  case firstMatch = "unsafe-first-match"
  /// All that have the name, as if they were one.
  case bestMatch = "unsafe-best-match"
}
