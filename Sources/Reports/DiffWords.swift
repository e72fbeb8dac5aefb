import LockDiff
import LockfileFormats
import PythonPackaging
import UpdatePolicy

/// A change in words, which all formats for people share. What comes from outside is printable, on one line and bounded;
/// what a format has to escape besides, it does itself.
enum DiffWords {
  /// How many names of a list are shown.
  private static let mostListed = 3

  /// The package's name, or the text of a path or URL.
  static func name(_ subject: PinSubject) -> String {
    switch subject {
    case .package(let name): OutsideText.name(name.normalized)
    case .text(let text): OutsideText.sentence(text)
    }
  }

  static func version(_ version: Version) -> String { OutsideText.name(version.description) }

  /// The word of a table's column.
  static func word(_ change: PinChange) -> String {
    switch change.kind {
    case .added: "added"
    case .removed: "removed"
    case .unknown: "unknown"
    case .raised, .lowered: change.step?.kind.rawValue ?? ""
    case .moved: "source"
    case .rehashed: "hashes"
    case .conditioned: change.isMarkerChanged ? "marker" : "extras"
    }
  }

  /// What a pin is fixed to, for a table's cell: its version, and what it comes from where that is no index or has changed.
  static func pinned(_ pin: FilePin?, _ change: PinChange) -> String {
    guard let pin else { return change.kind == .unknown ? "unknown" : "" }
    let version = pin.version.map(Self.version)
    if pin.source.isIndex, !change.isSourceChanged { return version ?? "" }
    let source =
      if case .versionControl(_, _, let revision?) = pin.source {
        "\(noun(pin.source)) at \(OutsideText.name(String(revision.prefix(12))))"
      } else {
        noun(pin.source)
      }
    return version.map { "\($0) from \(source)" } ?? source
  }

  /// What the source is; the name of a system of version control is the file's.
  private static func noun(_ source: PinSource) -> String { OutsideText.name(source.noun) }

  /// A source in full.
  static func source(_ source: PinSource) -> String {
    switch source {
    case .index(let address): address.map { "the index \(OutsideText.sentence($0))" } ?? noun(source)
    case .versionControl(_, let address, let revision):
      "\(noun(source)), \(OutsideText.sentence(address))"
        + (revision.map { ", at \(OutsideText.name($0))" } ?? "")
    case .url(let text), .path(let text), .editable(let text), .project(let text):
      "\(noun(source)), \(OutsideText.sentence(text))"
    }
  }

  /// `a, b, c and 4 more`.
  static func list(_ items: [String]) -> String {
    if items.count > mostListed {
      return "\(items.prefix(mostListed).joined(separator: ", ")) and \(items.count - mostListed) more"
    }
    guard let last = items.last, items.count > 1 else { return items.first ?? "" }
    return "\(items.dropLast().joined(separator: ", ")) and \(last)"
  }

  // MARK: Why

  /// All reasons; `unknown` if there are none.
  static func why(_ change: ExplainedChange) -> String {
    if change.reasons.isEmpty { return "unknown" }
    return change.reasons.prefix(mostListed).map(reason).joined(separator: "; ")
  }

  static func reason(_ reason: PinReason) -> String {
    switch reason {
    case .security(let ids): return "fixes \(list(ids.map(OutsideText.name)))"
    case .cause(let cause): return words(of: cause)
    case .asked(let inputs): return "asked for (via \(list(inputs.map(OutsideText.sentence))))"
    case .pulled(let names): return "pulled along by \(list(names))"
    case .needed(let names): return "needed by \(list(names))"
    case .unasked(let inputs):
      return
        "\(list(inputs.map(OutsideText.sentence))) no longer \(inputs.count == 1 ? "asks" : "ask") for it"
    case .unneeded(let names): return "\(list(names)) no longer \(names.count == 1 ? "needs" : "need") it"
    case .orphaned(let names):
      return "\(list(names)), which needed it, \(names.count == 1 ? "is" : "are") gone"
    }
  }

  private static func list(_ names: [PackageName]) -> String {
    list(names.map { OutsideText.name($0.normalized) })
  }

  private static func words(of cause: UpdateCause) -> String {
    switch cause {
    case .target: "the update was for it"
    case .pulled(let name, let requirement):
      "\(OutsideText.name(name.normalized)) needs \(OutsideText.sentence(requirement))"
    case .lets(let name): "so that \(OutsideText.name(name.normalized)) could move"
    case .constrained(let text): "the constraint \(OutsideText.sentence(text)) doesn't admit what it was"
    case .withdrawn: "withdrawn: gone from the index"
    case .told(let text): OutsideText.sentence(text)
    }
  }

  // MARK: Advisories and hashes

  /// What has to be looked at first, a sentence each; empty for most changes.
  static func alarms(_ change: ExplainedChange) -> [String] {
    let introduced = change.advisories.value?.introduced ?? []
    var alarms = introduced.map { "introduces \(FindingWords.advisory($0))" }
    if let hashes = change.change.hashes { alarms.append(words(of: hashes)) }
    if let yank = change.yank { alarms.append(FindingWords.yanked(yank.reason)) }
    return alarms
  }

  static func words(of hashes: PinChange.HashChange) -> String {
    "hashes changed without a change of version: \(hashes.gone) gone, \(hashes.new) new"
  }

  /// A release held back, and why.
  static func heldBack(_ release: HeldBackRelease) -> String {
    let blocker = release.blocker.map { "; held by \(OutsideText.sentence($0))" } ?? ""
    return "\(OutsideText.name(release.package.normalized)) \(version(release.version)): "
      + OutsideText.sentence(release.reason) + blocker
  }
}
