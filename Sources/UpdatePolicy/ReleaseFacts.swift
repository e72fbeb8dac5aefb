package import PythonPackaging

/// What is known of one release on an index, for one target Python.
package struct ReleaseFacts: Sendable, Hashable {
  /// The version.
  package var version: Version
  /// When its first file was uploaded, in seconds since 1970-01-01 00:00 UTC; nil if the index doesn't tell.
  package var uploadedAt: Int64?
  /// Whether all its files are yanked (PEP 592).
  package var isYanked: Bool
  /// Whether `Requires-Python` lets the target Python in.
  package var admitsPython: Bool
  /// Whether it has a file that the target can install.
  package var hasUsableFile: Bool

  package init(
    version: Version, uploadedAt: Int64?, isYanked: Bool = false, admitsPython: Bool = true,
    hasUsableFile: Bool = true
  ) {
    self.version = version
    self.uploadedAt = uploadedAt
    self.isYanked = isYanked
    self.admitsPython = admitsPython
    self.hasUsableFile = hasUsableFile
  }
}
