import PythonPackaging

/// Something that would help where requirements can't be met.
package struct FailureHint: Sendable, Hashable, Encodable {
  /// What sort of thing it is; the order is that in which hints are told.
  package enum Kind: String, Sendable, Hashable, Encodable, CaseIterable {
    /// Ask the index for what isn't cached.
    case goOnline = "go-online"
    /// A name is written differently.
    case otherName = "other-name"
    /// The project, or a release of it, may be on another index.
    case otherIndex = "other-index"
    /// Overrides contradict each other.
    case settleOverrides = "settle-overrides"
    /// Admit pre-releases.
    case admitPreReleases = "admit-pre-releases"
    /// Admit what is younger than the cutoff.
    case moveCutoff = "move-cutoff"
    /// Admit builds, source distributions or wheels.
    case admitDistributions = "admit-distributions"
    /// Give another hash, or none.
    case changeHash = "change-hash"
    /// Ask for a URL oneself.
    case askForURL = "ask-for-url"
    /// Pin for another Python.
    case otherPython = "other-python"
    /// Pin for another platform.
    case otherPlatform = "other-platform"
    /// A requirement or a constraint admits too old releases only.
    case raise
    /// A requirement or a constraint admits too new releases only.
    case lower
    /// A requirement or a constraint admits the wrong releases.
    case change
    /// Name a yanked release exactly.
    case nameYanked = "name-yanked"

    /// Whether it is a line of the user's own that would have to change.
    package var isOfLine: Bool { self == .raise || self == .lower || self == .change }
  }

  package let kind: Kind
  /// The project it is about.
  package let project: String?
  /// The file of the line to change, or the option, and the line.
  package let source: String?
  package let line: Int?
  /// One clause, without a full stop.
  package let text: String

  init(_ kind: Kind, _ project: PackageName?, at place: RequirementPlace? = nil, _ text: String) {
    self.kind = kind
    self.project = project?.normalized
    source = place?.source
    line = place?.line
    self.text = text
  }
}
