package import LockfileFormats
package import PythonPackaging

/// What a pin is about: a package, or the text of a path or URL that doesn't tell it.
package enum PinSubject: Sendable, Hashable, Comparable {
  case package(PackageName)
  case text(String)

  init(_ pin: FilePin) { self = pin.name.map(PinSubject.package) ?? .text(pin.text) }

  /// The package; nil for a text.
  package var name: PackageName? { if case .package(let name) = self { name } else { nil } }

  /// The name, or the text as the file writes it.
  package var text: String {
    switch self {
    case .package(let name): name.normalized
    case .text(let text): text
    }
  }

  /// Packages first, each by its text.
  package static func < (left: PinSubject, right: PinSubject) -> Bool {
    switch (left, right) {
    case (.package(let left), .package(let right)): left < right
    case (.text(let left), .text(let right)):
      left.unicodeScalars.lexicographicallyPrecedes(right.unicodeScalars)
    case (.package, .text): true
    case (.text, .package): false
    }
  }
}

/// One pin that isn't in both files as it is.
///
/// Invariant: `old` or `new` is there, and if both are, something that ``LockDiff`` looks at differs.
package struct PinChange: Sendable, Hashable {
  /// What changed, by what says the most.
  package enum Kind: String, Sendable, Hashable, CaseIterable {
    case added
    case removed
    /// It is in one file alone, and a part of the other can't be read: it may be there, at whatever version.
    case unknown
    /// To a higher version.
    case raised
    /// To a lower version.
    case lowered
    /// To another source with the same version, or without one: from an index to a URL, to another revision.
    case moved
    /// The same version of the same source has other hashes.
    case rehashed
    /// The marker or the extras alone.
    case conditioned
  }

  /// Hashes that differ though version and source don't. Somebody has changed the files of a release, or the lockfile.
  package struct HashChange: Sendable, Hashable {
    /// How many hashes are there no more.
    package let gone: Int
    /// How many weren't there before.
    package let new: Int
  }

  package let subject: PinSubject
  package let old: FilePin?
  package let new: FilePin?
  package let kind: Kind
  /// Where both have a version and they differ.
  package let step: PinStep?
  package let isSourceChanged: Bool
  package let hashes: HashChange?
  package let isMarkerChanged: Bool
  package let areExtrasChanged: Bool

  /// The change from one pin to another of the same subject; nil if nothing changes.
  ///
  /// - Parameter isHidden: whether one that isn't there may stand in what can't be read.
  init?(_ old: FilePin?, _ new: FilePin?, isHidden: Bool = false) {
    guard let pin = new ?? old else { return nil }
    self.old = old
    self.new = new
    subject = PinSubject(pin)
    guard let old, let new else {
      kind = isHidden ? .unknown : old == nil ? .added : .removed
      (step, isSourceChanged, hashes) = (nil, false, nil)
      (isMarkerChanged, areExtrasChanged) = (false, false)
      return
    }
    let step = old.version.flatMap { old in new.version.flatMap { PinStep(from: old, to: $0) } }
    let isSourceChanged = !old.source.isSame(as: new.source)
    let hashes = step == nil && !isSourceChanged ? HashChange(old.hashes, new.hashes) : nil
    self.step = step
    self.isSourceChanged = isSourceChanged
    self.hashes = hashes
    isMarkerChanged = old.marker != new.marker
    areExtrasChanged = old.extras != new.extras
    if let step {
      kind = step.kind == .down ? .lowered : .raised
    } else if isSourceChanged {
      kind = .moved
    } else if hashes != nil {
      kind = .rehashed
    } else if isMarkerChanged || areExtrasChanged {
      kind = .conditioned
    } else {
      return nil
    }
  }
}

extension PinChange.HashChange {
  /// Nil if they are equal, or one side has none, since then hashes were switched on or off.
  init?(_ old: [String], _ new: [String]) {
    if old == new || old.isEmpty || new.isEmpty { return nil }
    let (before, after) = (Set(old), Set(new))
    gone = before.subtracting(after).count
    self.new = after.subtracting(before).count
    if gone + self.new == 0 { return nil }
  }
}

extension PinSource {
  /// Whether both are one source, as far as the files tell: one may not say which index it is.
  func isSame(as other: PinSource) -> Bool {
    if case .index(let mine) = self, case .index(let its) = other, mine == nil || its == nil { return true }
    return self == other
  }
}
