extension SourceArchive {
  /// Unpacks everything into an existing empty directory and answers with the source tree's path: that of the archive's
  /// single directory, or `directory` itself.
  ///
  /// Files are 0644, or 0755 if any executable bit is set, and keep their modification times as far as a zip file can
  /// hold them; directories are 0755. Of two files of one name the later stays, as with tar. Links that stay in the tree
  /// are made last, so that nothing is written through one. After an error what was written stays for the caller to
  /// remove; outside `directory` nothing was touched.
  package func extract(into directory: String) throws(SourceArchiveError) -> String {
    try withReader { (reader) throws(SourceArchiveError) -> String in
      var root = ArchiveRoot()
      var links = ArchiveLinks()
      var writer = try SourceTreeWriter(directory: directory)
      let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 64 << 10, alignment: 16)
      defer { buffer.deallocate() }
      while let entry = try reader.next() {
        root.see(entry)
        switch entry.kind {
        case .directory: try writer.makeDirectory(entry.path)
        case .file:
          let file = try writer.makeFile(entry.path)
          while true {
            let count = try reader.read(into: buffer)
            if count == 0 { break }
            try file.write(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
          }
          try file.finish(isExecutable: entry.isExecutable, modified: entry.modified)
        case .symbolicLink, .hardLink: try links.add(entry, in: format, limits: limits)
        case .characterDevice, .blockDevice, .pipe, .socket, .unknown:
          throw .refusedKind(entry: entry.path.description, kind: entry.kind)
        }
      }
      try reader.finish()
      try links.check()
      for link in links.links { try writer.makeLink(link) }
      guard !root.isEmpty else { throw .empty }
      guard let top = try root.topDirectory() else { return directory }
      return "\(directory)/\(top)"
    }
  }
}
