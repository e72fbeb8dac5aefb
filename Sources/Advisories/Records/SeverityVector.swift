/// A severity as an advisory states it: a scoring system and what it says, not yet read.
///
/// Example: type `CVSS_V3`, text `CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H`.
package struct SeverityVector: Sendable, Hashable {
  /// The greatest length of type and text, in bytes; longer ones aren't kept. The longest vector of CVSS 4.0 has 203.
  package static let greatestLength = 512

  package let type: String
  package let text: String

  package init(type: String, text: String) {
    self.type = type
    self.text = text
  }
}
