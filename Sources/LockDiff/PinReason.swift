import LockfileFormats
package import PythonPackaging

/// Why a pin is another than it was, or there, or gone: as far as files and facts tell it.
package enum PinReason: Sendable, Hashable {
  /// The old version has advisories that the new one hasn't: their ids.
  case security([String])
  /// As the update that made the change says.
  case cause(UpdateCause)
  /// People ask for it: the files and projects, `-r requirements.in`.
  case asked([String])
  /// Packages ask for it that are new or have changed themselves.
  case pulled([PackageName])
  /// Packages ask for it that are as they were.
  case needed([PackageName])
  /// What people wrote no longer asks for it.
  case unasked([String])
  /// Packages no longer need it that are still there.
  case unneeded([PackageName])
  /// Packages needed it that are gone as well.
  case orphaned([PackageName])
}

/// Why an update changed a pin.
package enum UpdateCause: Sendable, Hashable {
  /// The update was for it.
  case target
  /// A package requires it so: `flask`, `werkzeug>=3`.
  case pulled(by: PackageName, requirement: String)
  /// So that another pin could move.
  case lets(PackageName)
  /// A constraint doesn't admit what it was.
  case constrained(String)
  /// The index no longer has what it was.
  case withdrawn
  /// In words: `was 120 days behind`.
  case told(String)
}

/// Who asks for whom in two lockfiles.
struct PinLineage: Sendable, Hashable {
  /// The packages with a change other than their hashes or their marker.
  private let changed: Set<PackageName>
  /// The packages of the new file.
  private let present: Set<PackageName>

  init(_ changes: [PinChange], old: PinnedFile?, new: PinnedFile?) {
    changed = Set(
      changes.compactMap { change in
        switch change.kind {
        case .added, .raised, .lowered, .moved: change.subject.name
        case .removed, .unknown, .rehashed, .conditioned: nil
        }
      })
    present = Set((new?.pins ?? []).compactMap(\.name))
  }

  /// Why, as far as the files tell; empty: they don't.
  func reasons(of change: PinChange) -> [PinReason] {
    switch change.kind {
    case .unknown, .rehashed: return []
    case .removed: return reasonsOfRemoval(change.old?.askers ?? [])
    case .added, .raised, .lowered, .moved, .conditioned: break
    }
    let askers = change.new?.askers ?? []
    var reasons: [PinReason] = []
    if !askers.inputs.isEmpty { reasons.append(.asked(askers.inputs)) }
    let pulling = askers.packages.filter { changed.contains($0) }
    if !pulling.isEmpty { reasons.append(.pulled(pulling)) }
    // Where somebody pulls, who else needs it explains nothing.
    let others = askers.packages.filter { !changed.contains($0) }
    if !others.isEmpty, pulling.isEmpty { reasons.append(.needed(others)) }
    return reasons
  }

  private func reasonsOfRemoval(_ askers: [PinAsker]) -> [PinReason] {
    var reasons: [PinReason] = []
    if !askers.inputs.isEmpty { reasons.append(.unasked(askers.inputs)) }
    let staying = askers.packages.filter { present.contains($0) }
    if !staying.isEmpty { reasons.append(.unneeded(staying)) }
    let gone = askers.packages.filter { !present.contains($0) }
    if !gone.isEmpty { reasons.append(.orphaned(gone)) }
    return reasons
  }
}

extension [PinAsker] {
  var inputs: [String] { compactMap { if case .input(let text) = $0 { text } else { nil } } }
  var packages: [PackageName] { compactMap { if case .package(let name) = $0 { name } else { nil } } }
}
