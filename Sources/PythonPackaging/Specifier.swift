/// One clause of PEP 440, "Version specifiers": an operator and a version, `>=1.0` or `==1.2.*`.
///
/// Two specifiers are equal if they have the same operator and the same version; trailing zeros count only for
/// `~=` and wildcards, where they change the meaning, and spelling counts only for wildcards and `===`.
package struct Specifier: Sendable, Hashable, CustomStringConvertible {
  /// The operators of PEP 440.
  package enum Operator: String, Sendable, Hashable, CustomStringConvertible {
    /// `~=`: that version or a later one that agrees in all release segments but the last.
    case compatible = "~="
    /// `==`: that version, its local versions too; with `.*`, every version that starts so.
    case equal = "=="
    /// `!=`: every version that `==` doesn't match.
    case notEqual = "!="
    /// `<=`: that version, its local versions, and every earlier one.
    case lessOrEqual = "<="
    /// `>=`: that version and every later one.
    case greaterOrEqual = ">="
    /// `<`: every earlier version, without that version's own pre-releases.
    case less = "<"
    /// `>`: every later version, without that version's own post-releases and local versions.
    case greater = ">"
    /// `===`: the version whose text is the same, letter case aside.
    case arbitrary = "==="

    /// The operator as written.
    package var description: String { rawValue }
  }

  /// The operator.
  package let `operator`: Operator
  /// What follows the operator, as written but for white space, `.*` included: `packaging` prints it so too.
  package let versionText: String
  /// The version that ``versionText`` stands for, without `.*`; nil only if `===` has a text that is no version.
  package let version: Version?
  /// Whether the version ends in `.*`; only with `==` and `!=`.
  package let isWildcard: Bool

  init(_ operator: Operator, versionText: String, version: Version?, isWildcard: Bool = false) {
    self.operator = `operator`
    self.versionText = versionText
    self.version = version
    self.isWildcard = isWildcard
  }

  /// The specifier of exactly one public version, or of one local version.
  package init(equalTo version: Version) {
    self.init(.equal, versionText: version.description, version: version)
  }

  /// The operator and the version, without white space: `>=1.0`.
  package var description: String { `operator`.rawValue + versionText }

  package static func == (left: Specifier, right: Specifier) -> Bool {
    guard left.operator == right.operator, left.isWildcard == right.isWildcard else { return false }
    if left.isSpelled { return left.versionText == right.versionText }
    return left.version == right.version
      && (left.operator != .compatible
        || left.version?.releaseSegmentCount == right.version?.releaseSegmentCount)
  }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(`operator`)
    if isSpelled { hasher.combine(versionText) } else { hasher.combine(version) }
  }

  /// Whether the spelling is part of the meaning.
  private var isSpelled: Bool { isWildcard || `operator` == .arbitrary }
}
