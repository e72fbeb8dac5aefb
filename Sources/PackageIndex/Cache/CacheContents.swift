/// What a cache directory holds, by kinds, and how large it is on the disk.
package struct CacheContents: Sendable, Hashable {
  /// What is kept of one sort.
  package enum Kind: String, Sendable, Hashable, CaseIterable {
    /// Answers of an index about a project, also that it has none.
    case pages
    /// Of files of an index, and of wheels at a URL.
    case metadata
    /// The metadata that came of builds, archives and repositories.
    case builds
    /// Facts of interpreters.
    case interpreters
    /// Pages of `--find-links`.
    case links
    /// Mirrors of git repositories.
    case repositories
    /// Records of vulnerable releases.
    case advisories
    /// Files in a format of an older repin.
    case outdated
  }

  /// How much of a kind there is.
  package struct Amount: Sendable, Hashable {
    package var count: Int64
    /// Of the values themselves; in the file they take somewhat more.
    package var bytes: Int64
  }

  /// Kinds of which there is nothing have no entry.
  private(set) package var amounts: [Kind: Amount] = [:]
  /// On the disk: all files there are of it.
  package var bytes: Int64 = 0
  /// Why the file can't be read, where that means that it is damaged and will be begun anew.
  package var damage: String?

  /// Nothing.
  package init() {}

  /// How much there is of a kind.
  package func amount(_ kind: Kind) -> Amount { amounts[kind] ?? Amount(count: 0, bytes: 0) }

  /// Adds to what there is of a kind; none is nothing.
  package mutating func add(_ kind: Kind, count: Int64, bytes: Int64) {
    guard count > 0 else { return }
    let known = amount(kind)
    amounts[kind] = Amount(count: known.count + count, bytes: known.bytes + bytes)
  }

  /// What of these is no longer among others.
  package func removed(to others: CacheContents) -> CacheContents {
    var result = CacheContents()
    for (kind, amount) in amounts {
      let left = others.amount(kind)
      result.add(kind, count: amount.count - left.count, bytes: max(0, amount.bytes - left.bytes))
    }
    result.bytes = max(0, bytes - others.bytes)
    return result
  }
}
