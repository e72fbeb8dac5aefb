/// The moment before which what is installed for builds must have been uploaded.
package struct BuildCutoff: Sendable, Hashable {
  /// As pip reads it: `2024-08-02T00:00:00+00:00`.
  package let moment: String
  /// Tells apart cutoffs under which a build may come to something else. Of a time before each run it is that time: what was
  /// old enough for an earlier run is old enough for a later one.
  package let identity: String

  package init(moment: String, identity: String) {
    self.moment = moment
    self.identity = identity
  }

  /// Whether a pip keeps to it, by its version; nil: one that nobody knows doesn't.
  static func isKept(byPip version: String?) -> Bool {
    guard let major = version?.prefix(while: { $0 != "." }) else { return false }
    return (Int(major) ?? 0) >= firstMajor
  }

  /// pip 26.0 is the first that knows `--uploaded-prior-to`.
  private static let firstMajor = 26
}
