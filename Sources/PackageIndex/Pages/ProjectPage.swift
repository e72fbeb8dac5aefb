package import PythonPackaging

/// One project's page on one index (simple repository API, "Project Detail"), as a flat binary record: the
/// project's versions in ascending order and each version's files, read when they are asked for.
///
/// Invariant: the header and the version table of ``record`` are sound, so that no accessor can fail. A file's
/// row that is broken, as it may be in a corrupt record, is left out.
///
/// Only what is a wheel or a source distribution of the project is on the page, under an address that can be
/// asked for; the rest is counted in ``unreadableFilenames`` and ``unusableFiles``. Two pages with the same
/// facts have the same record, in whatever order and format they list them.
package struct ProjectPage: Sendable {
  private typealias Layout = PageRecordLayout

  /// The page in the format that `init(record:)` reads, fit to be kept.
  package let record: [UInt8]
  /// The project.
  package let project: PackageName
  /// The number of versions that have files.
  package let versionCount: Int
  /// The number of files.
  package let fileCount: Int

  /// Opens a record.
  ///
  /// Looks at the header and the versions, not at the files.
  ///
  /// - Throws: `ProjectPageError.record` for anything but a record of this format that is whole.
  package init(record: [UInt8]) throws(ProjectPageError) {
    let bytes = record.span
    guard bytes.count >= Layout.Header.length, bytes.number32(at: Layout.Header.mark) == Layout.mark,
      bytes.number16(at: Layout.Header.format) == Layout.format,
      bytes.word(at: Layout.Header.packing) == PageRecordBuilder.packing
    else { throw .record(.format) }
    versionCount = Int(bytes.number32(at: Layout.Header.versionCount))
    fileCount = Int(bytes.number32(at: Layout.Header.fileCount))
    let digests = Int(bytes.number32(at: Layout.Header.digestCount)) * Layout.digestLength
    let strings = Int(bytes.number32(at: Layout.Header.stringLength))
    let rows = versionCount * Layout.VersionRow.length + fileCount * Layout.FileRow.length
    guard bytes.count == Layout.Header.length + rows + digests + strings else { throw .record(.length) }
    self.record = record
    let text = ProjectPage.string(
      bytes.number32(at: Layout.Header.project), from: bytes.count - strings, in: bytes)
    guard let text, let project = try? PackageName(text), project.normalized == text else {
      throw .record(.project)
    }
    self.project = project
    try checkVersions(stringStart: bytes.count - strings)
  }

  private func checkVersions(stringStart: Int) throws(ProjectPageError) {
    let bytes = record.span
    var previous: Version?
    var previousFile = 0
    for index in 0..<versionCount {
      let row = Layout.Header.length + index * Layout.VersionRow.length
      let firstFile = Int(bytes.number32(at: row + Layout.VersionRow.firstFile))
      guard let version = ProjectPage.version(at: row, stringStart: stringStart, in: bytes),
        previous.map({ $0 < version }) ?? true, firstFile >= previousFile, firstFile <= fileCount
      else { throw .record(.version(index)) }
      previous = version
      previousFile = firstFile
    }
  }

  // MARK: The project

  /// What the index says of the project as a whole, nil if it says nothing.
  package var status: ProjectStatus? {
    let bytes = record.span
    let number = Int(bytes[Layout.Header.status])
    guard (1...ProjectStatus.Marker.allCases.count).contains(number) else { return nil }
    let reference = bytes.number32(at: Layout.Header.statusReason)
    let reason = ProjectPage.string(reference, from: stringStart, in: bytes)
    return ProjectStatus(marker: ProjectStatus.Marker.allCases[number - 1], reason: reason)
  }

  /// The number of files left out for their names: no wheels and no source distributions (eggs, installers),
  /// or another project's.
  package var unreadableFilenames: Int { Int(record.span.number32(at: Layout.Header.unreadableFilenames)) }

  /// The number of files left out though their names are good: their address is missing or can't be asked for,
  /// or their SHA-256 digest is none.
  package var unusableFiles: Int { Int(record.span.number32(at: Layout.Header.unusableFiles)) }

  /// The index's number of the project's last change, nil if it gives none.
  package var lastSerial: Int64? {
    let serial = Int64(bitPattern: record.span.word(at: Layout.Header.lastSerial))
    return serial < 0 ? nil : serial
  }

  // MARK: Versions

  /// A version, by its place in ascending order. Where files spell it differently (`1.0`, `1.0.0`) this is the
  /// shortest spelling.
  ///
  /// - Precondition: `index` is in `0..<versionCount`.
  package func version(at index: Int) -> Version {
    guard let version = ProjectPage.version(at: row(of: index), stringStart: stringStart, in: record.span)
    else {
      fatalError("the version table was checked when the record was opened")
    }
    return version
  }

  /// Whether a version is a pre-release to PEP 440.
  package func isPreRelease(at index: Int) -> Bool { flags(at: index).contains(.preRelease) }

  /// Whether all files of a version are yanked (PEP 592).
  package func isYanked(at index: Int) -> Bool { flags(at: index).contains(.yanked) }

  /// Whether a version has a wheel.
  package func hasWheel(at index: Int) -> Bool { flags(at: index).contains(.wheel) }

  /// Whether a version has a source distribution.
  package func hasSource(at index: Int) -> Bool { flags(at: index).contains(.source) }

  /// The index of a version, nil if it has no files here.
  package func index(of version: Version) -> Int? {
    var range = 0..<versionCount
    while !range.isEmpty {
      let middle = (range.lowerBound + range.upperBound) / 2
      let found = self.version(at: middle)
      if found == version { return middle }
      range = found < version ? middle + 1..<range.upperBound : range.lowerBound..<middle
    }
    return nil
  }

  // MARK: Places in the record

  var stringStart: Int { record.count - Int(record.span.number32(at: Layout.Header.stringLength)) }
  var fileStart: Int { Layout.Header.length + versionCount * Layout.VersionRow.length }
  var digestStart: Int { fileStart + fileCount * Layout.FileRow.length }

  private func row(of index: Int) -> Int {
    precondition((0..<versionCount).contains(index), "no version has this index")
    return Layout.Header.length + index * Layout.VersionRow.length
  }

  private func flags(at index: Int) -> Layout.VersionFlags {
    Layout.VersionFlags(rawValue: record[row(of: index) + Layout.VersionRow.flags])
  }

  func files(at index: Int) -> Range<Int> {
    let row = row(of: index)
    let bytes = record.span
    let first = Int(bytes.number32(at: row + Layout.VersionRow.firstFile))
    guard index + 1 < versionCount else { return first..<fileCount }
    return first..<Int(bytes.number32(at: row + Layout.VersionRow.length + Layout.VersionRow.firstFile))
  }

  private static func version(at row: Int, stringStart: Int, in bytes: Span<UInt8>) -> Version? {
    let key = bytes.word(at: row + Layout.VersionRow.key)
    let segmentCount = Int(bytes[row + Layout.VersionRow.segmentCount])
    if segmentCount > 0 { return Version(packedKey: key, releaseSegmentCount: segmentCount) }
    let range = range(of: UInt32(truncatingIfNeeded: key), from: stringStart, in: bytes)
    return range.flatMap { try? Version(utf8: bytes.extracting($0)) }
  }

  // MARK: Strings

  /// Where a string's bytes are, nil for none and for a reference beyond the record.
  static func range(of reference: UInt32, from start: Int, in bytes: Span<UInt8>) -> Range<Int>? {
    let offset = start + Int(reference)
    guard offset + 2 <= bytes.count else { return nil }
    let end = offset + 2 + Int(bytes.number16(at: offset))
    return end <= bytes.count ? offset + 2..<end : nil
  }

  /// A string, nil for none, for a reference beyond the record and for one that may not be shown.
  static func string(_ reference: UInt32, from start: Int, in bytes: Span<UInt8>) -> String? {
    guard let range = range(of: reference, from: start, in: bytes) else { return nil }
    let text = bytes.extracting(range).withUnsafeBufferPointer { String(decoding: $0, as: UTF8.self) }
    if text.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) { return text }
    return text.unicodeScalars.allSatisfy(PrintableText.isPrintable) ? text : nil
  }
}

extension [UInt8] {
  /// The bytes of a span's range.
  init(copying bytes: Span<UInt8>, _ range: Range<Int>) {
    self = bytes.extracting(range).withUnsafeBufferPointer { [UInt8]($0) }
  }
}
