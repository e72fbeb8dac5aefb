import JSONReading
import PythonPackaging

/// One query of `POST /v1/querybatch`.
struct BatchQuery {
  var release: AskedRelease
  /// Of the page that is asked for; nil: the first.
  var pageToken: String?

  /// The body of a request.
  static func json(_ queries: [BatchQuery]) -> [UInt8] {
    var text = JSONWriting()
    text.raw(#"{"queries":["#)
    for (index, query) in queries.enumerated() {
      if index > 0 { text.raw(",") }
      text.raw(#"{"package":{"name":"#)
      text.string(query.release.package.normalized.utf8)
      text.raw(#","ecosystem":"PyPI"},"version":"#)
      text.string(query.release.version.description.utf8)
      if let token = query.pageToken {
        text.raw(#","page_token":"#)
        text.string(token.utf8)
      }
      text.raw("}")
    }
    text.raw("]}")
    return text.bytes
  }
}

/// What the API answers to one query of a batch: the ids of one page.
struct BatchResult: Equatable {
  /// Why an answer can't be used as a whole.
  enum ReadingError: Error, Equatable, CustomStringConvertible {
    case json(JSONError)
    /// There is no `results`.
    case noResults
    /// There are as many results, which isn't as many as queries.
    case count(Int, expected: Int)

    var description: String {
      switch self {
      case .json(let error): "the answer is no JSON as it should be: at byte \(error.offset) \(error)"
      case .noResults: "the answer has no `results`"
      case .count(let found, let expected): "the answer has \(found) results to \(expected) queries"
      }
    }
  }

  var ids: [AdvisoryID] = []
  var skipped: [SkippedRecord] = []
  var nextPageToken: String?

  /// In bytes.
  private static let longestToken = 8192

  /// The results in an answer, in the order of the queries.
  static func results(_ bytes: [UInt8], count: Int) throws(ReadingError) -> [BatchResult] {
    var scanner = JSONScanner(bytes)
    var results: [BatchResult]?
    do throws(JSONError) {
      try scanner.beginObject()
      while let name = try scanner.nextName() {
        guard scanner.value(of: name, is: "results"), try scanner.kind() == .array else {
          try scanner.skipValue()
          continue
        }
        var read: [BatchResult] = []
        try scanner.beginArray()
        while try scanner.nextElement() { read.append(try BatchResult(&scanner)) }
        results = read
      }
      try scanner.finish()
    } catch {
      throw .json(error)
    }
    guard let results else { throw .noResults }
    guard results.count == count else { throw .count(results.count, expected: count) }
    return results
  }

  /// Reads `{"vulns":[{"id":…}…],"next_page_token":…}`, each member of which may be missing.
  private init(_ scanner: inout JSONScanner) throws(JSONError) {
    try scanner.beginObject()
    while let name = try scanner.nextName() {
      if scanner.value(of: name, is: "next_page_token") {
        let token = try scanner.textIfString().map { scanner.string(of: $0) }
        guard let token, !token.isEmpty else { continue }
        if token.utf8.count <= BatchResult.longestToken {
          nextPageToken = token
        } else {
          skipped.append(SkippedRecord(id: "the next page", reason: "its token is too long"))
        }
      } else if scanner.value(of: name, is: "vulns"), try scanner.kind() == .array {
        try scanner.beginArray()
        while try scanner.nextElement() { try readVulnerability(&scanner) }
      } else {
        try scanner.skipValue()
      }
    }
  }

  private mutating func readVulnerability(_ scanner: inout JSONScanner) throws(JSONError) {
    var text: String?
    try scanner.beginObject()
    while let name = try scanner.nextName() {
      if scanner.value(of: name, is: "id") {
        text = try scanner.textIfString().map { scanner.string(of: $0) }
      } else {
        try scanner.skipValue()
      }
    }
    if let id = text.flatMap({ AdvisoryID($0) }) {
      ids.append(id)
    } else {
      skipped.append(
        SkippedRecord(id: text ?? "an advisory", reason: "the source gives it an id that is none"))
    }
  }
}
