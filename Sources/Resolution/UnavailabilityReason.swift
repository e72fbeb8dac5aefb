package import PythonPackaging

/// Why a release can't be picked; a value that travels to the explanation, never an error.
///
/// Example: `.requiresPython(">=3.12")` for a release whose files all ask for a newer Python than the target's.
package enum UnavailabilityReason: Sendable, Hashable {
  /// All files are yanked (PEP 592); the index's reason, if it gives one.
  case yanked(reason: String?)
  /// The target's Python is outside `Requires-Python` as written (core metadata).
  case requiresPython(String)
  /// No wheel suits the target and there is no source distribution; the wheels' tags.
  case noCompatibleWheel(tags: [String])
  /// Only a source distribution would suit, and its metadata needs a build, which the user rules out.
  case needsBuild
  /// The user allows only the other kind of distribution: wheels (`binaryOnly`) or source distributions.
  case excludedKind(FormatControl.Allowed)
  /// No file has a hash that the user's requirement gives.
  case otherHashes
  /// All files were uploaded after the cutoff.
  case newerThanCutoff
  /// The index gives no upload time, so a cutoff can't be judged.
  case noUploadTime
  /// The release lists no usable file at all.
  case noFiles
  /// The metadata can't be read or contradicts the file's name; the phrase says how.
  case unreadableMetadata(String)
  /// It depends on a direct URL (PEP 508), which only a requirement of the user's own may do, or of what one leads to.
  case directURL(requirement: String)
  /// A pre-release, and the policy or the requirement doesn't admit one.
  case preRelease
  /// Outside what a constraint file allows; an index into the request's constraints.
  case constraint(Int)
  /// Not in the cache, and the network may not be used.
  case offline
  /// An update may not pick it.
  case barred(ReleaseBarrier)
}

extension UnavailabilityReason {
  /// The reason without what it says of one release: reasons of one kind are told together.
  package enum Kind: String, Sendable, Hashable, Encodable {
    case yanked
    case requiresPython = "requires-python"
    case noCompatibleWheel = "no-compatible-wheel"
    case needsBuild = "needs-build"
    case sourceOnly = "source-distributions-excluded"
    case wheelsOnly = "wheels-excluded"
    case otherHashes = "other-hashes"
    case newerThanCutoff = "newer-than-cutoff"
    case noUploadTime = "no-upload-time"
    case noFiles = "no-files"
    case unreadableMetadata = "unreadable-metadata"
    case directURL = "direct-url"
    case preRelease = "pre-release"
    case constraint
    case offline
    case affected
    case coolingDown = "cooling-down"
    case largerStep = "larger-step"
    case replaced
    case notRaised = "not-raised"
    case outsideBounds = "outside-bounds"
    case held
  }

  /// What sort of reason it is.
  package var kind: Kind {
    switch self {
    case .yanked: .yanked
    case .requiresPython: .requiresPython
    case .noCompatibleWheel: .noCompatibleWheel
    case .needsBuild: .needsBuild
    case .excludedKind(.binaryOnly): .sourceOnly
    case .excludedKind: .wheelsOnly
    case .otherHashes: .otherHashes
    case .newerThanCutoff: .newerThanCutoff
    case .noUploadTime: .noUploadTime
    case .noFiles: .noFiles
    case .unreadableMetadata: .unreadableMetadata
    case .directURL: .directURL
    case .preRelease: .preRelease
    case .constraint: .constraint
    case .offline: .offline
    case .barred(let barrier): barrier.kind
    }
  }
}
