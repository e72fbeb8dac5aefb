package import PythonPackaging

/// What an index said of one release.
package struct Release: Sendable, Hashable {
  /// The package.
  package var package: PackageName
  /// The version.
  package var version: Version
  /// The index: a text of the caller's, such as its address without credentials.
  package var index: String
  /// When its oldest distribution was uploaded, in seconds since 1970-01-01 00:00 UTC; nil if the index doesn't say.
  package var uploadedAt: Int64?
  /// Whether all of its distributions are yanked (PEP 592).
  package var isYanked: Bool
  /// The reason given for that; nil if there is none.
  package var yankedReason: String?

  /// A release of its facts.
  package init(
    package: PackageName, version: Version, index: String, uploadedAt: Int64? = nil, isYanked: Bool = false,
    yankedReason: String? = nil
  ) {
    self.package = package
    self.version = version
    self.index = index
    self.uploadedAt = uploadedAt
    self.isYanked = isYanked
    self.yankedReason = yankedReason
  }
}
