/// What the cache keeps of one project page's response.
struct CachedPage: Sendable, Hashable {
  /// The parsed page as `ProjectPage.record`; nil: the index has no such project (404).
  var record: [UInt8]?
  var entityTag: String?
  /// `Last-Modified` as the server wrote it.
  var lastModified: String?
  /// Seconds since 1970.
  var fetchedAt: Int64
  /// Fresh before this, seconds since 1970.
  var freshUntil: Int64

  /// Whether the index may be asked if this is still so.
  var hasValidator: Bool { entityTag != nil || lastModified != nil }

  /// Usable without asking. A clock set back makes it stale, not fresh for years.
  func isFresh(at now: Int64) -> Bool { now < freshUntil && now >= fetchedAt }

  /// The fields that make a request conditional (RFC 9110 §13.1).
  var conditions: HTTPFields {
    var fields = HTTPFields()
    if let entityTag { fields.append("If-None-Match", entityTag) }
    if let lastModified { fields.append("If-Modified-Since", lastModified) }
    return fields
  }
}

/// What the cache keeps of one distribution's metadata.
struct CachedMetadata: Sendable, Hashable {
  /// By `CompactMetadata`.
  var bytes: [UInt8]
  var fetchedAt: Int64
  /// `Int64.max` for a file known by its hash, which can't change.
  var freshUntil: Int64

  func isFresh(at now: Int64) -> Bool { freshUntil == .max || (now < freshUntil && now >= fetchedAt) }
}

/// How the cache is used.
package enum CacheMode: Sendable, Hashable {
  /// Fresh answers are used, stale ones revalidated.
  case normal
  /// Every page is revalidated once; what is known by hash stays.
  case refresh
  /// Nothing is fetched; what is cached is used however old.
  case offline
}
