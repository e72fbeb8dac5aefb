/// How bad an advisory is, as its CVSS score or its source's own word has it; from the least to the worst.
package enum Severity: String, Sendable, Hashable, CaseIterable, Comparable {
  /// Nobody said.
  case unknown
  case low
  case medium
  case high
  case critical

  /// Reads the word of a severity, in lower case.
  ///
  /// - Throws: ``PolicyValueError`` with `.word`.
  package init(_ text: String) throws(PolicyValueError) {
    guard let severity = Severity(rawValue: text) else {
      throw PolicyValueError(text, .word(allowed: Severity.allCases.map(\.rawValue)))
    }
    self = severity
  }

  /// From 0, the worse the higher.
  var rank: UInt8 {
    switch self {
    case .unknown: 0
    case .low: 1
    case .medium: 2
    case .high: 3
    case .critical: 4
    }
  }

  package static func < (left: Severity, right: Severity) -> Bool { left.rank < right.rank }
}
