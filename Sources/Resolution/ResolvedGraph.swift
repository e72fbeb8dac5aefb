package import PythonPackaging

/// The answer of a resolution: one release per project, and who asked for it.
package struct ResolvedGraph: Sendable {
  /// The picked releases, ascending by name.
  package var pins: [ResolvedPin]
  /// Each requirement that holds: the user's in the request's order, then those of the pins, ascending by name.
  package var edges: [ResolvedEdge]
  /// What the user should hear although there is an answer, in a stable order.
  package var notices: [ResolutionNotice]
  /// How many releases' metadata was asked for on the way: the work a search took.
  package var tries: Int

  /// The pin of a project.
  package func pin(_ name: PackageName) -> ResolvedPin? { pins.first { $0.name == name } }
}

/// One picked release.
package struct ResolvedPin: Sendable {
  /// The project.
  package var name: PackageName
  /// The release.
  package var version: Version
  /// The extras that something in the graph asks for, ascending.
  package var extras: [ExtraName]
  /// The extras that the release has, in the order of its metadata.
  package var providedExtras: [ExtraName]
  /// The projects whose requirements bring it in, ascending, each once.
  package var parents: [PackageName]
  /// Indices of the request's requirements that name it.
  package var requirements: [Int]
  /// Indices of the request's constraints that name it.
  package var constraints: [Int]
  /// Indices of the request's overrides that name it.
  package var overrides: [Int]
  /// All requirements of the release's metadata, those included that don't hold in the target.
  package var declared: [Requirement]
  /// The project's releases, and the place of the picked one among them.
  let releases: any ProjectReleases
  let place: Int

  /// Every file of the release, in the index's order; made anew each time, as only a lockfile with hashes needs them.
  package var distributions: [Distribution] { releases.distributions(at: place) }

  /// The SHA-256 digests of all its files, by hexadecimal digits; nil: only the files themselves tell them, or have none.
  package var sha256Digests: [String]? { releases.sha256Digests(at: place) }
}

/// Something worth a line on standard error that didn't stop the resolution.
package enum ResolutionNotice: Sendable, Hashable {
  /// A picked release is yanked (PEP 592), with the index's reason.
  case yanked(PackageName, Version, reason: String?)
  /// A pin that was to be kept and that the index no longer has.
  case withdrawn(PackageName, Version)
  /// A release that would have been picked and whose metadata can't be used; the phrase says why.
  case passedOver(PackageName, Version, reason: String)
  /// A requirement asks for an extra that the picked release doesn't have.
  case missingExtra(PackageName, Version, ExtraName)
}
