package import PythonPackaging

/// Something wrong with one pin today.
///
/// Its texts (ids, reasons) are as their sources have them: whoever shows them escapes them.
package struct Finding: Sendable, Hashable {
  /// What is wrong.
  package enum Kind: Sendable, Hashable {
    /// An advisory affects it.
    indirect case vulnerable(AdvisoryFacts)
    /// Its project is held for unsafe by the index (PEP 792).
    case quarantined(reason: String?)
    /// It is gone from the index.
    case withdrawn
    /// It is yanked (PEP 592).
    case yanked(reason: String?)
    /// It is behind by more than the policy allows, and by how many seconds.
    case stale(timeBehind: Int64)
    /// No more releases of its project are to be expected (PEP 792).
    case archived(reason: String?)
    /// Its project is obsolete (PEP 792).
    case deprecated(reason: String?)
    /// It was pinned longer ago than the policy's `max-pin-age`, and how many seconds ago.
    case old(pinAge: Int64)

    /// The kind's word, as the history keeps it.
    package var name: String {
      switch self {
      case .vulnerable: "vulnerable"
      case .quarantined: "quarantined"
      case .withdrawn: "withdrawn"
      case .yanked: "yanked"
      case .stale: "stale"
      case .archived: "archived"
      case .deprecated: "deprecated"
      case .old: "pin-age"
      }
    }

    /// The worst first.
    var rank: Int {
      switch self {
      case .vulnerable: 0
      case .quarantined: 1
      case .withdrawn: 2
      case .yanked: 3
      case .stale: 4
      case .archived: 5
      case .deprecated: 6
      case .old: 7
      }
    }
  }

  /// How soon something has to be done.
  package enum Urgency: Int, Sendable, Hashable, CaseIterable, Comparable {
    case dueNow
    case dueAtWindow
    case noted
    /// The policy has an entry that says to do nothing.
    case ignored

    package static func < (left: Urgency, right: Urgency) -> Bool { left.rawValue < right.rawValue }
  }

  /// The package.
  package let package: PackageName
  /// The version pinned.
  package let version: Version
  /// Where the pin stands.
  package let place: PinFacts.Place
  /// What is wrong.
  package let kind: Kind
  /// When the policy wants it done, ignores aside.
  package let due: Due
  /// When it was first seen, in seconds since 1970-01-01 00:00 UTC.
  package let firstSeen: Int64
  /// Whether the release itself is malware.
  package let isMalware: Bool
  /// The ignore that silences it; of several the one that ends last.
  package internal(set) var ignore: Ignore?

  init(
    package: PackageName, version: Version, place: PinFacts.Place, kind: Kind, due: Due, firstSeen: Int64
  ) {
    self.package = package
    self.version = version
    self.place = place
    self.kind = kind
    self.due = due
    self.firstSeen = firstSeen
    isMalware = if case .vulnerable(let advisory) = kind { advisory.isMalware } else { false }
  }

  /// How soon something has to be done.
  package var urgency: Urgency {
    if ignore != nil { return .ignored }
    return switch due {
    case .now: .dueNow
    case .window: .dueAtWindow
    case .noted: .noted
    }
  }

  /// How bad it is; of vulnerable pins alone.
  package var severity: Severity? {
    if case .vulnerable(let advisory) = kind { advisory.severity } else { nil }
  }

  /// The nearest release above the pin that fixes its advisory and has no other; nil if none is known.
  package var fix: Version? {
    if case .vulnerable(let advisory) = kind { advisory.fix } else { nil }
  }

  /// What tells it from the other findings of its pin: the advisory's id, or the kind's word.
  package var key: String {
    if case .vulnerable(let advisory) = kind { advisory.id } else { kind.name }
  }

  /// What the history knows it by.
  package var identity: FindingIdentity {
    FindingIdentity(package: package, version: version, kind: kind.name, key: key)
  }
}

/// What the history knows a finding by, in every check the same.
package struct FindingIdentity: Sendable, Hashable {
  /// The package.
  package let package: PackageName
  /// The version pinned.
  package let version: Version
  /// The word of ``Finding/Kind``.
  package let kind: String
  /// ``Finding/key``.
  package let key: String

  package init(package: PackageName, version: Version, kind: String, key: String) {
    self.package = package
    self.version = version
    self.kind = kind
    self.key = key
  }

  /// Hashes what tells most of them apart.
  package func hash(into hasher: inout Hasher) {
    hasher.combine(package)
    hasher.combine(key)
  }
}

extension Finding: Comparable {
  /// The order of reports, the most urgent first: by urgency; malware before all else; by kind in the order of ``Kind``; the
  /// worst severity; the one seen first; then by package, version, key and place.
  ///
  /// Two findings that none of this tells apart are about one pin and one advisory.
  package static func < (left: Finding, right: Finding) -> Bool {
    let (leftRank, rightRank) = (left.rank, right.rank)
    if leftRank != rightRank { return leftRank < rightRank }
    if left.firstSeen != right.firstSeen { return left.firstSeen < right.firstSeen }
    if left.package != right.package { return left.package < right.package }
    if left.version != right.version { return left.version < right.version }
    if left.key != right.key { return left.key < right.key }
    return left.place < right.place
  }

  /// What comes first in the order, as one number: urgency, malware, kind, severity.
  var rank: Int {
    let severity = Int((severity ?? .unknown).rank)
    return urgency.rawValue << 24 | (isMalware ? 0 : 1) << 16 | kind.rank << 8 | (255 - severity)
  }
}
