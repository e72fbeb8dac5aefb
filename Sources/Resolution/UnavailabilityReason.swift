package import PythonPackaging

/// Why a release can't be picked; a value that travels to the explanation, never an error.
///
/// Example: `.requiresPython(">=3.12")` for a release whose files all ask for a newer Python than the target's.
package enum UnavailabilityReason: Sendable, Hashable {
  /// All files are yanked (PEP 592); the index's reason, if it gives one.
  case yanked(reason: String?)
  /// The target's Python is outside `Requires-Python` as written (core metadata).
  case requiresPython(String)
  /// No wheel suits the target and there is no source distribution; the wheels' platform and Python tags.
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
}
