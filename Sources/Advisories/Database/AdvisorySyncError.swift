import PythonPackaging
package import ZipReading

/// Why the records of a source couldn't be renewed; those that are here stay as they were.
///
/// `description` is one line without a full stop; `remedy` says what can be done.
package enum AdvisorySyncError: Error, Sendable, Hashable, CustomStringConvertible {
  /// No answer came.
  case fetch(address: String, AdvisoryFetchFailure)
  /// An answer of a status that isn't one of success.
  case status(address: String, Int)
  /// The archive of all records is no usable zip file.
  case archive(address: String, ZipError)
  /// The archive has no record that could be read, of so many, and why one of them couldn't be.
  case noRecords(address: String, members: Int, example: SkippedRecord?)
  /// The list of changes has no line that could be read, of so many.
  case list(address: String, lines: Int)
  /// There is no place for what is fetched.
  case cannotWrite(path: String, reason: String)
  case database(AdvisoryDatabaseError)

  /// One line, fit for a message.
  package var description: String {
    switch self {
    case .fetch(let address, let failure): "\(Self.shown(address)): \(failure)"
    case .status(let address, let status): "\(Self.shown(address)): the server answers with status \(status)"
    case .archive(let address, let error):
      "\(Self.shown(address)) is no usable archive of advisories: \(error)"
    case .noRecords(let address, 0, _): "\(Self.shown(address)) is an archive without a file in it"
    case .noRecords(let address, let members, let example):
      (members == 1
        ? "\(Self.shown(address)): its one file isn't an advisory that can be read"
        : "\(Self.shown(address)): none of its \(members) files is an advisory that can be read")
        + (example.map { ", such as `\(Self.shown($0.id))`: \(Self.shown($0.reason))" } ?? "")
    case .list(let address, let lines):
      "\(Self.shown(address)): none of its \(lines) lines is a time and an id"
    case .cannotWrite(let path, let reason): "`\(path)` can't be written: \(reason)"
    case .database(let error): error.description
    }
  }

  /// What can be done about it; nil if nothing in particular.
  package var remedy: String? {
    switch self {
    case .fetch, .status: "try again later, or name a mirror"
    case .archive, .noRecords, .list: "check that the address is that of a copy of OSV's"
    case .cannotWrite: "free some space, or use another cache directory"
    case .database(let error): error.remedy
    }
  }

  private static func shown(_ address: String) -> String { PrintableText.excerpt(address, limit: 300) }
}
