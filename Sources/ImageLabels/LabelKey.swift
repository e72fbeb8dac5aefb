/// The labels of an image that repin writes and reads, by their keys.
///
/// The first two are those of the OCI image specification ("Annotations", "Pre-Defined Annotation Keys"). An image inherits
/// the labels of the image it is built on, so that these two alone tell nothing of who wrote them: repin believes them where
/// its own are beside them.
package enum LabelKey: String, Sendable, Hashable, CaseIterable {
  /// The commit that the image is built from.
  case revision = "org.opencontainers.image.revision"
  /// When the image was built (RFC 3339, section 5.6).
  case created = "org.opencontainers.image.created"
  /// The digests of the lockfiles, `sha256:` and 64 hexadecimal digits each, with commas between them.
  case lockDigest = "repin.lock.digest"
  /// The paths of the lockfiles, percent-encoded, in the same order, with commas between them.
  case lockPath = "repin.lock.path"
  /// The version of the repin that told them.
  case version = "repin.version"
}
