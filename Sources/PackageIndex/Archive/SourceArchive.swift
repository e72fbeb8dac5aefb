import ZipReading

/// A source distribution's archive, or that of a direct URL, held in memory.
///
/// What is in it is hostile until shown otherwise: nothing is followed, everything is bounded by `limits`, and a name that
/// could lead out of the tree is refused. Example:
///
///     let archive = try SourceArchive(bytes, filename: "flask-3.0.0.tar.gz")
///     let files = try archive.metadataFiles()  // files.topDirectory == "flask-3.0.0"
///     let tree = try archive.extract(into: directory)  // "DIRECTORY/flask-3.0.0"
package struct SourceArchive: Sendable {
  /// What is in the file.
  package let bytes: [UInt8]
  /// How it is packed.
  package let format: Format
  /// What it may take.
  package let limits: Limits

  /// - Throws: `.unknownFormat`; the contents are looked at later.
  package init(
    _ bytes: [UInt8], filename: String, limits: Limits = Limits()
  ) throws(SourceArchiveError) {
    guard let format = SourceArchive.format(of: filename) ?? SourceArchive.format(ofContents: bytes) else {
      throw .unknownFormat
    }
    self.bytes = bytes
    self.format = format
    self.limits = limits
  }

  /// One pass over the entries.
  func withReader<Answer>(
    _ body: (inout ArchiveReader) throws(SourceArchiveError) -> Answer
  ) throws(SourceArchiveError) -> Answer {
    if format == .zip { try checkZipDirectory() }
    return try bytes.withUnsafeBufferPointer { (buffer) throws(SourceArchiveError) -> Answer in
      var reader = ArchiveReader(UnsafeRawBufferPointer(buffer), format: format, limits: limits)
      return try body(&reader)
    }
  }

  /// Refuses by the table of contents what libarchive would let pass: it cuts a name at NUL, and takes backslashes of
  /// some archives for slashes. A zip without entries it doesn't know for one.
  private func checkZipDirectory() throws(SourceArchiveError) {
    let location: ZipDirectory.Location
    let entries: [ZipDirectory.Entry]
    do throws(ZipError) {
      location = try ZipDirectory.locate(inTail: bytes[...], fileSize: bytes.count)
    } catch {
      throw .damaged(reason: error.description)
    }
    guard location.entryCount <= limits.entries else { throw .tooManyEntries(limit: limits.entries) }
    do throws(ZipError) {
      entries = try ZipDirectory.entries(
        bytes[location.range], count: location.entryCount, fileSize: bytes.count)
    } catch {
      throw .damaged(reason: error.description)
    }
    guard !entries.isEmpty else { throw .empty }
    for entry in entries {
      let path = try EntryPath(entry.name, in: .zip, limits: limits)
      guard entry.flags & 1 == 0 else { throw .encrypted(entry: path.description) }
    }
  }
}
