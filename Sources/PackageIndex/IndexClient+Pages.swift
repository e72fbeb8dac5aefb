package import PythonPackaging

extension IndexClient {
  /// JSON first, HTML where that is all there is (PEP 691, "Version + Format Selection").
  static let accepted =
    "application/vnd.pypi.simple.v1+json, application/vnd.pypi.simple.v1+html;q=0.2, text/html;q=0.01"

  /// The longest a 404 is believed, in seconds, however long the server says: someone is about to upload. One
  /// the server gives no lifetime is not believed at all.
  static let longestAbsence: Int64 = 300

  /// What the cache alone can say about a name; nil if it can't.
  func cachedFound(_ name: PackageName) -> Found? {
    guard let cache = configuration.cache, configuration.mode != .refresh else { return nil }
    let now = configuration.clock.now()
    var found = Found()
    for index in indexes {
      let stored = cache.page(
        source: index.text, project: name.normalized, now: storedNow(now), toRevalidate: false)
      guard let stored, isUsable(stored, now: now) else { return nil }
      if let record = stored.record {
        guard let page = try? ProjectPage(record: record) else { return nil }
        found.add(page, of: index)
        if configuration.strategy == .firstIndex { break }
      }
    }
    return found
  }

  /// Goes through the indexes in order.
  func fetchFound(_ name: PackageName) async throws(IndexError) -> Found {
    var found = Found()
    for index in indexes {
      if let page = try await fetchPage(name, from: index) {
        found.add(page, of: index)
        if configuration.strategy == .firstIndex { break }
      }
    }
    return found
  }

  /// The indexes, redacted, that come after the one that a project's page is from, and so aren't asked for it.
  ///
  /// Nor may they be, to help with a message: the name of a private project is nobody else's to know.
  package func unaskedIndexes(of name: PackageName) -> [String] {
    guard configuration.strategy == .firstIndex, let first = indexURL(of: name),
      let place = indexes.firstIndex(where: { $0.redacted == first })
    else { return [] }
    return indexes[(place + 1)...].map(\.redacted)
  }

  private func isUsable(_ stored: CachedPage, now: Int64) -> Bool {
    switch configuration.mode {
    case .normal: stored.isFresh(at: now)
    case .refresh: false
    case .offline: true
    }
  }

  /// The time that decides whether a record is worth reading: offline, any is.
  private func storedNow(_ now: Int64) -> Int64 {
    switch configuration.mode {
    case .normal: now
    case .refresh: .max
    case .offline: .min
    }
  }

  /// One index's page; nil: it has no such project.
  private func fetchPage(
    _ name: PackageName, from index: WebAddress
  ) async throws(IndexError) -> ProjectPage? {
    let now = configuration.clock.now()
    let source = index.text
    var stored = configuration.cache?.page(source: source, project: name.normalized, now: storedNow(now))
    if let usable = stored, isUsable(usable, now: now) {
      guard let record = usable.record else { return nil }
      if let page = try? ProjectPage(record: record) { return page }
      stored = nil
    }
    if configuration.mode == .offline { throw .offlineMiss("the project page of \(name)") }

    let address = index.appending(toPath: name.normalized + "/")
    var request = Fetcher.Request(address: address, maximumBody: configuration.longestPage)
    request.fields.append("Accept", IndexClient.accepted)
    if configuration.mode == .refresh { request.fields.append("Cache-Control", "no-cache") }
    // Without a record a 304 would be no use; absence has none.
    let conditions = stored?.record == nil ? HTTPFields() : stored?.conditions ?? HTTPFields()
    for field in conditions.fields { request.fields.append(field.name, field.value) }
    let response = try await fetcher.fetch(request)

    if response.status == 304, let known = stored, let record = known.record {
      if let page = try? ProjectPage(record: record) {
        renew(known, of: name, source: source, response: response)
        return page
      }
      var unconditional = request
      for field in conditions.fields { unconditional.fields.remove(field.name) }
      return try await readPage(fetcher.fetch(unconditional), of: name, source: source)
    }
    return try readPage(response, of: name, source: source)
  }

  private func readPage(
    _ response: Fetcher.Response, of name: PackageName, source: String
  ) throws(IndexError) -> ProjectPage? {
    switch response.status {
    case 200: break
    case 404, 410:
      keep(nil, of: name, source: source, response: response)
      return nil
    default: throw .status(response.status, url: response.address.redacted, retryAfter: nil)
    }
    let page: ProjectPage
    let url = response.address.text
    let format = try PageFormat(response)
    do throws(ProjectPageError) {
      switch format {
      case .json: page = try ProjectPage(json: response.body, pageURL: url, project: name)
      case .html:
        page = try ProjectPage(
          html: response.body, pageURL: url, project: name, isStrict: configuration.isStrict)
      }
    } catch {
      throw .malformedPage(url: response.address.redacted, reason: error)
    }
    keep(page.record, of: name, source: source, response: response)
    return page
  }

  /// Hands a response to the cache.
  private func keep(_ record: [UInt8]?, of name: PackageName, source: String, response: Fetcher.Response) {
    guard let cache = configuration.cache, let freshness = storableFreshness(of: response) else { return }
    var page = CachedPage(
      record: record, entityTag: response.fields["etag"], lastModified: response.fields["last-modified"],
      fetchedAt: response.received, freshUntil: freshness.freshUntil)
    if record == nil {
      page.freshUntil =
        freshness.isGuess
        ? response.received : min(page.freshUntil, response.received + IndexClient.longestAbsence)
      page.entityTag = nil
      page.lastModified = nil
    }
    cache.store(page, source: source, project: name.normalized)
  }

  /// Tells the cache that a 304 has confirmed what it has.
  private func renew(_ known: CachedPage, of name: PackageName, source: String, response: Fetcher.Response) {
    guard let cache = configuration.cache, let freshness = storableFreshness(of: response) else { return }
    var page = known
    page.entityTag = response.fields["etag"] ?? known.entityTag
    page.lastModified = response.fields["last-modified"] ?? known.lastModified
    page.fetchedAt = response.received
    page.freshUntil = freshness.freshUntil
    if response.fields["cache-control"] == nil, response.fields["expires"] == nil {
      // A 304 that says nothing new leaves what was said before (RFC 9111 §3.2).
      page.freshUntil = response.received + max(0, known.freshUntil - known.fetchedAt)
    }
    cache.renew(known, to: page, source: source, project: name.normalized)
  }

  /// How long a response is fresh; nil: it may not be kept.
  private func storableFreshness(of response: Fetcher.Response) -> Freshness? {
    let freshness = Freshness(
      fields: response.fields, requested: response.requested, received: response.received)
    return freshness.isStorable ? freshness : nil
  }
}

extension IndexClient.Found {
  fileprivate mutating func add(_ page: ProjectPage, of index: WebAddress) {
    if pages.isEmpty { self.index = index }
    pages.append(page)
  }
}

/// How a project page is written.
private enum PageFormat {
  case json
  case html

  /// By content type, else by the first byte that isn't white space.
  init(_ response: Fetcher.Response) throws(IndexError) {
    let written = response.fields["content-type"] ?? ""
    let type = written.prefix { $0 != ";" }.trimmed.lowercased()
    switch type {
    case "application/vnd.pypi.simple.v1+json", "application/vnd.pypi.simple.latest+json", "application/json":
      self = .json
    case "application/vnd.pypi.simple.v1+html", "application/vnd.pypi.simple.latest+html", "text/html":
      self = .html
    case "", "application/octet-stream", "text/plain", "binary/octet-stream":
      self = response.body.first { $0 > 0x20 } == UInt8(ascii: "{") ? .json : .html
    default:
      throw .invalidResponse(
        url: response.address.redacted,
        reason: "content type `\(PrintableText.escaped(type, limit: 200))`, which is no project page")
    }
  }
}
