import PythonPackaging

/// What tells a server which version of a document one has (RFC 9110, section 8.8).
package struct Validators: Sendable, Hashable {
  /// `ETag`, as it came.
  package var entityTag: String?
  /// `Last-Modified`, as it came.
  package var lastModified: String?

  package init(entityTag: String? = nil, lastModified: String? = nil) {
    self.entityTag = entityTag
    self.lastModified = lastModified
  }

  /// Longer ones aren't kept.
  private static let greatestLength = 1024

  /// The same without what is too long or has control characters, which couldn't be sent back.
  var sendable: Validators {
    func kept(_ text: String?) -> String? {
      text.flatMap { text in
        text.utf8.count <= Validators.greatestLength && text.utf8.allSatisfy { (0x20..<0x7F).contains($0) }
          ? text : nil
      }
    }
    return Validators(entityTag: kept(entityTag), lastModified: kept(lastModified))
  }
}

/// Where the records of the local database are from, and how they were when it was last asked.
package struct SyncedSource: Sendable, Hashable {
  /// The base address.
  package var address: String
  /// When the source last gave or confirmed what is here, in seconds since 1970-01-01 00:00 UTC.
  package var syncedAt: Int64
  /// When all of it was last fetched, in the same.
  package var replacedAt: Int64
  /// Of the archive of all records.
  package var archive: Validators
  /// Of the list of changes.
  package var list: Validators
  package var recordCount: Int
  /// Of those, how many were taken back by their authors.
  package var withdrawnCount: Int
  /// How many records couldn't be read, or not be had.
  package var skippedCount: Int
  /// When the record changed last that was changed last, in milliseconds since 1970-01-01 00:00 UTC.
  package var newest: Int64

  /// How long ago the source last gave or confirmed it, in seconds; 0 for a time to come.
  package func age(at now: Int64) -> Int64 { max(0, now - syncedAt) }

  /// Whether it is older than a length of time in seconds, or from more than a few minutes in the future, which means
  /// that a clock is wrong and nothing is known.
  package func isOlder(than seconds: Int64, at now: Int64) -> Bool {
    now - syncedAt > seconds || syncedAt - now > SyncedSource.clockTolerance
  }

  private static let clockTolerance: Int64 = 300
}

/// A record that was passed over: named, so that nobody takes it for one that affects nothing.
package struct SkippedRecord: Sendable, Hashable, Comparable {
  /// Its id, or the name of its file where the id isn't known: one line, fit for a message.
  package let id: String
  /// One line without a full stop, which goes after the id and a colon.
  package let reason: String

  package init(id: String, reason: String) {
    self.id = PrintableText.excerpt(id, limit: 200)
    self.reason = PrintableText.excerpt(reason, limit: 300)
  }

  package static func < (left: SkippedRecord, right: SkippedRecord) -> Bool {
    (left.id, left.reason) < (right.id, right.reason)
  }
}
