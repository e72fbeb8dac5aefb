import PythonPackaging
import ZipReading

extension IndexClient {
  /// The most bytes asked for first from a wheel's end: mostly the directory and METADATA are both in there.
  static let tailSize = 32 << 10
  /// The most bytes of a `.metadata` file.
  static let longestMetadata = MetadataExtraction.longestMetadata
  /// How long metadata of a file without a hash is believed at least, in seconds: files of a name don't change.
  static let unhashedLifetime: Int64 = 7 * 86400

  /// What the cache has under a key, if it may be used.
  func cachedBytes(key: String) -> [UInt8]? {
    guard let stored = configuration.cache?.metadata(key: key) else { return nil }
    let isUsable =
      switch configuration.mode {
      case .normal: stored.isFresh(at: configuration.clock.now())
      case .refresh: stored.freshUntil == .max
      case .offline: true
      }
    return isUsable ? stored.bytes : nil
  }

  /// Parses metadata and holds it against the file's name.
  func read(_ bytes: [UInt8], of distribution: Distribution) throws(IndexError) -> CoreMetadata {
    let metadata: CoreMetadata
    do throws(CoreMetadataError) {
      metadata = try CoreMetadata(utf8: bytes)
    } catch {
      throw .malformedMetadata(file: distribution.filename, reason: error)
    }
    guard metadata.name == distribution.name else {
      throw .contradiction(
        file: distribution.filename, field: .name, expected: distribution.name.normalized,
        found: metadata.writtenName)
    }
    guard metadata.version == distribution.version else {
      throw .contradiction(
        file: distribution.filename, field: .version, expected: distribution.version.description,
        found: metadata.version.description)
    }
    return metadata
  }

  /// The cheapest way that works: the cache, `.metadata`, ranges of the wheel, the wheel.
  func fetchMetadata(_ distribution: Distribution, key: String) async throws(IndexError) -> CoreMetadata {
    if case .wheel(let wheel) = distribution.kind, let path = LocalFile.path(of: distribution.url) {
      return try readMetadata(of: distribution, wheel: wheel, path: path)
    }
    if let bytes = cachedBytes(key: key) {
      do throws(IndexError) {
        return try read(bytes, of: distribution)
      } catch .malformedMetadata(let file, let reason) {
        throw .malformedMetadata(file: file, reason: reason)
      } catch {
        // Another file's: nothing that was ever kept so.
      }
    }
    if configuration.mode == .offline { throw .offlineMiss("the metadata of \(distribution.filename)") }
    guard case .wheel(let wheel) = distribution.kind else {
      throw .sourceDistributionUnsupported(file: distribution.filename)
    }
    guard let address = WebAddress(distribution.url) else { throw .invalidURL(redacted(distribution.url)) }

    let found: Downloaded
    if let sibling = try await fetchMetadataFile(distribution, beside: address) {
      found = sibling
    } else if let piece = try await fetchFromRanges(distribution, wheel: wheel, address: address) {
      found = piece
    } else {
      found = try await fetchFromWheel(distribution, wheel: wheel, address: address)
    }
    let result: Result<CoreMetadata, IndexError>
    do throws(IndexError) {
      result = .success(try read(found.metadata, of: distribution))
    } catch {
      result = .failure(error)
    }
    keep(found, of: distribution, key: key, result: result)
    return try result.get()
  }

  private struct Downloaded {
    var metadata: [UInt8]
    var response: Fetcher.Response
  }

  private func keep(
    _ found: Downloaded, of distribution: Distribution, key: String,
    result: Result<CoreMetadata, IndexError>
  ) {
    guard let cache = configuration.cache else { return }
    let freshness = Freshness(
      fields: found.response.fields, requested: found.response.requested, received: found.response.received)
    guard freshness.isStorable else { return }
    let bytes: [UInt8]
    switch result {
    case .success: bytes = CompactMetadata.filtered(found.metadata)
    // Kept so that it isn't fetched again each time; whole, so that the error names the same line.
    case .failure(.malformedMetadata): bytes = CompactMetadata.headers(found.metadata)
    case .failure: return
    }
    let received = found.response.received
    let freshUntil =
      distribution.sha256 == nil ? max(freshness.freshUntil, received + IndexClient.unhashedLifetime) : .max
    cache.store(CachedMetadata(bytes: bytes, fetchedAt: received, freshUntil: freshUntil), key: key)
  }

  // MARK: `.metadata`

  /// The file beside the wheel (PEP 658, PEP 714); nil: there is none.
  private func fetchMetadataFile(
    _ distribution: Distribution, beside wheel: WebAddress
  ) async throws(IndexError) -> Downloaded? {
    let announced: String?
    switch distribution.coreMetadata {
    case .absent: return nil
    case .present(let sha256): announced = sha256
    case .unknown:
      guard mayHaveMetadataFiles(wheel.origin) else { return nil }
      announced = nil
    }
    let request = Fetcher.Request(
      address: wheel.appending(toPath: ".metadata"), maximumBody: IndexClient.longestMetadata)
    let response: Fetcher.Response
    do throws(IndexError) {
      response = try await fetcher.fetch(request)
    } catch .unauthorized {
      // Some stores answer 403 for what isn't there; the wheel itself will tell.
      learned(wheel.origin, hasMetadataFile: false)
      return nil
    }
    guard response.status == 200 else {
      if distribution.coreMetadata == .unknown { learned(wheel.origin, hasMetadataFile: false) }
      return nil
    }
    if let announced {
      let found = FileHash.sha256(response.body)
      guard found == announced.lowercased() else {
        throw .hashMismatch(
          file: distribution.filename + ".metadata", url: response.address.redacted, algorithm: "sha256",
          expected: announced, found: found)
      }
    } else if !looksLikeMetadata(response.body) {
      // A server that answers anything with a page of its own has no such file.
      learned(wheel.origin, hasMetadataFile: false)
      return nil
    }
    learned(wheel.origin, hasMetadataFile: true)
    return Downloaded(metadata: response.body, response: response)
  }

  /// Begins with a header.
  private func looksLikeMetadata(_ bytes: [UInt8]) -> Bool {
    let line = bytes.prefix(80).prefix { $0 != 0x0a }
    return line.first != UInt8(ascii: "<") && line.contains(UInt8(ascii: ":"))
  }

  // MARK: Ranges

  /// METADATA from the wheel's end, by one range request or a few; nil: only the whole wheel will do.
  private func fetchFromRanges(
    _ distribution: Distribution, wheel: WheelFilename, address: WebAddress
  ) async throws(IndexError) -> Downloaded? {
    if let size = distribution.size, size <= IndexClient.tailSize { return nil }
    // Some servers know no suffix ranges, so the size is used where the index tells it.
    let range =
      distribution.size.map { "\($0 - IndexClient.tailSize)-\($0 - 1)" } ?? "-\(IndexClient.tailSize)"
    let first = try await fetchRange(range, of: address)
    switch first.status {
    case 200: return try whole(first, of: distribution, wheel: wheel)
    case 206: break
    case 404, 410: throw .missingFile(file: distribution.filename, url: address.redacted)
    default: return nil
    }
    guard let content = ContentRange(first.fields["content-range"] ?? ""),
      content.range.count == first.body.count, content.range.upperBound == content.fileSize
    else { return nil }
    var extraction = MetadataExtraction(wheel: wheel, fileSize: content.fileSize)
    extraction.supply(first.body, at: content.range.lowerBound)
    // Directory, entry: more than a few steps can't be.
    for _ in 0..<4 {
      let step: MetadataExtraction.Step
      do throws(ArchiveError) {
        step = try extraction.step()
      } catch {
        switch error {
        // The server's pieces may not fit together; the whole wheel has a hash to check.
        case .zip(.noEndRecord), .zip(.damagedDirectory), .zip(.damagedEntry): return nil
        default: throw .malformedArchive(file: distribution.filename, reason: error)
        }
      }
      switch step {
      case .metadata(let bytes): return Downloaded(metadata: bytes, response: first)
      case .needs(let range):
        let next = try await fetchRange("\(range.lowerBound)-\(range.upperBound - 1)", of: address)
        if next.status == 200 { return try whole(next, of: distribution, wheel: wheel) }
        guard next.status == 206, let given = ContentRange(next.fields["content-range"] ?? ""),
          given.range == range, next.body.count == range.count, given.fileSize == content.fileSize
        else { return nil }
        extraction.supply(next.body, at: range.lowerBound)
      }
    }
    return nil
  }

  private func fetchRange(_ range: String, of address: WebAddress) async throws(IndexError)
    -> Fetcher.Response
  {
    var request = Fetcher.Request(
      address: address, maximumBody: configuration.largestFile, compressed: false)
    request.fields.append("Range", "bytes=\(range)")
    request.fields.append("Accept-Encoding", "identity")
    return try await fetcher.fetch(request)
  }

  // MARK: The whole wheel

  private func fetchFromWheel(
    _ distribution: Distribution, wheel: WheelFilename, address: WebAddress
  ) async throws(IndexError) -> Downloaded {
    try await extract(
      fetchWhole(distribution.filename, digests: distribution.hashes, from: address), of: distribution,
      wheel: wheel)
  }

  /// The metadata of an answer to a request for a range that has the whole wheel.
  private func whole(
    _ response: Fetcher.Response, of distribution: Distribution, wheel: WheelFilename
  ) throws(IndexError) -> Downloaded {
    try FileHash.check(
      response.body, of: distribution.filename, digests: distribution.hashes, from: response.address.redacted)
    return try extract(response, of: distribution, wheel: wheel)
  }

  private func extract(
    _ response: Fetcher.Response, of distribution: Distribution, wheel: WheelFilename
  ) throws(IndexError) -> Downloaded {
    var extraction = MetadataExtraction(wheel: wheel, fileSize: response.body.count)
    extraction.supply(response.body, at: 0)
    do throws(ArchiveError) {
      guard case .metadata(let bytes) = try extraction.step() else {
        throw ArchiveError.zip(.damagedDirectory)
      }
      return Downloaded(metadata: bytes, response: response)
    } catch {
      throw .malformedArchive(file: distribution.filename, reason: error)
    }
  }
}

/// `bytes 100-199/1000` (RFC 9110 §14.4), with the whole size known.
struct ContentRange: Sendable, Hashable {
  var range: Range<Int>
  var fileSize: Int

  init?(_ text: String) {
    guard text.hasPrefix("bytes ") else { return nil }
    let parts = text.dropFirst(6).split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 2, let size = Int(parts[1]) else { return nil }
    let bounds = parts[0].split(separator: "-", omittingEmptySubsequences: false)
    guard bounds.count == 2, let first = Int(bounds[0]), let last = Int(bounds[1]), 0 <= first, first <= last,
      last < size
    else { return nil }
    range = first..<last + 1
    fileSize = size
  }
}
