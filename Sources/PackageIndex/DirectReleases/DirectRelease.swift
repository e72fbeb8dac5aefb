package import PythonPackaging

/// The one release of a project that a requirement's URL leads to: a wheel, a source archive, a directory or a
/// repository's tree.
package struct DirectRelease: Sendable {
  /// What the release says of itself.
  package let metadata: CoreMetadata
  /// Stands for the release as an index's file would.
  package let distribution: Distribution
  /// The commit it was found at, where it comes from a repository.
  package let commit: String?
  /// Whether it is one file, which has a hash.
  package let isFile: Bool

  /// A URL that leads to this release for good: a repository's names the commit, any other stays.
  ///
  /// - Parameter written: the URL as a person wrote it, perhaps with `${VARIABLES}`.
  package func lockedURL(writtenAs written: String) -> String {
    commit.map { GitURL.pinned(written, to: $0) } ?? written
  }

  /// The same for an editable requirement, whose fragment says more: it stays whole.
  package func lockedEditable(writtenAs written: String) -> String {
    guard let commit else { return written }
    let pinned = GitURL.pinned(written, to: commit).prefix { $0 != "#" }
    return String(pinned) + written.drop { $0 != "#" }
  }
}

/// What a requirement's URL says, apart from its fragment.
package struct DirectLocation: Sendable, Hashable {
  /// What is there.
  package enum Kind: Sendable, Hashable {
    /// A wheel or an archive on the web, or a file or directory of this machine.
    case file
    /// A git repository; the whole URL, fragment included.
    case git(String)
  }

  /// What is there.
  package var kind: Kind
  /// Without fragment.
  package var url: String
  /// The project's directory within an archive.
  package var subdirectory: String?
  /// What the file must hash to.
  package var digests: [Distribution.Digest]
  /// The repositories that a lockfile has: where one names a commit that the reference still leads to, that one stays.
  package var lockedURLs: [String]

  /// A location of the given parts.
  package init(
    kind: Kind, url: String, subdirectory: String? = nil, digests: [Distribution.Digest] = [],
    lockedURLs: [String] = []
  ) {
    self.kind = kind
    self.url = url
    self.subdirectory = subdirectory
    self.digests = digests
    self.lockedURLs = lockedURLs
  }
}
