package import JSONReading
import PythonPackaging

/// Why a text is no advisory that can be read, and where.
package struct AdvisoryRecordError: Error, Sendable, Hashable, CustomStringConvertible {
  /// What a record may have only so many of.
  package enum Counted: String, Sendable, Hashable {
    case aliases
    case packages
    case versions
    case ranges
    case events
    case severities
  }

  /// What is wrong.
  package enum Reason: Sendable, Hashable {
    /// The text isn't JSON, or no object.
    case json(JSONError)
    /// The text has more bytes than the limit.
    case tooLarge(bytes: Int, limit: Int)
    /// The record is of a schema that isn't 1.x.
    case schema(String)
    /// There is no `id`, or it is no text.
    case noID
    /// The `id` can't be one.
    case id(String)
    /// There is no `modified`, or it is no text.
    case noModified
    /// `modified` is no moment of RFC 3339.
    case modified(String)
    /// There are more than the limit.
    case tooMany(Counted, limit: Int)
  }

  /// The record's id, if it stood before the fault.
  package let id: AdvisoryID?
  /// The place, in bytes from the start of the text.
  package let offset: Int
  package let reason: Reason

  /// The reason as a phrase, without id and place.
  package var description: String {
    switch reason {
    case .json(let error): "is no OSV record in JSON: \(error)"
    case .tooLarge(let bytes, let limit): "has \(bytes) bytes, more than the \(limit) that are read"
    case .schema(let found):
      "has schema version `\(AdvisoryRecordError.shown(found))`; versions 1.x can be read"
    case .noID: "has no `id`"
    case .id(let found): "has an `id` that can't be one: `\(AdvisoryRecordError.shown(found))`"
    case .noModified: "has no `modified`"
    case .modified(let found):
      "has `modified` as `\(AdvisoryRecordError.shown(found))`; expected a moment like `2026-01-31T09:30:00Z`"
    case .tooMany(let counted, let limit): "has more than \(limit) \(counted.rawValue)"
    }
  }

  private static func shown(_ text: String) -> String { PrintableText.excerpt(text, limit: 80) }
}
