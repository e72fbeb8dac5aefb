import PythonPackaging

/// Gathers the files a page lists and writes the page's record.
///
/// The record is the same in whatever order the files come, except that of two files with one name the first
/// is taken.
struct PageRecordBuilder {
  typealias FileFlags = PageRecordLayout.FileFlags

  /// A file that is a distribution of the project.
  struct Row {
    var flags: FileFlags
    var filename: Range<Int>
    /// Where the version ends in the file's name.
    var stemEnd: Int
    /// An index into ``versions``.
    var version: Int
    var addressBase: Range<Int>
    var requiresPython: Range<Int>?
    var yankReason: Range<Int>?
    var otherHashes: Range<Int>?
    /// Where the first digest begins in ``digests``.
    var firstDigest: Int
    var size: Int
    var uploadedAt: Int64
  }

  let project: PackageName
  var text: PageText
  private(set) var status: ProjectStatus?
  var lastSerial: Int64?
  private(set) var rows: [Row] = []
  private(set) var unreadableFilenames = 0
  private(set) var unusableFiles = 0
  private(set) var digests: [UInt8] = []
  /// The versions that files' names have, by the number of their text; nil where the text is none.
  private(set) var versions: [ReadVersion?] = []
  private var versionTexts = ByteInterner()
  private let projectBytes: [UInt8]
  private let base: URLReference?
  /// Whether `file:` addresses count: a page from elsewhere has no say over this machine's files.
  private let isLocal: Bool

  /// A version as a file's name has it.
  struct ReadVersion {
    let version: Version
    /// Whether `_` had to be read as `-`, as only wheels may write it.
    let isWheelOnly: Bool
  }

  /// - Parameters:
  ///   - base: What the page's relative addresses are relative to.
  ///   - page: Where the page came from.
  init(project: PackageName, text: PageText, base: URLReference?, page: URLReference?) {
    isLocal = page?.scheme == "file"
    self.project = project
    self.text = text
    self.base = base
    projectBytes = Array(project.normalized.utf8)
  }

  /// Forgets all files.
  mutating func removeAll() {
    rows = []
    digests = []
    unreadableFilenames = 0
    unusableFiles = 0
  }

  /// Sets the project's status; one that PEP 792 doesn't know counts as none.
  mutating func setStatus(marker: String?, reason: Range<Int>?) {
    let printed = reason.flatMap { text.printable($0, limit: PageRecordBuilder.greatestReason) }
    status = marker.flatMap { ProjectStatus.Marker(rawValue: $0) }.map { marker in
      ProjectStatus(marker: marker, reason: printed.map { text.string($0) })
    }
  }

  /// Takes a file, or counts it if it can't be used.
  mutating func add(_ file: ListedFile) {
    guard let filename = file.filename, let url = file.url else {
      unusableFiles += 1
      return
    }
    guard
      let shape = FilenameShape(filename, in: text.bytes.span, project: projectBytes.span),
      let version = version(at: shape)
    else {
      unreadableFilenames += 1
      return
    }
    let digestsBefore = digests.count
    var row = Row(
      flags: shape.isWheel ? .wheel : [], filename: filename, stemEnd: shape.version.upperBound,
      version: version, addressBase: url, firstDigest: digestsBefore, size: 0, uploadedAt: 0)
    guard setAddress(of: &row, to: url, file: file), setFacts(of: &row, from: file) else {
      unusableFiles += 1
      digests.removeLast(digests.count - digestsBefore)
      return
    }
    rows.append(row)
  }

  /// The index of the version that a file's name has, nil if it has none.
  private mutating func version(at shape: FilenameShape) -> Int? {
    let bytes = text.bytes
    let number = versionTexts.number(of: shape.version, in: bytes.span)
    if number == versions.count { versions.append(readVersion(shape.version)) }
    guard let read = versions[number], shape.isWheel || !read.isWheelOnly else { return nil }
    return number
  }

  private func readVersion(_ range: Range<Int>) -> ReadVersion? {
    let dashed = text.bytes[range].map { $0 == UInt8(ascii: "_") ? UInt8(ascii: "-") : $0 }
    let written = try? Version(utf8: text.bytes.span.extracting(range))
    guard let version = written ?? (try? Version(utf8: dashed.span)) else { return nil }
    // The normal form may be longer than what was written, too long to be read again.
    if version.packedKey == nil, version.description.utf8.count > Version.greatestLength { return nil }
    return ReadVersion(version: version, isWheelOnly: written == nil)
  }

  // MARK: Addresses

  /// Sets the address and the file's digests; false if the address or the SHA-256 digest can't be used.
  private mutating func setAddress(of row: inout Row, to url: Range<Int>, file: ListedFile) -> Bool {
    var hashes = Hashes(sha256: file.sha256, others: file.otherHashes)
    let end = PageRecordBuilder.endOfVerbatim(url, in: text.bytes.span)
    if let end, end == url.upperBound || text.bytes[end] == UInt8(ascii: "#") {
      row.addressBase = url.lowerBound..<end
    } else {
      guard let reference = URLReference(text.bytes[url])?.resolved(against: base), reference.isDownloadable,
        isLocal || reference.scheme != "file"
      else { return false }
      row.addressBase = text.append(reference.bytes)
    }
    if let mark = end.map({ $0..<url.upperBound }) ?? fragment(of: url), !mark.isEmpty {
      hashes.add(fragment: mark, in: text)
    }
    guard row.addressBase.count <= URLReference.greatestLength else { return false }
    split(&row)
    if let digits = hashes.sha256, !digits.isEmpty {
      guard appendDigest(digits) else { return false }
      row.flags.insert(.sha256)
    }
    if !hashes.others.isEmpty {
      let sorted = hashes.others.sorted { ($0.algorithm, $0.hex) < ($1.algorithm, $1.hex) }
      let joined = Array(sorted.map(\.description).joined(separator: ",").utf8)
      if joined.count <= ByteInterner.greatestLength { row.otherHashes = text.append(joined) }
    }
    return true
  }

  private func fragment(of url: Range<Int>) -> Range<Int>? {
    text.bytes[url].firstIndex(of: UInt8(ascii: "#")).map { $0..<url.upperBound }
  }

  /// Takes the file's name and the digest before it off the address, where they are.
  private mutating func split(_ row: inout Row) {
    let name = row.filename
    let address = row.addressBase
    let text = text.bytes
    let bytes = text.span
    let directoryEnd = address.upperBound - name.count
    guard directoryEnd > address.lowerBound, bytes[directoryEnd - 1] == UInt8(ascii: "/"),
      bytes.isEqual(name, to: bytes, from: directoryEnd)
    else { return }
    row.flags.insert(.namedAddress)
    row.addressBase = address.lowerBound..<directoryEnd
    let start = directoryEnd - HashedDirectory.length
    guard start >= address.lowerBound, HashedDirectory.append(at: start, in: bytes, to: &digests) else {
      return
    }
    row.flags.insert(.hashedAddress)
    row.addressBase = address.lowerBound..<start
  }

  /// Where an absolute address that can be taken as it is ends, at the end or at `#`; nil if it can't.
  private static func endOfVerbatim(_ url: Range<Int>, in text: Span<UInt8>) -> Int? {
    let isSecure = text.holds("https://", at: url.lowerBound)
    guard isSecure || text.holds("http://", at: url.lowerBound) else { return nil }
    let host = url.lowerBound + (isSecure ? 8 : 7)
    guard host < url.upperBound, text[host] != UInt8(ascii: "/"), text[host] != UInt8(ascii: "?"),
      text[host] != UInt8(ascii: "#")
    else { return nil }
    var previous: UInt8 = 0
    for index in host..<url.upperBound {
      let byte = text[index]
      if byte == UInt8(ascii: "#") { return index }
      // A segment that begins with a point may be `.` or `..`.
      if byte == UInt8(ascii: "."), previous == UInt8(ascii: "/") { return nil }
      if !URLReference.isVerbatim(byte) { return nil }
      previous = byte
    }
    return url.upperBound
  }

  // MARK: Facts

  /// Sets all that isn't the address; false if a fact that matters can't be kept.
  private mutating func setFacts(of row: inout Row, from file: ListedFile) -> Bool {
    if let range = file.requiresPython {
      guard range.count <= PageRecordBuilder.greatestRequirement else { return false }
      row.requiresPython = text.printable(range, limit: 3 * PageRecordBuilder.greatestRequirement)
    }
    switch file.yank {
    case .no: break
    case .yes: row.flags.insert(.yanked)
    case .reason(let range):
      row.flags.insert(.yanked)
      row.yankReason = text.printable(range, limit: PageRecordBuilder.greatestReason)
    }
    switch file.coreMetadata {
    case .unknown: break
    case .absent: row.flags.insert(.metadataAbsent)
    case .present(let digits):
      // With a digest that is none the metadata couldn't be checked: better read from the file itself.
      if let digits {
        if appendDigest(digits) { row.flags.formUnion([.metadataPresent, .metadataDigest]) }
      } else {
        row.flags.insert(.metadataPresent)
      }
    }
    if let size = file.size, size >= 0 {
      row.size = size
      row.flags.insert(.hasSize)
    }
    if let uploadedAt = file.uploadedAt {
      row.uploadedAt = uploadedAt
      row.flags.insert(.hasUploadTime)
    }
    return true
  }

  /// The most bytes of `requires-python`.
  private static let greatestRequirement = 4_096
  /// The most bytes that are kept of a reason.
  static let greatestReason = 4_096

  private mutating func appendDigest(_ digits: Range<Int>) -> Bool {
    guard digits.count == 2 * PageRecordLayout.digestLength else { return false }
    let bytes = text.bytes
    return HexadecimalDigits.append(digits, in: bytes.span, to: &digests)
  }
}

/// The digests that a page gives for a file, once as `hashes` and once in the address's fragment.
private struct Hashes {
  var sha256: Range<Int>?
  var others: [Distribution.Digest]

  /// Takes the digests of a fragment, `#sha256=0123…`, for the algorithms that have none yet.
  mutating func add(fragment: Range<Int>, in text: PageText) {
    let start = fragment.lowerBound + 1
    let bytes = text.bytes[start..<fragment.upperBound]
    for part in bytes.split(separator: UInt8(ascii: "&")) {
      guard let equals = part.firstIndex(of: UInt8(ascii: "=")) else { continue }
      let algorithm = String(decoding: part[..<equals], as: UTF8.self).lowercased()
      guard PageRecordLayout.hashAlgorithms.contains(algorithm) else { continue }
      let digits = equals + 1..<part.endIndex
      if algorithm == "sha256" {
        if sha256 == nil { sha256 = digits }
      } else if !others.contains(where: { $0.algorithm == algorithm }),
        let digest = Distribution.Digest(algorithm: algorithm, digits: digits, in: text)
      {
        others.append(digest)
      }
    }
  }
}

extension Distribution.Digest {
  /// A digest from hexadecimal digits in either case; nil if they are none or the algorithm's name isn't one.
  init?(algorithm: String, digits: Range<Int>, in text: PageText) {
    let isName = algorithm.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"):
        true
      default: false
      }
    }
    guard isName, !algorithm.isEmpty, algorithm.utf8.count <= 32, (2...512).contains(digits.count),
      digits.count % 2 == 0, text.bytes[digits].allSatisfy({ HexadecimalDigits.value(of: $0) != nil })
    else { return nil }
    self.init(algorithm: algorithm, hex: text.string(digits))
  }
}
