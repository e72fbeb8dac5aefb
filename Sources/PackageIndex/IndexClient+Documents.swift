extension IndexClient {
  /// The indexes asked, in order, without credentials.
  package var indexURLs: [String] { indexes.map(\.redacted) }

  /// A document on the web, such as a requirements file that another includes; never cached.
  ///
  /// - Parameter limit: The most bytes.
  package func document(at url: String, limit: Int) async throws(IndexError) -> [UInt8] {
    guard let address = WebAddress(url) else { throw .invalidURL(redacted(url)) }
    if configuration.mode == .offline { throw .offlineMiss(address.redacted) }
    let response = try await fetcher.fetch(Fetcher.Request(address: address, maximumBody: limit))
    guard response.status == 200 else {
      throw .status(response.status, url: response.address.redacted, retryAfter: nil)
    }
    return response.body
  }

  /// An answer of any status.
  package struct Document: Sendable, Hashable {
    package var status: Int
    package var body: [UInt8]
    package var entityTag: String?
    package var lastModified: String?
  }

  /// What is asked of a server beyond an address.
  package struct DocumentRequest: Sendable, Hashable {
    /// The most bytes.
    package var limit: Int
    /// Answered with 304 where the document is still of this entity tag (RFC 9110 §13.1.2).
    package var entityTag: String?
    /// Or of this time of change (RFC 9110 §13.1.3), in the server's own words.
    package var lastModified: String?
    /// A JSON document to be sent.
    package var sent: [UInt8]?
    /// The file, which is there, that gets the body of a 200.
    package var file: String?

    package init(limit: Int) { self.limit = limit }
  }

  /// What a server answers; never cached.
  package func document(at url: String, _ request: DocumentRequest) async throws(IndexError) -> Document {
    guard let address = WebAddress(url) else { throw .invalidURL(redacted(url)) }
    if configuration.mode == .offline { throw .offlineMiss(address.redacted) }
    var sent = Fetcher.Request(address: address, maximumBody: request.limit)
    if let tag = request.entityTag { sent.fields.append("If-None-Match", tag) }
    if let time = request.lastModified { sent.fields.append("If-Modified-Since", time) }
    sent.sent = request.sent
    sent.file = request.file
    sent.compressed = request.file == nil
    let response = try await fetcher.fetch(sent)
    return Document(
      status: response.status, body: response.body, entityTag: response.fields["etag"],
      lastModified: response.fields["last-modified"])
  }
}
