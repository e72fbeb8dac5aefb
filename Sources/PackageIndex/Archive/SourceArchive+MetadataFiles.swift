extension SourceArchive {
  /// What stands directly in the source tree and tells its metadata or how to get at it.
  package struct MetadataFiles: Sendable, Hashable {
    /// The archive's single directory, `NAME-VERSION`; nil if the archive is itself the tree.
    package var topDirectory: String?
    /// PKG-INFO.
    package var pkgInfo: [UInt8]?
    /// pyproject.toml.
    package var pyproject: [UInt8]?
    /// Whether setup.py was seen before reading ended.
    package var hasSetupPy = false
    /// Whether setup.cfg was seen before reading ended.
    package var hasSetupCfg = false
  }

  /// Reads the files that tell metadata, and of the archive no more than it takes to find them.
  ///
  /// A tar is a stream, so reading ends as soon as `isEnough` of what was found in the tree so far; it is asked whenever
  /// PKG-INFO or pyproject.toml was found. Of two files of one name the later counts. Nothing is written, so a device, or
  /// a link that leads out, is refused only where one of these files should be; one that stays inside leads to what only
  /// unpacking tells, and is no file here.
  package func metadataFiles(
    until isEnough: (MetadataFiles) -> Bool = { $0.pkgInfo != nil && $0.pyproject != nil }
  ) throws(SourceArchiveError) -> MetadataFiles {
    try withReader { (reader) throws(SourceArchiveError) -> MetadataFiles in
      var root = ArchiveRoot()
      // Which of the two it is may be told by the last entry only.
      var flat = MetadataFiles()
      var nested = MetadataFiles()
      var hasEnough = false
      while !hasEnough, let entry = try reader.next() {
        root.see(entry)
        guard let file = MetadataFile(entry.path), entry.kind != .directory else { continue }
        let parent = entry.path.components.dropLast()
        let isNested = root.directory.map { parent.elementsEqual([$0]) } ?? false
        guard parent.isEmpty || isNested else { continue }
        if entry.kind == .symbolicLink || entry.kind == .hardLink {
          var links = ArchiveLinks()
          try links.add(entry, in: format, limits: limits)
          if isNested { nested.leaveOut(file) } else { flat.leaveOut(file) }
          continue
        }
        guard entry.kind == .file else {
          throw .refusedKind(entry: entry.path.description, kind: entry.kind)
        }
        if isNested {
          try read(file, of: entry, by: &reader, into: &nested)
        } else {
          try read(file, of: entry, by: &reader, into: &flat)
        }
        if file.isDocument { hasEnough = isEnough(root.directory == nil ? flat : nested) }
      }
      if !hasEnough { try reader.finish() }
      guard !root.isEmpty else { throw .empty }
      guard let top = try root.topDirectory() else { return flat }
      nested.topDirectory = top
      return nested
    }
  }

  private func read(
    _ file: MetadataFile, of entry: ArchiveEntry, by reader: inout ArchiveReader,
    into files: inout MetadataFiles
  ) throws(SourceArchiveError) {
    switch file {
    case .pkgInfo: files.pkgInfo = try reader.contents(of: entry, limit: limits.metadataBytes)
    case .pyproject: files.pyproject = try reader.contents(of: entry, limit: limits.metadataBytes)
    case .setupPy: files.hasSetupPy = true
    case .setupCfg: files.hasSetupCfg = true
    }
  }
}

extension SourceArchive.MetadataFiles {
  /// Forgets an earlier file, in whose place a link is.
  fileprivate mutating func leaveOut(_ file: MetadataFile) {
    switch file {
    case .pkgInfo: pkgInfo = nil
    case .pyproject: pyproject = nil
    case .setupPy: hasSetupPy = true
    case .setupCfg: hasSetupCfg = true
    }
  }
}

/// A file that is looked for, by its name.
private enum MetadataFile: String {
  case pkgInfo = "PKG-INFO"
  case pyproject = "pyproject.toml"
  case setupPy = "setup.py"
  case setupCfg = "setup.cfg"

  init?(_ path: EntryPath) {
    guard let name = path.components.last, name.count <= 16 else { return nil }
    self.init(rawValue: String(decoding: name, as: UTF8.self))
  }

  /// Whether its contents are wanted.
  var isDocument: Bool { self == .pkgInfo || self == .pyproject }
}
