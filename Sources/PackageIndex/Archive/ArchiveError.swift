package import ZipReading

/// Why a wheel's metadata can't be read out of it.
package enum ArchiveError: Error, Sendable, Hashable, CustomStringConvertible {
  /// It is no usable zip file, or its METADATA no readable entry of one.
  case zip(ZipError)
  /// There is no `*.dist-info/METADATA`, or not that of this project.
  case noMetadata
  /// More than one entry could be it.
  case ambiguousMetadata
  /// More bytes than the bound.
  case tooLarge(limit: Int)

  /// What a zip file's error means for a wheel.
  init(_ error: ZipError) {
    if case .tooLarge(let limit) = error { self = .tooLarge(limit: limit) } else { self = .zip(error) }
  }

  /// What `body` gives, with a zip file's error as one of a wheel.
  static func of<Answer>(_ body: () throws(ZipError) -> Answer) throws(ArchiveError) -> Answer {
    do throws(ZipError) { return try body() } catch { throw ArchiveError(error) }
  }

  /// Goes after "FILE is not a readable wheel:".
  package var description: String {
    switch self {
    case .zip(let error) where error.isOfOneEntry: "its METADATA can't be read: \(error)"
    case .zip(let error): error.description
    case .noMetadata: "it has no `.dist-info/METADATA` of that project"
    case .ambiguousMetadata: "it has more than one `.dist-info/METADATA`"
    case .tooLarge(let limit): "its METADATA or table of contents is larger than \(limit) bytes"
    }
  }
}
