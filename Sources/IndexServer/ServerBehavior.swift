/// How the test index answers, for everything it serves.
package struct ServerBehavior: Sendable {
  /// How pages are written.
  package enum PageFormat: Sendable { case json, html }

  /// How `Range` requests are answered.
  package enum Ranges: Sendable {
    case supported
    /// 200 with everything, as if there had been no `Range`.
    case ignored
    /// 416.
    case refused
    /// `bytes=-500` is answered with everything.
    case withoutSuffixes
  }

  /// How pages are written.
  package var pageFormat = PageFormat.json
  /// An `ETag` with every page and file, and 304 to a matching `If-None-Match`.
  package var sendsEntityTags = false
  /// `Last-Modified` of pages, and 304 to the same `If-Modified-Since`.
  package var lastModified: String?
  /// Fields added to every answer, such as `Cache-Control`.
  package var fields: [(String, String)] = []
  /// gzip for whoever accepts it.
  package var compressesPages = false
  /// `.metadata` is there beside each wheel that has some.
  package var servesMetadataFiles = true
  /// How `Range` requests are answered.
  package var ranges = Ranges.supported
  /// Credentials every request needs.
  package var credentials: (user: String, password: String)?

  /// A plain server that says nothing about freshness.
  package init() {}
}

/// One answer that goes wrong.
package enum Fault: Sendable {
  case status(Int, retryAfter: String?)
  /// Half of the body that was announced, then the end of the connection.
  case truncated
  /// A byte at a time, so many nanoseconds apart.
  case trickling(every: Int64)
  /// This body instead, of the type and coding given.
  case body([UInt8], contentType: String, contentEncoding: String?)
  case redirect(String)
  /// Nothing, ever.
  case silence
  /// The end of the connection.
  case hangUp
}

/// A request as the test index saw it.
package struct SeenRequest: Sendable, Hashable {
  package var method: String
  /// With its query.
  package var path: String
  /// Names in lower case.
  package var fields: [String: String]
  /// What was sent.
  package var body: [UInt8]
}
