import PythonPackaging

/// Why bytes are no rules of a time zone (RFC 9636), and where.
package struct TimeZoneError: Error, Sendable, Hashable, CustomStringConvertible {
  /// What is wrong at ``offset``.
  package enum Reason: Sendable, Hashable {
    /// There are more bytes than any time zone needs.
    case tooLarge(limit: Int)
    /// The file doesn't begin with `TZif`.
    case noMagic
    /// A version other than 1 to 4, by its byte.
    case version(UInt8)
    /// The file ends before what its header promises.
    case truncated
    /// The header's counts contradict each other or what RFC 9636, section 3.1, requires.
    case counts
    /// The moments of the transitions don't ascend.
    case order
    /// A transition to a type that there isn't, or a type with a name that there isn't.
    case index
    /// An offset from UTC of more than 26 hours.
    case utcOffset(Int)
    /// A flag that is neither 0 nor 1.
    case flag(UInt8)
    /// The moments count leap seconds, which those of the policy don't.
    case leapSeconds
    /// The footer isn't between two line ends, or more follows.
    case footer
    /// The footer is no rule of POSIX.
    case rule
  }

  /// In bytes from the start.
  package let offset: Int
  /// What is wrong there.
  package let reason: Reason

  init(_ reason: Reason, at offset: Int) {
    self.offset = offset
    self.reason = reason
  }

  /// One line, with the place.
  package var description: String {
    let words =
      switch reason {
      case .tooLarge(let limit): "the time zone's file is larger than \(limit) bytes"
      case .noMagic: "no file of a time zone: it doesn't begin with `TZif`"
      case .version(let byte): "a version of the format that is not known (byte \(byte))"
      case .truncated: "the file ends before what its header promises"
      case .counts: "the header's counts contradict each other"
      case .order: "the transitions aren't in order"
      case .index: "a reference to something that the file doesn't have"
      case .utcOffset(let seconds): "an offset from UTC of \(seconds) seconds"
      case .flag(let byte): "a flag that is \(byte), neither 0 nor 1"
      case .leapSeconds: "the file counts leap seconds; name the zone without `right/`"
      case .footer: "the footer isn't between two line ends"
      case .rule: "the footer is no rule of POSIX"
      }
    return "byte \(offset): \(words)"
  }
}
