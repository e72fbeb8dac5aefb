/// What tells one lockfile from every other: where it belongs, and its path there.
///
///     LockfileIdentity(repository: "https://git.example/shop.git", path: "requirements/base.txt")
package struct LockfileIdentity: Sendable, Hashable, Comparable {
  /// A text of the caller's: the address of the git remote, or a directory's path.
  package var repository: String
  /// The path relative to it, with `/`.
  package var path: String

  /// An identity of its two texts.
  package init(repository: String, path: String) {
    self.repository = repository
    self.path = path
  }

  /// By repository, then by path.
  package static func < (left: LockfileIdentity, right: LockfileIdentity) -> Bool {
    (left.repository, left.path) < (right.repository, right.path)
  }
}
