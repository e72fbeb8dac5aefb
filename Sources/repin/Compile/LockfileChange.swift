import PythonPackaging
import RequirementsFiles

/// What became of one package between two lockfiles: added, fixed to something else, or removed.
///
/// Example: `~ urllib3==2.5 (was 1.26)`.
struct LockfileChange: Sendable, Hashable {
  let name: PackageName
  /// What it was fixed to; nil: added.
  let before: PinnedPlace?
  /// What it is fixed to; nil: removed.
  let after: PinnedPlace?

  /// The changes from some pins to others, ascending by name.
  static func changes(from old: [LockedPin], to new: [LockedPin]) -> [LockfileChange] {
    let new = places(new)
    let old = places(old, known: new)
    return Set(old.keys).union(new.keys).sorted().compactMap { name in
      old[name] == new[name] ? nil : LockfileChange(name: name, before: old[name], after: new[name])
    }
  }

  /// What pins are fixed to; one that doesn't tell its name (a path) has that of the known one at the same place.
  private static func places(
    _ pins: [LockedPin], known: [PackageName: PinnedPlace] = [:]
  ) -> [PackageName: PinnedPlace] {
    var result: [PackageName: PinnedPlace] = [:]
    for pin in pins {
      let place = PinnedPlace(pin)
      var name = pin.name
      if name == nil, case .editable(let text) = pin.source { name = EditableText(text).name }
      if let name = name ?? known.first(where: { $0.value == place })?.key { result[name] = place }
    }
    return result
  }

  /// How the change is drawn.
  var style: Terminal.Style { before == nil ? .added : after == nil ? .removed : .changed }

  /// `+ a==1`, `~ a==2`, `- a==1`, and for what changed ` (was 1)`.
  var parts: (change: String, was: String) {
    guard let after else { return ("- \(before?.pin(of: name) ?? name.normalized)", "") }
    guard let before else { return ("+ \(after.pin(of: name))", "") }
    let (pin, old) = after.change(from: before, of: name) ?? (after.pin(of: name), before.text)
    return ("~ \(pin)", " (was \(old))")
  }

  /// The change on one line, without colour.
  var text: String { parts.change + parts.was }
}
