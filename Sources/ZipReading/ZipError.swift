/// Why a zip file, or an entry of one, can't be read.
package enum ZipError: Error, Sendable, Hashable, CustomStringConvertible {
  // MARK: The file

  /// No zip file ends here.
  case noEndRecord
  /// A place or size in its tables that can't be.
  case damagedDirectory
  /// Its table of contents is longer than this, in bytes.
  case directoryTooLarge(limit: Int)
  /// It has more entries.
  case tooManyEntries(limit: Int)
  /// Its entries together take more room than the file has: some bytes would be read several times.
  case overlappingEntries
  /// Its entries are larger in all than this, in bytes.
  case tooLargeInAll(limit: Int)
  /// The system can't open or read it, for this reason.
  case unreadable(reason: String)

  // MARK: An entry

  /// Its contents are encrypted.
  case encryptedEntry
  /// Compressed by this method of the zip specification.
  case unsupportedEntry(method: UInt16)
  /// The entry can't be decompressed, or its check sum is wrong.
  case damagedEntry
  /// The entry is larger than this, in bytes.
  case tooLarge(limit: Int)
  /// More comes out of each of the entry's bytes than this many.
  case tooDense(limit: Int)

  /// Whether only one entry is at fault, and the others may be read.
  package var isOfOneEntry: Bool {
    switch self {
    case .encryptedEntry, .unsupportedEntry, .damagedEntry, .tooLarge, .tooDense: true
    case .noEndRecord, .damagedDirectory, .directoryTooLarge, .tooManyEntries, .overlappingEntries,
      .tooLargeInAll, .unreadable:
      false
    }
  }

  /// Goes after "FILE is no usable zip file:" or "ENTRY can't be read:".
  package var description: String {
    switch self {
    case .noEndRecord: "it doesn't end as a zip file does"
    case .damagedDirectory: "its table of contents is damaged"
    case .directoryTooLarge(let limit): "its table of contents is larger than \(limit) bytes"
    case .tooManyEntries(let limit): "it has more than \(limit) entries"
    case .overlappingEntries: "its entries overlap"
    case .tooLargeInAll(let limit): "its entries are larger than \(limit) bytes in all"
    case .unreadable(let reason): reason
    case .encryptedEntry: "it is encrypted"
    case .unsupportedEntry(let method): "it is stored by method \(method)"
    case .damagedEntry: "it is damaged"
    case .tooLarge(let limit): "it is larger than \(limit) bytes"
    case .tooDense(let limit): "it is compressed to less than a \(limit)th"
    }
  }
}
