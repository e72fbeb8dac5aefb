import PythonPackaging

extension PageRecordBuilder {
  private typealias Layout = PageRecordLayout

  /// The record of all files that were added.
  func record() throws(ProjectPageError) -> [UInt8] {
    var strings = ByteInterner()
    let project = reference(Array(project.normalized.utf8), in: &strings)
    let reason = status?.reason.map { reference(Array($0.utf8), in: &strings) } ?? Layout.none
    let groups = groups()
    var versionRows: [UInt8] = []
    var fileRows: [UInt8] = []
    var digestRows: [UInt8] = []
    versionRows.reserveCapacity(groups.count * Layout.VersionRow.length)
    fileRows.reserveCapacity(rows.count * Layout.FileRow.length)
    digestRows.reserveCapacity(digests.count)
    for group in groups {
      let firstFile = fileRows.count / Layout.FileRow.length
      for index in group.rows {
        append(rows[index], to: &fileRows, digests: &digestRows, strings: &strings)
      }
      append(group, firstFile: firstFile, to: &versionRows, strings: &strings)
    }
    guard strings.bytes.count < UInt32.max, rows.count < UInt32.max / 4 else { throw .tooLarge }

    var record: [UInt8] = []
    record.reserveCapacity(
      Layout.Header.length + versionRows.count + fileRows.count + digestRows.count + strings.bytes.count)
    record.append(number: Layout.mark)
    record.append(number: Layout.format)
    record.append(
      status.flatMap { ProjectStatus.Marker.allCases.firstIndex(of: $0.marker) }.map { UInt8($0 + 1) } ?? 0)
    record.append(0)
    record.append(number: PageRecordBuilder.packing)
    record.append(number: UInt32(groups.count))
    record.append(number: UInt32(fileRows.count / Layout.FileRow.length))
    record.append(number: UInt32(digestRows.count / Layout.digestLength))
    record.append(number: UInt32(strings.bytes.count))
    record.append(number: project)
    record.append(number: reason)
    record.append(number: UInt32(clamping: unreadableFilenames))
    record.append(number: UInt32(clamping: unusableFiles))
    record.append(number: lastSerial ?? -1)
    record += versionRows
    record += fileRows
    record += digestRows
    record += strings.bytes
    return record
  }

  /// The packed key of some version with all parts, so that a change of the packing shows.
  static let packing: UInt64 = (try? Version("1.2.3.4rc5"))?.packedKey ?? 0

  /// A release and its files.
  private struct Group {
    var version: Version
    var rows: [Int]
  }

  /// The releases in ascending order, each with its files by name, each name once.
  private func groups() -> [Group] {
    var files = [[Int]](repeating: [], count: versions.count)
    for index in rows.indices { files[rows[index].version].append(index) }
    // Of several spellings of a version the shortest comes first, and stands for it.
    let order = versions.indices.compactMap { index in
      versions[index].flatMap { files[index].isEmpty ? nil : (version: $0.version, index: index) }
    }.sorted { left, right in
      if left.version < right.version { return true }
      return left.version == right.version
        && left.version.releaseSegmentCount < right.version.releaseSegmentCount
    }
    var groups: [Group] = []
    groups.reserveCapacity(order.count)
    for (version, index) in order {
      if let last = groups.last, last.version == version {
        groups[groups.count - 1].rows += files[index]
      } else {
        groups.append(Group(version: version, rows: files[index]))
      }
    }
    for index in groups.indices { sort(&groups[index].rows) }
    return groups
  }

  /// Sorts files by name, and drops all but the first of a name.
  private func sort(_ files: inout [Int]) {
    let bytes = text.bytes.span
    func precedes(_ left: Int, _ right: Int) -> Bool {
      bytes.precedes(rows[left].filename, rows[right].filename)
    }
    func isSorted() -> Bool {
      for index in files.indices.dropFirst() where !precedes(files[index - 1], files[index]) { return false }
      return true
    }
    if isSorted() { return }
    files.sort { left, right in
      precedes(left, right) || (left < right && !precedes(right, left))
    }
    var kept: [Int] = []
    kept.reserveCapacity(files.count)
    for file in files {
      if let last = kept.last, !precedes(last, file) { continue }
      kept.append(file)
    }
    files = kept
  }

  private func append(
    _ group: Group, firstFile: Int, to result: inout [UInt8], strings: inout ByteInterner
  ) {
    var flags: Layout.VersionFlags = group.version.isPreRelease ? [.preRelease, .yanked] : .yanked
    for index in group.rows {
      flags.insert(rows[index].flags.contains(.wheel) ? .wheel : .source)
      if !rows[index].flags.contains(.yanked) { flags.remove(.yanked) }
    }
    if let key = group.version.packedKey {
      result.append(number: key)
      result.append(number: UInt32(firstFile))
      result.append(UInt8(group.version.releaseSegmentCount))
    } else {
      result.append(number: UInt64(reference(Array(group.version.description.utf8), in: &strings)))
      result.append(number: UInt32(firstFile))
      result.append(0)
    }
    result.append(flags.rawValue)
    result.append(number: UInt16(0))
  }

  private func append(
    _ row: Row, to result: inout [UInt8], digests digestRows: inout [UInt8], strings: inout ByteInterner
  ) {
    result.append(number: row.flags.rawValue)
    result.append(number: UInt16(0))
    result.append(number: reference(row.filename.lowerBound..<row.stemEnd, in: &strings))
    result.append(number: reference(row.stemEnd..<row.filename.upperBound, in: &strings))
    result.append(number: reference(row.addressBase, in: &strings))
    result.append(number: reference(row.requiresPython, in: &strings))
    result.append(number: reference(row.yankReason, in: &strings))
    result.append(number: reference(row.otherHashes, in: &strings))
    result.append(number: UInt32(digestRows.count / Layout.digestLength))
    result.append(number: Int64(row.size))
    result.append(number: row.uploadedAt)
    let end = row.firstDigest + row.flags.digestCount * Layout.digestLength
    digestRows += digests[row.firstDigest..<end]
  }

  private func reference(_ range: Range<Int>?, in strings: inout ByteInterner) -> UInt32 {
    guard let range else { return Layout.none }
    let number = strings.number(of: range, in: text.bytes.span)
    return UInt32(clamping: strings.offsets[number])
  }

  private func reference(_ bytes: [UInt8], in strings: inout ByteInterner) -> UInt32 {
    let number = strings.number(of: 0..<bytes.count, in: bytes.span)
    return UInt32(clamping: strings.offsets[number])
  }
}

extension PageRecordLayout.FileFlags {
  /// How many digests of the file the record has.
  var digestCount: Int {
    (contains(.hashedAddress) ? 1 : 0) + (contains(.sha256) ? 1 : 0) + (contains(.metadataDigest) ? 1 : 0)
  }
}
