package import PythonPackaging

/// A distribution's bytes, held against the hashes known of it.
struct DownloadedFile: Sendable {
  var bytes: [UInt8]
  /// Where it came from, fit for a message.
  var url: String
  /// Seconds since 1970.
  var received: Int64
  /// Whether what was read out of it may be kept.
  var isStorable: Bool
}

extension IndexClient {
  /// A whole file, downloaded or read from this machine, and held against the hashes known of it.
  func download(_ distribution: Distribution) async throws(IndexError) -> DownloadedFile {
    try await download(url: distribution.url, named: distribution.filename, digests: distribution.hashes)
  }

  /// The file at a URL, of this machine or not, held against digests.
  func download(
    url: String, named filename: String, digests: [Distribution.Digest]
  ) async throws(IndexError) -> DownloadedFile {
    if let path = LocalFile.path(of: url) {
      let bytes = try Self.contents(of: path, limit: configuration.largestFile)
      try FileHash.check(bytes, of: filename, digests: digests, from: url)
      return DownloadedFile(
        bytes: bytes, url: url, received: configuration.clock.now(), isStorable: !digests.isEmpty)
    }
    guard let address = WebAddress(url) else { throw .invalidURL(redacted(url)) }
    if configuration.mode == .offline { throw .offlineMiss(filename) }
    let response = try await fetchWhole(filename, digests: digests, from: address)
    let freshness = Freshness(
      fields: response.fields, requested: response.requested, received: response.received)
    return DownloadedFile(
      bytes: response.body, url: response.address.redacted, received: response.received,
      isStorable: freshness.isStorable)
  }

  /// The answer with a whole file, held against the hashes known of it.
  func fetchWhole(
    _ filename: String, digests: [Distribution.Digest], from address: WebAddress
  ) async throws(IndexError) -> Fetcher.Response {
    var request = Fetcher.Request(
      address: address, maximumBody: configuration.largestFile, compressed: false)
    request.fields.append("Accept-Encoding", "identity")
    let response = try await fetcher.fetch(request)
    switch response.status {
    case 200: break
    case 404, 410: throw .missingFile(file: filename, url: address.redacted)
    default: throw .status(response.status, url: response.address.redacted, retryAfter: nil)
    }
    try FileHash.check(response.body, of: filename, digests: digests, from: response.address.redacted)
    return response
  }

  /// SHA-256 of a distribution in lower-case hexadecimal: as the index gives it, else of the file itself, which is read
  /// or downloaded for it and held against what other hashes the index gives.
  package func sha256(of distribution: Distribution) async throws(IndexError) -> String {
    if let known = distribution.sha256 { return known }
    if let path = LocalFile.path(of: distribution.url), distribution.otherHashes.isEmpty {
      do throws(LocalFile.Failure) {
        return try LocalFile(path: path).sha256()
      } catch {
        throw .unreadableFile(path: PrintableText.escaped(path, limit: 300), reason: error.reason)
      }
    }
    return FileHash.sha256(try await download(distribution).bytes)
  }

  /// The contents of a file of this machine.
  static func contents(of path: String, limit: Int) throws(IndexError) -> [UInt8] {
    do throws(LocalFile.Failure) {
      let file = try LocalFile(path: path)
      guard file.size <= limit else {
        throw LocalFile.Failure(reason: "it is larger than \(limit) bytes")
      }
      return try file.read(0..<file.size)
    } catch {
      throw .unreadableFile(path: PrintableText.escaped(path, limit: 300), reason: error.reason)
    }
  }

  /// The metadata in a wheel of this machine.
  func readMetadata(
    of distribution: Distribution, wheel: WheelFilename, path: String
  ) throws(IndexError) -> CoreMetadata {
    let found: Result<[UInt8], IndexError>
    do throws(LocalFile.Failure) {
      found = try Self.metadata(inWheel: path, wheel: wheel, filename: distribution.filename)
    } catch {
      throw .unreadableFile(path: PrintableText.escaped(path, limit: 300), reason: error.reason)
    }
    return try read(found.get(), of: distribution)
  }

  private static func metadata(
    inWheel path: String, wheel: WheelFilename, filename: String
  ) throws(LocalFile.Failure) -> Result<[UInt8], IndexError> {
    let file = try LocalFile(path: path)
    var extraction = MetadataExtraction(wheel: wheel, fileSize: file.size)
    let tail = max(0, file.size - tailSize)..<file.size
    extraction.supply(try file.read(tail), at: tail.lowerBound)
    while true {
      let step: MetadataExtraction.Step
      do throws(ArchiveError) {
        step = try extraction.step()
      } catch {
        return .failure(.malformedArchive(file: filename, reason: error))
      }
      switch step {
      case .metadata(let bytes): return .success(bytes)
      case .needs(let range): extraction.supply(try file.read(range), at: range.lowerBound)
      }
    }
  }
}
