/// Why a wheel's metadata can't be read out of it.
package enum ArchiveError: Error, Sendable, Hashable, CustomStringConvertible {
  /// No zip file ends here.
  case noEndRecord
  /// A place or size in its tables that can't be.
  case damagedDirectory
  /// There is no `*.dist-info/METADATA`, or not that of this project.
  case noMetadata
  /// More than one entry could be it.
  case ambiguousMetadata
  /// Encrypted, or compressed by this method of the zip specification.
  case unsupportedEntry(method: UInt16)
  /// The entry can't be decompressed, or its check sum is wrong.
  case damagedEntry
  /// More bytes than the bound.
  case tooLarge(limit: Int)

  /// Goes after "FILE is not a readable wheel:".
  package var description: String {
    switch self {
    case .noEndRecord: "it doesn't end as a zip file does"
    case .damagedDirectory: "its table of contents is damaged"
    case .noMetadata: "it has no `.dist-info/METADATA` of that project"
    case .ambiguousMetadata: "it has more than one `.dist-info/METADATA`"
    case .unsupportedEntry(let method): "its METADATA is stored by method \(method)"
    case .damagedEntry: "its METADATA is damaged"
    case .tooLarge(let limit): "its METADATA or table of contents is larger than \(limit) bytes"
    }
  }
}
