/// One file of a release on an index (simple repository API, "Project Detail"; PEPs 503, 592, 658, 691, 700, 714).
package struct Distribution: Sendable, Hashable {
  /// What the file is.
  package enum Kind: Sendable, Hashable {
    /// A wheel.
    case wheel(WheelFilename)
    /// A source distribution.
    case source(SourceDistributionFilename)

    /// The version that the file's name has.
    package var version: Version {
      switch self {
      case .wheel(let wheel): wheel.version
      case .source(let source): source.version
      }
    }
  }

  /// A file's digest.
  package struct Digest: Sendable, Hashable, CustomStringConvertible {
    /// The algorithm in lower case, as Python's `hashlib` names it: `sha256`.
    package let algorithm: String
    /// The digest in lower-case hexadecimal.
    package let hex: String

    package init(algorithm: String, hex: String) {
      self.algorithm = algorithm.lowercased()
      self.hex = hex.lowercased()
    }

    /// As `--hash` takes it: `sha256:0123…`.
    package var description: String { "\(algorithm):\(hex)" }
  }

  /// That a file is yanked: it should only be used where it is pinned already (PEP 592).
  package struct Yank: Sendable, Hashable {
    /// Why, nil or empty if nobody said.
    package let reason: String?

    package init(reason: String?) {
      self.reason = reason
    }
  }

  /// Whether the index has the file's metadata as a file of its own, at the file's address with `.metadata` after it
  /// (PEP 658, PEP 714).
  package enum CoreMetadataFile: Sendable, Hashable {
    /// The index says nothing.
    case unknown
    /// It says that there is none.
    case absent
    /// It says that there is one, perhaps with its SHA-256 digest in lower-case hexadecimal.
    case present(sha256: String?)
  }

  /// The file's name.
  package var filename: String
  /// What the file is, with what its name says.
  package var kind: Kind
  /// The absolute address, without a fragment.
  package var url: String
  /// The SHA-256 digest in lower-case hexadecimal, nil if the index gives none.
  package var sha256: String?
  /// The digests by other algorithms, sorted by algorithm.
  package var otherHashes: [Digest]
  /// `requires-python` as the index gives it, unread; nil for none.
  package var requiresPython: String?
  /// The size in bytes, nil if the index doesn't say.
  package var size: Int?
  /// When the file was uploaded, in milliseconds since 1970-01-01 00:00 UTC; nil if the index doesn't say.
  package var uploadedAt: Int64?
  /// That the file is yanked, nil if it isn't.
  package var yanked: Yank?
  /// Whether the metadata can be had without the file.
  package var coreMetadata: CoreMetadataFile

  /// A file whose kind is known.
  package init(
    filename: String, kind: Kind, url: String, sha256: String? = nil, otherHashes: [Digest] = [],
    requiresPython: String? = nil, size: Int? = nil, uploadedAt: Int64? = nil, yanked: Yank? = nil,
    coreMetadata: CoreMetadataFile = .unknown
  ) {
    self.filename = filename
    self.kind = kind
    self.url = url
    self.sha256 = sha256
    self.otherHashes = otherHashes
    self.requiresPython = requiresPython
    self.size = size
    self.uploadedAt = uploadedAt
    self.yanked = yanked
    self.coreMetadata = coreMetadata
  }

  /// A file of a project, its kind told by its name.
  ///
  /// - Parameter project: The project whose page lists the file; nil if unknown, and then a source distribution's
  ///   version begins after the last dash.
  /// - Throws: `FilenameError`: its reason is `.unknownKind` for eggs, installers and all else that is no distribution,
  ///   `.otherProject` for a file that is another project's.
  package init(
    filename: String, of project: PackageName? = nil, url: String, sha256: String? = nil,
    otherHashes: [Digest] = [], requiresPython: String? = nil, size: Int? = nil, uploadedAt: Int64? = nil,
    yanked: Yank? = nil, coreMetadata: CoreMetadataFile = .unknown
  ) throws(FilenameError) {
    self.init(
      filename: filename, kind: try Kind(filename: filename, of: project), url: url, sha256: sha256,
      otherHashes: otherHashes, requiresPython: requiresPython, size: size, uploadedAt: uploadedAt,
      yanked: yanked, coreMetadata: coreMetadata)
  }

  /// The version that the file's name has.
  package var version: Version { kind.version }

  /// The project that the file's name has.
  package var name: PackageName {
    switch kind {
    case .wheel(let wheel): wheel.name
    case .source(let source): source.name
    }
  }

  /// Every digest, the SHA-256 one first.
  package var hashes: [Digest] {
    (sha256.map { [Digest(algorithm: "sha256", hex: $0)] } ?? []) + otherHashes
  }

  /// Whether the file is a wheel.
  package var isWheel: Bool {
    if case .wheel = kind { true } else { false }
  }
}

extension Distribution.Kind {
  /// What a file is by its name.
  ///
  /// - Throws: `FilenameError`, as `Distribution.init(filename:)` does.
  package init(filename: String, of project: PackageName? = nil) throws(FilenameError) {
    if filename.hasUTF8Suffix(".whl") {
      let wheel = try WheelFilename(filename, of: project)
      if let project, wheel.name != project {
        throw FilenameError(filename, .otherProject(expected: project))
      }
      self = .wheel(wheel)
    } else if let project {
      self = .source(try SourceDistributionFilename(filename, of: project))
    } else {
      self = .source(try SourceDistributionFilename(filename))
    }
  }
}
