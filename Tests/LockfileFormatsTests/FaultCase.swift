import Testing

@testable import LockfileFormats

/// A lockfile with something wrong in it, and what is read and said.
struct FaultCase: Sendable, CustomTestStringConvertible {
  let what: String
  let path: String
  let text: String
  /// The pins that are read nevertheless.
  let pins: [String]
  let faults: [String]
  var severity = PinnedFileFault.Severity.error
  var testDescription: String { "\(what) (\(path))" }
}
