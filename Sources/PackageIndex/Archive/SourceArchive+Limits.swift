extension SourceArchive {
  /// What reading an archive may take; past any of it the archive is refused.
  package struct Limits: Sendable, Hashable {
    /// The most bytes that come out of it.
    package var unpackedBytes = 4 << 30
    /// The most entries, of every kind.
    package var entries = 200_000
    /// The most components of an entry's path.
    package var depth = 64
    /// The most bytes of an entry's name.
    package var pathBytes = 4096
    /// The most bytes that come out for each byte of the archive, beside `ratioSlack`: zeros pack 1000 times by gzip, and
    /// 40 000 times by bzip2.
    package var ratio = 1000
    /// How many bytes may come out of the smallest archive.
    package var ratioSlack = 64 << 20
    /// The most bytes of PKG-INFO or pyproject.toml.
    package var metadataBytes = 16 << 20

    /// The bounds for archives from an index.
    package init() {}

    /// The most bytes that may come out of an archive of this many.
    func unpackedBytes(ofArchive size: Int) -> Int {
      let (product, overflow) = size.multipliedReportingOverflow(by: ratio)
      return overflow ? unpackedBytes : min(unpackedBytes, product.addingClamped(ratioSlack))
    }
  }
}

extension Int {
  /// The sum, or the largest number where it is larger.
  fileprivate func addingClamped(_ other: Int) -> Int {
    let (sum, overflow) = addingReportingOverflow(other)
    return overflow ? .max : sum
  }
}
